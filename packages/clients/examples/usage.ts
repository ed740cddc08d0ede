/** Creates a webhook unless one with its URL exists. Compiled, and embedded in the README. */
import { BitbucketCloud, type WebhookInput } from "..";

type Settings = ConstructorParameters<typeof BitbucketCloud>[2];

export async function createWebhook(accessToken: string, input: WebhookInput, secret: string, settings: Settings): Promise<void> {
  // region usage
  const bitbucket = new BitbucketCloud({ accessToken }, "https://api.bitbucket.org/2.0", settings);
  const repository = { namespace: "acme", repository: "infrastructure" };
  const webhooks = await bitbucket.webhooks.list(repository);
  if (!webhooks.some((webhook) => webhook.url === input.url)) await bitbucket.webhooks.create(repository, input, secret);
  // endregion
}
