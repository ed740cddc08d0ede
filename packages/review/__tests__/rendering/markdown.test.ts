/** The comment, as a CommonMark parser reads it. */
import { Parser, type Node } from "commonmark";
import * as fc from "fast-check";
import { visibleText } from "../../../diagnostics";
import { reviewMarker } from "../../rendering/markdown";
import { markdownCode, markdownText, WORD_JOINER } from "../../rendering/markdown-text";
import { renderReview } from "./render";
import { NOBODY } from "../../finding";
import { HOSTILE_TEXTS, hostileText } from "./hostile-texts";
import { emptyReview, everydayReview, judged, reviewSaying, reviewWithWebhooks } from "./sample-reviews";

/** The nodes of a text in order, without the ends of containers. */
function nodes(markdown: string): Node[] {
  const walker = new Parser().parse(markdown).walker();
  const found: Node[] = [];
  for (let event = walker.next(); event !== null; event = walker.next()) if (event.entering) found.push(event.node);
  return found;
}

const types = (markdown: string) => nodes(markdown).map(({ type }) => type);

/** What a reader sees of a text: its letters, without what has no width. */
function seen(markdown: string): string {
  return nodes(markdown)
    .map(({ type, literal }) => (type === "softbreak" || type === "linebreak" ? "\n" : (literal ?? "")))
    .join("")
    .replaceAll(WORD_JOINER, "");
}

const squeezed = (text: string) => visibleText(text).replace(/\s+/g, " ").trim();
const OURS = /^(document|heading|paragraph|list|item|text|strong|code)$/;

/** Neutral shape: what the comment is made of, without its texts. */
const shape = (text: string) => types(renderReview(reviewSaying(text), "markdown")).filter((type) => type !== "text");

