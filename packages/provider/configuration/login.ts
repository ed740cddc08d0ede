/** The login to one system, form by form: a block names a form, or a part of one; the environment completes it. */
import { completeCredentials, problem, type CompleteCredential, type CredentialForm } from "../../domain";
import { accountOfToken, requireAllowedHost } from "../../clients";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import { blockProblems, requireValue } from "./block-rules";
import { readCaCertificate } from "./ca-certificate";
import { requireOwnAddress } from "./credential-origin";
import { incompleteLogin } from "./incomplete-login";
import { parseLoginAddress } from "./login-address";
import { credentialFields, requiredArguments, type LoginSystem } from "./login-systems";
import type { Environment } from "./provider-variables";
import {
  describeSource,
  hasUnknown,
  hasValue,
  isInBlock,
  joinNames,
  readSetting,
  type LoginBlock,
  type SetSetting,
  type Setting,
} from "./settings";

/** A complete login. */
export interface Login<Form extends CredentialForm> {
  readonly credential: CompleteCredential<Form>;
  /** The address to which the credential is sent. */
  readonly address: string;
  /** PEM text of an additional certificate authority; null for none. */
  readonly caCertificate: string | null;
  /** Where the credential is set, for messages: `T (access_token_env of the bitbucket_cloud block)`. Undefined: all in the standard variables. */
  readonly source: string | undefined;
}

/** What every step of resolving a login receives. */
interface Settings {
  readonly system: LoginSystem;
  readonly block: LoginBlock | null;
  readonly environment: Environment;
  readonly read: (argument: string) => Setting;
}

/**
 * A block that names no credential takes one from the environment, in the order of the forms. A block that names a part of a form takes the
 * rest of the same form. Two forms are never mixed.
 * @throws Problem if the login is incomplete, invalid, or not known yet
 */
export function resolveLogin<Form extends CredentialForm>(
  system: LoginSystem,
  forms: readonly Form[],
  block: LoginBlock | null | Unknown,
  environment: Environment,
): Login<Form> {
  if (block === UNKNOWN || hasUnknown(block)) throw unknownLogin(system);
  const [first] = blockProblems(system, block, environment);
  if (first !== undefined) throw first;
  const settings: Settings = {
    system,
    block,
    environment,
    read: (argument) => readSetting(system, block, argument, environment),
  };
  const form = chooseForm(settings, forms);
  const parts = form === undefined ? undefined : completeSettings(settings, requiredArguments(system, form));
  if (form === undefined || parts === undefined) throw incompleteLogin(system, block, environment, form);
  for (const [argument, { value, name, at }] of parts) requireValue(system, argument, { value, name, at }, environment);
  const values = Object.fromEntries([...parts].map(([argument, { value }]) => [argument, value]));
  const [credential] = completeCredentials([form], values as Partial<Record<Form["fields"][number], string>>);
  if (credential === undefined) throw incompleteLogin(system, block, environment, form);
  const address = resolveAddress(settings, form, parts);
  const isStandard = [...parts.values()].every(({ at }) => at.length === 0);
  const source = isStandard ? undefined : joinNames([...parts.values()].map(describeSource));
  return { credential, address, caCertificate: resolveCaCertificate(settings), source };
}

function chooseForm<Form extends CredentialForm>(settings: Settings, forms: readonly Form[]): Form | undefined {
  const { system, block } = settings;
  const named = forms.find((form) => credentialFields(system, form).some((field) => isInBlock(block, field)));
  return named ?? forms.find((form) => completeSettings(settings, requiredArguments(system, form)) !== undefined);
}

/** The settings by argument; undefined if one has no value. */
function completeSettings({ read }: Settings, names: readonly string[]): ReadonlyMap<string, SetSetting> | undefined {
  const found = names.map((argument) => [argument, read(argument)] as const);
  const complete = found.filter((entry): entry is [string, SetSetting] => hasValue(entry[1]));
  return complete.length === found.length ? new Map(complete) : undefined;
}

function resolveAddress(settings: Settings, form: CredentialForm, parts: ReadonlyMap<string, SetSetting>): string {
  const { system, environment, read } = settings;
  const token = system.name === "spacelift" ? parts.get("api_token") : undefined;
  const account = token === undefined ? undefined : accountOfToken(token.value, token.at, token.name);
  const setting = read(system.address);
  const secret = parts.get(form.secret);
  // A token is sent to the account that it names. Only the block can contradict that.
  if (hasValue(setting) && (account === undefined || setting.origin === "block")) {
    const address = parseLoginAddress(system, setting, environment);
    if (secret !== undefined) requireOwnAddress(system, { setting, address }, secret, environment);
    if (account === undefined) return address;
  }
  const address = account ?? system.defaultAddress ?? "";
  const name = account === undefined ? `The default address of ${system.title}` : `The account in ${token?.name ?? ""}`;
  requireAllowedHost({ value: address, name, at: [] }, environment);
  return address;
}

function resolveCaCertificate({ read }: Settings): string | null {
  const setting = read("ca_certificate");
  return hasValue(setting) ? readCaCertificate(setting) : null;
}

function unknownLogin({ name }: LoginSystem) {
  return problem("provider-configuration-unknown", {
    why: `A value in the provider's ${name} block is known only after apply, so the provider cannot connect yet.`,
    fix: "Use a variable or the environment for the value, or apply the resource that it depends on first (-target).",
    at: [name],
  });
}
