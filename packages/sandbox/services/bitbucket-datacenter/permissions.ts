// What a caller may see and do: the owner's access, cut down to what the token was given.
import { atLeast, highest, type Level, lowest } from "../../core/access-level";
import type { Account, Caller, Token } from "./credentials";
import type { Project, Repository } from "./store";

/** The caller's highest level on the repository; undefined when there is none. */
export function levelOn(caller: Caller | undefined, repository: Repository): Level | undefined {
  if (repository.hidden) return undefined;
  const open: Level | undefined = repository.isPublic || repository.project.isPublic ? "read" : undefined;
  if (caller === undefined) return open;
  const { owner, token } = caller;
  const given = token === undefined ? "admin" : highest(granted(token, "PROJECT"), granted(token, "REPO"));
  switch (owner.type) {
    case "user":
      return highest(open, lowest(given, userOnRepository(owner.user, repository)));
    case "project":
      return highest(open, owner.project === repository.project ? given : undefined);
    case "repository":
      return highest(open, owner.repository === repository ? given : undefined);
  }
}

export function levelOnProject(caller: Caller | undefined, project: Project): Level | undefined {
  const open: Level | undefined = project.isPublic ? "read" : undefined;
  if (caller === undefined || caller.owner.type === "repository") return open;
  const { owner, token } = caller;
  const given = token === undefined ? "admin" : granted(token, "PROJECT");
  if (owner.type === "project") return highest(open, owner.project === project ? given : undefined);
  return highest(open, lowest(given, userOnProject(owner.user, project)));
}

/** A project can be seen by whoever can see one repository of it. */
export function seesProject(caller: Caller | undefined, project: Project): boolean {
  if (atLeast(levelOnProject(caller, project), "read")) return true;
  return [...project.repositories.values()].some((repository) => atLeast(levelOn(caller, repository), "read"));
}

export function mayCreateProjects(caller: Caller | undefined): boolean {
  if (caller?.owner.type !== "user" || caller.owner.user.global === undefined) return false;
  return caller.token === undefined || atLeast(granted(caller.token, "PROJECT"), "admin");
}

/** By the end of a permission: REPO_ADMIN is admin. */
const LEVELS: Readonly<Record<string, Level>> = { READ: "read", WRITE: "write", ADMIN: "admin" };

/** What a list is asked for: `permission=REPO_ADMIN`; none for a name that does not exist, so that nothing is shown. */
export function askedLevel(permission: string | null, kind: "PROJECT" | "REPO"): Level | "any" | "none" {
  if (permission === null || permission === "") return "any";
  const [prefix, name = ""] = permission.toUpperCase().split("_");
  return (prefix === kind ? LEVELS[name] : undefined) ?? "none";
}

function granted(token: Token, kind: "PROJECT" | "REPO"): Level | undefined {
  return highest(...token.permissions.filter((one) => one.startsWith(kind)).map((one) => LEVELS[one.split("_")[1] ?? ""]));
}

function userOnProject(user: Account, project: Project): Level | undefined {
  return user.global === "ADMIN" || project.owner === user ? "admin" : user.access.get(project);
}

function userOnRepository(user: Account, repository: Repository): Level | undefined {
  return highest(userOnProject(user, repository.project), user.access.get(repository));
}
