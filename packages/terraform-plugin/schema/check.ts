/** Judges a configuration against its declaration: what no handler has to check again. */
import { error, warning } from "../catalog";
import type { Diagnostic } from "../../diagnostics";
import type { Attribute, Attributes } from "./attributes";
import { isListValue, isObjectValue, nestedIn } from "./kinds";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "./value";

export interface CheckOptions {
  /** Whether the engine takes write-only arguments. */
  readonly writeOnly: boolean;
}

type Path = readonly (string | number)[];

/** Everything that is wrong or unusual, in the order of the declaration. Undecided values pass. */
export function checkConfig(attributes: Attributes, config: ObjectValue, options: CheckOptions, at: Path = []): readonly Diagnostic[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => checkAttribute(attribute, config[name] ?? null, [...at, name], options));
}

function checkAttribute(attribute: Attribute, value: Value, at: Path, options: CheckOptions): readonly Diagnostic[] {
  if (value === null) return attribute.presence === "required" ? [missing(attribute, at)] : [];
  const found: Diagnostic[] = [];
  if (attribute.deprecated !== undefined) {
    found.push(
      warning("argument-deprecated", {
        why: `\`${pathText(at)}\` is deprecated: ${attribute.deprecated}`,
        fix: "Use what the text names instead.",
        at,
      }),
    );
  }
  if (attribute.presence === "writeOnly" && !options.writeOnly) return [...found, notSupported(attribute, at)];
  if (value === UNKNOWN) return found;
  const nested = nestedIn(attribute.type);
  if (nested) {
    const parts: readonly (readonly [Value, Path])[] = isListValue(value)
      ? value.map((part, index) => [part, [...at, index]] as const)
      : [[value, at]];
    for (const [part, partAt] of parts) {
      if (isObjectValue(part)) found.push(...checkConfig(nested.attributes, part, options, partAt));
    }
  } else {
    if (isListValue(value) && value.includes(null)) found.push(withoutValue(at));
    for (const [element, elementAt] of elements(attribute, value, at)) found.push(...checkElement(attribute, element, elementAt));
  }
  if (attribute.check !== undefined && found.every((diagnostic) => diagnostic.severity === "warning") && isDecided(value)) {
    const fault = attribute.check(value as never);
    if (fault !== undefined) found.push(error("value-not-allowed", { why: fault, fix: `Correct \`${pathText(at)}\`.`, at }));
  }
  return found;
}

function checkElement(attribute: Attribute, element: Value, at: Path): readonly Diagnostic[] {
  if (element === UNKNOWN || element === null) return [];
  if (element instanceof ExactNumber) {
    const why = `\`${pathText(at)}\` is ${shown(attribute, element.text)}, which has more digits than this provider can keep.`;
    return [error("number-not-exact", { why, fix: "Use a number of at most 15 digits.", at })];
  }
  // Nested objects have rules of their own.
  if (typeof element === "object") return [];
  const text = String(element);
  if (attribute.oneOf !== undefined && !attribute.oneOf.includes(text)) {
    const why = `\`${pathText(at)}\` is ${shown(attribute, text)}.`;
    return [error("value-not-allowed", { why, fix: `Use one of: ${list(attribute.oneOf)}.`, at })];
  }
  if (attribute.known !== undefined && !attribute.known.includes(text)) {
    const why = `\`${pathText(at)}\` is ${shown(attribute, text)}, which the published list does not have. The remote system decides whether it takes it.`;
    return [warning("value-not-recognized", { why, fix: `Check the spelling. The list: ${list(attribute.known)}.`, at })];
  }
  return [];
}

/** The value itself, or its elements with their paths. An element of a set has no position: the set is named. */
function elements(attribute: Attribute, value: Value, at: Path): readonly (readonly [Value, Path])[] {
  const inSet = typeof attribute.type === "object" && "set" in attribute.type;
  if (isListValue(value)) return value.map((element, index) => [element, inSet ? at : [...at, index]] as const);
  if (isObjectValue(value)) return Object.entries(value).map(([key, element]) => [element, [...at, key]] as const);
  return [[value, at]];
}

function isDecided(value: Value): boolean {
  return (
    value !== UNKNOWN &&
    !(isListValue(value) && value.includes(UNKNOWN)) &&
    !(isObjectValue(value) && Object.values(value).includes(UNKNOWN))
  );
}

function missing(attribute: Attribute, at: Path): Diagnostic {
  return error("value-missing", { why: `\`${pathText(at)}\` is required and has no value.`, fix: `Set it: ${attribute.description}`, at });
}

/** No remote system takes one, and what it answers comes when half is applied. */
function withoutValue(at: Path): Diagnostic {
  const fix = "Leave such elements out: `compact([…])` drops those of a list that are null or empty.";
  return error("value-missing", { why: `\`${pathText(at)}\` has an element that is null.`, fix, at });
}

function notSupported(attribute: Attribute, at: Path): Diagnostic {
  const why = `\`${pathText(at)}\` is a write-only argument. Terraform 1.11 and OpenTofu 1.11 were the first to have them; this engine would store the value.`;
  const upgrade = "Upgrade the engine to 1.11 or later";
  const fix =
    attribute.alternative === undefined ? `${upgrade}.` : `Use \`${attribute.alternative}\` instead. Or: ${upgrade.toLowerCase()}.`;
  return error("write-only-not-supported", { why, fix, at });
}

function shown(attribute: Attribute, text: string): string {
  return attribute.sensitive === true || attribute.presence === "writeOnly" ? "a hidden value" : JSON.stringify(text);
}

function list(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

function pathText(at: Path): string {
  return at.map((step, index) => (typeof step === "number" ? `[${String(step)}]` : index === 0 ? step : `.${step}`)).join("");
}
