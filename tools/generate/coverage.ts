/** `packages/sandbox/coverage.md`: what the emulators play, and what each answer rests on. */
import { BITBUCKET_CLOUD_COVERAGE, BITBUCKET_DATACENTER_COVERAGE, type Coverage, SPACELIFT_COVERAGE } from "../../packages/sandbox";
import { table, writeDocument } from "./document";

/** Writes the page. */
export async function generateCoverage(): Promise<void> {
  const text = [
    "# What the sandbox plays",
    "**documented**: the remote system's documentation says so. **recorded**: seen in a real answer, or on the wire of a published client. **assumed**: nobody outside has confirmed it; where it matters, a switch plays the other form too.",
    "A path that is documented and not played is answered with 501 and the name of the file to edit.",
    ...section("Spacelift", SPACELIFT_COVERAGE),
    ...section("Bitbucket Cloud", BITBUCKET_CLOUD_COVERAGE),
    ...section("Bitbucket Data Center", BITBUCKET_DATACENTER_COVERAGE),
  ].join("\n\n");
  await writeDocument(
    "packages/sandbox/coverage.md",
    { generator: "tools/generate/coverage.ts", source: "packages/sandbox/services/*/coverage.ts" },
    `${text}\n`,
  );
}

function section(title: string, entries: readonly Coverage[]): string[] {
  const count = (evidence: string) => entries.filter((entry) => entry.evidence === evidence).length;
  const kinds = [...new Set(entries.map(({ evidence }) => evidence))].sort();
  const rows = entries.map(({ operation, field, evidence, note }) => [
    `\`${operation}\``,
    field === undefined ? "" : `\`${field}\``,
    evidence,
    note,
  ]);
  return [
    `## ${title}`,
    `${kinds.map((kind) => `${String(count(kind))} ${kind}`).join(", ")}.`,
    table(["Operation", "Field", "Evidence", "Note"], rows),
  ];
}
