// The filter language of the parameter `q`: comparisons of fields, combined with AND, OR and parentheses.
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";

export type FieldValue = string | boolean | null;

/** The fields that can be filtered by, each with a function that reads it from an item. */
export type FilterFields<Item> = Readonly<Record<string, (item: Item) => FieldValue>>;

type Predicate<Item> = (item: Item) => boolean;

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(!=|!~|>=|<=|=|~|>|<|\(|\)|,)|([A-Za-z0-9_.:+-]+))/y;

/** Matches every item if there is no filter. */
export function parseOptionalFilter<Item>(q: string | null, fields: FilterFields<Item>): Predicate<Item> {
  return q === null || q.trim() === "" ? () => true : parseFilter(q, fields);
}

/** @throws EarlyResponse 400 for a syntax error, and for a field that cannot be filtered by */
function parseFilter<Item>(q: string, fields: FilterFields<Item>): Predicate<Item> {
  const parser = new Parser(tokenize(q), fields);
  return parser.parse();
}

function tokenize(q: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (q.slice(TOKEN.lastIndex).trim() !== "") {
    const start = TOKEN.lastIndex;
    const match = TOKEN.exec(q);
    if (match === null) throw new EarlyResponse(errors.invalidQuery(`unexpected text at position ${start + 1}`));
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

class Parser<Item> {
  readonly #tokens: readonly string[];
  readonly #fields: FilterFields<Item>;
  #position = 0;

  constructor(tokens: readonly string[], fields: FilterFields<Item>) {
    this.#tokens = tokens;
    this.#fields = fields;
  }

  parse(): Predicate<Item> {
    const test = this.#parseOr();
    if (this.#position < this.#tokens.length) throw new EarlyResponse(errors.invalidQuery(`unexpected ${this.#peek()}`));
    return test;
  }

  #parseOr(): Predicate<Item> {
    let test = this.#parseAnd();
    while (this.#takeWord("OR")) {
      const [left, right] = [test, this.#parseAnd()];
      test = (item) => left(item) || right(item);
    }
    return test;
  }

  #parseAnd(): Predicate<Item> {
    let test = this.#parseTerm();
    while (this.#takeWord("AND")) {
      const [left, right] = [test, this.#parseTerm()];
      test = (item) => left(item) && right(item);
    }
    return test;
  }

  #parseTerm(): Predicate<Item> {
    if (!this.#take("(")) return this.#parseComparison();
    const test = this.#parseOr();
    this.#expect(")");
    return test;
  }

  #parseComparison(): Predicate<Item> {
    const name = this.#next("a field");
    const valueOf = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    if (valueOf === undefined) throw new EarlyResponse(errors.notFilterable(name));
    if (this.#takeWord("NOT")) {
      if (!this.#takeWord("IN")) throw new EarlyResponse(errors.invalidQuery("NOT is followed by IN"));
      const values = this.#parseList();
      return (item) => !values.includes(valueOf(item));
    }
    if (this.#takeWord("IN")) {
      const values = this.#parseList();
      return (item) => values.includes(valueOf(item));
    }
    const operator = this.#next("an operator");
    const operand = this.#parseValue();
    const compare = COMPARISONS[operator];
    if (compare === undefined) throw new EarlyResponse(errors.invalidQuery(`${operator} is not an operator`));
    return (item) => compare(valueOf(item), operand);
  }

  #parseList(): readonly FieldValue[] {
    this.#expect("(");
    const values = [this.#parseValue()];
    while (this.#take(",")) values.push(this.#parseValue());
    this.#expect(")");
    return values;
  }

  #parseValue(): FieldValue {
    const token = this.#next("a value");
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll(/\\(.)/g, "$1");
    const word = token.toLowerCase();
    if (word === "null") return null;
    if (word === "true" || word === "false") return word === "true";
    if (/^[\d.:TZ+-]+$/.test(token)) return token;
    throw new EarlyResponse(errors.invalidQuery(`${token} is not a value; put strings in double quotes`));
  }

  #peek(): string {
    return this.#tokens[this.#position] ?? "";
  }

  #next(what: string): string {
    const token = this.#tokens[this.#position];
    if (token === undefined) throw new EarlyResponse(errors.invalidQuery(`expected ${what} at the end`));
    this.#position += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#position += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    return this.#peek().toUpperCase() === word && this.#take(this.#peek());
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new EarlyResponse(errors.invalidQuery(`${token} is missing`));
  }
}

const text = (value: FieldValue): string => String(value ?? "");
const contains = (value: FieldValue, operand: FieldValue): boolean => text(value).toLowerCase().includes(text(operand).toLowerCase());

/** Compares numbers by value, two dates as points in time, and other values as strings. */
function compareValues(value: FieldValue, operand: FieldValue): number {
  if (value === null || operand === null) return Number.NaN;
  if (/^\d+$/.test(text(value)) && /^\d+$/.test(text(operand))) return Number(value) - Number(operand);
  const [time, operandTime] = [Date.parse(text(value)), Date.parse(text(operand))];
  if (!Number.isNaN(time) && !Number.isNaN(operandTime)) return time - operandTime;
  return text(value) < text(operand) ? -1 : text(value) > text(operand) ? 1 : 0;
}

const COMPARISONS: Readonly<Record<string, (value: FieldValue, operand: FieldValue) => boolean>> = {
  "=": (value, operand) => value === operand,
  "!=": (value, operand) => value !== operand,
  "~": contains,
  "!~": (value, operand) => !contains(value, operand),
  ">": (value, operand) => compareValues(value, operand) > 0,
  ">=": (value, operand) => compareValues(value, operand) >= 0,
  "<": (value, operand) => compareValues(value, operand) < 0,
  "<=": (value, operand) => compareValues(value, operand) <= 0,
};
