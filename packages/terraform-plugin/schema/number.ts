/** Decimal numbers without rounding: as JavaScript numbers if those are exact, otherwise as text. */
import { ExactNumber } from "./value";

interface Decimal {
  readonly sign: string;
  readonly digits: string;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Longer integers are not expanded: configurations do not need them, and a short text such as 1e999999999 would take gigabytes. */
const MAXIMUM_DIGITS = 400;

/** Returns a JavaScript number if it represents the decimal text exactly, otherwise the text. Throws a TypeError if the text is not a decimal number. */
export function numberFromText(text: string): number | ExactNumber {
  const decimal = parse(text);
  if (decimal === undefined) throw new TypeError(`not a decimal number: ${JSON.stringify(text.slice(0, 40))}`);
  const candidate = Number(text);
  // Adding 0 turns -0 into 0.
  return isExact(candidate, decimal) ? candidate + 0 : new ExactNumber(text);
}

/** Returns a JavaScript number if it represents the integer exactly, otherwise the digits as text. */
export function numberFromBigInt(value: bigint): number | ExactNumber {
  const candidate = Number(value);
  return BigInt(candidate) === value ? candidate : new ExactNumber(value.toString());
}

/** Compares by value, whichever form the numbers have. */
export function sameNumber(left: number | ExactNumber, right: number | ExactNumber): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right;
  return numberKey(left) === numberKey(right);
}

/** Returns the same key for equal numbers. */
export function numberKey(value: number | ExactNumber): string {
  const text = numberText(value);
  const parsed = parse(text);
  return parsed === undefined ? text : `${parsed.sign}${parsed.digits}e${parsed.exponent}`;
}

/** Returns all digits of an integer, and the shortest text that identifies any other number. The number must be finite. */
export function numberText(value: number | ExactNumber): string {
  if (value instanceof ExactNumber) return value.text;
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function isExact(candidate: number, decimal: Decimal): boolean {
  if (!Number.isFinite(candidate)) return false;
  if (Number.isInteger(candidate) && decimal.exponent >= 0) {
    if (decimal.digits.length + decimal.exponent > MAXIMUM_DIGITS) return false;
    return BigInt(candidate) === BigInt(`${decimal.sign}${decimal.digits}${"0".repeat(decimal.exponent)}`);
  }
  const parsed = parse(String(candidate));
  return parsed !== undefined && parsed.sign === decimal.sign && parsed.digits === decimal.digits && parsed.exponent === decimal.exponent;
}

/** Returns the normal form: no zeros at either end of the digits, and a single form of zero. Undefined if the text is not a decimal number. */
function parse(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole + fraction === "") return undefined;
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return { sign: "", digits: "0", exponent: 0 };
  const exponent = Number(match[4] ?? "0") - fraction.length + (digits.length - trimmed.length);
  return { sign: match[1] === "-" ? "-" : "", digits: trimmed, exponent };
}
