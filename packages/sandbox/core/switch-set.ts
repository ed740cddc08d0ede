// The named switches of a service: their values, their defaults, and how they are set.

/** The first choice is the default. */
type ChoicesOf = Readonly<Record<string, readonly [string, ...string[]]>>;

/** Whole numbers. */
type NumbersOf = Readonly<Record<string, { readonly default: number; readonly minimum: number }>>;

/** `expected` describes the pattern in messages. */
type TextsOf = Readonly<Record<string, { readonly default: string; readonly pattern: RegExp; readonly expected: string }>>;

export type SwitchValues<Choices extends ChoicesOf, Numbers extends NumbersOf, Texts extends TextsOf> = {
  -readonly [Name in keyof Choices]: Choices[Name][number];
} & { -readonly [Name in keyof Numbers]: number } & { -readonly [Name in keyof Texts]: string };

export interface SwitchSet<Values> {
  readonly defaults: () => Values;
  /** Sets all given switches, or none if a name or value is invalid. @throws Error that lists what is valid */
  readonly set: (values: Values, changes: Readonly<Record<string, unknown>>) => void;
}

interface Declarations<Choices extends ChoicesOf, Numbers extends NumbersOf, Texts extends TextsOf> {
  readonly choices: Choices;
  readonly numbers: Numbers;
  readonly texts: Texts;
}

/** @param product for messages, such as "Bitbucket Cloud" */
export function createSwitchSet<const Choices extends ChoicesOf, Numbers extends NumbersOf, Texts extends TextsOf>(
  product: string,
  declarations: Declarations<Choices, Numbers, Texts>,
): SwitchSet<SwitchValues<Choices, Numbers, Texts>> {
  const { choices, numbers, texts } = declarations;
  return {
    // Object.fromEntries cannot express that these three records are exactly the parts of the type.
    defaults: () =>
      Object.fromEntries([
        ...Object.entries(choices).map(([name, [first]]) => [name, first]),
        ...Object.entries(numbers).map(([name, number]) => [name, number.default]),
        ...Object.entries(texts).map(([name, text]) => [name, text.default]),
      ]) as SwitchValues<Choices, Numbers, Texts>,
    set: (values, changes) => {
      for (const [name, value] of Object.entries(changes)) {
        const problem = findProblem(product, declarations, name, value);
        if (problem !== undefined) throw new Error(problem);
      }
      Object.assign(values, changes);
    },
  };
}

function findProblem(
  product: string,
  { choices, numbers, texts }: Declarations<ChoicesOf, NumbersOf, TextsOf>,
  name: string,
  value: unknown,
): string | undefined {
  const expect = (valid: boolean, expected: string): string | undefined =>
    valid ? undefined : `"${name}" must be ${expected}. Got ${JSON.stringify(value)}.`;
  const number = getOwn(numbers, name);
  if (number !== undefined) {
    return expect(
      typeof value === "number" && Number.isInteger(value) && value >= number.minimum,
      `a whole number of at least ${number.minimum}`,
    );
  }
  const text = getOwn(texts, name);
  if (text !== undefined) return expect(typeof value === "string" && text.pattern.test(value), text.expected);
  const allowed: readonly unknown[] | undefined = getOwn(choices, name);
  if (allowed !== undefined) return expect(allowed.includes(value), `one of: ${allowed.join(", ")}`);
  const names = [...Object.keys(choices), ...Object.keys(numbers), ...Object.keys(texts)];
  return `Unknown switch "${name}" of ${product}. Known switches: ${names.join(", ")}.`;
}

/** Ignores inherited names, such as toString. */
function getOwn<Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
