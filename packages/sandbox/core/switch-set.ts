// Named switches of a service: their forms, their defaults, and setting them by name.

/** The first form of each is the default. */
type ChoicesOf = Readonly<Record<string, readonly [string, ...string[]]>>;

/** Whole numbers: the default, and the least that is allowed. */
type NumbersOf = Readonly<Record<string, { readonly default: number; readonly least: number }>>;

/** Texts: the default, what a text must match, and how such a text is called. */
type TextsOf = Readonly<Record<string, { readonly default: string; readonly pattern: RegExp; readonly what: string }>>;

export type SwitchValues<Choices extends ChoicesOf, Numbers extends NumbersOf, Texts extends TextsOf> = {
  -readonly [Name in keyof Choices]: Choices[Name][number];
} & { -readonly [Name in keyof Numbers]: number } & { -readonly [Name in keyof Texts]: string };

export interface SwitchSet<Values> {
  readonly defaults: () => Values;
  /** Sets what is given; nothing at all when one name or value is unknown. @throws Error that lists what there is */
  readonly set: (values: Values, given: Readonly<Record<string, unknown>>) => void;
}

/** @param owner whose switches they are, for complaints: `Bitbucket Cloud` */
export function createSwitchSet<const Choices extends ChoicesOf, Numbers extends NumbersOf, Texts extends TextsOf>(
  owner: string,
  { choices, numbers, texts }: { readonly choices: Choices; readonly numbers: Numbers; readonly texts: Texts },
): SwitchSet<SwitchValues<Choices, Numbers, Texts>> {
  type Values = SwitchValues<Choices, Numbers, Texts>;
  const names = [...Object.keys(choices), ...Object.keys(numbers), ...Object.keys(texts)];
  const own = <Entry>(entries: Readonly<Record<string, Entry>>, name: string): Entry | undefined =>
    Object.hasOwn(entries, name) ? entries[name] : undefined;

  const complaint = (name: string, value: unknown): string | undefined => {
    const number = own(numbers, name);
    if (number !== undefined) {
      const fits = typeof value === "number" && Number.isInteger(value) && value >= number.least;
      return fits ? undefined : `"${name}" is a whole number of ${number.least} or more; ${JSON.stringify(value)} is not.`;
    }
    const text = own(texts, name);
    if (text !== undefined) {
      const fits = typeof value === "string" && text.pattern.test(value);
      return fits ? undefined : `"${name}" is ${text.what}; ${JSON.stringify(value)} is not.`;
    }
    const allowed: readonly unknown[] | undefined = own(choices, name);
    if (allowed === undefined) return `${owner}'s side has no switch "${name}". It has: ${names.join(", ")}.`;
    return allowed.includes(value) ? undefined : `"${name}" is one of: ${allowed.join(", ")}; ${JSON.stringify(value)} is not.`;
  };

  return {
    // The three records below are exactly the type's parts, which Object.fromEntries cannot say.
    defaults: () =>
      Object.fromEntries([
        ...Object.entries(choices).map(([name, [first]]) => [name, first]),
        ...Object.entries(numbers).map(([name, number]) => [name, number.default]),
        ...Object.entries(texts).map(([name, text]) => [name, text.default]),
      ]) as Values,
    set: (values, given) => {
      for (const [name, value] of Object.entries(given)) {
        const wrong = complaint(name, value);
        if (wrong !== undefined) throw new Error(wrong);
      }
      Object.assign(values, given);
    },
  };
}
