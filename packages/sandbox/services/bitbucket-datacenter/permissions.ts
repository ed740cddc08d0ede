// What a caller may see and do: the owner's access, cut down to what the token was given.
import { atLeast, highest, type Level, lowest } from "../../core/access-level";
import type { Account, Caller, Token } from "./credentials";
import type { Project, Repository } from "./store";

/** The caller's highest level on the repository; undefined when there is none. */
export function accessLevel(caller: Caller | undefined, repository: Repository): Level | undefined {
  if (repository.hidden) return undefined;
  const open: Level | undefined = repository.isPublic || repository.project.isPublic ? "read" : undefined;
  if (caller === undefined) return open;
  const { owner, token } = caller;
  const given = token === undefined ? "admin" : highest(grantedLevel(token, "PROJECT"), grantedLevel(token, "REPO"));
  switch (owner.type) {
    case "user":
      return highest(open, lowest(given, userRepositoryLevel(owner.user, repository)));
    case "project":
      return highest(open, owner.project === repository.project ? given : undefined);
    case "repository":
      return highest(open, owner.repository === repository ? given : undefined);
  }
}

export function projectAccessLevel(caller: Caller | undefined, project: Project): Level | undefined {
  const open: Level | undefined = project.isPublic ? "read" : undefined;
  if (caller === undefined || caller.owner.type === "repository") return open;
  const { owner, token } = caller;
  const given = token === undefined ? "admin" : grantedLevel(token, "PROJECT");
  if (owner.type === "project") return highest(open, owner.project === project ? given : undefined);
  return highest(open, lowest(given, userProjectLevel(owner.user, project)));
}

/** A project can be seen by whoever can see one repository of it. */
export function canSeeProject(caller: Caller | undefined, project: Project): boolean {
  if (atLeast(projectAccessLevel(caller, project), "read")) return true;
  return [...project.repositories.values()].some((repository) => atLeast(accessLevel(caller, repository), "read"));
}

export function canCreateProjects(caller: Caller | undefined): boolean {
  if (caller?.owner.type !== "user" || caller.owner.user.global === undefined) return false;
  return caller.token === undefined || atLeast(grantedLevel(caller.token, "PROJECT"), "admin");
}

/** By the end of a permission: REPO_ADMIN is admin. */
const LEVELS: Readonly<Record<string, Level>> = { READ: "read", WRITE: "write", ADMIN: "admin" };

/** What a list is asked for: `permission=REPO_ADMIN`; none for a name that does not exist, so that nothing is shown. */
export function parsePermission(permission: string | null, kind: "PROJECT" | "REPO"): Level | "any" | "none" {
  if (permission === null || permission === "") return "any";
  const [prefix, name = ""] = permission.toUpperCase().split("_");
  return (prefix === kind ? LEVELS[name] : undefined) ?? "none";
}

function grantedLevel(token: Token, kind: "PROJECT" | "REPO"): Level | undefined {
  return highest(...token.permissions.filter((one) => one.startsWith(kind)).map((one) => LEVELS[one.split("_")[1] ?? ""]));
}

function userProjectLevel(user: Account, project: Project): Level | undefined {
  return user.global === "ADMIN" || project.owner === user ? "admin" : user.access.get(project);
}

function userRepositoryLevel(user: Account, repository: Repository): Level | undefined {
  return highest(userProjectLevel(user, repository.project), user.access.get(repository));
}
