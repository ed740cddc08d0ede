/** `docs/diagnostics.md`: every code, by section, with its cause and its fix. Each code is a heading, so messages can link to it. */
import { CATALOG_SECTIONS, CODE_EXPLANATIONS, findRaisingFiles } from "./catalog-source";
import { table, writeDocument } from "./document";

export async function generateDiagnostics(): Promise<void> {
  const raised = await findRaisingFiles();
  const text = [
    "# Diagnostics",
    "Every message has a summary, the cause with the invalid value, the next action, and one of these codes with the address of its section on this page. Codes are stable: removing or renaming one is a breaking change. " +
      "For the errors of the engine itself, see [troubleshooting](guides/troubleshooting.md).",
    "## By text",
    textIndex(),
    ...CATALOG_SECTIONS.flatMap(({ title, summaries }) => [
      `## ${title}`,
      ...Object.entries(summaries).flatMap(([code, summary]) => codeSection(code, summary, raised.get(code) ?? [])),
    ]),
  ].join("\n\n");
  await writeDocument(
    "docs/diagnostics.md",
    { generator: "tools/generate/diagnostics.ts", source: "the catalogs and explanations of the packages" },
    `${text}\n`,
  );
}

/** Every summary with its code, sorted by text. */
function textIndex(): string {
  const entries = CATALOG_SECTIONS.flatMap(({ summaries }) => Object.entries(summaries));
  const sorted = entries.sort(([, a], [, b]) => a.localeCompare(b, "en"));
  return table(
    ["Message", "Code"],
    sorted.map(([code, summary]) => [summary, `[\`${code}\`](#${code})`]),
  );
}

function codeSection(code: string, summary: string, raisingFiles: readonly string[]): readonly string[] {
  const { cause, fix } = CODE_EXPLANATIONS[code] ?? { cause: "", fix: "" };
  return [`### \`${code}\``, `**${summary}.** ${cause}`, `What to do: ${fix}`, `Raised by: ${packageNames(raisingFiles)}.`];
}

/** The packages that raise what the rules in packages/domain find. */
const RULE_USERS = ["configuration", "lib"];

/** Packages, not files: moving code within a package should not change the page. */
function packageNames(files: readonly string[]): string {
  const users = files.flatMap((file) =>
    file.startsWith("packages/domain/rules/") ? RULE_USERS : [file.replace(/^packages\//, "").split("/")[0] ?? ""],
  );
  const names = new Set(users);
  return [...names].map((name) => `\`${name}\``).join(", ");
}
