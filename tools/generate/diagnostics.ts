/** `docs/diagnostics.md`: every code, by section, with the packages that raise it. */
import { CATALOG_SECTIONS, findRaisingFiles } from "./catalog-source";
import { table, writeDocument } from "./document";

export async function generateDiagnostics(): Promise<void> {
  const raised = await findRaisingFiles();
  // Packages, not files: moving code within a package should not change the page.
  const packages = (code: string) =>
    [...new Set((raised.get(code) ?? []).map((file) => file.replace(/^packages\//, "").split("/")[0] ?? ""))]
      .map((name) => `\`${name}\``)
      .join(", ");
  const text = [
    "# Diagnostics",
    "Every message has a summary, the cause with the invalid value, the next action, and one of these codes. Codes are stable: removing or renaming one is a breaking change.",
    ...CATALOG_SECTIONS.flatMap(({ title, summaries }) => [
      `## ${title}`,
      table(
        ["Code", "What happened", "Raised by"],
        Object.entries(summaries).map(([code, summary]) => [`\`${code}\``, summary, packages(code)]),
      ),
    ]),
  ].join("\n\n");
  await writeDocument(
    "docs/diagnostics.md",
    { generator: "tools/generate/diagnostics.ts", source: "the catalogs of the packages" },
    `${text}\n`,
  );
}
