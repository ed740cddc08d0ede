/** `docs/conformance.md`: the recorded runs of the acceptance tests. */
import { conformancePage, readRuns } from "../conformance";
import { writeDocument } from "./document";

export async function generateConformance(): Promise<void> {
  const origin = { generator: "tools/generate/conformance.ts", source: "tools/conformance/runs.json" };
  await writeDocument("docs/conformance.md", origin, `${conformancePage(await readRuns())}\n`);
}
