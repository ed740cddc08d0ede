/** A Problem carries a diagnostic, and facts about a failed remote call. */
import { defineCatalog, failedAs, Problem } from "../index";

const { problem } = defineCatalog({ Remote: { "remote-unreachable": "Could not reach the remote system" } });

describe("a Problem", () => {
  const cause = new Error("socket hang up");
  const thrown = problem(
    "remote-unreachable",
    { why: "The connection was reset.", fix: "Try again.", at: ["spacelift"] },
    { kind: "transport", execution: "unknown", status: 502, cause },
  );

  it("carries its diagnostic and the facts", () => {
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

  it("has a message with what happened and why", () => {
    expect(thrown.message).toBe("Could not reach the remote system: The connection was reset.");
  });

  it.each([
    ["a Problem of that kind", thrown, true],
    ["a Problem of another kind", problem("internal", { why: "a", fix: "b" }, { kind: "gone" }), false],
    ["a Problem without a kind", problem("internal", { why: "a", fix: "b" }), false],
    ["another error", cause, false],
    ["a value that is not an error", "transport", false],
  ])("failedAs recognizes %s", (_case, value, expected) => {
    expect(failedAs(value, "transport")).toBe(expected);
  });
});
