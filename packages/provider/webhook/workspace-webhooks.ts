/** Webhooks of a whole Bitbucket Cloud workspace: they fire for every repository in it. The provider does not change them. */
import { failedAs } from "../../diagnostics";
import { warning, type BitbucketProduct } from "../../domain";
import type { Log, Report } from "../../terraform-plugin";
import type { RepositoryRef, Webhook } from "../../clients";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";
import { describeWebhook } from "./adoption";

interface Context {
  readonly api: Clients;
  readonly report: Report;
  readonly log: Log;
}

/** Warns of webhooks with the same URL, which deliver every event a second time. */
export async function reportWorkspaceWebhooks(
  product: BitbucketProduct,
  target: RepositoryRef,
  url: string,
  context: Context,
): Promise<void> {
  const { namespace, repository } = target;
  const webhooks = await readWorkspaceWebhooks(product, namespace, context);
  const duplicates = webhooks.filter((webhook) => webhook.active && webhook.url === url);
  if (duplicates.length === 0) return;
  context.report.add(
    warning("webhook-of-workspace", {
      why: `The workspace ${namespace} itself has a webhook for ${url}: ${duplicates.map(describeWebhook).join(", ")}. It also fires for ${repository}, so each event is delivered twice.`,
      fix: "Delete the webhook in the settings of the workspace, or remove the repositories of this workspace from the configuration.",
    }),
  );
}

/** Few logins have permission to list them, and nothing depends on the list, so a failure is only logged. A failed request is not repeated. */
async function readWorkspaceWebhooks(product: BitbucketProduct, workspace: string, { api, log }: Context): Promise<readonly Webhook[]> {
  const { webhooks } = api.bitbucket(product);
  if (webhooks.ofWorkspace === undefined || api.knownWebhooks.unlistedWorkspaces.has(workspace.toLowerCase())) return [];
  try {
    const list = await api.look(product, () => webhooks.ofWorkspace?.(workspace) ?? null);
    if (list !== null) return list;
    log.debug("the login may not list the webhooks of the workspace", { workspace });
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    log.debug("could not list the webhooks of the workspace", { workspace, reason: failureMessage(failure) });
  }
  api.knownWebhooks.unlistedWorkspaces.add(workspace.toLowerCase());
  return [];
}
