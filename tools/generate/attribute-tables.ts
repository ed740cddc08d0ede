/** Tables of attributes: name, type, rules, and description, as the declaration states them. */
import { nestedAttributes, type Attribute, type Attributes, type AttributeType, type Presence } from "../../packages/terraform-plugin";
import { table } from "./document";

const COLUMNS = ["Name", "Type", "Rules", "Description"];

const PRESENCE: Readonly<Record<Presence, string>> = {
  required: "required",
  optional: "optional",
  defaulted: "optional",
  optionalComputed: "optional; computed when unset",
  computed: "read-only",
  writeOnly: "optional; write-only: never stored; requires engine version 1.11 or newer",
};

/** The table of a block's attributes, in the order of declaration. */
export function attributeTable(attributes: Attributes): string {
  return table(COLUMNS, Object.entries(attributes).map(row));
}

/** Arguments (required ones first), read-only attributes, nested attributes, and lists of known values. */
export function attributeSections(attributes: Attributes): string[] {
  const entries = Object.entries(attributes);
  const entriesWith = (matches: (presence: Presence) => boolean) => entries.filter(([, attribute]) => matches(attribute.presence));
  const argumentEntries = [
    ...entriesWith((presence) => presence === "required"),
    ...entriesWith((presence) => presence !== "required" && presence !== "computed"),
  ];
  const computed = entriesWith((presence) => presence === "computed");
  return [
    ...(argumentEntries.length === 0 ? [] : ["## Arguments", table(COLUMNS, argumentEntries.map(row))]),
    ...(computed.length === 0 ? [] : ["## Read-only attributes", table(COLUMNS, computed.map(row))]),
    ...entries.flatMap(([name, { type }]) => nestedSection(name, type)),
    ...entries.flatMap(([name, { known }]) => (known === undefined ? [] : [`### Known values of \`${name}\``, `${codes(known)}.`])),
  ];
}

function row([name, attribute]: readonly [string, Attribute]): string[] {
  return [`\`${name}\``, typeText(attribute.type), rules(attribute).join("; "), attribute.description];
}

function nestedSection(name: string, type: AttributeType): string[] {
  const nested = nestedAttributes(type);
  if (nested === undefined) return [];
  const rows = Object.entries(nested).map(([key, attribute]) => [`\`${key}\``, typeText(attribute.type), attribute.description]);
  return [`### \`${name}\``, table(["Name", "Type", "Description"], rows)];
}

/** Everything that the declaration states in addition to its type and description. */
function rules(attribute: Attribute): string[] {
  return [
    PRESENCE[attribute.presence],
    ...(attribute.presence === "defaulted" ? [`default: \`${JSON.stringify(attribute.default)}\``] : []),
    ...(attribute.requiresReplace === true
      ? [attribute.caseInsensitive === true ? "changing more than its case replaces the resource" : "changing it replaces the resource"]
      : []),
    ...(attribute.oneOf === undefined ? [] : [`one of ${codes(attribute.oneOf)}`]),
    ...(attribute.known === undefined ? [] : ["a value that is not listed below leads to a warning"]),
    ...(attribute.sensitive === true ? ["sensitive"] : []),
    ...(attribute.alternative === undefined ? [] : [`on older engines, use \`${attribute.alternative}\``]),
    ...(attribute.deprecated === undefined ? [] : [`deprecated: ${attribute.deprecated}`]),
  ];
}

function typeText(type: AttributeType): string {
  switch (type.shape) {
    case "list":
    case "set":
    case "map":
      return `${type.shape} of ${type.element.shape}`;
    case "objects":
      return "list of objects";
    default:
      return type.shape;
  }
}

function codes(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
