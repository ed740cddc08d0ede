/** Links between the project's pages resolve. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../../..");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
  ...readdirSync(join(ROOT, "packages")).map((name) => join("packages", name, "README.md")),
];

it("finds the pages", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", join("docs", "provider.md"), join("docs", "diagnostics.md")]));
});

it.each(pages)("every link of %s resolves", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  const relative = targets.filter((target) => !/^https?:/.test(target));
  expect(relative.filter((target) => !resolves(page, target))).toEqual([]);
});

/** The target is a file or folder that exists; after a `#`, a heading of that page. */
function resolves(page: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const path = file === "" ? join(ROOT, page) : join(ROOT, dirname(page), file);
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(readFileSync(path, "utf8")).includes(heading);
}

/** Headings as GitHub turns them into anchors. */
function headingsOf(text: string): readonly string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? "");
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
}
