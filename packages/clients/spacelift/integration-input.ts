/** Puts what is wanted of an integration where this server's GraphQL schema has a place for it: nested or flat, whatever the fields are called. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { InputField, Schema } from "./schema";

/** What a mutation is to carry, by our names. Undefined is left out; null is sent as null. */
export type Wanted = Readonly<Record<string, unknown>>;

/** Arguments ready to be sent. */
export interface Arguments {
  /** `$input: BitbucketCloudIntegrationInput!` */
  readonly declarations: string;
  /** `input: $input` */
  readonly call: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A place for values: its name, its type as a variable declares it, and the places inside. */
interface Place {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly inside: readonly Place[] | undefined;
}

/** Other spellings of one thing. The same thing is called differently in different inputs. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  id: ["id", "integrationId", "integrationID"],
  spaceId: ["spaceID", "spaceId", "space"],
};

/** Deeper than any known layout: argument, input object, custom input. */
const DEPTH = 3;

/** What is known of the layouts without asking; only for servers that do not tell their GraphQL schema. */
const ASSUMED: Readonly<Record<string, readonly Place[]>> = {
  create: [
    place("name", "String!"),
    place("spaceID", "ID"),
    place("isDefault", "Boolean"),
    place("labels", "[String!]"),
    place("description", "String"),
    place("vcsChecks", "VCSCheck"),
    place("useGitCheckout", "Boolean"),
  ],
  update: [
    place("id", "ID"),
    place("space", "ID"),
    place("labels", "[String!]"),
    place("description", "String"),
    place("vcsChecks", "VCSCheck"),
    place("useGitCheckout", "Boolean"),
  ],
};

const ASSUMED_MUTATIONS: Readonly<Record<string, readonly Place[]>> = {
  bitbucketCloudIntegrationCreate: [
    place("username", "String!"),
    place("appPassword", "String!"),
    place("customInput", "CustomVCSInput", ASSUMED["create"]),
  ],
  bitbucketCloudIntegrationUpdate: [
    place("username", "String!"),
    place("appPassword", "String"),
    place("customInput", "CustomVCSUpdateInput", ASSUMED["update"]),
  ],
  bitbucketDatacenterIntegrationCreate: [
    place("apiHost", "String!"),
    place("userFacingHost", "String!"),
    place("username", "String"),
    place("accessToken", "String!"),
    place("customInput", "CustomVCSInput", ASSUMED["create"]),
  ],
  bitbucketDatacenterIntegrationUpdate: [
    place("apiHost", "String!"),
    place("userFacingHost", "String!"),
    place("username", "String"),
    place("accessToken", "String"),
    place("customInput", "CustomVCSUpdateInput", ASSUMED["update"]),
  ],
  bitbucketCloudIntegrationCreateV2: [
    place("input", "BitbucketCloudIntegrationInput!", [
      place("email", "String!"),
      place("apiToken", "String!"),
      place("customInput", "CustomVCSInput", ASSUMED["create"]),
    ]),
  ],
  bitbucketCloudIntegrationUpdateV2: [
    place("input", "BitbucketCloudIntegrationUpdateInput!", [
      place("email", "String!"),
      place("apiToken", "String"),
      place("customInput", "CustomVCSUpdateInput", ASSUMED["update"]),
    ]),
  ],
};

/**
 * Lays out the arguments of a mutation.
 * @param schema null where the server does not tell it: the published layout is assumed
 * @param needed names that must find a place; for every other one it is enough that its value is the default
 * @throws Problem `mutation-not-supported`, `integration-input-unknown`
 */
export function layOut(mutation: string, wanted: Wanted, needed: readonly string[], schema: Schema | null, host: string): Arguments {
  const places = schema === null ? ASSUMED_MUTATIONS[mutation] : placesOf(schema.argumentsOf(mutation), schema, DEPTH);
  if (places === undefined) throw missingMutation(mutation, host);
  const placed = new Set<string>();
  const unfilled: string[] = [];
  const filled = fill(places, wanted, placed, unfilled, "");
  const homeless = needed.filter((name) => !placed.has(name));
  if (homeless.length > 0) {
    throw problem("integration-input-unknown", {
      why: `At ${host}, ${mutation} has no field for ${homeless.map((name) => `"${name}"`).join(", ")}; it has ${namesOf(places)}.`,
      fix: homeless.includes("id")
        ? "Nothing was sent: without a target Spacelift would overwrite the default integration. Change the integration in Spacelift itself, and report this server's GraphQL schema."
        : "Remove what this server does not know from the configuration, or update the server; if neither helps, report its GraphQL schema.",
    });
  }
  if (unfilled.length > 0) {
    throw problem("integration-input-unknown", {
      why: `At ${host}, ${mutation} requires ${unfilled.map((name) => `"${name}"`).join(", ")}, and Bitlift has no value for it.`,
      fix: unfilled.some((name) => /apiToken|appPassword|accessToken/.test(name))
        ? "This server wants the token on every update: set the variable with the token, or change the version of the write-only argument."
        : "Report this server's GraphQL schema.",
    });
  }
  const sent = places.filter((argument) => argument.name in filled);
  return {
    declarations: sent.map((argument) => `$${argument.name}: ${argument.type}`).join(", "),
    call: sent.map((argument) => `${argument.name}: $${argument.name}`).join(", "),
    variables: filled,
  };
}

/** The server has no such mutation. */
export function missingMutation(mutation: string, host: string): Problem {
  return problem("mutation-not-supported", {
    why: `Spacelift at ${host} has no mutation ${mutation}.`,
    fix: mutation.includes("Datacenter")
      ? "Update this Spacelift server, or check that the endpoint is an account of Spacelift."
      : mutation.endsWith("V2")
        ? "Update this Spacelift server: email with API token came in March 2026. Before that only user name with app password exists."
        : "Use email with an API token: this server no longer takes app passwords.",
  });
}

/** Every place that bears a wanted name gets the value: where a layout names the target twice, both name the same. */
function fill(places: readonly Place[], wanted: Wanted, placed: Set<string>, unfilled: string[], path: string): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const here of places) {
    if (here.inside !== undefined) {
      if (!here.required && !isAboutIntegrations(here.inside)) continue;
      const inner = fill(here.inside, wanted, placed, here.required ? unfilled : [], `${path}${here.name}.`);
      if (Object.keys(inner).length > 0 || here.required) {
        // Only now it is sent, so only now its required fields count.
        if (!here.required) fill(here.inside, wanted, placed, unfilled, `${path}${here.name}.`);
        values[here.name] = inner;
      }
      continue;
    }
    const name = wantedName(here.name, wanted);
    const value = name === undefined ? undefined : wanted[name];
    if (name !== undefined && value !== undefined && !(value === null && here.required)) {
      values[here.name] = value;
      placed.add(name);
    } else if (here.required) {
      unfilled.push(`${path}${here.name}`);
    }
  }
  return values;
}

/** An optional object that has none of these means something else, whatever its fields are called. */
function isAboutIntegrations(places: readonly Place[]): boolean {
  const signs = ["labels", "vcsChecks", "isDefault", "apiToken", "appPassword", "accessToken", ...(SPELLINGS["spaceId"] ?? [])];
  return places.some((here) => signs.includes(here.name));
}

function wantedName(field: string, wanted: Wanted): string | undefined {
  if (field in wanted) return field;
  return Object.keys(SPELLINGS).find((name) => name in wanted && SPELLINGS[name]?.includes(field));
}

function placesOf(fields: readonly InputField[] | undefined, schema: Schema, depth: number): readonly Place[] | undefined {
  return fields?.map((field) => ({
    name: field.name,
    type: field.type,
    required: field.required,
    inside: depth > 1 ? placesOf(schema.inputFieldsOf(field.typeName), schema, depth - 1) : undefined,
  }));
}

function namesOf(places: readonly Place[]): string {
  return places.map((here) => (here.inside === undefined ? here.name : `${here.name} { ${namesOf(here.inside)} }`)).join(", ");
}

function place(name: string, type: string, inside?: readonly Place[]): Place {
  return { name, type, required: type.endsWith("!"), inside };
}
