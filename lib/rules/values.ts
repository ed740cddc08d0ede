/** Rules about texts and addresses: the app as packages/domain checks it. Tokens are not checked, because Terraform checks them when they are known. */
import { Token } from "../host";
import type { IConstruct } from "constructs";
import { renderCode } from "../../packages/diagnostics";
import {
  codePage,
  unusableHosts,
  unusableServerUrls,
  unusableSpaceTexts,
  unusableTexts,
  type HostFacts,
  type ServerFacts,
  type TextFacts,
} from "../../packages/domain";
import { findingOf, findingsOf } from "./construct-words";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import type { Rule } from "./finding";
import { knownText } from "./integrations";
import { credentialOf, givenFields } from "./secrets";

export const VALUE_RULES: readonly Rule[] = [
  { code: "value-not-allowed", find: (app) => findingsOf(unusableHosts(hostFacts(app))) },
  { code: "value-not-allowed", find: (app) => findingsOf(unusableServerUrls(serverFacts(app))) },
  {
    code: "value-not-allowed",
    find: (app) => findingsOf(unusableSpaceTexts(app.spaces.map((space) => ({ subject: space, ...describedTexts(space.props) })))),
  },
  { code: "value-not-allowed", find: (app) => findingsOf(unusableTexts(textFacts(app))) },
];

type HostProps = Pick<IntegrationDeclaration["props"], "apiHost" | "userFacingHost">;

/** Warnings about unusual addresses, as texts for the annotations of the integration. */
export function findHostWarnings(integration: IConstruct, props: HostProps): readonly string[] {
  const warnings = [...unusableHosts([hostsOf(integration, props)])].filter(({ severity }) => severity === "warning");
  return warnings.map((warning) => {
    const { why, fix } = findingOf(warning);
    return `${why} ${fix} ${renderCode(warning.code, codePage)}`;
  });
}

function hostFacts({ integrations }: Declarations): readonly HostFacts<IConstruct>[] {
  return integrations.filter(({ product }) => product === "datacenter").map((integration) => hostsOf(integration, integration.props));
}

/** An untyped program may omit the address. */
function hostsOf(subject: IConstruct, { apiHost, userFacingHost }: HostProps): HostFacts<IConstruct> {
  return {
    subject,
    apiHost: textOf(apiHost),
    userFacingHost: userFacingHost === undefined ? undefined : textOf(userFacingHost),
    hasUserFacingHost: userFacingHost !== undefined,
  };
}

function serverFacts({ providers }: Declarations): readonly ServerFacts<IConstruct>[] {
  // Without a URL, the provider uses the one of the environment.
  return providers.map((provider) => ({ subject: provider, url: knownText(provider.props.bitbucketDatacenter?.url) }));
}

/** An empty address if it is not a text; undefined for a token. */
function textOf(address: unknown): string | undefined {
  return Token.isUnresolved(address) ? undefined : typeof address === "string" ? address : "";
}

function textFacts({ integrations, webhooks, namespaceWebhooks }: Declarations): readonly TextFacts<IConstruct>[] {
  return [
    ...integrations.map((integration) => ({
      subject: integration,
      ...describedTexts(integration.props),
      secretRotation: knownText(integration.props.webhookSecretRotation),
      ...loginTexts(integration),
    })),
    ...[...webhooks, ...namespaceWebhooks].map((webhook) => ({ subject: webhook, title: knownText(webhook.props.title) })),
  ];
}

interface DescribedProps {
  readonly name: unknown;
  readonly description?: unknown;
  readonly labels?: unknown;
}

/** Empty names are reported with the other props. */
function describedTexts({ name, description, labels }: DescribedProps): Omit<TextFacts<IConstruct>, "subject"> {
  const text = knownText(name);
  return {
    name: text?.trim() === "" ? undefined : text,
    description: knownText(description),
    labels: Array.isArray(labels) ? labels.map(knownText) : undefined,
  };
}

/** An empty login is reported with the form of the credential. */
function loginTexts(integration: IntegrationDeclaration): Pick<TextFacts<IConstruct>, "email" | "username"> {
  const login = new Map(givenFields(credentialOf(integration), ["email", "username"]));
  return { email: knownText(login.get("email")), username: knownText(login.get("username")) };
}
