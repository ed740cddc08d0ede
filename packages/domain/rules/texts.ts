/** Rules: names, descriptions, labels, titles and logins contain only what the provider accepts. */
import type { Cause } from "../../diagnostics";
import { emailFault, userNameFault } from "../login-names";
import { descriptionFault, integrationNameFault, lineFault, markerFault, spaceNameFault } from "../names";
import type { Setting, Violation } from "./violation";

/** The texts of a declaration. Undefined for a text that is not set, not known, or reported by another rule. */
export interface TextFacts<S> {
  readonly subject: S;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Undefined in place of a label that is not known. */
  readonly labels?: readonly (string | undefined)[] | undefined;
  readonly secretRotation?: string | undefined;
  readonly title?: string | undefined;
  readonly email?: string | undefined;
  readonly username?: string | undefined;
}

type Check = (text: string) => Cause | undefined;

const CHECKS: Readonly<Record<Exclude<keyof TextFacts<unknown>, "subject" | "labels" | "name">, Check>> = {
  description: descriptionFault,
  secretRotation: markerFault,
  title: (title) => lineFault("The title", title),
  email: emailFault,
  username: userNameFault,
};

/** The texts of Spaces. */
export function* unusableSpaceTexts<S>(spaces: Iterable<TextFacts<S>>): Generator<Violation<S>> {
  for (const facts of spaces) yield* violations(facts, spaceNameFault);
}

/** The texts of integrations, webhooks and logins. Of these, only integrations have names. */
export function* unusableTexts<S>(declarations: Iterable<TextFacts<S>>): Generator<Violation<S>> {
  for (const facts of declarations) yield* violations(facts, integrationNameFault);
}

function* violations<S>(facts: TextFacts<S>, nameFault: Check): Generator<Violation<S>> {
  const { subject, name, labels = [] } = facts;
  if (name !== undefined) yield* violation(subject, "name", nameFault(name));
  for (const [setting, check] of Object.entries(CHECKS) as [keyof typeof CHECKS, Check][]) {
    const text = facts[setting];
    if (text !== undefined) yield* violation(subject, setting, check(text));
  }
  for (const [index, label] of labels.entries()) {
    if (label === undefined) continue;
    yield* violation(subject, "labels", lineFault(label.trim() === "" ? "A label" : "The label", label), index);
  }
}

function* violation<S>(subject: S, setting: Setting, cause: Cause | undefined, index?: number): Generator<Violation<S>> {
  if (cause === undefined) return;
  yield { code: "value-not-allowed", subject, setting, ...(index === undefined ? {} : { index }), cause: () => cause };
}
