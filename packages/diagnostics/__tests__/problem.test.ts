/** The one Error subclass. */
import { defineCatalog, failedAs, Problem } from "../index";

const { problem } = defineCatalog({ Remote: { "remote-unreachable": "Could not reach the remote system" } });

describe("a Problem", () => {
  const cause = new Error("socket hang up");
  const thrown = problem(
    "remote-unreachable",
    { why: "The connection was reset.", fix: "Try again.", at: ["spacelift"] },
    { kind: "transport", execution: "unknown", status: 502, cause },
  );

  it("carries its diagnostic, and what callers decide on", () => {
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown.diagnostic).toEqual({
      code: "remote-unreachable",
      severity: "error",
      summary: "Could not reach the remote system",
      why: "The connection was reset.",
      fix: "Try again.",
      at: ["spacelift"],
    });
    expect(thrown).toMatchObject({ kind: "transport", execution: "unknown", status: 502, cause });
  });

  it("says what happened and why where only its message is shown", () => {
    expect(thrown.message).toBe("Could not reach the remote system: The connection was reset.");
  });

  it.each([
    ["a Problem of that kind", thrown, true],
    ["a Problem of another kind", problem("internal", { why: "a", fix: "b" }, { kind: "gone" }), false],
    ["a Problem without a kind", problem("internal", { why: "a", fix: "b" }), false],
    ["another error", cause, false],
    ["something that is no error", "transport", false],
  ])("failedAs tells %s", (_case, value, expected) => {
    expect(failedAs(value, "transport")).toBe(expected);
  });
});
