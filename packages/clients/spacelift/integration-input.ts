/** Assigns the values of an integration to the fields that this server's GraphQL schema has for them, nested or flat. */
import { ISSUES_URL, problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import { describeFields, layoutOf, type Field } from "./integration-layouts";
import type { GraphQlSchema } from "./graphql-schema";

/** What a mutation sends, by Bitlift's names. Undefined is omitted; null is sent as null. */
export type Values = Readonly<Record<string, unknown>>;

/** Arguments ready to be sent. */
export interface Arguments {
  /** `$input: BitbucketCloudIntegrationInput!` */
  readonly declarations: string;
  /** `input: $input` */
  readonly call: string;
  readonly variables: Values;
}

/** Bitlift's names, each with the names that inputs use for the same value. */
const FIELD_NAMES: Readonly<Record<string, readonly string[]>> = {
  id: ["id", "integrationId", "integrationID"],
  spaceId: ["spaceID", "spaceId", "space"],
};

/** An optional object that has none of these fields is not about an integration, even if its other field names match. */
const INTEGRATION_FIELDS = ["labels", "vcsChecks", "isDefault", "apiToken", "appPassword", "accessToken", "spaceID", "spaceId", "space"];

/**
 * Builds the arguments of a mutation.
 * @param schema null if the server does not disclose it: the published layout is assumed
 * @param needed names that must have a field. Other values are omitted if the server has no field for them
 * @throws Problem `mutation-not-supported`, `integration-input-unknown`
 */
export function buildArguments(
  mutation: string,
  values: Values,
  needed: readonly string[],
  schema: GraphQlSchema | null,
  host: string,
): Arguments {
  const layout = layoutOf(mutation, schema);
  if (layout === undefined) throw missingMutationProblem(mutation, host);
  const assigned = new Set<string>();
  const variables = assign(layout, values, assigned);
  const unassigned = needed.filter((name) => !assigned.has(name));
  if (unassigned.length > 0) throw unassignedProblem(mutation, host, unassigned, layout);
  const missing = missingFields(layout, variables);
  if (missing.length > 0) throw missingValuesProblem(mutation, host, missing);
  const sent = layout.filter(({ name }) => name in variables);
  return {
    declarations: sent.map(({ name, type }) => `$${name}: ${type}`).join(", "),
    call: sent.map(({ name }) => `${name}: $${name}`).join(", "),
    variables,
  };
}

/**
 * Assigns each value to every field with its name. A layout that names the target twice gets the id twice.
 * @param assigned receives the names of the values that have a field
 */
function assign(fields: readonly Field[], values: Values, assigned: Set<string>): Values {
  const result: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.fields !== undefined) {
      if (!field.required && !isAboutIntegrations(field.fields)) continue;
      const inner = assign(field.fields, values, assigned);
      if (field.required || Object.keys(inner).length > 0) result[field.name] = inner;
      continue;
    }
    const name = valueNameOf(field.name, values);
    const value = name === undefined ? undefined : values[name];
    if (name === undefined || value === undefined || (value === null && field.required)) continue;
    result[field.name] = value;
    assigned.add(name);
  }
  return result;
}

/** Required fields without a value, by path. Inside an optional object they count only if the object is sent. */
function missingFields(fields: readonly Field[], variables: Values, path = ""): readonly string[] {
  return fields.flatMap((field) => {
    const fieldPath = `${path}${field.name}`;
    if (!(field.name in variables)) return field.required ? [fieldPath] : [];
    return field.fields === undefined ? [] : missingFields(field.fields, variables[field.name] as Values, `${fieldPath}.`);
  });
}

function isAboutIntegrations(fields: readonly Field[]): boolean {
  return fields.some(({ name }) => INTEGRATION_FIELDS.includes(name));
}

function valueNameOf(field: string, values: Values): string | undefined {
  if (field in values) return field;
  return Object.keys(FIELD_NAMES).find((name) => name in values && FIELD_NAMES[name]?.includes(field));
}

function missingMutationProblem(mutation: string, host: string): Problem {
  return problem("mutation-not-supported", {
    why: `Spacelift at ${host} has no mutation ${mutation}.`,
    fix: fixForMissingMutation(mutation),
  });
}

function fixForMissingMutation(mutation: string): string {
  if (mutation.includes("Datacenter"))
    return "Update this Spacelift server, or check that the endpoint is the address of a Spacelift account.";
  if (mutation.endsWith("V2"))
    return "Update this Spacelift server. It supports email with an API token since March 2026; before that, only username with an app password.";
  return "Use email with an API token. This server no longer accepts app passwords.";
}

function unassignedProblem(mutation: string, host: string, unassigned: readonly string[], layout: readonly Field[]): Problem {
  return problem("integration-input-unknown", {
    why: `At ${host}, ${mutation} has no field for ${quoted(unassigned)}. Its fields are: ${describeFields(layout)}.`,
    fix: unassigned.includes("id")
      ? `Nothing was sent, because without a target Spacelift would overwrite the default integration. Change the integration in Spacelift instead, and report this message at ${ISSUES_URL}.`
      : `Remove the unsupported attribute from the configuration, or update the server. If neither helps, report this message at ${ISSUES_URL}.`,
  });
}

function missingValuesProblem(mutation: string, host: string, missing: readonly string[]): Problem {
  return problem("integration-input-unknown", {
    why: `At ${host}, ${mutation} requires ${quoted(missing)}, and Bitlift has no value for it.`,
    fix: missing.some((name) => /apiToken|appPassword|accessToken/.test(name))
      ? "This server requires the token on every update. Set the environment variable of the token, or change the version of the write-only argument."
      : `Report this message at ${ISSUES_URL}.`,
  });
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
