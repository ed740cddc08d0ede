/** Walks the catalog: every code renders in full, follows one style, and is raised somewhere. */
import { CATALOG, error, renderText, warning, type DiagnosticCode } from "../../diagnostics";
import { catalogSections, raisedIn } from "../../generate/catalog-source";

const codes = Object.keys(CATALOG) as DiagnosticCode[];

describe.each(codes)("%s", (code) => {
  const summary: string = CATALOG[code];

  it.each([
    ["Error", error],
    ["Warning", warning],
  ] as const)("renders as %s with summary, cause, next action and code", (word, make) => {
    const text = renderText(make(code, { why: "The cause,\nin two lines.", fix: "Do this." }));
    expect(text.split("\n")).toEqual([`${word}: ${summary}`, "  The cause,", "  in two lines.", "  Do this.", `  (${code})`]);
  });

  it("has a summary in sentence case, on one line, without a full stop", () => {
    expect(summary).toMatch(/^[A-Z]/);
    expect(summary).not.toMatch(/[.!:\n]$|\n/);
    expect(summary.length).toBeLessThanOrEqual(80);
    // Only names may have a capital after the first word.
    const names = [
      "Spacelift",
      "Spacelift's",
      "Bitbucket",
      "Cloud",
      "Data",
      "Center",
      "REST",
      "API",
      "Space",
      "Spaces",
      "Node.js",
      "URL",
      "Bitlift",
    ];
    const capitals = summary
      .split(" ")
      .slice(1)
      .filter((word) => /^[A-Z]/.test(word.replace(/[,.]$/, "")));
    expect(capitals.filter((word) => !names.includes(word))).toEqual([]);
  });

  it("is lower case with hyphens", () => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe("the catalog", () => {
  it("has no two codes with one summary", () => {
    const summaries = Object.values(CATALOG);
    expect(new Set(summaries).size).toBe(summaries.length);
  });

  it("puts every code into a section", async () => {
    const sections = await catalogSections();
    expect(sections.flatMap((section) => section.codes)).toEqual(codes);
    expect(sections.every((section) => section.codes.length > 0)).toBe(true);
  });

  it("holds no code that nothing raises", async () => {
    const raised = await raisedIn();
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
  });
});
