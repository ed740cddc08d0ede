/** A review for tools that show findings at lines of files: SARIF, and workflow commands of GitHub. */
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { gitHubAnnotation, renderSarifLog, type Place, type SarifResult } from "../../configuration";
import { REVIEW_CATALOG, type FindingCode } from "../catalog";
import type { Severity } from "../finding";
import type { JudgedFinding, Review } from "../review";
import { acceptOption, nameLists, restSentences, todoText, verdictText } from "./wording";

export interface PlaceOptions {
  /** The folder of `bitlift.yaml`, relative to the root of the repository. Default: the root. */
  readonly folder?: string;
}

const LEVELS: Readonly<Record<Severity, SarifResult["level"]>> = { danger: "error", warning: "warning", notice: "note", info: "note" };
const COMMANDS = { danger: "error", warning: "warning", notice: "notice", info: "notice" } as const;

export function renderReviewSarif(review: Review, { folder }: PlaceOptions = {}): string {
  const occurrences = new Map<string, number>();
  const results = review.findings.map((finding): SarifResult => {
    const identity = JSON.stringify([finding.code, finding.subject.kind, finding.subject.key]);
    const occurrence = occurrences.get(identity) ?? 0;
    occurrences.set(identity, occurrence + 1);
    return {
      code: finding.code,
      level: LEVELS[finding.severity],
      message: plainMessage(finding),
      place: placeInRepository(finding.subject.place, folder),
      resource: finding.subject.address,
      fingerprint: createHash("sha256").update(`${identity}${occurrence}`).digest("hex"),
      ...(finding.verdict === "accepted" ? { accepted: finding.note ?? "" } : {}),
      ...(review.base === undefined ? {} : { baseline: finding.verdict === "known" ? "unchanged" : "new" }),
    };
  });
  return renderSarifLog(results, (code) => REVIEW_CATALOG.summaries[code as FindingCode]);
}

/** Findings that exist on the base too are left out. */
export function renderReviewGitHub(review: Review, { folder }: PlaceOptions = {}): string {
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  return news
    .map((finding) =>
      gitHubAnnotation({
        code: finding.code,
        severity: COMMANDS[finding.severity],
        message: plainMessage(finding),
        place: placeInRepository(finding.subject.place, folder),
      }),
    )
    .join("");
}

/** A finding in sentences, for annotations: what happens, to whom, what to do first, what the gate decided. */
export function plainMessage(finding: JudgedFinding): string {
  const verdict = verdictText(finding);
  const option = acceptOption(finding);
  const todo = todoText(finding);
  return [
    finding.what,
    ...nameLists(finding.affected).map(({ label, names }) => `${label}: ${names.join(", ")}.`),
    ...restSentences(finding.affected),
    ...(todo === undefined ? [] : [`First: ${todo}`]),
    ...(verdict === undefined ? [] : [`Gate: ${verdict}.`]),
    ...(option === undefined ? [] : [`To accept: ${option}`]),
  ].join(" ");
}

/** The same place with a path from the root of the repository, with `/` between folders. */
export function placeInRepository(place: Place | undefined, folder = ""): Place | undefined {
  return place === undefined ? undefined : { ...place, file: posix.join(folder.replaceAll("\\", "/"), place.file.replaceAll("\\", "/")) };
}
