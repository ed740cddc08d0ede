/** Links between the project's pages lead somewhere. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../..");
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
  const relative = targets.filter((target) => !/^(https?:|#)/.test(target)).map((target) => target.split("#")[0] ?? "");
  expect(relative.filter((target) => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
});
