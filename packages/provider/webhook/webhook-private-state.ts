/** The private state of a webhook: the ID of its repository, which survives renames, and the server on which the webhook was last read. */
import type { PrivateState } from "../../terraform-plugin";

const REPOSITORY_ID = "repositoryId";
const SERVER_URL = "server";
/** The same values of the object that a planned create replaces: if the replacement destroys first, its delete receives the private state of the create. */
const REPLACED = { repositoryId: "replacedRepositoryId", serverUrl: "replacedServer" } as const;

export function repositoryIdIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, REPOSITORY_ID) ?? textIn(privateState, REPLACED.repositoryId);
}

export function serverUrlIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, SERVER_URL) ?? textIn(privateState, REPLACED.serverUrl);
}

/** Called while a create is planned. Returns whether it replaces another object. */
export function recordReplaced(privateState: PrivateState, replaced: Pick<PrivateState, "get">): boolean {
  const repositoryId = textIn(replaced, REPOSITORY_ID);
  const serverUrl = textIn(replaced, SERVER_URL);
  if (repositoryId !== undefined) privateState.set(REPLACED.repositoryId, repositoryId);
  if (serverUrl !== undefined) privateState.set(REPLACED.serverUrl, serverUrl);
  return repositoryId !== undefined || serverUrl !== undefined;
}

/** Called after a read or a write. A null or undefined argument keeps the recorded value. */
export function recordOrigin(privateState: PrivateState, repositoryId: string | null, serverUrl: string | undefined): void {
  for (const key of Object.values(REPLACED)) privateState.delete(key);
  if (repositoryId !== null) privateState.set(REPOSITORY_ID, repositoryId);
  if (serverUrl !== undefined) privateState.set(SERVER_URL, serverUrl);
}

function textIn(privateState: Pick<PrivateState, "get">, key: string): string | undefined {
  const value = privateState.get(key);
  return typeof value === "string" ? value : undefined;
}
