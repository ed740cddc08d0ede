/** SARIF and the annotations of GitHub. */
import Ajv from "ajv";
import * as fc from "fast-check";
import { renderReview } from "./render";
import { hostileText } from "./hostile-texts";
import schema from "./sarif-schema-2.1.0.json";
import { emptyReview, everydayReview, judged, reviewSaying } from "./sample-reviews";

/** The official schema is in draft 4, of which it uses only what later drafts share, except for the name of its identifier. */
const { id, $schema: _draft, ...rules } = schema;
const validate = new Ajv({ strict: false, validateFormats: false }).compile({ $id: id, ...rules });
const log = (review = everydayReview(), options = {}) => JSON.parse(renderReview(review, "sarif", options));

it.each([
  ["an everyday review", everydayReview()],
  ["a review without findings", emptyReview()],
  ["a hostile review", reviewSaying("\u202e](http://evil)\ud800")],
])("the log of %s follows the official schema", (_name, review) => {
  validate(log(review));
  expect(validate.errors ?? []).toEqual([]);
});

it("the schema finds what is wrong", () => {
  expect(validate({ ...log(), version: "2.0.0" })).toBe(false);
});

it("has rules with pages, levels, places, acceptances and what the base has", () => {
  const [run] = log().runs;
  expect(run.tool.driver.rules[0]).toMatchObject({
    id: "integration-deleted",
    helpUri: expect.stringMatching(/diagnostics\.md#integration-deleted$/),
  });
  expect(run.results.map(({ ruleId, level, baselineState }: Record<string, string>) => [ruleId, level, baselineState])).toEqual([
    ["integration-renamed", "error", "new"],
    ["integration-deleted", "error", "new"],
    ["webhook-overwritten", "warning", "new"],
    ["secret-rotated", "note", "new"],
    ["protection-disabled", "note", "unchanged"],
    ["objects-moved", "note", "new"],
  ]);
  expect(run.results[1]).toMatchObject({
    locations: [{ logicalLocations: [{ fullyQualifiedName: "bitlift_bitbucket_datacenter_integration.legacy" }] }],
    suppressions: [{ kind: "external", status: "accepted", justification: "The stack is retired on Friday." }],
  });
});

it("has places relative to the root of the repository", () => {
  const uri = (options: object) => log(everydayReview(), options).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
  expect(uri({})).toBe("teams/payments.yaml");
  expect(uri({ folder: "infra/bitlift" })).toBe("infra/bitlift/teams/payments.yaml");
  expect(uri({ folder: ".\\infra\\bit lift" })).toBe("infra/bit%20lift/teams/payments.yaml");
});

it("has fingerprints that other findings and other words do not change", () => {
  const prints = (findings: ReturnType<typeof judged>[]) =>
    log({ ...emptyReview(), findings }).runs[0].results.map(
      ({ partialFingerprints }: Record<string, Record<string, string>>) => partialFingerprints?.["bitliftFinding/v1"],
    );
  const finding = judged({ code: "integration-deleted", severity: "danger" });
  const [print] = prints([finding]);
  expect(
    prints([judged({ code: "secret-rotated", severity: "danger" }), { ...finding, what: "Other words.", severity: "warning" }])[1],
  ).toBe(print);
  expect(new Set(prints([finding, finding, { ...finding, subject: { ...finding.subject, key: "other" } }])).size).toBe(3);
});

it("has annotations of GitHub for what is new, one line for each", () => {
  const lines = renderReview(everydayReview(), "github", { folder: "infra" }).trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(
    /^::error file=infra\/teams\/payments\.yaml,line=14,endLine=14,col=3,title=integration-renamed::Integration "Bitbucket for Billing"/,
  );
  expect(lines[1]).toMatch(/^::error title=integration-deleted::/);
  expect(renderReview(emptyReview(), "github")).toBe("");
});

it("lets no text act on a terminal or a log, whatever it is made of", () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const review = reviewSaying(text);
      for (const format of ["json", "sarif"] as const) {
        const output = renderReview(review, format);
        expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##|::/u);
        expect(() => JSON.parse(output)).not.toThrow();
      }
      const commands = renderReview(review, "github").trimEnd().split("\n");
      expect(commands.filter((line) => !/^::(error|warning) /.test(line))).toEqual([]);
      expect(commands).toHaveLength(2);
    }),
    { numRuns: 100 },
  );
});
