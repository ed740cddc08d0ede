/** Types of plain values: text, flags, numbers, lists, and objects with props. */
import { Token } from "../host";
import { durationIn } from "../../packages/domain";
import { containsListToken, describeValue, isPlainObject, quotedText } from "./described-value";
import { UNKNOWN_TEXT, standIn } from "./stand-ins";
import { accepted, checkProps, checkValue, rejected, rejectedToken, type Checked, type PropTable, type ValueType } from "./value-type";

const KNOWN_ELSEWHERE = "synthesis needs the value";

/** A text. May be a token. */
export const text: ValueType = textType("Pass a text.");

/** A text that is not empty. May be a token. */
export function filledText(fix: string): ValueType {
  return { ...textType(fix), check: (name, value) => (isBlank(value) ? missing(name, fix) : textType(fix).check(name, value)) };
}

/** A text that is known at synthesis. */
export const knownText: ValueType = known(text);

/** A text that is not empty and known at synthesis. */
export const knownFilledText: ValueType = known(filledText("Pass a text that is not empty."));

/** A text that a rule accepts. May be a token. @param isValid The rule for a text that is known at synthesis. */
export function textThat(isValid: (text: string) => boolean, fix: (text: string) => string): ValueType {
  const check = (name: string, value: unknown) => {
    const checked = text.check(name, value);
    if (typeof value !== "string" || checked.mismatches.length > 0 || isExpression(value) || isValid(value)) return checked;
    return rejected(name, value, fix(value), UNKNOWN_TEXT);
  };
  return { ...text, check };
}

/** A text, or a token in any form, which becomes a text. */
function textType(fix: string): ValueType {
  const check = (name: string, value: unknown) => {
    if (typeof value === "string" ? !containsListToken(value) : isToken(value)) return accepted(Token.asString(value));
    return rejected(name, value, textFix(value, fix), UNKNOWN_TEXT);
  };
  return { fix, standIn: UNKNOWN_TEXT, check };
}

function textFix(value: unknown, fix: string): string {
  if (typeof value === "boolean" || Number.isFinite(value)) return `Write it as a text: "${String(value)}".`;
  if (typeof value === "string")
    return 'Use Fn.concat([…]) to add to a list, Fn.formatlist(…) to change its elements, or Fn.join(", ", …) to make a text of it.';
  if (Array.isArray(value)) return Token.isUnresolved(value) ? 'Use Fn.join(", ", …) to make a text of the list.' : "Pass a single text.";
  return tokenFix(value, ["stringValue", "asString"]) ?? fix;
}

/** What to write instead of a TerraformVariable or TerraformLocal, whose value has a property for each type. */
function tokenFix(value: unknown, properties: readonly string[]): string | undefined {
  const property = properties.find((name) => typeof value === "object" && value !== null && name in value);
  return property && `Write ….${property} of this construct.`;
}

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

function missing(name: string, fix: string): Checked<unknown> {
  return { value: UNKNOWN_TEXT, mismatches: [{ code: "value-missing", why: `${name} is empty.`, fix }] };
}

/** True or false. May be a token. */
export const flag: ValueType = {
  fix: "Set it to true or false.",
  check: (name, value) => {
    if (typeof value === "boolean" || isToken(value)) return accepted(value);
    if (value === "true" || value === "false") return rejected(name, value, `Write ${value} without quotes.`);
    return rejected(name, value, tokenFix(value, ["booleanValue", "asBoolean"]) ?? "Set it to true or false.");
  },
};

/** True or false, known at synthesis. */
export const knownFlag: ValueType = known(flag);

/** A whole number. May be a token. */
export function wholeNumberFrom(minimum: number): ValueType {
  const fix = `Pass a whole number of ${minimum} or more.`;
  return {
    fix,
    check: (name, value) => {
      if (isToken(value) || (Number.isSafeInteger(value) && (value as number) >= minimum)) return accepted(value);
      const isQuoted = typeof value === "string" && /^\d+$/.test(value);
      return rejected(name, value, isQuoted ? `Write ${value} without quotes.` : (tokenFix(value, ["numberValue", "asNumber"]) ?? fix));
    },
  };
}

const DURATION_FIX = 'Pass a duration such as "30s", "5m", or "1h30m".';

