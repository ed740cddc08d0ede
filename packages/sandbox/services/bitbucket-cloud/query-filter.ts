// The filter language of `q`: comparisons of fields, joined by AND, OR and parentheses.
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";

export type FieldValue = string | boolean | null;

/** Fields that can be filtered by, each with how an item has it. */
export type FilterFields<Item> = Readonly<Record<string, (item: Item) => FieldValue>>;

type Predicate<Item> = (item: Item) => boolean;

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(!=|!~|>=|<=|=|~|>|<|\(|\)|,)|([A-Za-z0-9_.:+-]+))/y;

/** @throws Refusal 400 for what cannot be read, and for a field that cannot be filtered by */
export function parseFilter<Item>(q: string, fields: FilterFields<Item>): Predicate<Item> {
  const parser = new Parser(tokenize(q), fields);
  return parser.parse();
}

function tokenize(q: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (q.slice(TOKEN.lastIndex).trim() !== "") {
    const from = TOKEN.lastIndex;
    const match = TOKEN.exec(q);
    if (match === null) throw new EarlyResponse(errors.invalidQuery(`unexpected text at position ${from + 1}`));
    tokens.push(match[1] ?? match[2] ?? match[3] ?? "");
  }
  return tokens;
}

class Parser<Item> {
  #position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly fields: FilterFields<Item>,
  ) {}

  parse(): Predicate<Item> {
    const test = this.#parseOr();
    if (this.#position < this.tokens.length) throw new EarlyResponse(errors.invalidQuery(`unexpected ${this.#peek()}`));
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
    const valueOf = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
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
    const wanted = this.#parseValue();
    const compare = COMPARISONS[operator];
    if (compare === undefined) throw new EarlyResponse(errors.invalidQuery(`${operator} is no operator`));
    return (item) => compare(valueOf(item), wanted);
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
    throw new EarlyResponse(errors.invalidQuery(`${token} is no value; texts are in double quotes`));
  }

  #peek(): string {
    return this.tokens[this.#position] ?? "";
  }

  #next(what: string): string {
    const token = this.tokens[this.#position];
    if (token === undefined) throw new EarlyResponse(errors.invalidQuery(`it ends where ${what} should be`));
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
const contains = (value: FieldValue, wanted: FieldValue): boolean => text(value).toLowerCase().includes(text(wanted).toLowerCase());

/** Dates are compared as moments when both sides are dates. */
function compareValues(value: FieldValue, wanted: FieldValue): number {
  if (value === null || wanted === null) return Number.NaN;
  const [one, other] = [Date.parse(text(value)), Date.parse(text(wanted))];
  if (!Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return text(value) < text(wanted) ? -1 : text(value) > text(wanted) ? 1 : 0;
}

const COMPARISONS: Readonly<Record<string, (value: FieldValue, wanted: FieldValue) => boolean>> = {
  "=": (value, wanted) => value === wanted,
  "!=": (value, wanted) => value !== wanted,
  "~": contains,
  "!~": (value, wanted) => !contains(value, wanted),
  ">": (value, wanted) => compareValues(value, wanted) > 0,
  ">=": (value, wanted) => compareValues(value, wanted) >= 0,
  "<": (value, wanted) => compareValues(value, wanted) < 0,
  "<=": (value, wanted) => compareValues(value, wanted) <= 0,
};
