/** The private state of a webhook: the ID of its repository, which survives renames, and the server on which the webhook was last read. */
import type { PrivateState } from "../../terraform-plugin";

const REPOSITORY_ID = "repositoryId";
const SERVER_URL = "server";

export function repositoryIdIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, REPOSITORY_ID);
}

export function serverUrlIn(privateState: PrivateState): string | undefined {
  return textIn(privateState, SERVER_URL);
}

/** A null or undefined argument keeps the recorded value. */
export function recordOrigin(privateState: PrivateState, repositoryId: string | null, serverUrl: string | undefined): void {
  if (repositoryId !== null) privateState.set(REPOSITORY_ID, repositoryId);
  if (serverUrl !== undefined) privateState.set(SERVER_URL, serverUrl);
}

function textIn(privateState: PrivateState, key: string): string | undefined {
  const value = privateState.get(key);
  return typeof value === "string" ? value : undefined;
}
