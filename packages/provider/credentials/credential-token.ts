/** The token of a credential: where it comes from, whether it is new, and whether an update sends it. */
import { fingerprint, problem, warning } from "../../domain";
import type { Diagnostic, Problem } from "../../diagnostics";
import type { Environment } from "../configuration/provider-variables";
import { argumentNames, type DeclaredCredential } from "./credential-arguments";

/** The token in the environment variable of a credential. */
export interface EnvironmentToken {
  readonly variable: string;
  readonly token: string | null;
  readonly fingerprint: string | null;
}

/** Reads the variable of an `_env` argument; undefined for a write-only argument. */
export function tokenInEnvironment(credential: DeclaredCredential | undefined, environment: Environment): EnvironmentToken | undefined {
  if (credential?.source.type !== "env") return undefined;
  const { variable } = credential.source;
  const token = environment[variable] || null;
  return { variable, token, fingerprint: token === null ? null : fingerprint(token) };
}

/** The token that an update sends (null: Spacelift keeps its token), and the fingerprint of the token that Spacelift has afterwards. */
export interface TokenUpdate {
  readonly send: string | null;
  readonly fingerprint: string | null;
}

/**
 * Decides whether an update sends the token.
 * @param prior the credential in the state; undefined after an import, or after a move from another provider
 * @param storedFingerprint of the token that was last sent to Spacelift, by this provider or by the one from which the object was moved
 * @param writeOnlyValue the write-only argument in the configuration
 * @throws Problem `credential-variable-not-set` if the form or the variable changed, in the configuration or in Spacelift, and the variable is not set
 */
export function tokenForUpdate(
  prior: DeclaredCredential | undefined,
  planned: DeclaredCredential,
  environment: Environment,
  storedFingerprint: string | null,
  writeOnlyValue: string | null,
): TokenUpdate {
  const inEnvironment = tokenInEnvironment(planned, environment);
  if (inEnvironment === undefined) {
    return { send: isSameWriteOnly(prior, planned) ? null : requireWriteOnly(planned, writeOnlyValue), fingerprint: null };
  }
  if (inEnvironment.token === null) {
    // After an import, the state contains no credential. Spacelift already has a token, so the update does not need one.
    if (prior !== undefined && (!isSameSource(prior, planned) || usesOtherGeneration(prior)))
      throw variableNotSet(planned, inEnvironment.variable);
    return { send: null, fingerprint: storedFingerprint };
  }
  // A different login means a different account. If someone changed the login in Spacelift, they also changed the token.
  const isNew =
    inEnvironment.fingerprint !== storedFingerprint ||
    (prior !== undefined && (prior.form !== planned.form || prior.source.type !== "env" || prior.login !== planned.login));
  return { send: isNew ? inEnvironment.token : null, fingerprint: inEnvironment.fingerprint };
}

/** The token for a create. @throws Problem `credential-variable-not-set` */
export function tokenForCreate(
  credential: DeclaredCredential,
  environment: Environment,
  writeOnlyValue: string | null,
): { readonly token: string; readonly fingerprint: string | null } {
  const inEnvironment = tokenInEnvironment(credential, environment);
  if (inEnvironment === undefined) return { token: requireWriteOnly(credential, writeOnlyValue), fingerprint: null };
  if (inEnvironment.token === null) throw variableNotSet(credential, inEnvironment.variable);
  return { token: inEnvironment.token, fingerprint: inEnvironment.fingerprint };
}

/** A warning for the plan of a create. */
export function variableNotSetAtPlan(variable: string): Diagnostic {
  return warning("credential-variable-not-set", {
    why: `The environment variable ${variable} is unset or empty here. The apply fails without it.`,
    fix: `Set ${variable} to the token for Spacelift where the apply runs.`,
  });
}

/** A warning for the plan of an update. */
export function tokenNotChecked(credential: DeclaredCredential, variable: string): Diagnostic {
  return warning("credential-change-not-checked", {
    why: `The environment variable ${variable} is unset or empty here, so the plan cannot check whether Spacelift has its current value.`,
    fix: `Set ${variable} where plans run. Until then, Spacelift keeps its token.`,
    at: [argumentNames(credential.form).env],
  });
}

function isSameSource(prior: DeclaredCredential, planned: DeclaredCredential): boolean {
  if (prior.form !== planned.form) return false;
  if (prior.source.type === "env" && planned.source.type === "env") return prior.source.variable === planned.source.variable;
  return prior.source.type === planned.source.type;
}

function isSameWriteOnly(prior: DeclaredCredential | undefined, planned: DeclaredCredential): boolean {
  return (
    prior?.source.type === "writeOnly" &&
    planned.source.type === "writeOnly" &&
    prior.form === planned.form &&
    prior.source.version === planned.source.version &&
    prior.login === planned.login
  );
}

/** Whether someone changed the credential in Spacelift to one of the other generation. The login of this form is then null. */
function usesOtherGeneration(prior: DeclaredCredential): boolean {
  return prior.login === null;
}

function variableNotSet(credential: DeclaredCredential, variable: string): Problem {
  const { env } = argumentNames(credential.form);
  return problem("credential-variable-not-set", {
    why: `${env} names the environment variable ${variable}, which is unset or empty where the provider runs.`,
    fix: `Set ${variable} to the token for Spacelift in the environment of this command.`,
    at: [env],
  });
}

function requireWriteOnly(credential: DeclaredCredential, value: string | null): string {
  if (value !== null && value !== "") return value;
  const { writeOnly } = argumentNames(credential.form);
  throw problem("credential-variable-not-set", {
    why: `${writeOnly} is empty in this run.`,
    fix: `Provide the ephemeral value of ${writeOnly} to this command as well.`,
    at: [writeOnly],
  });
}
