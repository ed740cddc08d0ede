/** A provider that connects to a different server than before: there, a webhook with the same ID may belong to another tool. */
import type { Cause, Diagnostic } from "../../diagnostics";
import { parsedUrl, problem, warning } from "../../domain";
import type { PrivateState } from "../../terraform-plugin";
import type { RepositoryRef } from "../../clients";
import { repositoryName } from "./renamed-repository";
import { serverUrlIn } from "./webhook-private-state";

/** Called for a read. */
export function warnOfServerChange(
  privateState: PrivateState,
  serverUrl: string | undefined,
  target: RepositoryRef,
): Diagnostic | undefined {
  const fix =
    "No action is required if the same server has a new URL. Otherwise, do not apply: correct the URL, or use a separate provider alias for the second server.";
  const cause = findServerChange(privateState, serverUrl, target, fix);
  return cause && warning("bitbucket-server-changed", cause);
}

/** Called for an update or a delete, which must follow a read on this server. @throws Problem `bitbucket-server-changed` */
export function refuseServerChange(privateState: PrivateState, serverUrl: string | undefined, target: RepositoryRef): void {
  const fix =
    "Plan again with this URL and without -refresh=false, and read the warnings. Use a separate provider alias for a second server. " +
    "If the old server no longer exists, remove its webhooks from the state with a removed block (destroy = false) or state rm.";
  const cause = findServerChange(privateState, serverUrl, target, fix);
  if (cause !== undefined) throw problem("bitbucket-server-changed", cause, { kind: "bad-input", execution: "no" });
}

function findServerChange(
  privateState: PrivateState,
  serverUrl: string | undefined,
  target: RepositoryRef,
  fix: string,
): Cause | undefined {
  const lastUrl = serverUrlIn(privateState);
  if (lastUrl === undefined || serverUrl === undefined || normalizeUrl(lastUrl) === normalizeUrl(serverUrl)) return undefined;
  return {
    why: `The webhook in ${repositoryName(target)} was last read on ${lastUrl}, but the provider now connects to ${serverUrl}. On another server the webhook does not exist, or its ID belongs to another webhook.`,
    fix,
  };
}

/** Ignores the case of the host, and the default port. */
function normalizeUrl(url: string): string {
  return parsedUrl(url)?.href ?? url;
}
