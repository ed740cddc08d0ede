/** `packages/sandbox/coverage.md`: what the emulators implement, and the evidence for each response. */
import { BITBUCKET_CLOUD_COVERAGE, BITBUCKET_DATACENTER_COVERAGE, type Coverage, SPACELIFT_COVERAGE } from "../../packages/sandbox";
import { table, writeDocument } from "./document";

export async function generateCoverage(): Promise<void> {
  const text = [
    "# What the sandbox emulates",
    "**documented**: the remote system's documentation says so. **recorded**: observed in a real response, or in the requests of a published client. **assumed**: not confirmed by any outside source; where it matters, a switch selects the other form.",
    "For a documented path that is not implemented, the sandbox responds with 501 and the name of the file to edit.",
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
  const levels = [...new Set(entries.map(({ evidence }) => evidence))].sort();
  const rows = entries.map(({ operation, field, evidence, note }) => [
    `\`${operation}\``,
    field === undefined ? "" : `\`${field}\``,
    evidence,
    note,
  ]);
  return [
    `## ${title}`,
    `${levels.map((level) => `${String(count(level))} ${level}`).join(", ")}.`,
    table(["Operation", "Field", "Evidence", "Note"], rows),
  ];
}
