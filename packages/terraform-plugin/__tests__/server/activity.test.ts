/** When a handler may assume that the engine has sent all calls of a plan. */
import { setTimeout as sleep } from "node:timers/promises";
import { Activity } from "../../server/activity";

const SIGNAL = new AbortController().signal;

/** Records the order in which handlers end. */
function createRecord() {
  const activity = new Activity();
  const ended: string[] = [];
  const run = (name: string, handler: () => Promise<void>) => activity.run(handler).then(() => void ended.push(name));
  return { activity, ended, run };
}

it("waits until handlers that run have ended, and for the calls that follow them", async () => {
  const { activity, ended, run } = createRecord();
  const waiting = run("waits", () => activity.settled(SIGNAL));
  await run("reads", () => sleep(250));
  await sleep(50);
  await Promise.all([waiting, run("plans", () => sleep(100))]);
  expect(ended).toEqual(["reads", "plans", "waits"]);
});

it("does not make handlers that wait wait for each other", async () => {
  const { activity, run } = createRecord();
  const startedMs = Date.now();
  await Promise.all(["a", "b", "c"].map((name) => run(name, () => activity.settled(SIGNAL))));
  expect(Date.now() - startedMs).toBeLessThan(400);
});

it("stops waiting when the engine requests a stop", async () => {
  const { activity, run } = createRecord();
  const stop = new AbortController();
  const blocked = run("blocked", () => sleep(1_000));
  const waiting = run("waits", () => activity.settled(stop.signal));
  stop.abort();
  const startedMs = Date.now();
  await waiting;
  expect(Date.now() - startedMs).toBeLessThan(500);
  await blocked;
});

it("knows that the walk applies after the first apply", () => {
  const activity = new Activity();
  expect(activity.applies).toBe(false);
  activity.recordApply();
  expect(activity.applies).toBe(true);
});
