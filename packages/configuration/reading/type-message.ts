/** The message about a value of the wrong type, with the correction where it is certain. */
import { fault, type Location, type Remark } from "../finding";
import { describeType, shown } from "../quoting";

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys",
  record: "a map of keys",
  number: "a number",
};

export function typeMessage(expected: string, subject: string, value: unknown, at: Location, written = ""): Remark {
  const isPlain = typeof value === "number" || typeof value === "boolean" || value === null;
  if (value === null && (written === "" || /[:[{,]\s*$/.test(written) || isKeyText(written, at))) {
    return fault(
      "value-missing",
      { ...at, part: "key" },
      `${subject} has no value. Write ${TYPES[expected] ?? expected}, or remove the key.`,
    );
  }
  if (expected === "string" && isPlain) {
    const read = value === null ? "no value" : `the ${typeof value} ${String(value)}`;
    return fault("quotes-needed", at, `${subject} must be text, but YAML reads ${written} as ${read}. Quote it: "${written}".`);
  }
  const type = TYPES[expected] ?? expected;
  return fault(
    "value-not-allowed",
    at,
    `${subject} must be ${type}, but is ${typeof value === "string" ? describeText(value) : describeType(value)}.${correction(expected, value)}`,
  );
}

/** An empty value has no text of its own, so its place is that of the key. */
function isKeyText(written: string, { key }: Location): boolean {
  return typeof key === "string" && written.replace(/^["']|["']$/g, "") === key;
}

function describeText(value: string): string {
  return `the text ${shown(value)}`;
}

function correction(expected: string, value: unknown): string {
  if (expected === "boolean" && typeof value === "string") {
    if (/^(y|yes|on|true)$/i.test(value)) return " Write true.";
    if (/^(n|no|off|false)$/i.test(value)) return " Write false.";
  }
  if (expected === "array" && typeof value === "string") return " Write a list with one item: [ … ].";
  if (expected === "array" && typeof value === "object") return ' Start each item with "- ".';
  if ((expected === "object" || expected === "record") && Array.isArray(value)) return ' Remove the "- " before each item.';
  return "";
}
