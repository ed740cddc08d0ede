/** Webhooks of the providers DrFaust92/bitbucket and gavinbunney/bitbucketserver, with what Spacelift requires written out. */
import { Fn, Op, TerraformStack, Token, type TerraformMetaArguments, type TerraformResourceLifecycle } from "../host";
import type { Construct } from "constructs";
import { REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../packages/domain";
import type { BitliftProvider } from "../bitlift-provider";
import type { IBitbucketIntegration } from "../integration-reference";
import type { WebhookResource } from "../products";
import { Hook } from "../providers/bitbucket/hook";
import { RepositoryWebhook } from "../providers/bitbucketserver/repository-webhook";
import { publishedProvider } from "./published-providers";
import type { PublishedSource } from "./published-source";
import { noteStoredSecrets } from "./stored-secrets";

/** What a webhook connects, and the options that the published providers have. */
interface PublishedWebhookConfig {
  readonly namespace: string;
  readonly repository: string;
  readonly integration: IBitbucketIntegration;
  readonly source: PublishedSource;
  readonly provider: BitliftProvider | undefined;
  readonly title: string | undefined;
  readonly additionalEvents: readonly string[] | undefined;
  readonly active: boolean | undefined;
  readonly skipCertificateVerification: boolean | undefined;
  readonly dependsOn: TerraformMetaArguments["dependsOn"];
  readonly lifecycle: TerraformResourceLifecycle | undefined;
}

export function createPublishedWebhook(scope: Construct, id: string, config: PublishedWebhookConfig): WebhookResource {
  const { namespace, repository, integration, source, dependsOn } = config;
  noteStoredSecrets(scope);
  const title = config.title ?? `Spacelift (${integration.integrationId})`;
  const { webhookUrl, product } = integration;
  const shared = {
    repository,
    secret: source.secret,
    dependsOn,
    lifecycle: lifecycleOf(integration, sourceFor(scope, integration, source), config.lifecycle),
  };
  const { active = true, skipCertificateVerification = false } = config;
  if (product === "cloud") {
    const events = allEvents(REQUIRED_BITBUCKET_CLOUD_EVENTS, config.additionalEvents);
    const provider = publishedProvider(scope, "bitbucket", config.provider);
    const target = { owner: namespace, url: webhookUrl, description: title };
    // The provider skips the verification of certificates unless the argument is written.
    const options = { events, active, skipCertVerification: skipCertificateVerification };
    return withIntegration(new Hook(scope, id, { ...shared, ...target, ...options, provider }), integration);
  }
  const events = allEvents(REQUIRED_BITBUCKET_DATACENTER_EVENTS, config.additionalEvents);
  const provider = publishedProvider(scope, "bitbucketserver", config.provider);
  const target = { project: namespace, webhookUrl, name: title };
  return withIntegration(new RepositoryWebhook(scope, id, { ...shared, ...target, events, active, provider }), integration);
}

/** Sorted, because the provider for Bitbucket Data Center compares the order. */
function allEvents(required: readonly { readonly key: string }[], additional: readonly string[] = []): string[] {
  return [...new Set([...required.map(({ key }) => key), ...additional])].sort();
}

/** The engine knows no trigger of another stack. A webhook there gets the new URL in place, after the apply of the integration. */
function sourceFor(scope: Construct, integration: IBitbucketIntegration, source: PublishedSource): PublishedSource {
  return TerraformStack.of(integration) === TerraformStack.of(scope) ? source : { ...source, nameAddress: undefined };
}

function lifecycleOf(
  integration: IBitbucketIntegration,
  { secret, nameAddress }: PublishedSource,
  lifecycle: TerraformResourceLifecycle = {},
): TerraformResourceLifecycle {
  const { replaceTriggeredBy = [], precondition = [] } = lifecycle;
  const triggers = nameAddress === undefined ? replaceTriggeredBy : [nameAddress, ...replaceTriggeredBy];
  return {
    ...lifecycle,
    ...(triggers.length === 0 ? {} : { replaceTriggeredBy: triggers }),
    precondition: [secretPresent(integration, secret), ...precondition],
  };
}

type Precondition = NonNullable<TerraformResourceLifecycle["precondition"]>[number];

const secretConditions = new WeakMap<IBitbucketIntegration, Precondition>();

/**
 * Without a secret, Spacelift rejects the deliveries, and the provider would remove the secret of an existing webhook. One condition serves all
 * webhooks of an integration, because an expression takes the host long to create.
 */
function secretPresent(integration: IBitbucketIntegration, secret: string): Precondition {
  const known = secretConditions.get(integration);
  if (known !== undefined) return known;
  const condition: Precondition = {
    condition: Fn.try([Op.gte(Fn.lengthOf(secret), 1), false]) as unknown,
    errorMessage: "The webhook secret is not visible. The Spacelift key needs admin access to the Space of the integration.",
  };
  secretConditions.set(integration, condition);
  return condition;
}

/**
 * Adds the ID of the integration, in an expression that also refers to the webhook: what uses it waits for the webhook. It is created when something
 * uses it.
 */
function withIntegration<R extends Hook | RepositoryWebhook>(resource: R, { integrationId }: IBitbucketIntegration) {
  const get = () => Token.asString(Fn.element([integrationId, resource.id], 0));
  return Object.defineProperty(resource, "integrationId", { get }) as R & { readonly integrationId: string };
}
