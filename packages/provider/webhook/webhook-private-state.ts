/** The private state of a webhook: its ID, the ID of its repository, which survives renames, and the server on which the webhook was last read. */
import type { PrivateState } from "../../terraform-plugin";

const REPOSITORY_ID = "repositoryId";
const SERVER_URL = "server";
/** A tainted webhook is replaced without a plan that shows its prior state. */
const WEBHOOK_ID = "webhookId";
/** The same values of the object that a planned create replaces: if the replacement destroys first, its delete receives the private state of the create. */
const REPLACED = { repositoryId: "replacedRepositoryId", serverUrl: "replacedServer" } as const;

export function repositoryIdIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, REPOSITORY_ID) ?? textIn(privateState, REPLACED.repositoryId);
}

export function serverUrlIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, SERVER_URL) ?? textIn(privateState, REPLACED.serverUrl);
}

/** What a create replaces. */
interface ReplacedWebhook {
  /** Null if it is not recorded. */
  readonly id: string | null;
}

/** Called while a create is planned. Returns what it replaces; undefined if it replaces nothing. */
export function recordReplaced(privateState: PrivateState, replaced: Pick<PrivateState, "get">): ReplacedWebhook | undefined {
  const repositoryId = textIn(replaced, REPOSITORY_ID);
  const serverUrl = textIn(replaced, SERVER_URL);
  if (repositoryId !== undefined) privateState.set(REPLACED.repositoryId, repositoryId);
  if (serverUrl !== undefined) privateState.set(REPLACED.serverUrl, serverUrl);
  const id = textIn(replaced, WEBHOOK_ID);
  return repositoryId === undefined && serverUrl === undefined && id === undefined ? undefined : { id: id ?? null };
}

/** Called after a read or a write. A null or undefined argument keeps the recorded value. */
export function recordOrigin(
  privateState: PrivateState,
  webhookId: string,
  repositoryId: string | null,
  serverUrl: string | undefined,
): void {
  for (const key of Object.values(REPLACED)) privateState.delete(key);
  privateState.set(WEBHOOK_ID, webhookId);
  if (repositoryId !== null) privateState.set(REPOSITORY_ID, repositoryId);
  if (serverUrl !== undefined) privateState.set(SERVER_URL, serverUrl);
}

function textIn(privateState: Pick<PrivateState, "get">, key: string): string | undefined {
  const value = privateState.get(key);
  return typeof value === "string" ? value : undefined;
}
