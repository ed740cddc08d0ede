// What a caller may see and do: the access of the owner, limited to the permissions of the token.
import { includesLevel, pickHighest, type Level, pickLowest } from "../../core/access-level";
import type { Account, Caller, Token } from "./credentials";
import type { Project, Repository } from "./store";

/** The caller's highest level on the repository; undefined if the repository is not visible. */
export function findAccessLevel(caller: Caller | undefined, repository: Repository): Level | undefined {
  if (repository.hidden) return undefined;
  const publicLevel: Level | undefined = repository.isPublic || repository.project.isPublic ? "read" : undefined;
  if (caller === undefined) return publicLevel;
  const { owner, token } = caller;
  const tokenLevel = token === undefined ? "admin" : pickHighest(findGrantedLevel(token, "PROJECT"), findGrantedLevel(token, "REPO"));
  switch (owner.type) {
    case "user":
      return pickHighest(publicLevel, pickLowest(tokenLevel, findUserRepositoryLevel(owner.user, repository)));
    case "project":
      return pickHighest(publicLevel, owner.project === repository.project ? tokenLevel : undefined);
    case "repository":
      return pickHighest(publicLevel, owner.repository === repository ? tokenLevel : undefined);
  }
}

export function findProjectAccessLevel(caller: Caller | undefined, project: Project): Level | undefined {
  const publicLevel: Level | undefined = project.isPublic ? "read" : undefined;
  if (caller === undefined || caller.owner.type === "repository") return publicLevel;
  const { owner, token } = caller;
  const tokenLevel = token === undefined ? "admin" : findGrantedLevel(token, "PROJECT");
  if (owner.type === "project") return pickHighest(publicLevel, owner.project === project ? tokenLevel : undefined);
  return pickHighest(publicLevel, pickLowest(tokenLevel, findUserProjectLevel(owner.user, project)));
}

/** Callers that can read a repository can see its project. */
export function canSeeProject(caller: Caller | undefined, project: Project): boolean {
  if (includesLevel(findProjectAccessLevel(caller, project), "read")) return true;
  return [...project.repositories.values()].some((repository) => includesLevel(findAccessLevel(caller, repository), "read"));
}

export function canCreateProjects(caller: Caller | undefined): boolean {
  if (caller?.owner.type !== "user" || caller.owner.user.global === undefined) return false;
  return caller.token === undefined || includesLevel(findGrantedLevel(caller.token, "PROJECT"), "admin");
}

/** By the last part of a permission, such as ADMIN in REPO_ADMIN. */
const LEVELS: Readonly<Record<string, Level>> = { READ: "read", WRITE: "write", ADMIN: "admin" };

/** The parameter `permission` of a list, such as `REPO_ADMIN`. An unknown permission is "none", which makes the list empty. */
export function parsePermission(permission: string | null, scope: "PROJECT" | "REPO"): Level | "any" | "none" {
  if (permission === null || permission === "") return "any";
  const [prefix, name = ""] = permission.toUpperCase().split("_");
  return (prefix === scope ? LEVELS[name] : undefined) ?? "none";
}

function findGrantedLevel(token: Token, scope: "PROJECT" | "REPO"): Level | undefined {
  const permissions = token.permissions.filter((permission) => permission.startsWith(scope));
  return pickHighest(...permissions.map((permission) => LEVELS[permission.split("_")[1] ?? ""]));
}

function findUserProjectLevel(user: Account, project: Project): Level | undefined {
  return user.global === "ADMIN" || project.owner === user ? "admin" : user.access.get(project);
}

function findUserRepositoryLevel(user: Account, repository: Repository): Level | undefined {
  return pickHighest(findUserProjectLevel(user, repository.project), user.access.get(repository));
}
