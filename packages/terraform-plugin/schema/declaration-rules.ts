/** Rules for declarations that the type system cannot express. If one is broken, engines report errors to users, or store wrong values. */
import type { AnyDataSource, AnyResource } from "../resource";
import type { AnyProvider } from "../provider";
import type { AttributeType } from "./attribute-types";
import { nestedAttributes } from "./attribute-types";
import type { Attribute, Attributes, Blocks } from "./attributes";
import { conform } from "./conform";

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;
const RESERVED_IN_TYPES = ["count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "locals", "_"];
const RESERVED_IN_PROVIDERS = ["alias", "version", "count", "for_each", "depends_on", "source", "lifecycle", "locals", "_"];

type Scope = "provider" | "resource" | "data source" | "nested";

/** Checks all declarations of a provider. Returns a sentence for each error, and an empty list if the provider can be served. Call it in a unit test. */
export function declarationErrors(provider: AnyProvider): readonly string[] {
  return [
    ...attributesErrors(provider.name, "provider", provider.attributes as Attributes),
    ...blocksErrors(provider),
    ...duplicates(provider.resources).map((type) => `resource ${type} is declared twice`),
    ...duplicates(provider.dataSources).map((type) => `data source ${type} is declared twice`),
    ...provider.resources.flatMap(resourceErrors),
    ...provider.dataSources.flatMap(dataSourceErrors),
  ];
}

function blocksErrors(provider: AnyProvider): readonly string[] {
  return Object.entries(provider.blocks as Blocks).flatMap(([name, block]) => {
    const path = `${provider.name}.${name}`;
    return [
      ...nameErrors(path, name, RESERVED_IN_PROVIDERS),
      ...(name in provider.attributes ? [`${path} is both an attribute and a block`] : []),
      ...attributesErrors(path, "provider", block.attributes),
    ];
  });
}

function resourceErrors(resource: AnyResource<unknown>): readonly string[] {
  const hasAllUpgrades = (resource.upgrades ?? []).length === (resource.version ?? 0);
  return [
    ...nameErrors(resource.type, resource.type, []),
    ...attributesErrors(resource.type, "resource", resource.attributes as Attributes),
    ...identityErrors(resource),
    ...sensitiveErrors(resource),
    ...moveErrors(resource),
    ...(hasAllUpgrades ? [] : [`${resource.type} needs one upgrade for each earlier version`]),
  ];
}

function identityErrors({ type, identity, attributes }: AnyResource<unknown>): readonly string[] {
  const names: readonly string[] = identity;
  const repeated = new Set(names).size < names.length ? [`${type} repeats an attribute in its identity`] : [];
  return names.reduce<readonly string[]>((errors, name) => {
    const attribute = (attributes as Attributes)[name];
    if (attribute === undefined) return [...errors, `${type} has the identity attribute \`${name}\`, which does not exist`];
    const isAlwaysSet = attribute.presence === "required" || attribute.presence === "computed";
    if (attribute.type.shape === "string" && isAlwaysSet) return errors;
    return [...errors, `${type}.${name} is part of the identity, which requires text that is required or computed`];
  }, repeated);
}

/** Engines send the source of a provider in lower case. */
function moveErrors({ type, movesFrom = [] }: AnyResource<unknown>): readonly string[] {
  const isSource = (provider: string) => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(provider);
  return movesFrom.flatMap((source) =>
    isSource(source.provider)
      ? []
      : [`${type} moves from ${source.type}, but "${source.provider}" is not <namespace>/<name> in lower case`],
  );
}

/**
 * Terraform 1.11 stores the paths of sensitive attributes in random order, and counts another order as a change of the object, so
 * `plan -refresh-only -detailed-exitcode` would sometimes exit with 2 although nothing has changed.
 */
function sensitiveErrors({ type, attributes }: AnyResource<unknown>): readonly string[] {
  const names = sensitivePaths(attributes as Attributes);
  if (names.length < 2) return [];
  return [`${type} has ${names.length} sensitive attributes (${names.join(", ")}): only one is reliable, or none in a list of objects`];
}

/** A list may contain its sensitive attributes more than once, so each counts twice. */
function sensitivePaths(attributes: Attributes): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { sensitive, presence, type }]) => {
    if (sensitive === true && presence !== "writeOnly") return [name];
    const nested = sensitivePaths(nestedAttributes(type) ?? {}).map((path) => `${name}.${path}`);
    return type.shape === "objects" ? [...nested, ...nested] : nested;
  });
}

