/** Types of plain values: text, flags, numbers, lists, and objects with props. */
import { Token } from "cdktf";
import { describeValue, isPlainObject } from "./described-value";
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

function textType(fix: string): ValueType {
  const check = (name: string, value: unknown) => {
    if (typeof value === "string" || (!Array.isArray(value) && Token.isUnresolved(value))) return accepted(value);
    const isPlain = typeof value === "number" || typeof value === "boolean";
    return rejected(name, value, isPlain ? `Write it as a text: "${String(value)}".` : fix, UNKNOWN_TEXT);
  };
  return { fix, standIn: UNKNOWN_TEXT, check };
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
    return rejected(name, value, value === "true" || value === "false" ? `Write ${value} without quotes.` : "Set it to true or false.");
  },
};

/** True or false, known at synthesis. */
export const knownFlag: ValueType = known(flag);

/** A whole number of at least 0. May be a token. */
export const wholeNumber: ValueType = {
  fix: "Pass a whole number.",
  check: (name, value) => {
    if (isToken(value) || (Number.isInteger(value) && (value as number) >= 0)) return accepted(value);
    const isQuoted = typeof value === "string" && /^\d+$/.test(value);
    return rejected(name, value, isQuoted ? `Write ${value} without quotes.` : "Pass a whole number.");
  },
};

/** One of a fixed set of texts. May be a token. */
export function oneOf(values: readonly string[]): ValueType {
  const fix = `Use ${values.length > 2 ? "one of " : ""}${values.join(values.length > 2 ? ", " : " or ")}.`;
  const fits = (value: unknown) => isToken(value) || values.some((allowed) => allowed === value);
  return {
    fix,
    check: (name, value) =>
      fits(value)
        ? accepted(value)
        : { value: undefined, mismatches: [{ code: "value-not-allowed", why: `${name} is ${quoted(value)}.`, fix }] },
  };
}

function quoted(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : describeValue(value);
}

/** The same type for a value that is known at synthesis. */
export function known(type: ValueType, why = KNOWN_ELSEWHERE): ValueType {
  return {
    ...type,
    check: (name, value) => (Token.isUnresolved(value) ? rejectedToken(name, why, type.fix, type.standIn) : type.check(name, value)),
  };
}

/** A list of values of a type. A token that stands for the whole list is an array too, with a token as its only element. */
export function listOf(element: ValueType, one: string, tokenFix?: string): ValueType {
  const fix = `Pass an array of ${one}s.`;
  const check = (name: string, value: unknown): Checked<unknown> => {
    if (!Array.isArray(value)) {
      const isSingle = element.check(name, value).mismatches.length === 0 && !Token.isUnresolved(value);
      return rejected(name, value, isSingle ? `${fix} For a single ${one}, write brackets around it.` : fix);
    }
    if (Token.isUnresolved(value)) {
      return tokenFix === undefined ? accepted(value) : rejectedToken(name, `synthesis needs each ${one}`, tokenFix);
    }
    const items: readonly unknown[] = value;
    const checked = items.map((item, index) => checkElement(element, `${name}[${index}]`, item));
    const mismatches = checked.flatMap((item) => item.mismatches);
    if (mismatches.length === 0) return accepted(value);
    return { value: checked.filter((item) => item.mismatches.length === 0).map((item) => item.value), mismatches };
  };
  return { fix, check };
}

/** An element of an array is never omitted. */
function checkElement(element: ValueType, name: string, value: unknown): Checked<unknown> {
  return checkValue({ ...element, required: true }, name, value);
}

/** A list of texts. May be a token of a list. */
export const textList: ValueType = listOf(text, "text");

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

/** A value that another rule checks. */
export const anything: ValueType = { fix: "Omit it.", checkedElsewhere: true, check: (_name, value) => accepted(value) };

function isToken(value: unknown): boolean {
  return !Array.isArray(value) && Token.isUnresolved(value);
}
