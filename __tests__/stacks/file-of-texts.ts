/**
 * Fills every key of `bitlift.yaml` by walking its JSON Schema, so that a new key of the model is filled too. A text is free unless the table
 * below says why it is not.
 */
import { configurationSchema } from "../../packages/configuration";

type Schema = Readonly<Record<string, unknown>>;

/** `integrations.*.name`: keys of the file's own are a star, items of a list are `[]`. */
export type TextPath = string;

/** Why a text cannot be free, and what the filled file has instead. */
export const BOUND_TEXTS: Readonly<Record<TextPath, { readonly why: string; readonly value: unknown }>> = {
  state: { why: "Engines do not agree on templates in a backend, so a rule refuses them.", value: undefined },
  include: { why: "It has paths. The program reads them and writes them nowhere.", value: ["teams/*.yaml"] },
  parts: { why: "It refers to keys.", value: "none" },
  "removals.most": { why: "It is a share.", value: "30%" },
  "accept.[].finding": { why: "It starts with a code.", value: "webhook-deleted:a" },
  "accept.[].until": { why: "It is a date.", value: "2027-01-31" },
  "servers.*.caCertificate": {
    why: "It is a path. The program reads the file; a test of its own compares the content.",
    value: undefined,
  },
  "spaces.*.existing.id": { why: "It is an ID.", value: "platform" },
  "integrations.*.existing.id": { why: "It is an ID.", value: "shared" },
  "spaces.*.existing.parent": { why: "It refers to a key.", value: "root" },
  "integrations.*.space": { why: "It refers to a key.", value: "root" },
  "integrations.*.datacenter.server": { why: "It refers to a key.", value: undefined },
  "integrations.*.repositories.[].repository": { why: "It consists of slugs.", value: undefined },
  "integrations.*.repositories.[].every": { why: "It is a slug or the key of a project.", value: undefined },
  "integrations.*.repositories.[].key": { why: "It is a key.", value: undefined },
  "integrations.*.repositories.[].role": { why: "It is one of a list, which differs by product.", value: undefined },
  "integrations.*.repositories.[].match.[]": { why: "It is a pattern of slugs.", value: "*" },
  "integrations.*.repositories.[].except.[]": { why: "It is a pattern of slugs.", value: "x" },
  "integrations.*.repositories.[].previously.[]": { why: "It consists of slugs, or is a former key.", value: "old/name" },
  "integrations.*.previously.[]": { why: "It is a former key.", value: undefined },
  "spaces.*.previously.[]": { why: "It is a former key.", value: undefined },
  "spaces.*.spaces": { why: "Nested Spaces have the same keys.", value: undefined },
  "integrations.*.repositories": { why: "The items have forms of their own.", value: undefined },
  version: { why: "It is a number.", value: 1 },
};

/** Where a secret comes from: names of variables and versions of values, which have no character that a template needs. */
export const SECRET_SOURCE = /\.(env|variable|(?:token|password|appPassword)\.version)$/;

const ROOT = configurationSchema();
const DEFINITIONS = ROOT["definitions"] as Readonly<Record<string, Schema>>;

function resolved(schema: Schema): Schema {
  const [only] = (schema["allOf"] as readonly Schema[] | undefined) ?? [];
  if (only !== undefined) return { ...resolved(only), ...schema, allOf: undefined };
  const reference = schema["$ref"] as string | undefined;
  return reference === undefined ? schema : (DEFINITIONS[reference.split("/").at(-1) ?? ""] ?? {});
}

/** The schema of `integrations.*`, for example. */
function schemaAt(path: TextPath): Schema {
  const parts = path === "" ? [] : path.split(".");
  return parts.reduce((schema, part) => {
    const { properties, additionalProperties, items } = resolved(schema) as Readonly<Record<string, Schema>>;
    const next = part === "*" ? additionalProperties : part === "[]" ? items : properties?.[part];
    if (next === undefined) throw new Error(`The model has no ${path}.`);
    return next as Schema;
  }, ROOT);
}

export interface Choice {
  /** Keys that the entry does not have, because they exclude another one; as paths below it. */
  readonly without?: readonly string[];
  /** Values of keys, by their paths below the entry. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** The definition of the schema, if the path leads to alternatives. */
  readonly form?: string;
}

/** Returns the text for a key. */
export type NextText = (path: TextPath) => unknown;

/** A value with every key that the schema has. */
export function filled(path: TextPath, text: NextText, { without = [], values = {}, form }: Choice = {}): unknown {
  const fill = (at: TextPath, unresolved: Schema): unknown => {
    const below = path === "" ? at : at.slice(path.length + 1);
    if (without.includes(below)) return undefined;
    if (below in values) return values[below];
    const bound = BOUND_TEXTS[at];
    if (bound !== undefined) return bound.value;
    return ofSchema(at, resolved(unresolved));
  };
  const ofSchema = (at: TextPath, { type, properties, items, enum: allowed, const: constant, pattern, anyOf }: Schema): unknown => {
    if (constant !== undefined) return constant;
    if (Array.isArray(allowed)) return allowed[0];
    if (type === "boolean") return true;
    if (type === "array") return [fill(`${at}.[]`, items as Schema)].filter((item) => item !== undefined);
    if (type === "object" && properties !== undefined) {
      const prefix = at === "" ? "" : `${at}.`;
      const entries = Object.entries(properties as Readonly<Record<string, Schema>>).map(([key, of]) => [key, fill(`${prefix}${key}`, of)]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as unknown;
    }
    if (type === "string" && pattern === undefined && anyOf === undefined) return text(at);
    throw new Error(`${at} is not a text of any form. Give it a value, or say in BOUND_TEXTS why no text fits.`);
  };
  return fill(path, form === undefined ? schemaAt(path) : (DEFINITIONS[form] ?? {}));
}

/** Every path of the model that leads to a text, or to a value of any type. */
export function textPaths(): readonly TextPath[] {
  const pathsIn = (at: TextPath, unresolved: Schema, inside: readonly unknown[]): readonly TextPath[] => {
    const reference = unresolved["$ref"];
    if (reference !== undefined && inside.includes(reference)) return [];
    const schema = resolved(unresolved);
    const next = [...inside, reference];
    const { type, properties = {}, additionalProperties, items, anyOf = [], enum: allowed } = schema;
    const below = (name: string, of: unknown) =>
      typeof of === "object" && of !== null ? pathsIn(at === "" ? name : `${at}.${name}`, of as Schema, next) : [];
    return [
      ...(type === "string" && allowed === undefined ? [at] : []),
      ...Object.entries(properties as Schema).flatMap(([key, of]) => below(key, of)),
      ...below("*", additionalProperties),
      ...below("[]", items),
      ...(anyOf as readonly Schema[]).flatMap((alternative) => pathsIn(at, alternative, next)),
    ];
  };
  return [...new Set(pathsIn("", ROOT, []))];
}
