/** Findings about the acceptances themselves: without effect, past their date, or made by the change that they excuse. */
import type { Acceptance } from "../../configuration";
import type { FindingCode } from "../catalog";
import { NOBODY, type Finding, type Severity } from "../finding";
import { isExpired, nameOf, newAcceptances, type GivenAcceptance } from "./acceptance";
import { percent } from "../rules/removals";
import type { GatePolicy } from "./policy";

export function acceptanceFindings(findings: readonly Finding[], policy: GatePolicy): readonly Finding[] {
  return [...ineffective(findings, policy), ...ownAcceptances(policy), ...raisedLimit(policy), ...foreignRules(policy)];
}

function ineffective(findings: readonly Finding[], { head, commandLine, today, isPartial }: GatePolicy): readonly Finding[] {
  const names = new Set(findings.map(nameOf));
  return [...commandLine, ...(head?.accept ?? [])].flatMap((acceptance) => {
    const { finding, until = "" } = acceptance;
    if (isExpired(acceptance, today)) {
      const what = `The acceptance of ${finding} counted until ${until}.`;
      return [about("acceptance-expired", "warning", acceptance, what, "Remove it, or agree on a later date on the base branch.")];
    }
    // Other parts may have what it names.
    if (isPartial || names.has(finding)) return [];
    return [about("acceptance-stale", "notice", acceptance, `The acceptance of ${finding} matches no finding.`, "Remove it.")];
  });
}

function ownAcceptances({ head, base, acceptFromHead }: GatePolicy): readonly Finding[] {
  if (head === undefined || base === undefined) return [];
  return newAcceptances(head.accept, base.accept).map((acceptance) => {
    const effect = acceptFromHead ? "It counts, because of --accept-from-head." : "It does not count before it is on the base.";
    const what = `This change itself accepts ${acceptance.finding}. ${effect}`;
    const todo = acceptFromHead ? undefined : "Let somebody else bring the acceptance to the base branch first, or run with --accept.";
    return about("accepted-in-this-change", acceptFromHead ? "notice" : "warning", acceptance, what, todo);
  });
}

function raisedLimit({ head, base, acceptFromHead }: GatePolicy): readonly Finding[] {
  if (head === undefined || base === undefined || head.mostRemovals <= base.mostRemovals) return [];
  const counts = percent(acceptFromHead ? head.mostRemovals : base.mostRemovals);
  const what = `This change itself raises the limit on removals from ${percent(base.mostRemovals)} to ${percent(head.mostRemovals)}. The review counts with ${counts}.`;
  const limit = { finding: "removals.most", place: undefined };
  return [about("accepted-in-this-change", acceptFromHead ? "notice" : "warning", limit, what, undefined)];
}

function foreignRules({ base }: GatePolicy): readonly Finding[] {
  if (base?.caveat === undefined) return [];
  const what = `${base.caveat} The review counts with a limit on removals of ${percent(base.mostRemovals)}, and with no acceptance.`;
  const todo = "If the project is new or moves, let somebody review that alone first.";
  return [about("base-file-missing", "warning", { finding: "bitlift.yaml", place: undefined }, what, todo)];
}

function about(
  code: FindingCode,
  severity: Severity,
  { finding, place }: Pick<GivenAcceptance | Acceptance, "finding" | "place">,
  what: string,
  todo: string | undefined,
): Finding {
  const subject = { key: finding, kind: "other", name: finding, part: "", address: undefined, place, construct: undefined } as const;
  return { code, severity, subject, what, affected: NOBODY, todo, details: [], acceptable: false };
}
