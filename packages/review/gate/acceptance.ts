/** An acceptance: which finding it names, and until when it counts. */
import type { Acceptance } from "../../configuration";
import type { Finding } from "../finding";
import { isFindingCode } from "./fail-on";
import type { FileRules } from "./policy";

/** From `--accept`, or from `accept:` of the file. */
export interface GivenAcceptance extends Pick<Acceptance, "finding" | "until"> {
  readonly note: string | undefined;
  /** Undefined for `--accept`. */
  readonly place: Acceptance["place"] | undefined;
}

/**
 * Whether an acceptance that the base has can mean this object. A change could otherwise give its own object a key that is accepted: by a move, or with
 * the key of an object of another kind.
 */
export function isMeantOnBase({ subject: { kind, key, hasNewKey } }: Pick<Finding, "subject">, { keys }: FileRules): boolean {
  if (hasNewKey === true) return false;
  if (keys === undefined || (kind !== "Space" && kind !== "integration")) return true;
  return keys[kind].has(key) || !keys[kind === "Space" ? "integration" : "Space"].has(key);
}

/** What an acceptance says, such as `integration-deleted:payments`. Compared character by character: no patterns, no other spelling. */
export function nameOf({ code, subject }: Pick<Finding, "code" | "subject">): string {
  return `${code}:${subject.key}`;
}

/** @param today `YYYY-MM-DD`. The last day counts. */
export function isExpired({ until }: Pick<Acceptance, "until">, today: string): boolean {
  return until !== undefined && until < today;
}

/** Whether the text has the form of an acceptance, with a code that exists. */
export function isAcceptance(text: string): boolean {
  const separator = text.indexOf(":");
  return separator > 0 && separator < text.length - 1 && isFindingCode(text.slice(0, separator));
}

/** The acceptances of a change that its base does not have, or has only until an earlier day. */
export function newAcceptances(head: readonly Acceptance[], base: readonly Acceptance[]): readonly Acceptance[] {
  const former = new Map(base.map((acceptance) => [acceptance.finding, acceptance]));
  return head.filter(({ finding, until }) => {
    const before = former.get(finding);
    if (before === undefined) return true;
    return before.until !== undefined && (until === undefined || until > before.until);
  });
}
