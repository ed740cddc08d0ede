// What a caller may see and do: the access that the seed grants, and read access to public repositories.
import { pickHighest, type Level } from "../../core/access-level";
import type { Credential } from "./credentials";
import type { Repository, Workspace } from "./store";

/** The caller's highest level on the repository; undefined if the repository is not visible. */
export function findAccessLevel(caller: Credential | undefined, repository: Repository): Level | undefined {
  if (repository.hidden) return undefined;
  const repositoryLevel = caller?.access.get(repository.uuid);
  const workspaceLevel = caller?.access.get(repository.workspace.uuid);
  const publicLevel: Level | undefined = repository.isPrivate ? undefined : "read";
  return pickHighest(repositoryLevel, workspaceLevel, publicLevel);
}

export function canSeeWorkspace(caller: Credential | undefined, workspace: Workspace): boolean {
  if (caller === undefined) return false;
  return caller.access.has(workspace.uuid) || [...workspace.repositories.values()].some((repository) => caller.access.has(repository.uuid));
}

/** Admin access to all repositories of a workspace makes the caller an owner of the workspace. */
export function ownsWorkspace(caller: Credential | undefined, workspace: Workspace): boolean {
  return caller?.access.get(workspace.uuid) === "admin";
}
