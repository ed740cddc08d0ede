/** The words that all formats share: the summary, names of severities and verdicts, and whom a finding concerns. None of it is escaped yet. */
import { SEVERITIES, type Affected, type Finding, type Severity } from "../finding";
import type { ChangeCounts, JudgedFinding, PicturedIntegration, PicturedSpace, Review, ReviewedPart } from "../review";

/** Most severe first. */
export const SEVERITIES_DOWN: readonly Severity[] = SEVERITIES.toReversed();

export const SEVERITY_TITLES: Readonly<Record<Severity, string>> = {
  danger: "Danger",
  warning: "Warning",
  notice: "Notice",
  info: "Information",
};

const PLURALS: Readonly<Record<Severity, string>> = {
  danger: "dangers",
  warning: "warnings",
  notice: "notices",
  info: "informative findings",
};
const SINGULARS: Readonly<Record<Severity, string>> = {
  danger: "danger",
  warning: "warning",
  notice: "notice",
  info: "informative finding",
};

const CHANGE_WORDS: Readonly<Record<keyof ChangeCounts, string>> = {
  delete: "deleted",
  replace: "replaced",
  update: "updated",
  create: "created",
  forget: "forgotten",
  import: "imported",
  move: "moved",
};
const CHANGES = Object.keys(CHANGE_WORDS) as (keyof ChangeCounts)[];

/** Codes of findings about objects that go away, or that lose what they had. */
const DESTRUCTIVE = /-(deleted|replaced|renamed|lost)$|^removals-/;

/** No format cuts these as long as it has anything else to cut. */
export function isDestructive({ code, severity }: Finding): boolean {
  return severity === "danger" || DESTRUCTIVE.test(code);
}

/** One line: whether something blocks, what was found, what the plan does. Contains no text of strangers. */
export function summaryLine(review: Review): string {
  return [verdictSentence(review), changeSentence(review), ...partSentences(review.parts)].join(" ");
}

function verdictSentence({ findings, blocked }: Review): string {
  const found = findings.filter(({ verdict }) => verdict !== "known");
  const accepted = found.filter(({ verdict }) => verdict === "accepted").length;
  const numbers = severityNumbers(found);
  const list = numbers === "" ? "no findings" : numbers;
  const suffix = accepted === 0 ? "" : `, ${accepted} of them accepted`;
  const blocking = findings.filter(({ verdict }) => verdict === "blocks").length;
  if (!blocked) return `${capitalized(list)}${suffix}.`;
  return `Blocked by ${blocking === 1 ? "1 finding" : `${blocking} findings`}: ${list}${suffix}.`;
}

