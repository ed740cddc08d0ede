/** A create whose response is lost: which requests follow, and in which order. */
import { problem } from "../../domain";
import type { Execution } from "../../diagnostics";
import { createOnce } from "../create-once";

const failed = (execution: Execution) =>
  problem("remote-unreachable", { why: "Cut.", fix: "Try again." }, { kind: "transport", execution });

/** Runs a create with the given failures of its attempts; records the calls. */
function run(options: { failures: readonly Error[]; existing?: string; mayRetry?: boolean }) {
  const calls: string[] = [];
  const failures = [...options.failures];
  const result = createOnce({
    create() {
      calls.push("create");
      const failure = failures.shift();
      return failure === undefined ? Promise.resolve("created") : Promise.reject(failure);
    },
    onLostResponse: () => calls.push("lost"),
    lookUp() {
      calls.push("look up");
      return Promise.resolve(options.existing);
    },
    mayRetry: () => options.mayRetry ?? true,
  });
  return { result, calls };
}

it("sends one request if the response arrives", async () => {
  const { result, calls } = run({ failures: [] });
  expect([await result, calls]).toEqual(["created", ["create"]]);
});

it.each([
  ["was certainly not executed", failed("no")],
  ["is not a failure of a request", new Error("a bug")],
])("does not look up the object if the create %s", async (_case, failure) => {
  const { result, calls } = run({ failures: [failure] });
  await expect(result).rejects.toBe(failure);
  expect(calls).toEqual(["create"]);
});

it("returns the object that the lost request created", async () => {
  const { result, calls } = run({ failures: [failed("unknown")], existing: "found" });
  expect([await result, calls]).toEqual(["found", ["create", "lost", "look up"]]);
});

it("creates again, once, if the object does not exist", async () => {
  const { result, calls } = run({ failures: [failed("unknown")] });
  expect([await result, calls]).toEqual(["created", ["create", "lost", "look up", "create"]]);
});

it("throws the second failure without another lookup", async () => {
  const second = failed("unknown");
  const { result, calls } = run({ failures: [failed("unknown"), second] });
  await expect(result).rejects.toBe(second);
  expect(calls).toEqual(["create", "lost", "look up", "create"]);
});

it("throws the failure if a second create is not safe", async () => {
  const failure = failed("unknown");
  const { result, calls } = run({ failures: [failure], mayRetry: false });
  await expect(result).rejects.toBe(failure);
  expect(calls).toEqual(["create", "lost", "look up"]);
});
