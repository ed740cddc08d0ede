/** A review as text for a terminal or a log: the summary first, dangers first, and everything that goes away in full. */
import { visibleText, wrapText } from "../../diagnostics";
import type { Severity } from "../finding";
import type { JudgedFinding, Review } from "../review";
import {
  acceptOption,
  changeNumbers,
  deletedObjects,
  isDestructive,
  nameLists,
  partText,
  restSentences,
  SEVERITY_TITLES,
  severityNumbers,
  summaryLine,
  todoText,
  verdictText,
  whereTexts,
} from "./wording";

export interface TerminalOptions {
  /** Colors and bold text. Default: none. */
  readonly color?: boolean;
  /** Columns. Default: 100. */
  readonly width?: number;
  /** Also shows details, informative findings, and every name. */
  readonly verbose?: boolean;
}

type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { bold: "1", dim: "2", danger: "1;31", warning: "1;33", notice: "1;36", info: "1" } as const;
const INDENT = "    ";
/** So many names are shown of a finding that destroys nothing. */
const SHOWN_NAMES = 8;
const MIN_WIDTH = 40;

/** Ends with a line break. */
export function renderTerminal(review: Review, { color = false, width = 100, verbose = false }: TerminalOptions = {}): string {
  const paint: Paint = (style, text) => (color ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
  const page = new Page(Math.max(width, MIN_WIDTH), paint);
  const isSevere = review.findings.some(({ severity, verdict }) => severity === "danger" && verdict === "open");
  page.line("", summaryLine(review), review.blocked || isSevere ? "danger" : "bold");
  const news = review.findings.filter(({ verdict }) => verdict !== "known");
  const folded = news.filter((finding) => finding.severity === "info" && !isDestructive(finding) && !verbose);
  for (const finding of news.filter((each) => !folded.includes(each))) writeFinding(page, finding, review, verbose);
  writeRest(page, review, folded, verbose);
  return page.text();
}

/** Lines that no foreign text can start: each has a title of ours, or is indented and neutralized. */
class Page {
  private readonly lines: string[] = [];

  public constructor(
    private readonly width: number,
    public readonly paint: Paint,
  ) {}

  public blank(): void {
    this.lines.push("");
  }

  public line(indent: string, text: string, style?: keyof typeof STYLES): void {
    const styled = (line: string) => (style === undefined ? line : this.paint(style, line));
    for (const line of wrapText(visibleText(text), this.width - indent.length)) this.lines.push(`${indent}${styled(line)}`);
  }

  /** A title in a style of its own, then text; continued lines are indented. */
  public titled(indent: string, title: string, text: string, style: keyof typeof STYLES): void {
    const continued = `${indent}  `;
    const [first = "", ...others] = wrapText(`${title} ${visibleText(text)}`, this.width - continued.length);
    // A title wider than the line stays unstyled.
    const head = first.startsWith(title) ? `${this.paint(style, title)}${first.slice(title.length)}` : first;
    this.lines.push(`${indent}${head}`, ...others.map((line) => `${continued}${line}`));
  }

  public text(): string {
    return `${this.lines.join("\n")}\n`;
  }
}

function writeFinding(page: Page, finding: JudgedFinding, review: Review, verbose: boolean): void {
  const { severity, what, code, details, affected } = finding;
  const todo = todoText(finding);
  const verdict = verdictText(finding);
  page.blank();
  page.titled("", `${SEVERITY_TITLES[severity]}:`, `${what} [${code}]`, severity);
  const where = whereTexts(finding, review);
  if (where.length > 0) page.line(INDENT, where.join(", "), "dim");
  if (verdict !== undefined) page.titled(INDENT, "Gate:", verdict, "bold");
  for (const { label, names } of nameLists(affected)) {
    const shown = verbose || isDestructive(finding) ? names : names.slice(0, SHOWN_NAMES);
    const rest = names.length - shown.length;
    page.titled(INDENT, `${visibleText(label)}:`, `${shown.join(", ")}${rest === 0 ? "" : `, and ${rest} more (-v)`}`, "bold");
  }
  for (const sentence of restSentences(affected)) page.line(INDENT, sentence);
  if (todo !== undefined) page.titled(INDENT, "First:", todo, "bold");
  const option = acceptOption(finding);
  if (option !== undefined) page.titled(INDENT, "To accept:", option, "bold");
  if (verbose) for (const detail of details) page.line(INDENT, `- ${detail}`);
}

/** What is not new, what goes away, parts, other providers, and what `-v` adds. */
function writeRest(page: Page, review: Review, folded: readonly JudgedFinding[], verbose: boolean): void {
  const known = review.findings.filter(({ verdict }) => verdict === "known");
  const deleted = deletedObjects(review.picture);
  const others = review.otherChanges.map(({ type, counts }) => `${type} ${changeNumbers(counts)}`);
  const parts = review.parts.filter(({ status }) => review.parts.length > 1 || status === "waits" || status === "failed");
  const rows: [title: string, text: string, style: Severity | "bold"][] = [
    ...(deleted.length === 0 ? [] : [["Deleted:", deleted.join(", "), "danger"] as [string, string, Severity]]),
    ...parts.map((part): [string, string, "bold"] => ["Part", partText(part), "bold"]),
    ...(others.length === 0 ? [] : [["Other providers:", others.join("; "), "bold"] as [string, string, "bold"]]),
    ...(known.length === 0 ? [] : [["Known:", knownText(known, review.base, verbose), "bold"] as [string, string, "bold"]]),
    ...(folded.length === 0 ? [] : [["Not shown:", `${severityNumbers(folded)} (-v shows them)`, "bold"] as [string, string, "bold"]]),
  ];
  if (rows.length > 0) page.blank();
  for (const [title, text, style] of rows) page.titled("", title, text, style);
}

/** One line for findings that exist on the base too. Those about objects that go away have their names in it. */
export function knownText(known: readonly JudgedFinding[], base: string | undefined, verbose: boolean): string {
  const named = known.filter((finding) => verbose || isDestructive(finding)).map(({ code, subject }) => `${code}:${subject.key}`);
  const list = named.length === 0 ? "" : `: ${named.join(", ")}`;
  return `${severityNumbers(known)} ${known.length === 1 ? "exists" : "exist"} on ${base ?? "the base"} too${list}`;
}
