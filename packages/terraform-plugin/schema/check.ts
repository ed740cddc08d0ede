/** Checks a configuration against its declaration, so that no handler has to repeat these checks. */
import type { Diagnostic } from "../../diagnostics";
import { error, warning } from "../catalog";
import { nestedAttributes } from "./attribute-types";
import type { Attribute, Attributes } from "./attributes";
import { ExactNumber, isListValue, isObjectValue, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from "./value";

export interface CheckOptions {
  /** Whether the engine supports write-only arguments. */
  readonly writeOnly: boolean;
}

type Path = readonly (string | number)[];

/** A part of a value with its path. */
type Part = readonly [value: Value, at: Path];

/** Errors and warnings about the configuration, in the order of the declaration. Unknown values pass. */
export function checkConfig(attributes: Attributes, config: ObjectValue, options: CheckOptions, at: Path = []): readonly Diagnostic[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => checkAttribute(attribute, config[name] ?? null, [...at, name], options));
}

function checkAttribute(attribute: Attribute, value: Value, at: Path, options: CheckOptions): readonly Diagnostic[] {
  if (value === null) return attribute.presence === "required" ? [missingValueError(attribute, at)] : [];
  const found: Diagnostic[] = [];
  if (attribute.deprecated !== undefined) found.push(deprecationWarning(attribute.deprecated, at));
  if (attribute.presence === "writeOnly" && !options.writeOnly) return [...found, writeOnlyError(attribute, at)];
  if (value === UNKNOWN) return found;
  found.push(...checkParts(attribute, value, at, options));
  const hasErrors = found.some((diagnostic) => diagnostic.severity === "error");
  if (attribute.check !== undefined && !hasErrors && isWhollyKnown(value)) {
    const cause = attribute.check(value as never);
    if (cause !== undefined) found.push(error("value-not-allowed", { ...cause, at: [...at, ...(cause.at ?? [])] }));
  }
  return found;
}

/** Checks nested objects by their own declarations, and everything else by the rules of this attribute. */
function checkParts(attribute: Attribute, value: Value, at: Path, options: CheckOptions): readonly Diagnostic[] {
  const nested = nestedAttributes(attribute.type);
  if (nested !== undefined) {
    const objects: readonly Part[] = isListValue(value) ? value.map((object, index): Part => [object, [...at, index]]) : [[value, at]];
    return objects.flatMap(([object, path]) => (isObjectValue(object) ? checkConfig(nested, object, options, path) : []));
  }
  const nulls = isListValue(value) && value.includes(null) ? [nullElementError(at)] : [];
  return [...nulls, ...partsOf(attribute, value, at).flatMap(([part, path]) => checkPart(attribute, part, path))];
}

/** The value itself, or its elements with their paths. Elements of a set have no position, so they share the path of the set. */
function partsOf({ type }: Attribute, value: Value, at: Path): readonly Part[] {
  if (isListValue(value)) return value.map((element, index): Part => [element, type.shape === "set" ? at : [...at, index]]);
  if (isObjectValue(value)) return Object.entries(value).map(([key, element]): Part => [element, [...at, key]]);
  return [[value, at]];
}

function checkPart(attribute: Attribute, part: Value, at: Path): readonly Diagnostic[] {
  if (part === UNKNOWN || part === null) return [];
  if (part instanceof ExactNumber) return [numberNotExactError(attribute, part, at)];
  if (typeof part === "object") return [];
  const text = String(part);
  const { oneOf, known } = attribute;
  if (oneOf !== undefined && !oneOf.includes(text)) {
    const why = `\`${formatPath(at)}\` is ${quoteUnlessSecret(attribute, text)}.`;
    return [error("value-not-allowed", { why, fix: `Use one of these values: ${formatValues(oneOf)}.`, at })];
  }
  if (known !== undefined && !known.includes(text)) {
    const why = `\`${formatPath(at)}\` is ${quoteUnlessSecret(attribute, text)}, which is not a documented value. The remote system decides whether to accept it.`;
    return [warning("value-not-recognized", { why, fix: `Check the spelling. Documented values: ${formatValues(known)}.`, at })];
  }
  return [];
}

function missingValueError(attribute: Attribute, at: Path): Diagnostic {
  const why = `\`${formatPath(at)}\` is required, but has no value.`;
  return error("value-missing", { why, fix: `Set \`${formatPath(at)}\`: ${attribute.description}`, at });
}

function deprecationWarning(text: string, at: Path): Diagnostic {
  const why = `\`${formatPath(at)}\` is deprecated: ${text}`;
  return warning("argument-deprecated", { why, fix: "Follow the deprecation notice above.", at });
}

/** Checked here, because remote systems reject null elements only halfway through an apply. */
function nullElementError(at: Path): Diagnostic {
  const fix = "Remove null elements, for example with `compact([…])`, which drops elements that are null or empty.";
  return error("value-missing", { why: `\`${formatPath(at)}\` has an element that is null.`, fix, at });
}

function numberNotExactError(attribute: Attribute, number: ExactNumber, at: Path): Diagnostic {
  const why = `\`${formatPath(at)}\` is ${quoteUnlessSecret(attribute, number.text)}, which has more digits than this provider can represent.`;
  return error("number-not-exact", { why, fix: "Use a number with at most 15 digits.", at });
}

function writeOnlyError({ alternative }: Attribute, at: Path): Diagnostic {
  const why = `\`${formatPath(at)}\` is a write-only argument, which requires Terraform 1.11 or OpenTofu 1.11. This engine is older and would store the value.`;
  const fix =
    alternative === undefined
      ? "Upgrade the engine to 1.11 or later."
      : `Use \`${alternative}\` instead, or upgrade the engine to 1.11 or later.`;
  return error("write-only-not-supported", { why, fix, at });
}

function quoteUnlessSecret(attribute: Attribute, text: string): string {
  return attribute.sensitive === true || attribute.presence === "writeOnly" ? "a hidden value" : JSON.stringify(text);
}

function formatValues(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

function formatPath(at: Path): string {
  return at.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
