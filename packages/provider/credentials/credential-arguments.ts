/** The arguments that declare the credential with which Spacelift reads code: exactly one form, with the token from one source. */
import { error, isVariableName, VARIABLE_NAME_FORM, warning, type CredentialForm } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { Generation } from "../../clients";
import { isProviderVariable } from "../configuration/provider-variables";

/** The value of an argument in a configuration, a plan, or a state. */
export type ArgumentValue = string | null | Unknown | undefined;

/** The values of declared arguments, in any view. */
export type ArgumentValues<A> = Readonly<Partial<Record<keyof A, ArgumentValue>>>;

/** One form of credential, with the values of its arguments. */
export interface CredentialArguments {
  readonly form: CredentialForm;
  /** The generation of the mutations that accept this form. */
  readonly generation: Generation;
  readonly login: ArgumentValue;
  readonly env: ArgumentValue;
  /** Only in a configuration: plans and states never contain it. */
  readonly writeOnly: ArgumentValue;
  readonly version: ArgumentValue;
  /** Logins and hosts that are sent together with the token, by Spacelift's field names. */
  readonly productFields: Readonly<Record<string, ArgumentValue>>;
}

/** The names of a form's arguments: `email`, `api_token_env`, `api_token_wo`, `api_token_wo_version`. */
export function argumentNames({ fields, secret }: CredentialForm) {
  const login = fields.find((field) => field !== secret) ?? secret;
  return { login, env: `${secret}_env`, writeOnly: `${secret}_wo`, version: `${secret}_wo_version` };
}

/** The declared credential, as far as it is known. */
export interface DeclaredCredential {
  readonly form: CredentialForm;
  readonly generation: Generation;
  readonly login: string | null;
  readonly source: { readonly type: "env"; readonly variable: string } | { readonly type: "writeOnly"; readonly version: string | null };
  readonly productFields: CredentialArguments["productFields"];
}

/** The credential of a configuration, plan, or state. Undefined if none is declared (after an import) or it is not known yet. */
export function declaredCredential(forms: readonly CredentialArguments[]): DeclaredCredential | undefined {
  for (const { form, generation, login, env, version, productFields } of forms) {
    if (login === UNKNOWN || env === UNKNOWN) return undefined;
    const credential = { form, generation, login: textOrNull(login), productFields };
    if (typeof env === "string") return { ...credential, source: { type: "env", variable: env } };
    if (isSet(version)) return { ...credential, source: { type: "writeOnly", version: textOrNull(version) } };
  }
  return undefined;
}

/** The configuration must declare exactly one complete form. Unknown values count as set. */
export function validateCredential(forms: readonly CredentialArguments[]): readonly Diagnostic[] {
  const [first, second] = forms.filter(({ login, env, writeOnly, version }) => [login, env, writeOnly, version].some(isSet));
  const fix = `Set exactly one of: ${describeOptions(forms)}.`;
  if (first === undefined) return [error("credential-form", { why: "No credential is set.", fix })];
  if (second !== undefined) {
    const [argument, otherArgument] = [firstSetArgument(first), firstSetArgument(second)];
    const why = `Arguments of two forms are mixed: ${argument} and ${otherArgument}.`;
    return [error("credential-form", { why, fix, at: [otherArgument] })];
  }
  const problem = incompleteForm(first) ?? invalidVariableName(first);
  if (problem !== undefined) return [error("credential-form", { why: problem.why, fix: problem.fix ?? fix, at: [problem.argument] })];
  return typeof first.env === "string" && isProviderVariable(first.env) ? [providerCredentialReused(first.form, first.env)] : [];
}

/** The first argument of a form that the configuration sets. */
function firstSetArgument(form: CredentialArguments): string {
  const names = argumentNames(form.form);
  const isArgumentSet = (key: keyof typeof names) => isSet(form[key]);
  const key = (["login", "env", "writeOnly", "version"] as const).find(isArgumentSet) ?? "login";
  return names[key];
}

interface ArgumentProblem {
  readonly why: string;
  readonly argument: string;
  /** If it is more specific than the list of all forms. */
  readonly fix?: string;
}

function incompleteForm({ form, login, env, writeOnly, version }: CredentialArguments): ArgumentProblem | undefined {
  const names = argumentNames(form);
  if (!isSet(login)) return { why: `${names.login} is missing.`, argument: names.login };
  if (isSet(env) && (isSet(writeOnly) || isSet(version)))
    return { why: `${names.env} and ${names.writeOnly} are both set.`, argument: names.env };
  if (isSet(env)) return undefined;
  if (!isSet(writeOnly) && !isSet(version)) return { why: "No argument provides the token.", argument: names.env, fix: lineToAdd(form) };
  if (!isSet(version))
    return { why: `${names.writeOnly} is set without ${names.version}, so a new value would not be detected.`, argument: names.version };
  return isSet(writeOnly) ? undefined : { why: `${names.version} is set without ${names.writeOnly}.`, argument: names.writeOnly };
}

/** After an import, engines generate a configuration without a token: no one can read it from Spacelift. */
function lineToAdd(form: CredentialForm): string {
  const { env, writeOnly, version } = argumentNames(form);
  const variable = `SPACELIFT_BITBUCKET_${form.secret.toUpperCase()}`;
  return (
    `Add the line ${env} = "${variable}" with the name of the variable that contains Spacelift's token; in a generated file, it replaces ${env} = null. ` +
    `Or set ${writeOnly} and ${version}. Spacelift keeps the token of an imported integration while the variable is not set.`
  );
}

/** The message does not include the value, which may be the token itself. */
function invalidVariableName({ form, env }: CredentialArguments): ArgumentProblem | undefined {
  if (typeof env !== "string" || isVariableName(env)) return undefined;
  const argument = argumentNames(form).env;
  return { why: `${argument} is not the name of an environment variable. ${VARIABLE_NAME_FORM}.`, argument };
}

function describeOptions(forms: readonly CredentialArguments[]): string {
  return forms
    .map(({ form }) => argumentNames(form))
    .map(({ login, env, writeOnly, version }) => `${login} with ${env}, or ${login} with ${writeOnly} and ${version}`)
    .join("; ");
}

/** If one token served both purposes, everyone who can use it to read code could also change webhooks. */
export function providerCredentialReused(form: CredentialForm, variable: string): Diagnostic {
  const { env } = argumentNames(form);
  return warning("provider-credential-reused", {
    why: `${env} names ${variable}, from which this provider reads its own credential. Spacelift needs a separate credential that can only read code.`,
    fix: `Put Spacelift's token in a separate variable, and set ${env} to its name, such as SPACELIFT_${variable.replace(/^SPACELIFT_/, "")}.`,
    at: [env],
  });
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function textOrNull(value: ArgumentValue): string | null {
  return typeof value === "string" ? value : null;
}
