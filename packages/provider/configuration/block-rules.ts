/** Validates one login block of the provider configuration, without the environment's credentials. Unknown values are skipped. */
import { describeForms, isVariableName, problem, VARIABLE_NAME_FORM } from "../../domain";
import { Problem } from "../../diagnostics";
import { accountOfToken, requireAllowedHost } from "../../clients";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import { readCaCertificate } from "./ca-certificate";
import { requireCredentialValue } from "./credential-values";
import type { PlacedValue } from "./http-address";
import { parseLoginAddress } from "./login-address";
import type { LoginSystem } from "./login-systems";
import type { Environment } from "./provider-variables";
import { isInBlock, type LoginBlock } from "./settings";

/** Everything that is wrong in the block, whether or not a resource uses it. */
export function blockProblems(system: LoginSystem, block: LoginBlock | null | Unknown, environment: Environment): readonly Problem[] {
  if (block === null || block === UNKNOWN) return [];
  const problems: Problem[] = [];
  const collect = (rule: () => void) => {
    try {
      rule();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      problems.push(failure);
    }
  };
  for (const [argument, value] of Object.entries(block)) {
    if (typeof value === "string")
      collect(() => {
        requireArgument(system, block, { argument, value }, environment);
      });
  }
  collect(() => {
    requireOneForm(system, block);
  });
  return problems;
}

/**
 * The rules for one value, wherever it is set.
 * @throws Problem `provider-setting-invalid`, `address-not-allowed`
 */
export function requireValue(system: LoginSystem, argument: string, placed: PlacedValue, environment: Environment): void {
  if (argument === system.address) parseLoginAddress(system, placed, environment);
  else if (argument === "ca_certificate") readCaCertificate(placed);
  else requireCredentialValue(system, argument, placed);
  if (system.name === "spacelift" && argument === "api_token") {
    const account = accountOfToken(placed.value, placed.at, placed.name);
    requireAllowedHost({ value: account, name: `The account in ${placed.name}`, at: placed.at }, environment);
  }
}

function requireArgument(
  system: LoginSystem,
  block: LoginBlock,
  { argument, value }: { readonly argument: string; readonly value: string },
  environment: Environment,
): void {
  const at = [system.name, argument];
  if (value === "") throw emptyArgument(system, argument, at);
  if (!argument.endsWith("_env")) {
    requireValue(system, argument, { value, name: `${system.name}.${argument}`, at }, environment);
    return;
  }
  const secret = argument.slice(0, -"_env".length);
  if (typeof block[secret] === "string") {
    throw problem(system.codes.conflict, {
      why: `The ${system.name} block sets both ${secret} and ${argument}.`,
      fix: "Remove one of them.",
      at,
    });
  }
  if (isVariableName(value)) return;
  throw problem("provider-setting-invalid", {
    why: `${system.name}.${argument} is not the name of an environment variable. ${VARIABLE_NAME_FORM}.`,
    fix: `Set ${argument} to the name of the variable that contains the ${secret}, not to the secret itself.`,
    at,
  });
}

function emptyArgument({ name, variables }: LoginSystem, argument: string, at: readonly string[]): Problem {
  const variable = variables[argument.replace(/_env$/, "")] ?? "";
  return problem("provider-setting-invalid", {
    why: `${name}.${argument} is set, but it is empty ("").`,
    fix: `Set ${argument} to a value, or remove it (or set it to null), so that the provider reads ${variable} from the environment.`,
    at,
  });
}

/** A block may name parts of one form only. */
function requireOneForm(system: LoginSystem, block: LoginBlock): void {
  const { name, forms, codes } = system;
  const named = forms
    .map(({ fields }) => fields.filter((field) => isInBlock(block, field)))
    .filter((fields) => fields.length > 0)
    .map((fields) => fields.map((field) => (typeof block[field] === "string" ? field : `${field}_env`)).join(", "));
  if (named.length < 2) return;
  throw problem(codes.conflict, {
    why: `The ${name} block mixes arguments of different logins: ${named.join(" | ")}.`,
    fix: `Keep the arguments of only one login: ${describeForms(forms)}.`,
    at: [name],
  });
}
