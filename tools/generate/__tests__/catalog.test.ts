/** All catalogs: every code and summary follows one style, and the project raises every code. */
import { CATALOG_SECTIONS, CODE_EXPLANATIONS, findRaisingFiles, SUMMARIES } from "../catalog-source";

const codes = Object.keys(SUMMARIES);

/** Names that may have a capital letter after the first word. */
const NAMES = [
  "Spacelift",
  "Spacelift's",
  "Bitbucket",
  "Cloud",
  "Data",
  "Center",
  "REST",
  "API",
  "GraphQL",
  "Space",
  "Spaces",
  "Node.js",
  "URL",
  "UTF-8",
  "YAML",
  "Bitlift",
  "ID",
];

describe.each(codes)("%s", (code) => {
  const summary = SUMMARIES[code] ?? "";

  it("has a summary in sentence case, on one line, without a period", () => {
    expect(summary).toMatch(/^[A-Z]|^cdktf /);
    expect(summary).not.toMatch(/[.!:\n]$|\n/);
    expect(summary.length).toBeLessThanOrEqual(80);
    const capitals = summary
      .split(" ")
      .slice(1)
      .filter((word) => /^[A-Z]/.test(word.replace(/[,.]$/, "")));
    expect(capitals.filter((word) => !NAMES.includes(word))).toEqual([]);
  });

  it("has a cause and a fix in complete sentences", () => {
    const { cause = "", fix = "" } = CODE_EXPLANATIONS[code] ?? {};
    for (const text of [cause, fix]) expect(text).toMatch(/^[A-Z`[].+[.`)]$/);
  });

  it("is lower case with hyphens", () => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe("the catalogs", () => {
  it("have no two codes with one summary", () => {
    const summaries = Object.values(SUMMARIES);
    expect(new Set(summaries).size).toBe(summaries.length);
  });

  it("have no explanation of a code that does not exist", () => {
    expect(Object.keys(CODE_EXPLANATIONS).filter((code) => !(code in SUMMARIES))).toEqual([]);
  });

  it("put every code into one section", () => {
    const listed = CATALOG_SECTIONS.flatMap(({ summaries }) => Object.keys(summaries));
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("contain no code that nothing raises", async () => {
    const raised = await findRaisingFiles();
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
  });
});
