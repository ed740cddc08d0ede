/** A catalog, and a diagnostic that is raised and shown. Compiled, and embedded in the README. */
import { defineCatalog, renderText } from "..";

// region usage
const { warning, problem } = defineCatalog({
  Files: { "file-missing": "The file does not exist" },
});

export function requireFile(found: boolean): void {
  if (!found) throw problem("file-missing", { why: "seed.json is not in this folder.", fix: "Create it, or pass another path." });
}

export function warnOfMissingFile(path: string): void {
  const diagnostic = warning("file-missing", { why: `${path} is not in this folder.`, fix: "Create it." });
  process.stderr.write(`${renderText(diagnostic)}\n`);
}
// endregion
