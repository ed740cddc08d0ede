/** Links between the project's pages lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../../..");
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

it("the pages were found", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", join("docs", "provider.md"), join("docs", "diagnostics.md")]));
});

it.each(pages)("%s", (page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  const relative = targets.filter((target) => !/^https?:/.test(target));
  expect(relative.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
});

/** A file or a folder that exists; behind a #, a heading of the page. */
function leadsSomewhere(page: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const path = file === "" ? join(ROOT, page) : join(ROOT, dirname(page), file);
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(readFileSync(path, "utf8")).includes(heading);
}

/** As GitHub makes anchors of them. */
function headingsOf(text: string): readonly string[] {
  const titles = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? "");
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
}