function dataSourceErrors(source: AnyDataSource<unknown>): readonly string[] {
  const path = `data ${source.type}`;
  return [...nameErrors(path, source.type, []), ...attributesErrors(path, "data source", source.attributes as Attributes)];
}

function attributesErrors(owner: string, scope: Scope, attributes: Attributes): readonly string[] {
  const reserved = scope === "nested" ? [] : scope === "provider" ? RESERVED_IN_PROVIDERS : RESERVED_IN_TYPES;
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const path = `${owner}.${name}`;
    const nested = nestedAttributes(attribute.type);
    return [
      ...nameErrors(path, name, reserved),
      ...attributeErrors(scope, attribute, attributes).map((text) => `${path} ${text}`),
      ...(nested === undefined ? [] : attributesErrors(path, "nested", nested)),
    ];
  });
}

function attributeErrors(scope: Scope, attribute: Attribute, siblings: Attributes): readonly string[] {
  const { presence, type, alternative } = attribute;
  const isComputed = presence === "computed" || presence === "defaulted" || presence === "optionalComputed";
  const rules: readonly (readonly [broken: boolean, text: string])[] = [
    [attribute.description.trim() === "", "has no description"],
    [attribute.useStateForUnknown === true && presence !== "computed", "has `useStateForUnknown`, which requires a computed attribute"],
    [
      attribute.requiresReplace === true && presence === "writeOnly",
      "has `requiresReplace`, which would replace the object with every plan: write-only values are not stored",
    ],
    [
      attribute.requiresReplace === true && (scope === "provider" || scope === "data source"),
      `has \`requiresReplace\`, which has no effect in a ${scope}`,
    ],
    [attribute.caseInsensitive === true && attribute.requiresReplace !== true, "has `caseInsensitive`, which requires `requiresReplace`"],
    [presence === "writeOnly" && scope === "data source", "is write-only, which only resources support"],
    [
      presence === "writeOnly" && attribute.sensitive === true,
      "has `sensitive`, which has no effect on a write-only attribute, because no state or plan contains its value",
    ],
    [scope === "provider" && isComputed, `is ${presence}, but users set every value of a provider block`],
    [(attribute.oneOf ?? attribute.known) !== undefined && !holdsStrings(type), "lists values, but its type is not string"],
    [attribute.asBlocks !== undefined && type.shape !== "objects", "has `asBlocks`, which requires a list of nested objects"],
    [
      attribute.asBlocks !== undefined && presence !== "optional",
      "has `asBlocks`, which requires an optional attribute: without blocks, the value is an empty list",
    ],
    [alternative !== undefined && presence !== "writeOnly", "has an `alternative`, which requires a write-only attribute"],
    [alternative !== undefined && !(alternative in siblings), `has the alternative \`${alternative ?? ""}\`, which does not exist`],
    [presence === "defaulted" && !hasValidDefault(attribute), "has a default that does not match its type or its list of values"],
  ];
  return rules.flatMap(([broken, text]) => (broken ? [text] : []));
}

function nameErrors(path: string, name: string, reserved: readonly string[]): readonly string[] {
  if (!IDENTIFIER.test(name)) return [`${path} is not a valid name: use lowercase letters, digits and underscores`];
  return reserved.includes(name) ? [`${path} has a name that engines reserve`] : [];
}

/** Whether the value or its elements are strings. */
function holdsStrings(type: AttributeType): boolean {
  switch (type.shape) {
    case "string":
      return true;
    case "list":
    case "set":
    case "map":
      return type.element.shape === "string";
    case "number":
    case "boolean":
    case "object":
    case "objects":
      return false;
  }
}

function hasValidDefault(attribute: Attribute): boolean {
  const { value, mismatches } = conform({ checked: attribute }, { checked: attribute.default }, { unknown: false, missing: false });
  const { checked = null } = value;
  if (mismatches.length > 0 || checked === null) return false;
  const texts = Array.isArray(checked) ? checked : [checked];
  return attribute.oneOf === undefined || texts.every((text) => attribute.oneOf?.includes(String(text)) === true);
}

function duplicates(declarations: readonly { readonly type: string }[]): readonly string[] {
  const types = declarations.map(({ type }) => type);
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))];
}
