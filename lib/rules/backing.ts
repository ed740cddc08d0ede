/** Rules about what the published providers cannot do: the app as packages/domain checks it. */
import { TerraformStack, Token } from "../host";
import type { IConstruct } from "constructs";
import {
  PUBLISHED_LOGIN_VARIABLES,
  publishedIntegrations,
  publishedLogins,
  publishedWebhooks,
  type PublishedIntegrationFacts,
  type PublishedLoginFacts,
  type PublishedWebhookFacts,
} from "../../packages/domain";
import { sourceOf } from "../credential-source";
import { needsOwnProvider } from "../published/own-provider";
import { findingsOf } from "./construct-words";
import type { Declarations, IntegrationDeclaration, ProviderDeclaration } from "./declarations";
import type { Finding, Rule } from "./finding";
import { knownText } from "./integrations";
import { givenFields, LOGIN_NAMES, LOGIN_PROPS, type LoginProp } from "./secrets";
import { camelCase } from "../../packages/domain";

export const BACKING_RULES: readonly Rule[] = [
  { code: "backing-unsupported", find: (app) => findingsOf(publishedIntegrations(integrationFacts(app))) },
  { code: "backing-unsupported", find: (app) => findingsOf(publishedWebhooks(webhookFacts(app))) },
  { code: "backing-unsupported", find: (app) => findingsOf(publishedLogins(loginFacts(app))) },
  { code: "backing-unsupported", find: unusedSettings },
  { code: "backing-unsupported", find: hclOutput },
];

function integrationFacts({ integrations, existingIntegrations }: Declarations): readonly PublishedIntegrationFacts<IConstruct>[] {
  const managed = integrations.filter(isPublished).map((integration) => ({
    subject: integration,
    product: integration.product,
    existing: undefined,
    detachProtection: knownFlag(integration.props.detachProtection),
    hasSecretRotation: integration.props.webhookSecretRotation !== undefined,
    environmentToken: readsEnvironment(integration) ? integration : undefined,
  }));
  const existing = existingIntegrations.filter(isPublished).map((integration) => ({
    subject: integration,
    product: integration.product,
    existing: integration.foundBy,
    detachProtection: undefined,
    hasSecretRotation: false,
    environmentToken: undefined,
  }));
  return [...managed, ...existing];
}

function isPublished({ backing }: { readonly backing: string }): boolean {
  return backing === "published";
}

function readsEnvironment({ product, props }: IntegrationDeclaration): boolean {
  return product === "datacenter" && sourceOf(props.accessToken)?.kind === "environment";
}

function webhookFacts({ webhooks, namespaceWebhooks }: Declarations): readonly PublishedWebhookFacts<IConstruct>[] {
  const published = [...webhooks, ...namespaceWebhooks].filter(({ integration }) => isPublished(integration));
  return published.map((webhook) => {
    const { adoptExisting, active, verifyCertificate, title, additionalEvents = [] } = webhook.props;
    return {
      subject: webhook,
      product: webhook.integration.product,
      isSet: "covers" in webhook,
      adoptExisting,
      active: knownFlag(active),
      verifyCertificate: knownFlag(verifyCertificate),
      title: knownText(title),
      events: additionalEvents.map(({ key }) => key),
    };
  });
}

/** The logins that published blocks use: all of a stack that only they manage, and otherwise those of their webhooks. */
function loginFacts(app: Declarations): readonly PublishedLoginFacts<IConstruct>[] {
  const users = publishedWebhookLogins(app);
  const isUsed = (provider: ProviderDeclaration, name: LoginProp) =>
    isUnused(provider) || users.some((user) => user.provider === provider && user.system === name);
  return app.providers.flatMap((provider) =>
    LOGIN_NAMES.filter((name) => provider.props[name] !== undefined && isUsed(provider, name)).map((system) => {
      const given = givenFields(provider.props[system], fieldNames(system));
      return {
        subject: provider,
        holder: system,
        system,
        fields: given.map(([name]) => name),
        environmentSecret: secretIn(system, given),
        isSharedWithCloud:
          system === "bitbucketDatacenter" && users.some((user) => readsPassword(user) && isBeside(user.webhook, provider)),
      };
    }),
  );
}

interface WebhookLogin {
  readonly webhook: IConstruct;
  readonly system: LoginProp;
  /** Undefined if the environment has the login. */
  readonly provider: ProviderDeclaration | undefined;
}

function publishedWebhookLogins({ webhooks, providers }: Declarations): readonly WebhookLogin[] {
  const published = webhooks.filter(({ integration }) => isPublished(integration));
  return published.map((webhook) => {
    const { integration, props } = webhook;
    const ofStack = providers.find((provider) => provider.props.alias === undefined && isBeside(webhook, provider));
    const system = integration.product === "cloud" ? "bitbucketCloud" : "bitbucketDatacenter";
    return { webhook, system, provider: props.provider ?? integration.provider ?? ofStack };
  });
}

function isBeside(one: IConstruct, other: IConstruct): boolean {
  return TerraformStack.of(one) === TerraformStack.of(other);
}

/** Whether the provider of Bitbucket Cloud gets its user and password, or one of them, from the environment. */
function readsPassword({ system, provider }: WebhookLogin): boolean {
  const { email, username, apiToken, password } = provider?.props.bitbucketCloud ?? {};
  return system === "bitbucketCloud" && ((email ?? username) === undefined || sourceOf(apiToken ?? password)?.kind !== "variable");
}

function isUnused(provider: ProviderDeclaration): boolean {
  return !needsOwnProvider(TerraformStack.of(provider));
}

function fieldNames(system: LoginProp): readonly string[] {
  const fields = LOGIN_PROPS[system].flatMap(({ fields: names }) => names.map((name) => camelCase(name)));
  return [...new Set([...fields, "baseUrl", "caCertificate"])];
}

function secretIn(
  system: LoginProp,
  given: readonly (readonly [name: string, value: unknown])[],
): PublishedLoginFacts<IConstruct>["environmentSecret"] {
  const readVariables: Readonly<Record<string, string>> = PUBLISHED_LOGIN_VARIABLES[system];
  for (const [field, value] of given) {
    const source = sourceOf(value);
    if (source?.kind === "environment") return { field, variable: source.variable, readVariable: readVariables[field] };
  }
  return undefined;
}

const OWN_SETTINGS = ["rateLimitMaxWait", "requestTimeout", "maxConcurrentRequests", "lookBeforeCreate", "pluginPath"] as const;

function* unusedSettings({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers.filter(isUnused)) {
    for (const setting of OWN_SETTINGS) {
      if (construct.props[setting] === undefined) continue;
      yield {
        construct,
        why: `The published providers manage this stack, and they have no setting like ${setting}.`,
        fix: `Remove ${setting}.`,
      };
    }
  }
}

/** In HCL, the host writes preconditions as arguments, quotes replace_triggered_by, which every engine refuses, and leaves out checks. */
function* hclOutput({ integrations, existingIntegrations }: Declarations): Generator<Finding> {
  if (!["true", "1"].includes(process.env["SYNTH_HCL_OUTPUT"] ?? "")) return;
  const construct = [...integrations, ...existingIntegrations].find(isPublished);
  if (construct === undefined) return;
  yield {
    construct,
    why: "The synthesis writes HCL, and engines read the checks and replacement triggers of this backing in JSON only.",
    fix: "Synthesize without --hcl, and without the variable SYNTH_HCL_OUTPUT.",
  };
}

function knownFlag(value: boolean | undefined): boolean | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
