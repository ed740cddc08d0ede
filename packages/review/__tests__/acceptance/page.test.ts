/** The page in a real Chromium: axe-core, the tree of screen readers, the keyboard, and pictures on request (`PAGE_PICTURES=<folder>`). */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderPage } from "../../rendering/page/page";
import { emptyReview, everydayReview, reviewSaying, reviewWithWebhooks } from "../rendering/sample-reviews";
import { Chromium, findChromium, type View } from "./chromium";

const executable = findChromium();
const folder = process.env["PAGE_PICTURES"];
const HOSTILE =
  '\u202e](http://evil) <script>alert(1)</script><img src="http://evil/x.png" onerror=alert(2)> ::error::x\nsecond "line" `code`';

const REVIEWS = { "3": everydayReview(), "300": reviewWithWebhooks(300), empty: emptyReview(), hostile: reviewSaying(HOSTILE) };
const VIEWS: Readonly<Record<string, View>> = {
  light: { width: 1280, scheme: "light" },
  dark: { width: 1280, scheme: "dark" },
  narrow: { width: 360, scheme: "light" },
  print: { width: 794, scheme: "dark", media: "print" },
};
const CASES = Object.keys(REVIEWS).flatMap((review) => Object.keys(VIEWS).map((view) => [review, view] as const));

if (executable === undefined) {
  it.skip("needs Chromium, which is not installed here; CHROMIUM names one. Tests of page.test.ts check the structure without it", () =>
    undefined);
} else {
  const browser = new Chromium(executable);
  afterAll(() => browser.close());

  it.each(CASES)("the page of %s webhooks, %s: axe-core finds nothing, and nothing is wider than the window", async (review, view) => {
    await browser.open(renderPage(REVIEWS[review as keyof typeof REVIEWS], { project: "acme-bitlift" }), VIEWS[view]!);
    expect(await browser.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `13-page-${review}-${view}.png`), await browser.picture(4000));
    }
    await browser.evaluate(`${readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")};undefined`);
    const violations = await browser.evaluate(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html + ' ' + failureSummary).join(' | ')))",
    );
    expect(violations).toEqual([]);
  });

  it("asks the network for nothing, and runs no script of a name", () => {
    expect(browser.requests.filter((url) => !url.startsWith("about:"))).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  it("gives screen readers landmarks, headings in order, lists, and words for every mark", async () => {
    await browser.open(renderPage(everydayReview()), VIEWS["light"]!);
    const tree = await browser.accessibilityTree();
    const names = (role: string) => tree.filter((node) => node.role === role).map(({ name }) => name);
    expect(["banner", "navigation", "main", "contentinfo"].filter((role) => names(role).length !== 1)).toEqual([]);
    expect(names("heading").slice(0, 4)).toEqual(["Blocked", "Findings", "Danger 2", expect.stringContaining("Integration")]);
    expect(names("list").length).toBeGreaterThan(10);
    expect(names("StaticText").map((name) => name.trim())).toEqual(
      expect.arrayContaining(["renamed", "deleted", "created", "lose their source", "keeps its source", "default"]),
    );
  });

  it("reaches the skip links, the navigation and what is folded with the keyboard alone", async () => {
    await browser.open(renderPage(reviewWithWebhooks(300)), VIEWS["light"]!);
    const reached: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      await browser.press("Tab");
      reached.push(await browser.evaluate("document.activeElement.textContent.trim().slice(0, 30)"));
    }
    expect(reached.slice(0, 3)).toEqual(["Skip to the findings", "Skip to the picture", expect.stringContaining("Findings")]);
    await browser.evaluate("[...document.querySelectorAll('summary')].at(-1).focus()");
    const before = await browser.evaluate("document.activeElement.parentElement.open");
    await browser.press("Enter");
    expect(await browser.evaluate("document.activeElement.parentElement.open")).toBe(!before);
  });
}
