/** Flattens the issues of the schema library: one for each value, with the alternative that the author meant. */
import type { z } from "zod";
import type { Path } from "./subject";

export type Issue = z.core.$ZodIssue;

export interface ValueIssue {
  readonly path: Path;
  readonly issue: Exclude<Issue, { code: "invalid_union" }>;
}

/** An alternative that has no issue with the type of the value itself is closer than one that does. */
export function flatten(issues: readonly Issue[], parent: Path = []): readonly ValueIssue[] {
  return issues.flatMap((issue) => {
    const path = [...parent, ...issue.path];
    if (issue.code !== "invalid_union") return [{ path, issue }];
    return flatten(meantAlternative(issue.errors), path);
  });
}

function meantAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] {
  const ofType = alternatives.filter((issues) => !issues.some(({ code, path }) => path.length === 0 && isTypeIssue(code)));
  const [first = [], ...others] = ofType.length > 0 ? ofType : alternatives;
  return others.reduce((best, candidate) => (weight(candidate) < weight(best) ? candidate : best), first);
}

function isTypeIssue(code: Issue["code"]): boolean {
  return code === "invalid_type" || code === "invalid_value";
}

/** A missing key that makes the form weighs most. */
function weight(issues: readonly Issue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : issue.code === "invalid_type" ? 1.5 : 1),
    0,
  );
}