describe("text of strangers", () => {
  it.each(HOSTILE_TEXTS)("%j is only text", (text) => {
    expect(types(`x ${markdownText(text)}`).filter((type) => !/^(document|paragraph|text)$/.test(type))).toEqual([]);
    expect(types(markdownText(text)).filter((type) => !/^(document|paragraph|text)$/.test(type))).toEqual([]);
    expect(seen(markdownText(text))).toBe(squeezed(text));
  });

  it.each(HOSTILE_TEXTS)("%j leaves the whole comment as it is for a plain name", (text) => {
    const comment = renderReview(reviewSaying(text), "markdown");
    expect(types(comment).filter((type) => !OURS.test(type))).toEqual([]);
    if (text.trim() !== "") expect(shape(text)).toEqual(shape("plain"));
  });

  it("is only text, whatever it is made of", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(types(markdownText(text)).filter((type) => !/^(document|paragraph|text)$/.test(type))).toEqual([]);
        expect(seen(markdownText(text))).toBe(squeezed(text));
      }),
      { numRuns: 300 },
    );
  });

  it("in code is only code, whatever it is made of", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const code = nodes(`- Names: ${markdownCode(text)}, ${markdownCode("next")}`).filter(({ type }) => type === "code");
        const expected = visibleText(text).replaceAll("`", "'").trim();
        expect(code.map(({ literal }) => literal?.replaceAll(WORD_JOINER, ""))).toEqual(expected === "" ? ["next"] : [expected, "next"]);
      }),
      { numRuns: 300 },
    );
  });

  it("never makes a link, HTML, an image, a quote, a rule or a block of code of the comment", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(types(renderReview(reviewSaying(text), "markdown")).filter((type) => !OURS.test(type))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["@admin", /@admin/],
    ["@{557058:1}", /@\{/],
    ["a@evil.com", /a@evil|evil\.com/],
    ["#1", /#1/],
    ["ABC-123", /ABC-123/],
    ["http://evil", /http:\/\//],
    ["www.evil.com", /www\.evil/],
    [":smile:", /:smile:/],
    ["::error::x", /::/],
  ])("%s starts nothing in what a renderer looks for in the finished text", (text, trigger) => {
    const finished = nodes(markdownText(text))
      .map(({ literal }) => literal ?? "")
      .join("");
    expect(finished).not.toMatch(trigger);
  });

  it("cannot write the marker, a line of it, or a command of continuous integration", () => {
    const comment = renderReview(reviewSaying("x\nBitlift review · `main`\n::error::x\n##[error]x"), "markdown", { project: "main" });
    expect(comment.split("\n").filter((line) => line === reviewMarker("main"))).toHaveLength(1);
    expect(comment).not.toMatch(/^\s*::|##\[/m);
  });
});

describe("the comment", () => {
  it("starts with the summary, has dangers first, and ends with the marker", () => {
    const comment = renderReview(everydayReview(), "markdown", { project: "payments" });
    expect(comment).toMatch(/^\*\*Blocked by 1 finding: 2 dangers, 1 warning/);
    expect(comment.match(/^### .*/gm)).toEqual(["### Danger", "### Warning", "### Notice", "### Information", "### Also"]);
    expect(comment.trimEnd().split("\n").at(-1)).toBe("Bitlift review · `payments`");
  });

  it("says that nothing was found", () => {
    expect(renderReview(emptyReview(), "markdown")).toBe("**No findings. No object of Bitlift changes.**\n\nBitlift review · `main`\n");
  });

  it.each([30_000, 32_767, 5_000, 2_000, 1_000])(
    "of 300 webhooks and 500 findings fits into %d characters, says what it leaves out, and keeps dangers longest",
    (budget) => {
      const review = reviewWithWebhooks(300);
      const severities = ["danger", "warning", "notice", "info"] as const;
      const names = Array.from({ length: 40 }, (_, index) => `acme-workspace/repository-${index}`);
      const findings = severities.flatMap((severity) =>
        Array.from({ length: 125 }, (_, index) =>
          judged({
            code: "webhook-deleted",
            severity,
            what: `The ${severity} ${index} happens.`,
            affected: { ...NOBODY, repositories: names },
          }),
        ),
      );
      const comment = renderReview({ ...review, findings }, "markdown", { budget, project: "x".repeat(500) });
      expect(comment.length).toBeLessThanOrEqual(budget);
      expect(comment).toContain("Left out, because a comment has a limit");
      expect(comment.trimEnd().split("\n").at(-1)).toMatch(/^Bitlift review · /);
      const shown = severities.map((severity) => comment.split(`The ${severity} `).length - 1);
      const firstMissing = shown.findIndex((count) => count < 125);
      expect(firstMissing < 0 ? [] : shown.slice(firstMissing + 1).filter((count) => count > 0)).toEqual([]);
      expect(shown[0]).toBeGreaterThan(0);
    },
  );

  it.each([
    ["400 warnings", 0, 400],
    ["3 dangers before 400 warnings", 3, 400],
    ["1,500 dangers", 1_500, 0],
  ])("%s: names as many as there is room for", (_name, dangers, warnings) => {
    const make = (severity: "danger" | "warning", count: number) =>
      Array.from({ length: count }, (_, index) =>
        judged({
          code: "webhook-deactivated",
          severity,
          what: `The webhook of acme-workspace/${severity}-${String(index).padStart(4, "0")} is switched off.`,
          affected: { ...NOBODY, repositories: [`acme-workspace/${severity}-${index}`] },
          todo: "Keep it active, unless the pause is meant.",
        }),
      );
    const findings = [...make("danger", dangers), ...make("warning", warnings)];
    const comment = renderReview({ ...emptyReview(), findings }, "markdown");
    expect(comment.length).toBeLessThanOrEqual(30_000);
    expect(comment.length).toBeGreaterThan(29_700);
    const named = comment.split("is switched off").length - 1;
    const left = /Left out, because a comment has a limit: (?:([\d,]+) dangers?)?(?:, )?(?:([\d,]+) warnings?)?/.exec(comment);
    const leftCount = [left?.[1], left?.[2]].reduce((sum, text) => sum + Number((text ?? "0").replaceAll(",", "")), 0);
    expect(named).toBe(findings.length - leftCount);
  });

  it("cuts one endless sentence, between characters", () => {
    const review = { ...everydayReview(), findings: [judged({ code: "webhook-deleted", severity: "danger", what: "😀".repeat(50_000) })] };
    const comment = renderReview(review, "markdown");
    expect(comment.length).toBeLessThanOrEqual(30_000);
    expect(comment).not.toMatch(/\\ud83d/);
    expect(comment).toContain("…");
  });
});
