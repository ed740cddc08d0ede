/** The options of `bitlift review`, checked before anything is planned. */
import { FINDING_CODES, isAcceptance, parseFailOn, type FailOn, type GivenAcceptance } from "../../review";
import { problem } from "../catalog";
import { requireFile } from "../output-place";
import type { ColorOption } from "../terminal";

export type ReviewFormat = "terminal" | "markdown" | "json" | "sarif" | "html" | "github" | "spacelift";

/** A format, and the file of the `--output` that follows it. */
export interface ReviewOutput {
  readonly format: ReviewFormat;
  file?: string;
}

export interface ReviewOptions extends ColorOption {
  /** In the order of the command line. */
  readonly format?: readonly ReviewOutput[];
  readonly verbose?: boolean;
  readonly log?: readonly string[];
  readonly planDir?: string;
  readonly part?: readonly string[];
  readonly post?: boolean;
  readonly pr?: string;
  readonly failOn?: readonly string[];
  readonly accept?: readonly string[];
  readonly note?: readonly string[];
  readonly acceptRemovals?: number;
  readonly base?: readonly string[];
  readonly acceptFromHead?: boolean;
}

/** @throws Problem `option-conflict` or `output-not-written` */
export function checkOptions(files: readonly string[], options: ReviewOptions): void {
  const { planDir, part, log = [], pr, post, accept = [], note = [], base = [], acceptFromHead } = options;
  const conflict = (why: string, fix: string) => problem("option-conflict", { why, fix });
  if (files.length > 0 && (planDir !== undefined || part !== undefined))
    throw conflict("Plan files are given together with --plan-dir or --part.", "Give plan files, or a folder of plans, or neither.");
  if (log.length > 0 && log.length !== files.length)
    throw conflict(`There are ${log.length} logs for ${files.length} plan files.`, "Give one --log for each plan file, in the same order.");
  if (files.filter((file) => file === "-").length > 1) throw conflict("Standard input is given twice.", "Give - once.");
  if (pr !== undefined && post !== true) throw conflict("--pr is given without --post.", "Add --post, or remove --pr.");
  if (note.length > 0 && accept.length === 0) throw conflict("--note is given without --accept.", "Add --accept, or remove --note.");
  if (acceptFromHead === true && base.length === 0)
    throw conflict("--accept-from-head is given without --base.", "Add --base, or accept single findings with --accept.");
  if (outputsOf(options).filter(({ file }) => file === undefined).length > 1)
    throw conflict("Several formats would be mixed on standard output.", "Add --output <file> after each --format but one.");
  for (const { file } of outputsOf(options)) if (file !== undefined) requireFile({ path: file, setting: "--output" });
}

export function outputsOf({ format = [] }: ReviewOptions): readonly ReviewOutput[] {
  return format.length === 0 ? [{ format: "terminal" }] : format;
}

/** @throws Problem `option-invalid` */
export function failOnOf({ failOn = [] }: ReviewOptions): FailOn {
  const { unknown, ...result } = parseFailOn(failOn);
  const [first] = unknown;
  if (first === undefined) return result;
  throw problem("option-invalid", {
    why: `--fail-on does not know ${JSON.stringify(first)}.`,
    fix: `Use danger, warning, notice, info, or a code: ${FINDING_CODES.join(", ")}.`,
  });
}

/** The notes belong to the acceptances in their order; the last one also to those that follow. @throws Problem `option-invalid` */
export function acceptancesOf({ accept = [], note = [] }: ReviewOptions): readonly GivenAcceptance[] {
  return accept.map((finding, index) => {
    if (!isAcceptance(finding)) {
      throw problem("option-invalid", {
        why: `--accept ${JSON.stringify(finding)} does not name a finding.`,
        fix: "Write <code>:<key> as the review prints it, such as --accept integration-deleted:payments.",
      });
    }
    return { finding, note: note[index] ?? note.at(-1), until: undefined, place: undefined };
  });
}
