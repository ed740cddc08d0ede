/** The problem for a login that is missing or incomplete. It names what is missing by argument and by variable, and what to set. */
import { parsedUrl, problem, type CredentialForm } from "../../domain";
import type { Problem } from "../../diagnostics";
import { isSameOrigin, ownAddress, requireOwnAddress } from "./credential-origin";
import { credentialFields, isSecret, requiredArguments, type LoginSystem } from "./login-systems";
import type { Environment } from "./provider-variables";
import { hasValue, joinNames, readSetting, type LoginBlock, type Setting } from "./settings";

interface Part {
  readonly argument: string;
  readonly setting: Setting;
}

interface IncompleteLogin {
  readonly system: LoginSystem;
  readonly block: LoginBlock | null;
  readonly environment: Environment;
  /** The form to complete. */
  readonly form: CredentialForm;
  /** Whether the block or the environment has a part of this form, so that it is the form in use. */
  readonly isInUse: boolean;
  readonly present: readonly Part[];
  readonly missing: readonly Part[];
}

/**
 * @param named the form that the block names; undefined if it names none
 * @throws Problem `credential-address-mismatch` for a secret that is not sent to the address of the block, which completing the login would not change
 */
export function incompleteLogin(
  system: LoginSystem,
  block: LoginBlock | null,
  environment: Environment,
  named: CredentialForm | undefined,
): Problem {
  const settingOf = (argument: string) => readSetting(system, block, argument, environment);
  const isPartlySet = (form: CredentialForm) => credentialFields(system, form).some((field) => hasValue(settingOf(field)));
  const [first = { fields: [], secret: "" }] = system.forms;
  const inUse = named ?? system.forms.find(isPartlySet);
  const form = inUse ?? first;
  const parts = requiredArguments(system, form).map((argument) => ({ argument, setting: settingOf(argument) }));
  const login: IncompleteLogin = {
    system,
    block,
    environment,
    form,
    isInUse: inUse !== undefined,
    present: parts.filter(({ setting }) => hasValue(setting)),
    missing: parts.filter(({ setting }) => !hasValue(setting)),
  };
  requireSecretForAddress(login);
  const [onlyMissing, ...otherMissing] = login.missing;
  if (onlyMissing !== undefined && otherMissing.length === 0 && onlyMissing.setting.namedBy !== null)
    return variableNotSet(login, onlyMissing);
  return problem(system.codes.notConfigured, { why: causeOf(login), fix: fixFor(login), at: block === null ? [] : [system.name] });
}

function requireSecretForAddress({ system, block, environment, form, present }: IncompleteLogin): void {
  const secret = present.find(({ argument }) => argument === form.secret);
  const setting = readSetting(system, block, system.address, environment);
  if (secret !== undefined && hasValue(setting))
    requireOwnAddress(system, { setting, address: setting.value.trim() }, secret.setting, environment);
}

/** With several servers, the host tells which block is meant. The rest of the address may contain a password. */
function variableNotSet({ system, block }: IncompleteLogin, { setting }: Part): Problem {
  const address = block?.[system.address];
  const url = typeof address === "string" ? parsedUrl(address) : undefined;
  const server = url === undefined ? "" : ` (for ${url.host})`;
  return problem("credential-variable-not-set", {
    why: `${system.name}.${setting.namedBy ?? ""}${server} names an environment variable that is unset or empty where the provider runs: ${setting.name}.`,
    fix: `Set ${setting.name} in the environment of this command.`,
    at: setting.at,
  });
}

function causeOf(login: IncompleteLogin): string {
  const { system, block, present, missing } = login;
  const gaps = missing.map((part) => describeGap(system, block, part)).join("; ");
  if (login.isInUse) {
    const found = present.length === 0 ? "" : ` Found: ${joinNames(present.map(({ setting }) => setting.name))}.`;
    return `The login for ${system.title} is incomplete.${found} Missing: ${gaps}.`;
  }
  const inBlock = block === null ? `The provider has no ${system.name} block` : `The ${system.name} block names no credential`;
  return `${inBlock}, and the environment contains no credential for ${system.title}. Missing: ${gaps}.`;
}

function describeGap({ name }: LoginSystem, block: LoginBlock | null, { argument, setting: { namedBy, name: variable } }: Part): string {
  if (namedBy !== null) return `${argument} (${namedBy} names ${variable}, which is unset or empty)`;
  return block === null ? `${variable} (unset or empty)` : `${argument} (not in the ${name} block, and ${variable} is unset or empty)`;
}

function fixFor(login: IncompleteLogin): string {
  const { system, form, missing } = login;
  const variables = missing.map(({ setting }) => setting.name);
  // If an `_env` argument names a variable, that variable is what must be set.
  const inBlock = missing.some(({ setting }) => setting.namedBy !== null) ? undefined : fixInBlock(login);
  const address = addressOfEnvironment(login);
  if (address === "elsewhere" && inBlock !== undefined) return `S${inBlock.slice(1)}.`;
  if (address !== undefined && address !== "elsewhere") variables.push(address);
  const inEnvironment = `Set ${joinNames(variables)} in the environment of this command`;
  const fix = `${[inEnvironment, inBlock].filter((option) => option !== undefined).join(", or ")}.`;
  if (login.isInUse) return fix;
  const others = system.forms.filter((other) => other !== form).map((other) => joinNames(variablesOf(system, other)));
  return `${fix} Instead of ${joinNames(variablesOf(system, form))}, you can set ${others.join(", or ")}. ${system.hint}`;
}

function fixInBlock({ system, missing }: IncompleteLogin): string {
  const names = missing.map(({ argument }) => (isSecret(system, argument) ? `${argument}_env` : argument));
  const note = names.some((name) => name.endsWith("_env")) ? " (an _env argument names the variable with the secret)" : "";
  return `set ${joinNames(names)} in the ${system.name} block of the provider${note}`;
}

function variablesOf(system: LoginSystem, form: CredentialForm): readonly string[] {
  return requiredArguments(system, form).map((argument) => system.variables[argument] ?? "");
}

/**
 * A secret from the environment is sent only to the address of the environment. If the block has another address, returns the variable that must
 * be set to it, or `elsewhere` if that variable is already set to a different address.
 */
function addressOfEnvironment({ system, block, environment, form, missing }: IncompleteLogin): string | undefined {
  const secret = missing.find(({ argument }) => argument === form.secret);
  const setting = readSetting(system, block, system.address, environment);
  if (secret === undefined || secret.setting.origin !== "environment" || setting.origin !== "block" || !hasValue(setting)) return undefined;
  const own = ownAddress(system, environment);
  if (own === undefined || isSameOrigin(own.address, setting.value)) return undefined;
  return environment[own.variable ?? ""] ? "elsewhere" : `${own.variable ?? ""} (${setting.value})`;
}
