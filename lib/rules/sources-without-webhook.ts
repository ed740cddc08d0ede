/** Rule: a repository that a stack or module reads has a webhook, because Spacelift learns about pushes from it. */
import { repositoryPath } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* sourcesWithoutWebhook({ stackSources, webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  const withWebhook = new Set(
    webhooks.map(({ integration, repository }) => `${integration.node.path} ${repositoryPath(repository.namespace, repository.slug)}`),
  );
  for (const { integration, repository } of stackSources) {
    if (repository.path === undefined || withWebhook.has(`${integration.node.path} ${repository.path}`)) continue;
    if (namespaceWebhooks.some((set) => set.integration === integration && set.covers(repository))) continue;
    const name = `${repository.namespace}/${repository.slug}`;
    yield {
      construct: integration,
      why: `A stack or module reads ${name} through this integration, but no webhook notifies Spacelift of pushes to it.`,
      fix: `Call addRepository("${name}") on the integration.`,
    };
  }
}
