/** Creates the resource of a webhook, or of one webhook per element of an iterator. */
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization, type ITerraformIterator } from "./host";
import type { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration } from "./integration-reference";
import { PRODUCTS, type WebhookResource } from "./products";
import { publishedSourceOf } from "./published/published-source";
import { createPublishedWebhook } from "./published/published-webhook";
import { lifecycleIn, reportOrderOfWebhook, reportUnusableLifecycle } from "./resource-lifecycle";
import type { RepositoryWebhookOptions } from "./webhook-options";

/** The repository that a webhook is in, and the integration that it delivers to. */
interface WebhookEndpoints {
  readonly namespace: string;
  readonly repository: string;
  readonly integration: IBitbucketIntegration;
  readonly provider: BitliftProvider | undefined;
  readonly forEach?: ITerraformIterator;
}

/** Creates the webhook resource of the integration's product. */
export function createWebhookResource(scope: Construct, endpoints: WebhookEndpoints, options: RepositoryWebhookOptions): WebhookResource {
  const { integration, provider, ...target } = endpoints;
  const { title, additionalEvents, active, skipCertificateVerification, verifyCertificate, adoptExisting, dependsOn, lifecycle } = options;
  reportOrderOfWebhook(scope, integration, lifecycle);
  const shared = {
    title,
    additionalEvents: additionalEvents?.map((event) => event.key),
    active,
    skipCertificateVerification,
    provider: provider ?? integration.provider,
    // The engine also applies create-before-destroy to the dependencies of a resource, so a webhook must not set it unless its integration does.
    lifecycle: lifecycleIn(integration.replacementOrder, lifecycle),
    dependsOn: dependsOn && [...dependsOn],
  };
  const published = publishedSourceOf(integration);
  const resource =
    published === undefined
      ? PRODUCTS[integration.product].createWebhook(scope, "Resource", {
          ...target,
          ...integrationArguments(integration, scope),
          ...shared,
          verifyCertificate,
          adoptExisting,
        })
      : createPublishedWebhook(scope, "Resource", { ...target, ...shared, integration, source: published });
  reportUnusableLifecycle(scope, resource, lifecycle);
  return resource;
}

/** The arguments of a webhook that refer to its integration. */
interface IntegrationArguments {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly secretFingerprint: string;
}

const resolvedArguments = new WeakMap<IBitbucketIntegration, IntegrationArguments>();

/**
 * Synthesis resolves every token of every element three times, which takes a third of its time for thousands of webhooks. Inside one stack,
 * a reference is constant text, so this function resolves it once per integration. References between stacks must remain tokens.
 */
function integrationArguments(integration: IBitbucketIntegration, webhook: Construct): IntegrationArguments {
  const { integrationId, webhookUrl, webhookSecretFingerprint } = integration;
  const tokens = { integrationId, webhookUrl, secretFingerprint: webhookSecretFingerprint };
  const stack = TerraformStack.of(webhook);
  if (TerraformStack.of(integration) !== stack) return tokens;
  const cached = resolvedArguments.get(integration);
  if (cached !== undefined) return cached;
  const options = { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };
  const resolved = Tokenization.resolve(tokens, options) as IntegrationArguments;
  resolvedArguments.set(integration, resolved);
  return resolved;
}