/** `2 dangers, 1 warning`; empty without findings. */
export function severityNumbers(findings: readonly Finding[]): string {
  return SEVERITIES_DOWN.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? SINGULARS[severity] : PLURALS[severity]}`];
  }).join(", ");
}

function changeSentence({ counts, otherChanges }: Review): string {
  const own = changeNumbers(counts);
  const others = otherChanges.length === 0 ? "" : " Resources of other providers change too.";
  return own === "" ? `No object of Bitlift changes.${others}` : `Plan: ${own}.${others}`;
}

/** `1 deleted, 2 created`; empty if nothing happens. */
export function changeNumbers(counts: ChangeCounts): string {
  return CHANGES.flatMap((change) => (counts[change] === 0 ? [] : [`${counts[change]} ${CHANGE_WORDS[change]}`])).join(", ");
}

function partSentences(parts: readonly ReviewedPart[]): string[] {
  const count = (status: ReviewedPart["status"]) => parts.filter((part) => part.status === status).length;
  const [waiting, failed] = [count("waits"), count("failed")];
  return [
    ...(failed === 0 ? [] : [`${failed === 1 ? "1 part has" : `${failed} parts have`} no plan, because planning failed.`]),
    ...(waiting === 0 ? [] : [`${waiting === 1 ? "1 part waits" : `${waiting} parts wait`} for Spaces of another part.`]),
  ];
}

/** `main: 1 deleted`, `payments: waits for Spaces of another part`. */
export function partText({ name, status, counts }: ReviewedPart): string {
  const words = { changes: changeNumbers(counts) || "only other resources change", none: "nothing changes", failed: "planning failed" };
  return `${name}: ${status === "waits" ? "waits for Spaces of another part" : words[status]}`;
}

/** What the gate decided, or undefined for a finding that is only shown. Contains the note, which is foreign. */
export function verdictText({ verdict, note }: JudgedFinding): string | undefined {
  const suffix = note === undefined ? "" : `: ${note}`;
  const words = { blocks: "blocks", accepted: `accepted${suffix}`, known: `exists on the base too${suffix}`, open: undefined };
  return words[verdict];
}

/** Names under a label, such as the stacks of one Space. */
export interface NameList {
  readonly label: string;
  readonly names: readonly string[];
}

/** Consumers by Space, then repositories and Spaces. */
export function nameLists({ consumers, repositories, spaces }: Affected): readonly NameList[] {
  const groups = new Map<string, string[]>();
  for (const { kind, name, space } of consumers) {
    const label = `${kind === "stack" ? "Stacks" : "Modules"} ${space === undefined ? "(Space not known)" : `in ${space}`}`;
    groups.set(label, [...(groups.get(label) ?? []), name]);
  }
  const all = [...groups, ["Repositories", repositories] as const, ["Spaces", spaces] as const];
  return all.flatMap(([label, names]) => (names.length === 0 ? [] : [{ label, names }]));
}

/** Sentences about consumers that no list names. */
export function restSentences({ consumers, unnamed, caveat }: Affected): readonly string[] {
  const further = consumers.length === 0 ? "" : " more";
  const rest =
    unnamed === 0 ? [] : [unnamed === 1 ? `1${further} consumer has no name here.` : `${unnamed}${further} consumers have no names here.`];
  return [...rest, ...(caveat === undefined ? [] : [caveat])];
}

/** What to do first, for behind the label "First:". */
export function todoText({ todo }: Finding): string | undefined {
  return todo?.replace(/^First,? (.)/, (_match, letter: string) => letter.toUpperCase());
}

/** Where it is declared: `teams/payments.yaml:14:7`, the construct, the address. */
export function whereTexts({ subject: { place, construct, address, part } }: Finding, review: Review): readonly string[] {
  const texts = [
    place === undefined ? undefined : `${place.file}:${place.line}:${place.column}`,
    construct,
    address,
    review.parts.length > 1 ? `part ${part}` : undefined,
  ];
  return texts.filter((text) => text !== undefined);
}

/** The option that accepts a finding which blocks, ready for a shell; undefined if it does not block or cannot be accepted. */
export function acceptOption({ code, subject, verdict, acceptable }: JudgedFinding): string | undefined {
  if (verdict !== "blocks" || !acceptable) return undefined;
  const value = `${code}:${subject.key}`;
  return `--accept ${/^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`}`;
}

/** Everything in the picture that goes away: `integration Payments`, `webhook acme/infrastructure`. */
export function deletedObjects(picture: PicturedSpace): readonly string[] {
  const own = picture.fate === "deleted" ? [`Space ${picture.name}`] : [];
  return [...own, ...picture.integrations.flatMap(deletedIn), ...picture.spaces.flatMap(deletedObjects)];
}

function deletedIn({ name, fate, repositories }: PicturedIntegration): string[] {
  const webhooks = repositories.filter((repository) => repository.fate === "deleted").map((repository) => `webhook ${repository.name}`);
  return fate === "deleted" ? [`integration ${name}`, ...webhooks] : webhooks;
}

function capitalized(text: string): string {
  return text.replace(/^./, (first) => first.toUpperCase());
}
