/** What the type system cannot refuse in a declaration: mistakes that engines would report to users, or that would make a value lie. */
import type { AnyProvider } from "../provider";
import type { Attribute, Attributes, Blocks, AttributeType } from "./attributes";
import { conform } from "./conform";
import { nestedIn } from "./kinds";

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;
const RESERVED_IN_TYPES = ["count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "locals", "_"];
const RESERVED_IN_PROVIDERS = ["alias", "version", "count", "for_each", "depends_on", "source", "lifecycle", "locals", "_"];

type Place = "provider" | "resource" | "data source" | "nested";

/** One sentence for each mistake; empty for a provider that may be served. Meant for a test of the provider's own. */
export function declarationFaults(provider: AnyProvider): readonly string[] {
  const blocks = provider.blocks as Blocks;
  const top = provider.attributes as Attributes;
  return [
    ...attributesFaults(provider.name, "provider", top),
    ...Object.entries(blocks).flatMap(([name, block]) => [
      ...nameFaults(`${provider.name}.${name}`, name, RESERVED_IN_PROVIDERS),
      ...(name in top ? [`${provider.name}.${name} is both an attribute and a block`] : []),
      ...attributesFaults(`${provider.name}.${name}`, "provider", block.attributes),
    ]),
    ...duplicates(provider.resources).map((type) => `resource ${type} is declared twice`),
    ...duplicates(provider.dataSources).map((type) => `data source ${type} is declared twice`),
    ...provider.resources.flatMap((resource) => [
      ...nameFaults(resource.type, resource.type, []),
      ...attributesFaults(resource.type, "resource", resource.attributes as Attributes),
      ...((resource.upgrades ?? []).length === (resource.version ?? 0)
        ? []
        : [`${resource.type} needs one upgrade for each earlier version`]),
    ]),
    ...provider.dataSources.flatMap((source) => [
      ...nameFaults(`data ${source.type}`, source.type, []),
      ...attributesFaults(`data ${source.type}`, "data source", source.attributes as Attributes),
    ]),
  ];
}

function attributesFaults(owner: string, place: Place, attributes: Attributes): readonly string[] {
  const reserved = place === "nested" ? [] : place === "provider" ? RESERVED_IN_PROVIDERS : RESERVED_IN_TYPES;
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const path = `${owner}.${name}`;
    const nested = nestedIn(attribute.type);
    return [
      ...nameFaults(path, name, reserved),
      ...attributeFaults(place, attribute, attributes).map((text) => `${path} ${text}`),
      ...(nested ? attributesFaults(path, "nested", nested.attributes) : []),
    ];
  });
}

function attributeFaults(place: Place, attribute: Attribute, siblings: Attributes): readonly string[] {
  const { presence, type, alternative } = attribute;
  const decidedElsewhere = presence === "computed" || presence === "defaulted" || presence === "optionalComputed";
  const rules: readonly (readonly [boolean, string])[] = [
    [attribute.description.trim() === "", "has no text"],
    [attribute.useStateForUnknown === true && presence !== "computed", "has `useStateForUnknown`, which is for computed attributes"],
    [
      attribute.requiresReplace === true && presence === "writeOnly",
      "has `requiresReplace`, which would replace the object with every plan: nothing write-only is remembered",
    ],
    [
      attribute.requiresReplace === true && (place === "provider" || place === "data source"),
      "has `requiresReplace`, but nothing here is ever replaced",
    ],
    [
      attribute.caseInsensitive === true && attribute.requiresReplace !== true,
      "has `caseInsensitive`, which only says what does not replace",
    ],
    [presence === "writeOnly" && place === "data source", "is write-only, which only resources have"],
    [place === "provider" && decidedElsewhere, "is decided by nobody: a provider block holds what the user writes"],
    [(attribute.oneOf ?? attribute.known) !== undefined && !holdsTexts(type), "lists values, but holds no texts"],
    [alternative !== undefined && presence !== "writeOnly", "has an `alternative`, which is for write-only attributes"],
    [alternative !== undefined && !(alternative in siblings), `has the alternative \`${alternative ?? ""}\`, which does not exist`],
    [presence === "defaulted" && !fitsDefault(attribute), "has a default that does not fit"],
  ];
  return rules.flatMap(([broken, text]) => (broken ? [text] : []));
}

function nameFaults(path: string, name: string, reserved: readonly string[]): readonly string[] {
  if (!IDENTIFIER.test(name)) return [`${path} is no name that configurations can use`];
  return reserved.includes(name) ? [`${path} has a name that engines keep for themselves`] : [];
}

function holdsTexts(kind: AttributeType): boolean {
  if (typeof kind === "string") return kind === "string";
  if ("list" in kind) return kind.list === "string";
  if ("set" in kind) return kind.set === "string";
  return "map" in kind && kind.map === "string";
}

function fitsDefault(attribute: Attribute): boolean {
  const { value, faults } = conform({ it: attribute }, { it: attribute.default }, { unknown: false, missing: false });
  if (faults.length > 0 || value.it === null) return false;
  const texts = Array.isArray(value.it) ? value.it : [value.it];
  return attribute.oneOf === undefined || texts.every((text) => attribute.oneOf?.includes(String(text)) === true);
}

function duplicates(list: readonly { readonly type: string }[]): readonly string[] {
  const types = list.map(({ type }) => type);
  return [...new Set(types.filter((type, index) => types.indexOf(type) !== index))];
}
