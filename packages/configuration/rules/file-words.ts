/** The remarks of the rules in packages/domain, in the words of the file. */
import { PRODUCT_TITLES, type Setting, type Violation, type Words } from "../../domain";
import { caution, fault, type Location, type Remark } from "../finding";
import { sentences, shown } from "../quoting";

/** An entry of the file, as the rules and their messages know it. */
export interface Subject {
  /** `integration "payments"`. */
  readonly title: string;
  /** The key of the entry, or the item of a list. */
  readonly at: Location;
  /** The map with the settings of the entry. Undefined for an item that is a text. */
  readonly value: object | undefined;
  /** Whether it is a default, which several entries may use. */
  readonly isDefault?: boolean;
}

/** Settings whose presence is wrong, rather than their value. */
const WRONG_KEYS: readonly (Setting | undefined)[] = ["default", "project"];

export function* remarksOf(violations: Iterable<Violation<Subject>>): Generator<Remark> {
  for (const violation of violations) yield remarkOf(violation);
}

/** @param at instead of that of the subject and its setting */
export function remarkOf(violation: Violation<Subject>, at = locationOf(violation.subject, violation)): Remark {
  const { code, severity, other, cause } = violation;
  if (severity === "warning") return caution(code, at, sentences(cause(wordsFor(violation, ""))));
  const message = (place: string) => sentences(cause(wordsFor(violation, place)));
  return fault(code, at, message, other && locationOf(other, { setting: violation.setting }));
}

function locationOf({ at, value }: Subject, { setting, index }: Pick<Violation<Subject>, "setting" | "index">): Location {
  if (setting === undefined || value === undefined) return at;
  const item: unknown = index === undefined ? undefined : (value as Readonly<Record<string, unknown>>)[setting];
  if (index !== undefined && typeof item === "object" && item !== null) return { holder: item, key: index };
  return { holder: value, key: setting, ...(WRONG_KEYS.includes(setting) ? { part: "key" } : {}) };
}

function wordsFor({ subject, other }: Violation<Subject>, place: string): Words<Subject> {
  return {
    nameOf: ({ title }) => title,
    of: subject.title === "" ? "" : ` of ${subject.title}`,
    other: other?.value === undefined || other.title === "" ? place : `${other.title} (${place})`,
    quote: shown,
    setting: (setting) => setting,
    about: () => "",
    declaration: "entry",
    settings: "keys",
    existingById: () => "existing: { id: <ID in Spacelift> }",
    ownBacking: `backing: bitlift on ${subject.isDefault === true ? "the integrations that need it" : "the integration"}`,
    fromVariable: "{ variable: <name> }",
    eventsOf: (product) => PRODUCT_TITLES[product],
    orAnotherAccount: "",
  };
}
