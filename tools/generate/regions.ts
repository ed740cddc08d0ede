/** Code blocks in hand-written pages: each is a region of a file that compiles, copied between two markers. */
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { ROOT } from "./document";

/** The pages in the root folder that may embed regions. */
const ROOT_PAGES = ["README.md", "CONTRIBUTING.md"];

/** Every page that may embed regions, from the root. */
export const PAGES: readonly string[] = [
  ...ROOT_PAGES,
  ...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/README.md`),
  ...readdirSync(join(ROOT, "docs/guides")).map((name) => `docs/guides/${name}`),
];

/** `<!-- region: examples/app/main.ts#name -->`, the block, `<!-- end of region -->`. */
const EMBEDDED = /<!-- region: ([^\s#]+)#([\w-]+) -->\n[\s\S]*?<!-- end of region -->/g;

/** By the ending of the file, or by its name if it has none. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ".ts": "ts",
  ".mjs": "js",
  ".tf": "terraform",
  ".tfrc": "terraform",
  ".json": "json",
  ".sh": "shell",
  ".yml": "yaml",
  ".yaml": "yaml",
  ".rego": "rego",
  Dockerfile: "dockerfile",
};

/** Updates the blocks of every page. */
export async function generateRegions(): Promise<void> {
  for (const page of PAGES) {
    const path = join(ROOT, page);
    const text = await readFile(path, "utf8");
    const current = await updateRegions(text);
    if (current !== text) await writeFile(path, current);
  }
}

/** The page with the current text of every embedded region. */
export async function updateRegions(page: string): Promise<string> {
  let result = page;
  for (const [block, file = "", name = ""] of page.matchAll(EMBEDDED)) {
    const source = await readFile(join(ROOT, file), "utf8");
    const fence = `\`\`\`${LANGUAGES[extname(file) || basename(file)] ?? ""}\n${extractRegion(source, name, file)}\n\`\`\``;
    result = result.replace(block, () => `<!-- region: ${file}#${name} -->\n\n${fence}\n\n<!-- end of region -->`);
  }
  return result;
}

/**
/**
 * The lines between `// region name` and `// endregion`, without their common indentation. The region `whole` is the file without its first line, and
 * `file` is the file with it, for files that readers copy as they are.
 * JSON has no comments, so `whole` is all of a JSON file, and every other region is the object under the key of that name.
 */
export function extractRegion(source: string, name: string, file: string): string {
  const lines = source.trimEnd().split("\n");
  if (name === "file") return asReadersHaveIt(lines.join("\n"));
  if (extname(file) === ".json") return name === "whole" ? lines.join("\n") : objectUnder(name, lines, file);
  if (name === "whole") return lines.slice(1).join("\n").trim();
  const start = lines.findIndex((line) => line.trim() === `// region ${name}`);
  const length = lines.slice(start + 1).findIndex((line) => line.trim() === "// endregion");
  if (start < 0 || length < 0) throw new Error(`${file} has no region "${name}": put it between "// region ${name}" and "// endregion".`);
  const inside = lines.slice(start + 1, start + 1 + length);
  const indentation = Math.min(...inside.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
  const block = inside.map((line) => line.slice(indentation)).join("\n");
  return asReadersHaveIt(block.trim());
}

/** Readers of an example install the package, and have all files of the example in one folder. */
function asReadersHaveIt(text: string): string {
  return text
    .replace('"../../lib"', '"bitlift"')
    .replace('"../../stacks"', '"bitlift/app"')
    .replace(/ from "\.\.\/[\w-]+\//, ' from "./');
}

function objectUnder(key: string, lines: readonly string[], file: string): string {
  const start = lines.findIndex((line) => line.trim() === `"${key}": {`);
  const indentation = /^ */.exec(lines[start] ?? "")?.[0] ?? "";
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith(`${indentation}}`));
  if (start < 0 || length < 0) throw new Error(`${file} has no object under a key "${key}" on lines of its own.`);
  const inside = lines.slice(start + 1, start + 1 + length).map((line) => line.slice(indentation.length));
  return ["{", ...inside, "}"].join("\n");
}
