/** A failure that is attached to an argument keeps everything else that it carries. */
import { Problem } from "../../diagnostics";
import { problem } from "../../domain";
import { withAttributePath } from "../attribute-path";

const cause = { why: "The repository does not exist.", fix: "Check the name." };

async function catchFailure(failure: unknown): Promise<unknown> {
  try {
    await withAttributePath({ "repository-not-found": "repository" }, () => Promise.reject(failure as Error));
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
}

describe("withAttributePath", () => {
  it("attaches a failure with a listed code to its argument, and keeps kind, status, and execution", async () => {
    const failure = problem("repository-not-found", cause, { kind: "gone", execution: "no", status: 404 });
    const thrown = await catchFailure(failure);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      kind: "gone",
      execution: "no",
      status: 404,
      cause: failure,
      diagnostic: { ...cause, code: "repository-not-found", at: ["repository"] },
    });
  });

  it.each([
    ["another code", problem("remote-request-rejected", cause)],
    ["an argument already", problem("repository-not-found", { ...cause, at: ["workspace"] })],
    ["no diagnostic", new Error("a bug")],
  ])("rethrows a failure with %s unchanged", async (_case, failure) => {
    expect(await catchFailure(failure)).toBe(failure);
  });

  it("returns the result of a successful call", async () => {
    expect(await withAttributePath({}, () => Promise.resolve(1))).toBe(1);
  });
});
