/** Lookups that only serve the warnings of a plan end early if the remote system makes them wait. */
import { problem } from "../../domain";
import { Problem } from "../../diagnostics";
import { LookPatience } from "../look-patience";

const wait = (neededMs: number, waitedMs = 0) => ({ system: "Bitbucket Cloud", host: "api.bitbucket.org", waitedMs, neededMs });

const resultOf = (look: Promise<unknown>): Promise<unknown> =>
  look.catch((failure: unknown) => (failure instanceof Problem ? failure.diagnostic.code : failure));

it.each<[string, number, number, string]>([
  ["an hour", 3_600_000, 0, "remote-rate-limited"],
  ["many short waits", 8_000, 28_000, "remote-rate-limited"],
  ["a short wait", 4_000, 0, "found late"],
])("after %s", async (_case, neededMs, waitedMs, expected) => {
  const patience = new LookPatience();
  let answer: (value: string) => void = () => undefined;
  const running = resultOf(patience.look(() => new Promise<string>((resolve) => (answer = resolve))));
  patience.recordWait(wait(neededMs, waitedMs));
  answer("found late");
  expect(await running).toBe(expected);
});

it("starts no other lookup after one that ended early, and says how long it would have waited", async () => {
  const patience = new LookPatience();
  patience.recordWait(wait(3_600_000));
  let isStarted = false;
  const failure = await patience.look(() => (isStarted = true)).catch((thrown: unknown) => thrown);
  expect(isStarted).toBe(false);
  expect(failure instanceof Problem && failure.diagnostic.why).toMatch(
    /^Bitbucket Cloud \(api\.bitbucket\.org\) .* 3600 s\. .* at most 30 s\.$/,
  );
});

it("starts no other lookup after one that got no response, and continues after every other failure", async () => {
  const patience = new LookPatience();
  const fail = (code: "remote-unreachable" | "remote-permission-denied", kind: "transport" | "not-permitted") => () =>
    Promise.reject(problem(code, { why: "w", fix: "f" }, { kind }));
  expect(await resultOf(patience.look(fail("remote-permission-denied", "not-permitted")))).toBe("remote-permission-denied");
  expect(await resultOf(patience.look(() => "found"))).toBe("found");
  const running = resultOf(patience.look(() => new Promise(() => undefined)));
  expect(await resultOf(patience.look(fail("remote-unreachable", "transport")))).toBe("remote-unreachable");
  expect([await running, await resultOf(patience.look(() => "found"))]).toEqual(["remote-unreachable", "remote-unreachable"]);
});
