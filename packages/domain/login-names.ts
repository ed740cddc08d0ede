/** Rules for the email addresses and user names with which Spacelift logs in to Bitbucket. */
import type { Cause } from "../diagnostics";
import { gitTokenKind } from "./git-user-names";
import { lineFault } from "./names";

export function isEmailAddress(text: string): boolean {
  return /^[^\s@:]+@[^\s@:]+$/.test(text);
}

const EMAIL_FIX = "Set it to the email address of the Atlassian account that owns the API token.";

/** What is wrong with the email address of an integration; undefined if nothing is. */
export function emailFault(email: string): Cause | undefined {
  if (email.trim() === "") return { why: "The email address is empty.", fix: EMAIL_FIX };
  const fault = lineFault("The email address", email);
  if (fault !== undefined || isEmailAddress(email)) return fault;
  if (gitTokenKind(email) === undefined) return { why: `"${email}" is not an email address.`, fix: EMAIL_FIX };
  return {
    why: `"${email}" is a user name for git, not an email address.`,
    fix: `${EMAIL_FIX} Spacelift needs the API token of an account here. It cannot use the access token of a repository, project, or workspace.`,
  };
}

/** What is wrong with a user name. In basic authentication, everything after the first colon is the password. */
export function userNameFault(userName: string): Cause | undefined {
  if (userName.trim() === "") return { why: "The user name is empty.", fix: "Set it to the user name of the account that owns the token." };
  const fault = lineFault("The user name", userName);
  if (fault !== undefined || !userName.includes(":")) return fault;
  return {
    why: `The user name "${userName.slice(0, userName.indexOf(":"))}:…" contains a colon, which no user name can contain.`,
    fix: "Set it to the user name only, without a password.",
  };
}
