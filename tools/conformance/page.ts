/** The text of `docs/conformance.md`: which engine passed which acceptance tests, and when. */
import type { Counts, Run } from "./runs";

const NO_RUN = "–";

export function conformancePage(runs: readonly Run[]): string {
  const files = [...new Set(runs.flatMap((run) => Object.keys(run.files)))].sort();
  return [
    "# Conformance",
    "The acceptance tests run real engines against the emulators of Spacelift and Bitbucket. This page is generated from recorded runs: `npm run conformance -- <engine>...` runs all " +
      "acceptance tests with each engine and records the results.",
    "## Engines",
    rows(
      ["Engine", "Date", "Passed", "Failed", "Skipped", "Bitlift", "Node.js", "Platform"],
      runs.map((run) => {
        const { passed, failed, skipped } = total(run);
        return [title(run), run.date, `${passed}`, `${failed}`, `${skipped}`, run.bitlift, run.node, run.platform];
      }),
    ),
    "An engine that lacks a feature is not skipped: the test then expects the message that the engine or the provider shows instead.",
    "## Test files",
    "Each cell shows how many tests passed. A dash means that the file was not part of the run.",
    rows(
      ["Test file", ...runs.map(title)],
      files.map((file) => [`\`${file}\``, ...runs.map((run) => cell(run.files[file]))]),
    ),
  ].join("\n\n");
}

function title({ engine, version }: Run): string {
  return `${engine} ${version}`;
}

function total(run: Run): Counts {
  const sum = (key: keyof Counts) => Object.values(run.files).reduce((count, file) => count + file[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

function cell(counts: Counts | undefined): string {
  if (counts === undefined) return NO_RUN;
  const { passed, failed, skipped } = counts;
  return [`${passed}`, failed > 0 && `**${failed} failed**`, skipped > 0 && `${skipped} skipped`].filter(Boolean).join(", ");
}

function rows(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
