/** The credential that Spacelift uses to read code: which form is written, where the token comes from, whether it is a new one. */
import { error, problem, warning, fingerprint, isVariableName, VARIABLE_NAME_FORM } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import { UNKNOWN } from "../../terraform-plugin";
import type { Generation } from "../../clients";
import { isProviderVariable, type Environment } from "../configuration/settings";

/** One way to write a credential: the login that is sent, and the two arguments of which one brings the token. */
export interface CredentialForm {
  readonly generation: Generation;
  /** Argument with the login: `email`. */
  readonly login: string;
  /** Argument with the name of the environment variable: `api_token_env`. */
  readonly env: string;
  /** Write-only argument: `api_token_wo`. */
  readonly writeOnly: string;
  /** Its version: `api_token_wo_version`. */
  readonly version: string;
  /** What is sent with the token: arguments, the login among them, and Spacelift's names for them. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Values by attribute name, as plans, states and configurations hold them. */
export type CredentialValues = Readonly<Record<string, unknown>>;

/** A credential as it is written: the form, and what names the token. */
export interface WrittenCredential {
  readonly form: CredentialForm;
  readonly login: string | null;
  readonly source: { readonly kind: "env"; readonly variable: string } | { readonly kind: "writeOnly"; readonly version: string | null };
}

const isSet = (value: unknown): boolean => value !== null && value !== undefined;

/** Judges a configuration: exactly one form. What is undecided counts as written. */
export function judgeForms(forms: readonly CredentialForm[], config: CredentialValues): readonly Diagnostic[] {
  const options = forms
    .map((form) => `${form.login} with ${form.env}, or ${form.login} with ${form.writeOnly} and ${form.version}`)
    .join("; ");
  const fix = `Write exactly one of: ${options}.`;
  const used = forms.filter((form) => [form.login, form.env, form.writeOnly, form.version].some((name) => isSet(config[name])));
  const [form] = used;
  if (form === undefined) return [error("credential-form", { why: "No credential is written.", fix })];
  if (used.length > 1) {
    return [
      error("credential-form", {
        why: `Arguments of two forms are mixed: ${used.map((one) => one.login).join(" and ")}.`,
        fix,
        at: [used[1]?.login ?? form.login],
      }),
    ];
  }
  const incomplete = (why: string, at: string): readonly Diagnostic[] => [error("credential-form", { why, fix, at: [at] })];
  if (!isSet(config[form.login])) return incomplete(`${form.login} is missing.`, form.login);
  const byVariable = isSet(config[form.env]);
  const byValue = isSet(config[form.writeOnly]) || isSet(config[form.version]);
  if (byVariable && byValue) return incomplete(`${form.env} and ${form.writeOnly} are both written.`, form.env);
  if (!byVariable && !byValue) return incomplete(`Nothing says where the token comes from.`, form.env);
  if (byValue && !isSet(config[form.version]))
    return incomplete(`${form.writeOnly} is written without ${form.version}, so a new value would never be noticed.`, form.version);
  if (byValue && !isSet(config[form.writeOnly])) return incomplete(`${form.version} is written without ${form.writeOnly}.`, form.writeOnly);
  const variable = config[form.env];
  if (typeof variable !== "string") return [];
  if (!isVariableName(variable))
    return incomplete(`${form.env} must be the name of an environment variable, and this is none. ${VARIABLE_NAME_FORM}.`, form.env);
  if (isProviderVariable(variable)) {
    return [theProvidersOwn(form, variable)];
  }
  return [];
}

/** One token for both jobs: whoever reads code could then change webhooks. */
export function theProvidersOwn(form: CredentialForm, variable: string): Diagnostic {
  return warning("provider-credential-reused", {
    why: `${form.env} names ${variable}, the variable with which this provider itself logs in. Spacelift needs a credential of its own, which only reads code.`,
    fix: `Put Spacelift's token into a variable of its own, such as SPACELIFT_${variable.replace(/^SPACELIFT_/, "")}.`,
    at: [form.env],
  });
}

/** Reads the credential from a plan or a state; undefined where none is recorded (after an import) or it is undecided. */
export function writtenCredential(forms: readonly CredentialForm[], values: CredentialValues | null): WrittenCredential | undefined {
  if (values === null) return undefined;
  for (const form of forms) {
    const login = values[form.login];
    const variable = values[form.env];
    const version = values[form.version];
    if (login === UNKNOWN || variable === UNKNOWN) return undefined;
    if (typeof variable === "string") return { form, login: textOrNull(login), source: { kind: "env", variable } };
    if (isSet(version)) return { form, login: textOrNull(login), source: { kind: "writeOnly", version: textOrNull(version) } };
  }
  return undefined;
}

/** The token's variable as the process has it now. */
export interface SeenToken {
  readonly variable: string;
  readonly token: string | null;
  readonly fingerprint: string | null;
}

/** Looks at the variable of an `_env` credential; undefined for the write-only form. */
export function seenToken(credential: WrittenCredential | undefined, environment: Environment): SeenToken | undefined {
  if (credential?.source.kind !== "env") return undefined;
  const { variable } = credential.source;
  const token = environment[variable] || null;
  return { variable, token, fingerprint: token === null ? null : fingerprint(token) };
}

/** Whether both name the token in the same way, so that the stored token is the one that is meant. */
function sameSource(before: WrittenCredential | undefined, now: WrittenCredential): boolean {
  if (before === undefined || before.form !== now.form || before.source.kind !== now.source.kind) return false;
  return before.source.kind === "env" && now.source.kind === "env" ? before.source.variable === now.source.variable : true;
}

/** Whether Spacelift holds a credential of the other generation than the one that was given to it: then its login is empty. */
function takenOver(before: WrittenCredential): boolean {
  return before.login === null;
}

/** What an update sends (null: Spacelift keeps its token), and the fingerprint of the token that Spacelift then has. */
export interface TokenDecision {
  readonly send: string | null;
  readonly fingerprint: string | null;
}

/**
 * Decides about the token on an update.
 * @param before the credential of the prior state, undefined after an import
 * @param storedFingerprint of the token that Spacelift was last given
 * @param writeOnlyValue what the configuration holds in the write-only argument
 * @throws Problem `credential-variable-not-set` when form or variable changed, here or in Spacelift, and the variable is unset.
 */
export function tokenForUpdate(
  before: WrittenCredential | undefined,
  now: WrittenCredential,
  environment: Environment,
  storedFingerprint: string | null,
  writeOnlyValue: string | null,
): TokenDecision {
  if (now.source.kind === "writeOnly") {
    const unchanged =
      before?.source.kind === "writeOnly" &&
      before.form === now.form &&
      before.source.version === now.source.version &&
      before.login === now.login;
    return unchanged ? { send: null, fingerprint: null } : { send: writeOnlyToken(now, writeOnlyValue), fingerprint: null };
  }
  const { variable } = now.source;
  const seen = seenToken(now, environment);
  if (seen?.token == null) {
    // After an import nothing is recorded: Spacelift has a token, and the form is all that is new.
    if (before !== undefined && (!sameSource(before, now) || takenOver(before))) throw unsetVariable(now, variable);
    return { send: null, fingerprint: storedFingerprint };
  }
  // Another login means another account: whoever wrote it gave it a token of its own.
  const isNew =
    seen.fingerprint !== storedFingerprint || before?.form !== now.form || before.source.kind !== "env" || before.login !== now.login;
  return { send: isNew ? seen.token : null, fingerprint: seen.fingerprint };
}

/** The token for a create. @throws Problem `credential-variable-not-set`. */
export function tokenForCreate(
  now: WrittenCredential,
  environment: Environment,
  writeOnlyValue: string | null,
): { readonly token: string; readonly fingerprint: string | null } {
  if (now.source.kind === "writeOnly") return { token: writeOnlyToken(now, writeOnlyValue), fingerprint: null };
  const seen = seenToken(now, environment);
  if (seen?.token == null) throw unsetVariable(now, now.source.variable);
  return { token: seen.token, fingerprint: seen.fingerprint };
}

/** What a plan says of a create whose variable is not there. */
export function unsetAtPlan(variable: string): Diagnostic {
  return warning("credential-variable-not-set", {
    why: `The environment variable ${variable} is not set (or empty) here. The apply needs it, and fails without it.`,
    fix: `Set ${variable} to the token that Spacelift shall use, where the apply runs.`,
  });
}

/** The diagnostic for a variable that has to be there and is not. */
export function unsetVariable(credential: WrittenCredential, variable: string) {
  return problem("credential-variable-not-set", {
    why: `${credential.form.env} names the environment variable ${variable}, and it is not set (or empty) where the provider runs.`,
    fix: `Set ${variable} to the token that Spacelift shall use, in the environment of this command.`,
    at: [credential.form.env],
  });
}

function writeOnlyToken(credential: WrittenCredential, value: string | null): string {
  if (value !== null && value !== "") return value;
  throw problem("credential-variable-not-set", {
    why: `${credential.form.writeOnly} is empty at this moment.`,
    fix: `Give the ephemeral value behind ${credential.form.writeOnly} to this command too.`,
    at: [credential.form.writeOnly],
  });
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
