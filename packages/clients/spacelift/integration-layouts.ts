/** The arguments and input fields of the integration mutations: read from the server's GraphQL schema, or assumed from the published one. */
import type { InputField, GraphQlSchema } from "./graphql-schema";

/** An argument or an input field: its name, its type as a variable declares it, and the fields inside. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Undefined if the field takes a value itself. */
  readonly fields: readonly Field[] | undefined;
}

/** Deeper than any known layout: argument, input object, custom input. */
const MAX_DEPTH = 3;

/** The fields of a mutation; undefined if the server has no such mutation. */
export function layoutOf(mutation: string, schema: GraphQlSchema | null): readonly Field[] | undefined {
  return schema === null ? ASSUMED_LAYOUTS[mutation] : readFields(schema.argumentsOf(mutation), schema, MAX_DEPTH);
}

/** `customInput { name, spaceID }`, for messages. */
export function describeFields(fields: readonly Field[]): string {
  return fields.map(({ name, fields: inner }) => (inner === undefined ? name : `${name} { ${describeFields(inner)} }`)).join(", ");
}

function readFields(inputFields: readonly InputField[] | undefined, schema: GraphQlSchema, depth: number): readonly Field[] | undefined {
  return inputFields?.map(({ name, type, typeName, required }) => ({
    name,
    type,
    required,
    fields: depth > 1 ? readFields(schema.inputFieldsOf(typeName), schema, depth - 1) : undefined,
  }));
}

const CUSTOM_INPUT = field("customInput", "CustomVCSInput", [
  field("name", "String!"),
  field("spaceID", "ID"),
  field("isDefault", "Boolean"),
  field("labels", "[String!]"),
  field("description", "String"),
  field("vcsChecks", "VCSCheck"),
  field("useGitCheckout", "Boolean"),
]);

const CUSTOM_UPDATE_INPUT = field("customInput", "CustomVCSUpdateInput", [
  field("id", "ID"),
  field("space", "ID"),
  field("labels", "[String!]"),
  field("description", "String"),
  field("vcsChecks", "VCSCheck"),
  field("useGitCheckout", "Boolean"),
]);

/** The published layouts, for servers that do not disclose their GraphQL schema. */
const ASSUMED_LAYOUTS: Readonly<Record<string, readonly Field[]>> = {
  bitbucketCloudIntegrationCreate: [field("username", "String!"), field("appPassword", "String!"), CUSTOM_INPUT],
  bitbucketCloudIntegrationUpdate: [field("username", "String!"), field("appPassword", "String"), CUSTOM_UPDATE_INPUT],
  bitbucketDatacenterIntegrationCreate: [
    field("apiHost", "String!"),
    field("userFacingHost", "String!"),
    field("username", "String"),
    field("accessToken", "String!"),
    CUSTOM_INPUT,
  ],
  bitbucketDatacenterIntegrationUpdate: [
    field("apiHost", "String!"),
    field("userFacingHost", "String!"),
    field("username", "String"),
    field("accessToken", "String"),
    CUSTOM_UPDATE_INPUT,
  ],
  bitbucketCloudIntegrationCreateV2: [
    field("input", "BitbucketCloudIntegrationInput!", [field("email", "String!"), field("apiToken", "String!"), CUSTOM_INPUT]),
  ],
  bitbucketCloudIntegrationUpdateV2: [
    field("input", "BitbucketCloudIntegrationUpdateInput!", [field("email", "String!"), field("apiToken", "String"), CUSTOM_UPDATE_INPUT]),
  ],
};

function field(name: string, type: string, fields?: readonly Field[]): Field {
  return { name, type, required: type.endsWith("!"), fields };
}
