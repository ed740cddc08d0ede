/** The resource behind webhooks: one, or one for each repository of an iterator. */
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization, type ITerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration } from "./integration";
import { PRODUCTS, type WebhookResource } from "./products";
import type { RepositoryWebhookOptions } from "./repository-webhook";

/** What a webhook connects. */
interface Ends {
  readonly namespace: string;
  readonly repository: string;
  readonly integration: IBitbucketIntegration;
  readonly provider: BitliftProvider | undefined;
  readonly forEach?: ITerraformIterator;
}

/** Makes the resource of the integration's product. */
export function webhookResource(scope: Construct, ends: Ends, options: RepositoryWebhookOptions): WebhookResource {
  const { integration, provider, ...place } = ends;
  const { title, additionalEvents, active, skipCertificateVerification, verifyCertificate, adoptExisting } = options;
  return PRODUCTS[integration.product].webhook(scope, "Resource", {
    ...place,
    ...wiringTo(integration, scope),
    title,
    additionalEvents: additionalEvents?.map((event) => event.key),
    active,
    skipCertificateVerification,
    verifyCertificate,
    adoptExisting,
    provider: provider ?? integration.provider,
    // Create-before-destroy spreads to what a resource depends on, so a webhook must not ask for it where its integration must not have it.
    ...(integration.replacementOrder === "create-first" && { lifecycle: { createBeforeDestroy: true } }),
  });
}

/** What a webhook takes from its integration. */
interface Wiring {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly secretFingerprint: string;
}

const localWirings = new WeakMap<IBitbucketIntegration, Wiring>();

/**
 * Synthesis resolves every token of every element three times, which is a third of its time for thousands of webhooks. Inside one stack a
 * reference is a fixed text, so it is resolved once for each integration; between stacks the tokens must stay.
 */
function wiringTo(integration: IBitbucketIntegration, webhook: Construct): Wiring {
  const { integrationId, webhookUrl, webhookSecretFingerprint } = integration;
  const tokens = { integrationId, webhookUrl, secretFingerprint: webhookSecretFingerprint };
  const stack = TerraformStack.of(webhook);
  if (TerraformStack.of(integration) !== stack) return tokens;
  const known = localWirings.get(integration);
  if (known !== undefined) return known;
  const options = { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };
  const wiring = Tokenization.resolve(tokens, options) as Wiring;
  localWirings.set(integration, wiring);
  return wiring;
}