/** A duration such as `30s`. May be a token. */
export const duration: ValueType = {
  ...textThat((value) => durationIn(value) !== undefined, withUnit),
  check: (name, value) => {
    if (typeof value === "number" && !Token.isUnresolved(value)) return rejected(name, value, withUnit(String(value)), UNKNOWN_TEXT);
    return textThat((given) => durationIn(given) !== undefined, withUnit).check(name, value);
  },
};

function withUnit(value: string): string {
  return /^\d+$/.test(value) ? `Write it with a unit, such as "${value}s" or "${value}m".` : DURATION_FIX;
}

/** One of a fixed set of texts. May be a token. */
export function oneOf(values: readonly string[]): ValueType {
  const fix = `Use ${values.length > 2 ? "one of " : ""}${values.join(values.length > 2 ? ", " : " or ")}.`;
  return {
    fix,
    check: (name, value) => {
      if (isToken(value)) return accepted(Token.asString(value));
      if (values.some((allowed) => allowed === value)) return accepted(value);
      const description = typeof value === "string" ? quotedText(value) : describeValue(value);
      return { value: undefined, mismatches: [{ code: "value-not-allowed", why: `${name} is ${description}.`, fix }] };
    },
  };
}

/** The same type for a value that is known at synthesis. */
export function known(type: ValueType, why = KNOWN_ELSEWHERE): ValueType {
  return {
    ...type,
    check: (name, value) => (Token.isUnresolved(value) ? rejectedToken(name, why, type.fix, type.standIn) : type.check(name, value)),
  };
}

/** An object with props of its own. If it contains secrets, the message does not contain a text in its place. */
export function objectWith<P>(table: PropTable<P>, fix: string): ValueType {
  const otherwise = standIn({});
  return {
    fix,
    standIn: otherwise,
    check: (name, value) => {
      if (isPlainObject(value)) return checkProps(table, value as P, `${name}.`);
      const description = typeof value === "string" && !Token.isUnresolved(value) ? "a text" : describeValue(value);
      const mismatch = { code: "value-not-allowed", why: `${name} is ${description}.`, fix } as const;
      return { value: otherwise, mismatches: [mismatch] };
    },
  };
}

/** A list of values of a type. A token that stands for the whole list is an array too, with a token as its only element. */
export function listOf(element: ValueType, one: string, fixForToken?: string): ValueType {
  const fix = `Pass an array of ${one}s.`;
  const check = (name: string, value: unknown): Checked<unknown> => {
    if (isListToken(value)) {
      if (fixForToken !== undefined) return rejectedToken(name, `synthesis needs each ${one}`, fixForToken);
      return accepted(Array.isArray(value) ? value : Token.asList(value));
    }
    return Array.isArray(value) ? checkElements(element, name, value) : rejected(name, value, fixForSingle(value));
  };
  const fixForSingle = (value: unknown) => {
    const isSingle = !Token.isUnresolved(value) && element.check("", value).mismatches.length === 0;
    if (isSingle) return `${fix} For a single ${one}, write brackets around it.`;
    return tokenFix(value, ["listValue", "asList"]) ?? fix;
  };
  return { fix, check };
}

/** Also reports the holes of an array. The resulting list contains only the elements that have the type. */
function checkElements(element: ValueType, name: string, value: readonly unknown[]): Checked<unknown> {
  const type = { ...element, required: true };
  const checked = Array.from(value, (item, index) => checkValue(type, `${name}[${index}]`, item));
  return {
    value: checked.filter(({ mismatches }) => mismatches.length === 0).map((item) => item.value),
    mismatches: checked.flatMap(({ mismatches }) => mismatches),
  };
}

/**
 * Whether a value can stand for a whole list. Functions such as Fn.concat return a text that is a single token. If a program has changed the text
 * of a token, it is not a list.
 */
function isListToken(value: unknown): boolean {
  const encoded: unknown = Array.isArray(value) ? value[0] : value;
  return Token.isUnresolved(value) && (typeof encoded !== "string" || /^[#$]\{TfToken\[[^\]]*\]\}$/.test(encoded));
}

/** A list of texts. May be a token of a list. */
export const textList: ValueType = listOf(text, "text");

/** A value that another rule checks. */
export const anything: ValueType = { fix: "Omit it.", checkedElsewhere: true, check: (_name, value) => accepted(value) };

/** Whether a value is a token of a single value. */
export function isToken(value: unknown): boolean {
  return !Array.isArray(value) && Token.isUnresolved(value);
}

function isExpression(value: string): boolean {
  return Token.isUnresolved(value) || value.includes("${");
}
