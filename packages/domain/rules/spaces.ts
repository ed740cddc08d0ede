/** Rules about Spaces: siblings have different names, and no Space is its own ancestor. */
import { duplicates, type Violation } from "./violation";

/** What the rules know about a managed Space. */
export interface SpaceFacts<S> {
  readonly subject: S;
  /** Equal for Spaces of the same Spacelift account. */
  readonly account: string;
  /** Undefined if it is not known, or empty. */
  readonly name: string | undefined;
  /** Equal for the same parent. Undefined if it is not known. */
  readonly parent: string | undefined;
}

/** Spaces with the same parent have different names. Spacelift allows duplicates, but the provider rejects a second Space. */
export function* duplicateSpaceNames<S>(spaces: Iterable<SpaceFacts<S>>): Generator<Violation<S>> {
  const keyOf = ({ account, name, parent }: SpaceFacts<S>) =>
    name === undefined || parent === undefined ? undefined : JSON.stringify([account, parent, name]);
  for (const [{ subject: other }, { subject, name = "" }] of duplicates(spaces, keyOf)) {
    yield {
      code: "duplicate-space-name",
      subject,
      setting: "name",
      other,
      cause: (words) => ({
        why: `${words.other} has the same name ${words.quote(name)} and the same parent. People and imports cannot tell the two apart.`,
        fix: "Rename one of the two, or choose another parent.",
      }),
    };
  }
}

/**
 * A Space is not its own ancestor. Each circle is reported once, at the first of its Spaces.
 * @param spaces at least one of every possible circle
 */
export function* spaceCycles<N, S extends N>(spaces: Iterable<S>, parentOf: (space: N) => N | undefined): Generator<Violation<S, N>> {
  const reported = new Set<N>();
  for (const subject of spaces) {
    const circle = reported.has(subject) ? undefined : circleFrom<N>(subject, parentOf);
    if (circle === undefined) continue;
    for (const member of circle) reported.add(member);
    yield {
      code: "space-cycle",
      subject,
      cause: ({ nameOf }) => ({
        why: `The Space is its own ancestor: ${[...circle, subject].reverse().map(nameOf).join(" > ")}.`,
        fix: "Choose a parent outside this Space.",
      }),
    };
  }
}

/** The Spaces on the way back to a Space, starting with it. */
function circleFrom<N>(start: N, parentOf: (space: N) => N | undefined): readonly N[] | undefined {
  const path = new Set([start]);
  for (let ancestor = parentOf(start); ancestor !== undefined; ancestor = parentOf(ancestor)) {
    if (ancestor === start) return [...path];
    if (path.has(ancestor)) return undefined;
    path.add(ancestor);
  }
  return undefined;
}
