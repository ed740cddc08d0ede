/** Links between the project's pages resolve, and a page that is shown outside the repository has absolute links only. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { files, version } from "../../../package.json";
import { codePage } from "../../../packages/domain";
import { SUMMARIES } from "../catalog-source";
import { REPOSITORY, REPOSITORY_LINK, withCurrentVersion } from "../repository-links";

const ROOT = join(__dirname, "../../..");
/** npm shows this page. */
const PUBLISHED = "README.md";
const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
  ...readdirSync(join(ROOT, "packages")).map((name) => join("packages", name, "README.md")),
];

const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");
const targetsIn = (page: string) => [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
const isAbsolute = (target: string) => /^https?:/.test(target);

it("finds the pages", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", join("docs", "index.md"), join("docs", "diagnostics.md")]));
});

it.each(pages)("every link of %s resolves", (page) => {
  const relative = targetsIn(page).filter((target) => !isAbsolute(target));
  expect(relative.filter((target) => !resolves(page, target))).toEqual([]);
});

it.each(pages)("every absolute link of %s into the repository names a file of this version", (page) => {
  const links = [...textOf(page).matchAll(REPOSITORY_LINK)].map(([link, , linked, target = ""]) => ({ link, linked, target }));
  expect(links.filter(({ linked, target }) => linked !== version || !resolves("README.md", target))).toEqual([]);
});

it("every page in docs/ can be reached from docs/index.md", () => {
  const reached = new Set([join("docs", "index.md")]);
  // A set also iterates over what is added on the way.
  for (const page of reached) for (const linked of linkedPages(page)) reached.add(linked);
  expect(pages.filter((page) => page.startsWith("docs") && !reached.has(page))).toEqual([]);
});

// The package contains no docs/, so a relative link would lead nowhere there.
it.each(files.filter((name) => name.endsWith(".md")))("%s, which is part of the package, has no relative link", (page) => {
  expect(targetsIn(page).filter((target) => !isAbsolute(target) && !target.startsWith("#"))).toEqual([]);
});

describe(PUBLISHED, () => {
  it("is what npm shows: every link into the repository works there", () => {
    const links = targetsIn(PUBLISHED).filter((target) => target.startsWith(`${REPOSITORY}/`));
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((link) => !new RegExp(REPOSITORY_LINK.source).test(link))).toEqual([]);
  });
});

it("a new version changes the links of the README", () => {
  expect(withCurrentVersion(`[a](${REPOSITORY}/blob/v0.0.1/docs/index.md#install)`)).toBe(
    `[a](${REPOSITORY}/blob/v${version}/docs/index.md#install)`,
  );
});

it.each(Object.keys(SUMMARIES))("the address in messages with the code %s is a heading of the diagnostics page", (code) => {
  const [, , linked, target = ""] = new RegExp(REPOSITORY_LINK.source).exec(codePage(code)) ?? [];
  expect([linked, target]).toEqual([version, `docs/diagnostics.md#${code}`]);
  expect(resolves("README.md", target)).toBe(true);
});

function linkedPages(page: string): readonly string[] {
  const targets = targetsIn(page).filter((target) => !isAbsolute(target));
  const linked = targets.map((target) => target.split("#")[0] ?? "").filter((target) => target.endsWith(".md"));
  return linked.map((target) => normalize(join(dirname(page), target)));
}

/** The target is a file or folder that exists; after a `#`, a heading of that page. */
function resolves(page: string, target: string): boolean {
  const [file = "", heading] = target.split("#");
  const path = file === "" ? join(ROOT, page) : join(ROOT, dirname(page), file);
  if (!existsSync(path)) return false;
  return heading === undefined || headingsOf(readFileSync(path, "utf8")).includes(heading);
}

/** Headings as GitHub turns them into anchors: a second heading with the same text gets a number. */
function headingsOf(text: string): readonly string[] {
  const outsideCode = text.replaceAll(/^```[\s\S]*?^```/gm, "");
  const counts = new Map<string, number>();
  return [...outsideCode.matchAll(/^#+ (.+)$/gm)].map((match) => {
    const anchor = (match[1] ?? "")
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
