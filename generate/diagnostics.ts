/** `docs/diagnostics.md`: every code of the catalog, by section, with the layers that raise it. */
import { CATALOG, type DiagnosticCode } from "../diagnostics";
import { catalogSections, raisedIn } from "./catalog-source";
import { table, writeDocument } from "./document";

/** Writes the page. */
export async function generateDiagnostics(): Promise<void> {
  const sections = await catalogSections();
  const raised = await raisedIn();
  // Layers, not files: moving code should not change the page.
  const layers = (code: DiagnosticCode) =>
    [...new Set((raised.get(code) ?? []).map((file) => file.split("/")[0] ?? ""))].map((layer) => `\`${layer}\``).join(", ");
  const text = [
    "# Diagnostics",
    "Every message has a summary, the cause with the value that is wrong, the next action, and one of these codes. A code keeps its meaning; a removed or renamed code is a breaking change.",
    ...sections.flatMap(({ title, codes }) => [
      `## ${title}`,
      table(
        ["Code", "What happened", "Raised by"],
        codes.map((code) => [`\`${code}\``, CATALOG[code], layers(code)]),
      ),
    ]),
  ].join("\n\n");
  await writeDocument("docs/diagnostics.md", { generator: "generate/diagnostics.ts", source: "diagnostics/catalog.ts" }, `${text}\n`);
}
