/** Shows what synthesis has to report. None of it is part of a synthesized configuration. */
import { AnnotationMetadataEntryType, type TerraformStack } from "../host";
import type { IConstruct } from "constructs";

const { WARN, INFO } = AnnotationMetadataEntryType;

/** The texts that were shown for each app. Stacks of one app often share a finding. */
const shown = new WeakMap<IConstruct, Set<string>>();

/** A text, and whether it needs attention. */
export interface Notice {
  readonly level: "warning" | "information";
  readonly text: string;
}

/**
 * Shows a notice, once per app. The cdktf command labels everything on standard error as an error, but shows each annotation with its own level. A program that
 * runs the app itself shows no annotations. Standard output belongs to the app.
 * @param stack A stack whose synthesis has not started: annotations that are added later are lost.
 */
export function showNotice(stack: TerraformStack, { level, text }: Notice): void {
  const texts = shown.get(stack.node.root) ?? new Set();
  if (texts.has(text)) return;
  shown.set(stack.node.root, texts.add(text));
  if (!isRunByCdktf()) process.stderr.write(`${text}\n`);
  // The command prints the level in front. The method of CDKTF's Annotations would also store a stack trace, which names files of this package.
  else stack.node.addMetadata(level === "warning" ? WARN : INFO, text.replace(/^Warning: /, ""));
}

/** The cdktf command sets this variable in order to print the annotations itself. */
function isRunByCdktf(): boolean {
  return (process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] ?? "") !== "";
}
