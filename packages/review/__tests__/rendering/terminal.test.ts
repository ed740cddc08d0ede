/** The text for terminals and logs. */
import * as fc from "fast-check";
import { textWidth } from "../../../diagnostics";
import { NOBODY } from "../../finding";
import { renderReview } from "./render";
import { HOSTILE_TEXTS, hostileText } from "./hostile-texts";
import { emptyReview, everydayReview, judged, NO_CHANGES, reviewSaying, reviewWithWebhooks } from "./sample-reviews";

const render = (review = everydayReview(), options = {}) => renderReview(review, "terminal", options);

it("has the summary in the first line, then dangers", () => {
  const [first = "", ...others] = render(everydayReview(), { width: 200 }).split("\n");
  expect(first).toBe(
    "Blocked by 1 finding: 2 dangers, 1 warning, 1 notice, 1 informative finding, 1 of them accepted. Plan: 2 deleted, 1 replaced, 2 updated, 2 created. Resources of other providers change too. 1 part",
  );
  expect(others.filter((line) => /^\w+: .*\[/.test(line)).map((line) => line.split(":")[0])).toEqual([
    "Danger",
    "Danger",
    "Warning",
    "Notice",
  ]);
});

it("is the same text for the same review", () => {
  expect(render()).toMatchSnapshot();
  expect(render(everydayReview(), { verbose: true, width: 80 })).toMatchSnapshot();
});

it("says that nothing was found, that a part has no plan, and that nothing blocks", () => {
  expect(render(emptyReview())).toBe("No findings. No object of Bitlift changes.\n");
  const failed = { ...emptyReview(), parts: [{ name: "main", status: "failed" as const, counts: NO_CHANGES }] };
  expect(render(failed)).toContain("1 part has no plan, because planning failed.");
});

it("shows every name of what goes away, and the first names of the rest unless it is verbose", () => {
  const names = Array.from({ length: 300 }, (_, index) => `acme-workspace/service-${index}`);
  const affected = { ...NOBODY, repositories: names };
  const review = {
    ...emptyReview(),
    findings: [
      judged({ code: "integration-deleted", severity: "notice", affected }),
      judged({ code: "secret-rotated", severity: "notice", affected }),
    ],
  };
  const [deleted = "", rotated = ""] = render(review).split("[secret-rotated]");
  expect(names.filter((name) => !deleted.includes(name))).toEqual([]);
  expect(rotated).toContain("and 292 more (-v)");
  expect(render(review, { verbose: true })).not.toContain("more (-v)");
});

it("does not say First twice, and says where a Space is not known", () => {
  const consumers = [{ kind: "stack" as const, id: "dns", name: "dns", space: undefined }];
  const finding = judged({ code: "integration-deleted", severity: "danger", todo: "First attach it.", affected: { ...NOBODY, consumers } });
  const text = render({ ...emptyReview(), findings: [finding] });
  expect(text).toContain("    First: Attach it.\n");
  expect(text).toContain("    Stacks (Space not known): dns\n");
});

it("names what is deleted even if no finding is about it", () => {
  const text = render({ ...reviewWithWebhooks(300), findings: [] });
  expect(text).toContain("Deleted: webhook acme-workspace/service-006");
  expect(text).toContain("webhook acme-workspace/service-300");
});

it("names what goes away among the findings that exist on the base too", () => {
  const known = { verdict: "known" as const };
  const findings = [
    judged({ code: "integration-deleted", severity: "danger", ...known }),
    judged({ code: "secret-rotated", severity: "notice", ...known }),
  ];
  expect(render({ ...emptyReview(), findings, base: "main" })).toContain(
    "Known: 1 danger, 1 notice exist on main too: integration-deleted:payments\n",
  );
});

it.each([40, 60, 80, 120])("is at most %d columns wide, for wide characters too", (width) => {
  const review = reviewSaying(
    "統合ビットバケット 😀😀😀 a-very-long-name-without-any-space-in-it-that-does-not-fit-into-a-line-of-a-terminal",
  );
  expect(
    render(review, { width })
      .split("\n")
      .filter((line) => textWidth(line) > width),
  ).toEqual([]);
});

it("colors only if asked, and only the words of Bitlift's own", () => {
  // eslint-disable-next-line no-control-regex
  const escapes = /\u001b\[[\d;]*m/g;
  expect(render()).not.toContain("\u001b");
  const colored = render(everydayReview(), { color: true });
  expect(colored).toContain("\u001b[1;31mDanger:\u001b[0m");
  expect(colored.replace(escapes, "")).toBe(render());
});

it.each(HOSTILE_TEXTS)("neutralizes %j", (text) => expectHarmless(text));

it("neutralizes whatever a text is made of", () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 40, max: 120 }), (text, width) => expectHarmless(text, width)),
    { numRuns: 100 },
  );
});

/** Nothing that acts on a terminal, and no line that continuous integration takes for a command. */
function expectHarmless(text: string, width = 100): void {
  const output = render(reviewSaying(text), { width, verbose: true });
  expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069\u200E\u200F]/u);
  expect(output).not.toMatch(/^\s*::[a-z]|##(\[|[a-z]+\[)/im);
}
