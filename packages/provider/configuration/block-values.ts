/** Reads the values of one block of the provider configuration, or of the environment variables that replace it. */
import { problem } from "../../domain";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { Environment } from "./provider-variables";

/** The attributes of a block as the engine sends them; null if unset. */
export type BlockValues<Name extends string> = { readonly [K in Name]: string | null | Unknown };

/** The same attributes with all values known; null if unset or empty. */
type KnownValues<Name extends string> = Readonly<Record<Name, string | null>>;

/** The values of environment variables. */
export function readVariables<Name extends string>(variables: Readonly<Record<Name, string>>, environment: Environment): KnownValues<Name> {
  const entries = Object.entries<string>(variables).map(([name, variable]) => [name, environment[variable] || null]);
  return Object.fromEntries(entries) as KnownValues<Name>;
}

/**
 * The values of a block. An attribute that is set through `<name>_env` has the value of that variable.
 * @throws Problem `provider-configuration-unknown`, `credential-variable-not-set`, `spacelift-credentials-conflict`, `bitbucket-credentials-conflict`
 */
export function readBlock<Name extends string>(
  block: string,
  values: BlockValues<Name> | Unknown,
  environment: Environment,
): KnownValues<Name> {
  if (values === UNKNOWN || Object.values(values).includes(UNKNOWN)) {
    throw problem("provider-configuration-unknown", {
      why: `A value in the provider's ${block} block is known only after apply, so the provider cannot connect yet.`,
      fix: "Use a variable or the environment for the value, or apply the resource that it depends on first (-target).",
      at: [block],
    });
  }
  const known = Object.fromEntries(
    Object.entries<string | null | Unknown>(values).map(([name, value]) => [
      name,
      typeof value === "string" && value !== "" ? value : null,
    ]),
  );
  for (const [name, variable] of Object.entries(known)) {
    if (!name.endsWith("_env") || variable === null) continue;
    const secret = name.slice(0, -"_env".length);
    if (known[secret] != null) throw secretSetTwice(block, secret, name);
    known[secret] = environment[variable] || null;
    if (known[secret] === null) throw variableNotSet(block, name, variable, known["url"] ?? "");
  }
  return known as KnownValues<Name>;
}

function secretSetTwice(block: string, secret: string, env: string) {
  return problem(block === "spacelift" ? "spacelift-credentials-conflict" : "bitbucket-credentials-conflict", {
    why: `The ${block} block sets both ${secret} and ${env}.`,
    fix: "Remove one of them.",
    at: [block, env],
  });
}

/** Text that does not look like a variable name may be the secret itself, so the message does not include it. */
function variableNotSet(block: string, env: string, variable: string, url: string) {
  const shown = /^[A-Z_][A-Z0-9_]*$/.test(variable) ? `: ${variable}` : "";
  // The host shows which of several servers is meant; the rest of the address may contain a password.
  const server = URL.canParse(url) ? ` (for ${new URL(url).host})` : "";
  return problem("credential-variable-not-set", {
    why: `${block}.${env}${server} names an environment variable that is unset or empty where the provider runs${shown}.`,
    fix: "Set the variable in the environment of this command.",
    at: [block, env],
  });
}
