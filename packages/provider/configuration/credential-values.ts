/** The rules for the parts of a credential: text that can be a token, a user name, or an email address. No message includes a secret. */
import { gitTokenKind, isEmailAddress, problem } from "../../domain";
import type { PlacedValue } from "./http-address";
import { isSecret, type LoginSystem } from "./login-systems";

/** Servers limit the size of a request's headers, most of them to 8 KiB. */
const MAX_LENGTH = 8_192;

interface Defect {
  readonly why: string;
  readonly fix: string;
}

/** @throws Problem `provider-setting-invalid` */
export function requireCredentialValue(system: LoginSystem, field: string, { value, name, at }: PlacedValue): void {
  const secret = isSecret(system, field);
  const defect =
    textDefect(value, secret && field !== "password") ??
    (field === "username" ? userNameDefect(system, value) : undefined) ??
    (field === "email" ? emailDefect(system, value, at.length > 0) : undefined);
  if (defect === undefined) return;
  const shown = secret ? name : `${name} is "${value.slice(0, 200)}", which`;
  throw problem("provider-setting-invalid", { why: `${shown} ${defect.why}`, fix: defect.fix.replaceAll("{name}", name), at });
}

function textDefect(value: string, isToken: boolean): Defect | undefined {
  if (value.length > MAX_LENGTH)
    return {
      why: `has ${value.length} characters, more than a request can contain.`,
      fix: "Set {name} to the credential only, not to a file that contains it.",
    };
  if (/\p{Cc}/u.test(value))
    return {
      why: "contains a line break or another control character.",
      fix: "Remove it from {name}. In Terraform, trimspace(file(…)) reads a file without the line break at its end.",
    };
  if (isToken && /^(["']).*\1$/.test(value))
    return {
      why: "is enclosed in quotation marks.",
      fix: "Remove the quotation marks from {name}: some files with variables keep them as part of the value.",
    };
  if (isToken && !/^[\x21-\x7e]+$/.test(value))
    return {
      why: "contains a space or a character that no token contains.",
      fix: "Copy the token again, and set {name} to it without any other text.",
    };
  return undefined;
}

function userNameDefect(system: LoginSystem, value: string): Defect | undefined {
  const kind = gitTokenKind(value);
  if (kind !== undefined) return { why: "is a user name for git. The REST API rejects it.", fix: fixForGitUser(system, kind) };
  // In basic authentication, everything after the first colon is the password.
  return value.includes(":")
    ? { why: "contains a colon, which no user name can contain.", fix: "Set {name} to the user name only." }
    : undefined;
}

/** The value of a variable is not part of the configuration: if it has no `@`, Bitbucket's response says what is wrong. */
function emailDefect(system: LoginSystem, value: string, isInBlock: boolean): Defect | undefined {
  const kind = gitTokenKind(value);
  if (kind !== undefined) return { why: "is a user name for git, not an email address.", fix: fixForGitUser(system, kind) };
  if (!isInBlock || isEmailAddress(value)) return undefined;
  return {
    why: "is not an email address.",
    fix: "Set {name} to the email address of the Atlassian account that owns the API token, not to its user name.",
  };
}

function fixForGitUser({ name, variables }: LoginSystem, kind: "access token" | "API token"): string {
  if (kind === "API token" && name === "bitbucket_cloud") {
    return `Remove {name}. Set email to the email address of the Atlassian account, and api_token_env to the name of the variable with its API token (or set ${variables["email"] ?? ""} and ${variables["api_token"] ?? ""}).`;
  }
  return `Remove {name} and the password. Set access_token_env to the name of the variable with the access token (or set ${variables["access_token"] ?? ""}). An access token needs no user name.`;
}
