/** A failure keeps all that it carries when it is said at an argument. */
import { Problem } from "../../diagnostics";
import { problem } from "../../domain";
import { withAttributePath } from "../attribute-path";

const cause = { why: "There is none.", fix: "Check it." };
const caught = async (failure: unknown) => {
  try {
    await withAttributePath({ "repository-not-found": "repository" }, () => Promise.reject(failure as Error));
  } catch (thrown) {
    return thrown;
  }
  throw new Error("nothing was thrown");
};

describe("a failure", () => {
  it("of a code that an argument answers for is said at that argument, and keeps kind, status and fate", async () => {
    const failure = problem("repository-not-found", cause, { kind: "gone", execution: "no", status: 404 });
    const thrown = await caught(failure);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      kind: "gone",
      execution: "no",
      status: 404,
      cause: failure,
      diagnostic: { ...cause, at: ["repository"] },
    });
  });

  it.each([
    ["another code", problem("remote-request-rejected", cause)],
    ["a place of its own", problem("repository-not-found", { ...cause, at: ["workspace"] })],
    ["no diagnostic", new Error("a mistake")],
  ])("with %s passes as it is", async (_name, failure) => {
    expect(await caught(failure)).toBe(failure);
  });
});

it("a success passes", async () => {
  expect(await withAttributePath({}, () => Promise.resolve(1))).toBe(1);
});
