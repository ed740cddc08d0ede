/** A catalog raises the codes of one package; diagnostics are rendered as text and JSON. */
import { codePages, COMMON_SECTIONS, defineCatalog, Problem, renderJson, renderText } from "../index";

const { error, warning, problem, summaries } = defineCatalog({ Doors: { "door-locked": "The door is locked" } });
const CAUSE = { why: "The cause,\nin two lines.", fix: "Do this." };

it.each([
  ["Error", error],
  ["Warning", warning],
] as const)("renderText starts with %s, and shows summary, cause, next action and code", (severity, raise) => {
  const text = renderText(raise("door-locked", CAUSE));
  expect(text.split("\n")).toEqual([`${severity}: The door is locked`, "  The cause,", "  in two lines.", "  Do this.", "  (door-locked)"]);
});

describe("a project with a documentation page for its codes", () => {
  const pages = codePages({ homepage: "https://git.example/acme/doors#readme", version: "1.2.3" });
  const url = "https://git.example/acme/doors/blob/v1.2.3/docs/diagnostics.md#door-locked";

  it("shows the address on the last line of the text, without other words", () => {
    expect(renderText(error("door-locked", CAUSE), pages).split("\n").slice(-2)).toEqual(["  (door-locked)", `  ${url}`]);
  });

  it("has the address in the JSON", () => {
    expect(JSON.parse(renderJson(error("door-locked", CAUSE), pages))).toMatchObject({ code: "door-locked", url });
  });
});

it("renderJson contains every part, with the path", () => {
  expect(JSON.parse(renderJson(error("door-locked", { ...CAUSE, at: ["house", 1] })))).toEqual({
    code: "door-locked",
    severity: "error",
    summary: "The door is locked",
    ...CAUSE,
    at: ["house", 1],
  });
});

it("a problem can be thrown", () => {
  expect(() => {
    throw problem("door-locked", CAUSE);
  }).toThrow(Problem);
});

it("every catalog includes the common codes", () => {
  const common = Object.values(COMMON_SECTIONS).flatMap((section) => Object.keys(section));
  expect(Object.keys(summaries)).toEqual([...common, "door-locked"]);
});

it("a code that the catalog does not list does not compile", () => {
  // @ts-expect-error -- not in the catalog
  expect(() => error("window-open", CAUSE).summary).not.toThrow();
});
