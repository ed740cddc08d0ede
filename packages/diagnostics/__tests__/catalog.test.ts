/** Codes are raised through the catalog of their package. */
import { COMMON_SECTIONS, defineCatalog, Problem, renderJson, renderText } from "../index";

const { error, warning, problem, summaries } = defineCatalog({ Doors: { "door-locked": "The door is locked" } });
const CAUSE = { why: "The cause,\nin two lines.", fix: "Do this." };

it.each([
  ["Error", error],
  ["Warning", warning],
] as const)("renders as %s with summary, cause, next action and code", (word, make) => {
  const text = renderText(make("door-locked", CAUSE));
  expect(text.split("\n")).toEqual([`${word}: The door is locked`, "  The cause,", "  in two lines.", "  Do this.", "  (door-locked)"]);
});

it("renders as JSON with its place", () => {
  expect(JSON.parse(renderJson(error("door-locked", { ...CAUSE, at: ["house", 1] })))).toEqual({
    code: "door-locked",
    severity: "error",
    summary: "The door is locked",
    ...CAUSE,
    at: ["house", 1],
  });
});

it("a problem is an error that can be thrown", () => {
  expect(() => {
    throw problem("door-locked", CAUSE);
  }).toThrow(Problem);
});

it("every catalog has the common codes too", () => {
  const common = Object.values(COMMON_SECTIONS).flatMap((section) => Object.keys(section));
  expect(Object.keys(summaries)).toEqual([...common, "door-locked"]);
});

it("a code that the catalog does not list does not compile", () => {
  // @ts-expect-error -- not in the catalog
  expect(() => error("window-open", CAUSE).summary).not.toThrow();
});
