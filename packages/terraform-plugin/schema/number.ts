/** When a JavaScript number says exactly what a decimal text says, and when it does not. */
import { ExactNumber } from "./value";

interface Decimal {
  readonly sign: string;
  readonly digits: string;
  /** Power of ten of the last digit. */
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Longer integers are not expanded: no number of a configuration needs it, and a short text could ask for gigabytes. */
const LONGEST_EXPANSION = 400;

/** The number that a decimal text names: a JavaScript number where that loses nothing, else the text itself. */
export function numberFromText(text: string): number | ExactNumber {
  const wanted = parse(text);
  if (wanted === undefined) throw new TypeError(`not a decimal number: ${JSON.stringify(text.slice(0, 40))}`);
  const candidate = Number(text);
  return holds(candidate, wanted) ? candidate + 0 : new ExactNumber(text);
}

/** The same for a 64-bit integer. */
export function numberFromBigInt(value: bigint): number | ExactNumber {
  const candidate = Number(value);
  return BigInt(candidate) === value ? candidate : new ExactNumber(value.toString());
}

/** Whether two numbers are the same, whatever form they have. */
export function sameNumber(left: number | ExactNumber, right: number | ExactNumber): boolean {
  if (typeof left === "number" && typeof right === "number") return left === right;
  return numberKey(left) === numberKey(right);
}

/** A text that is equal for equal numbers. */
export function numberKey(value: number | ExactNumber): string {
  const text = typeof value === "number" ? integerText(value) : value.text;
  const parsed = parse(text);
  return parsed === undefined ? text : `${parsed.sign}${parsed.digits}e${String(parsed.exponent)}`;
}

/** Integers print all their digits, other numbers the shortest text that stands for them. */
function integerText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function holds(candidate: number, wanted: Decimal): boolean {
  if (!Number.isFinite(candidate)) return false;
  if (Number.isInteger(candidate) && wanted.exponent >= 0) {
    if (wanted.digits.length + wanted.exponent > LONGEST_EXPANSION) return false;
    return BigInt(candidate) === BigInt(`${wanted.sign}${wanted.digits}${"0".repeat(wanted.exponent)}`);
  }
  const got = parse(String(candidate));
  return got !== undefined && got.sign === wanted.sign && got.digits === wanted.digits && got.exponent === wanted.exponent;
}

/** Sign, digits without zeros at either end, exponent; zero is always the same. */
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
