/** A review as a comment in Bitbucket: Markdown without HTML and without folding, within a budget of characters. */
import type { JudgedFinding, Review } from "../review";
import { markdownCode, markdownText } from "./markdown-text";
import { SHAPES, type FindingShape, type ReviewShape } from "./markdown-shapes";
import {
  acceptOption,
  changeNumbers,
  deletedObjects,
  nameLists,
  partText,
  restSentences,
  SEVERITIES_DOWN,
  SEVERITY_TITLES,
  severityNumbers,
  summaryLine,
  todoText,
  verdictText,
  whereTexts,
} from "./wording";

export interface MarkdownOptions {
  /** Names the review, so that the next one replaces its comment. Default: `main`. */
  readonly project?: string;
  /** The most characters. Default: 30,000. Bitbucket Data Center refuses more than 32,767. */
  readonly budget?: number;
}

const BUDGET = 30_000;
/** The marker, the note about what is left out, and the summary need this much. */
const LEAST_BUDGET = 1_000;

/** The last line of every comment, by which the next review finds it. */
export function reviewMarker(project = "main"): string {
  return `Bitlift review · ${markdownCode(project, 100)}`;
}

/** Ends with the marker and a line break. */
export function renderMarkdown(review: Review, { project, budget = BUDGET }: MarkdownOptions = {}): string {
  const room = Math.max(budget, LEAST_BUDGET);
  for (const shape of SHAPES) {
    const text = comment(review, shape, project, room);
    if (text.length <= room) return text;
  }
  return shortenedComment(review, project, room);
}

function comment(review: Review, shape: ReviewShape, project: string | undefined, room: number): string {
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  const sections = SEVERITIES_DOWN.flatMap((severity) => {
    const findings = news.filter((finding) => finding.severity === severity);
    const form = shape[severity];
    if (findings.length === 0 || form === undefined) return [];
    return [`### ${SEVERITY_TITLES[severity]}`, ...findings.map((finding) => block(finding, review, form))];
  });
  const left = news.filter(({ severity }) => shape[severity] === undefined);
  const more = appendix(review, shape.names);
  return filled(left, room, (lines, rest) =>
    assembled([summary(review), ...sections, ...lines, ...more, ...leftOut(rest, shape.isCut), reviewMarker(project)]),
  );
}

/** As many findings as fit, most severe first, one line for each. */
function shortenedComment(review: Review, project: string | undefined, room: number): string {
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  return filled(news, room, (lines, rest) => assembled([summary(review), ...lines, ...leftOut(rest, true), reviewMarker(project)]));
}

/** Names as many of the findings as there is room for, most severe first, one line for each. */
function filled(
  findings: readonly JudgedFinding[],
  room: number,
  assemble: (lines: readonly string[], rest: readonly JudgedFinding[]) => string,
): string {
  const ordered = SEVERITIES_DOWN.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const lines = ordered.map(
    ({ severity, code, what }) => `- ${SEVERITY_TITLES[severity]}: ${markdownCode(code)} ${markdownText(what, 160)}`,
  );
  const withLines = (count: number) => assemble(count === 0 ? [] : [lines.slice(0, count).join("\n")], ordered.slice(count));
  let [fits, tooMany] = [0, lines.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (withLines(middle).length <= room) fits = middle;
    else tooMany = middle;
  }
  return withLines(fits);
}

function summary(review: Review): string {
  return `**${summaryLine(review)}**`;
}

function assembled(blocks: readonly string[]): string {
  return `${blocks.filter((text) => text !== "").join("\n\n")}\n`;
}

function block(finding: JudgedFinding, review: Review, form: FindingShape): string {
  const verdict = verdictText(finding);
  const option = acceptOption(finding);
  const suffix = verdict === undefined ? "" : ` (${markdownText(verdict, form.text)})`;
  const head = `**${markdownText(finding.what, form.text) || finding.code}** ${markdownCode(finding.code)}${suffix}`;
  if (form.names === 0) return head;
  const rows = [
    row(
      "Where",
      whereTexts(finding, review)
        .map((text) => markdownCode(text, form.text))
        .join(", "),
    ),
    ...nameLists(finding.affected).map(({ label, names }) => row(markdownText(label, form.text), codeList(names, form.names))),
    ...restSentences(finding.affected).map((sentence) => `- ${markdownText(sentence, form.text)}`),
    row("First", markdownText(todoText(finding) ?? "", form.text)),
    row("To accept", option === undefined ? "" : markdownCode(option, form.text)),
    ...finding.details.slice(0, form.details).map((detail) => `- ${markdownText(detail, form.text)}`),
  ].filter((text) => text !== "");
  return [head, rows.join("\n")].filter((text) => text !== "").join("\n\n");
}

function row(label: string, text: string): string {
  return text === "" ? "" : `- ${label}: ${text}`;
}

function codeList(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => markdownCode(name, 200));
  const rest = names.length - shown.length;
  return `${shown.join(", ")}${rest === 0 ? "" : `, and ${rest} more`}`;
}

/** What concerns no single finding. */
function appendix(review: Review, most: number): string[] {
  const known = review.findings.filter(({ verdict }) => verdict === "known");
  const parts = review.parts.filter(({ status }) => review.parts.length > 1 || status === "waits" || status === "failed");
  const others = review.otherChanges.map(({ type, counts }) => `${type} ${changeNumbers(counts)}`);
  const deleted = deletedObjects(review.picture);
  const names = known.map(({ code, subject }) => `${code}:${subject.key}`);
  const on = review.base === undefined ? "the base" : markdownCode(review.base, 100);
  const verb = known.length === 1 ? "exists" : "exist";
  const rows = [
    row("Deleted", codeList(deleted, most)),
    row("Parts", codeList(parts.map(partText), most)),
    row("Other providers", codeList(others, most)),
    known.length === 0 ? "" : `- Known: ${severityNumbers(known)} ${verb} on ${on} too: ${codeList(names, Math.min(most, 10))}`,
  ].filter((text) => text !== "");
  return rows.length === 0 ? [] : ["### Also", rows.join("\n")];
}

function leftOut(findings: readonly JudgedFinding[], isCut: boolean): string[] {
  if (!isCut) return [];
  const numbers = severityNumbers(findings);
  const missing = numbers === "" ? "names and details" : `${numbers}, and names and details of others`;
  return [`Left out, because a comment has a limit: ${missing}. The output of \`bitlift review\` has them all.`];
}
