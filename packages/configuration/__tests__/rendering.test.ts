/** The formats of findings. */
import { CATALOG } from "../../domain";
import { FILE_CATALOG, FILE_EXPLANATIONS, renderFindings, type Finding } from "..";
import { readFiles } from "./temporary-files";

const FINDING: Finding = {
  code: "unknown-key",
  severity: "error",
  message: 'unknown key "x, y: z" in the file. 100% wrong.\nSecond line.',
  place: { file: "teams/a:b, c.yaml", line: 3, column: 5 },
  endColumn: 9,
  related: { file: "bitlift.yaml", line: 1, column: 1 },
  source: "    abcd: 1",
};

it("has nothing to say about no findings, except in the formats for programs", () => {
  expect(renderFindings([], "text")).toBe("");
  expect(renderFindings([], "github")).toBe("");
  expect(JSON.parse(renderFindings([], "json"))).toEqual({ version: 1, findings: [] });
  expect(JSON.parse(renderFindings([], "sarif"))).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
});

it("escapes the annotations of GitHub", () => {
  expect(renderFindings([FINDING], "github")).toBe(
    '::error file=teams/a%3Ab%2C c.yaml,line=3,endLine=3,col=5,endColumn=9,title=unknown-key::unknown key "x, y: z" in the file. 100%25 wrong.%0ASecond line. [unknown-key]\n',
  );
});

it("has rules, regions and related places in SARIF", () => {
  const log = JSON.parse(renderFindings([FINDING, { ...FINDING, severity: "warning" }], "sarif"));
  expect(log.runs[0].tool.driver.rules).toMatchObject([
    { id: "unknown-key", helpUri: expect.stringMatching(/docs\/diagnostics\.md#unknown-key$/) },
  ]);
  expect(log.runs[0].results).toMatchObject([
    {
      ruleId: "unknown-key",
      ruleIndex: 0,
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "teams/a%3Ab%2C%20c.yaml" },
            region: { startLine: 3, startColumn: 5, endColumn: 9 },
          },
        },
      ],
      relatedLocations: [{ physicalLocation: { artifactLocation: { uri: "bitlift.yaml" } } }],
    },
    { level: "warning" },
  ]);
});

it("colors only if asked", () => {
  expect(renderFindings([FINDING], "text")).not.toContain("\u001b");
  expect(renderFindings([FINDING], "text", { color: true })).toContain("\u001b[1;31merror:\u001b[0m");
});

it("cuts a long line around the place", () => {
  const { findings } = readFiles({ "bitlift.yaml": `version: 1\nspaces: { a: { description: "${"x".repeat(400)}", nam: A } }\n` });
  const [, line = "", caret = ""] = renderFindings(findings, "text").split("\n");
  expect(line.length).toBeLessThan(180);
  expect(line.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("nam");
});

it("never shows a line with a secret, whatever is wrong with it", () => {
  const texts = [
    "token: canarySECRET1234567890",
    "a: { token: canarySECRET1234567890, nam: x }",
    'integrations: { a: { cloud: { token: "canarySECRET1234567890" } }',
    "a: ghp_canarySECRETcanarySECRETcanary123456",
    "cloud: { password: canarySECRET1234567890, password: canarySECRET1234567890 }",
    "integrations: { a: { cloud: { token: { env: canary-SECRET-1234567890 } } } }",
    "servers: { a: { url: 'https://u:canarySECRET@h.example', nam: 1 } }",
    "accessToken: canarySECRET1234567890",
    "state: { backend: { s3: { access_key: canarySECRET1234567890, secret_key: canarySECRET1234567890 } } }",
    "vcsChecks: ATATT3xFfGF0canarySECRETcanary",
  ];
  for (const text of texts) {
    const { findings } = readFiles({ "bitlift.yaml": `version: 1\n${text}\n` });
    expect(findings.length).toBeGreaterThan(0);
    for (const format of ["text", "json", "sarif", "github"] as const) expect(renderFindings(findings, format)).not.toMatch(/canary/i);
  }
});

it("has an explanation for every code of its own, and no code of another catalog", () => {
  const own = Object.values(FILE_CATALOG.sections).flatMap((section) => Object.keys(section));
  expect(Object.keys(FILE_EXPLANATIONS).sort()).toEqual(own.sort());
  expect(own.filter((code) => code in CATALOG.summaries)).toEqual([]);
});
