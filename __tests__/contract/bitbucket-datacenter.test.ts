/** The sandbox accepts the recorded requests of gavinbunney's Bitbucket Server provider, and its responses have what that provider requires. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { DatacenterReplay } from "./bitbucket-datacenter-replay";
import { CONTEXT_PATHS, createDatacenterSeed } from "./bitbucket-datacenter-scenario-setup";
import { closeConnections } from "./http-client";
import { countOutcomes, groupByScenario, readBitbucketServerRecording } from "./recordings";

const recording = readBitbucketServerRecording();
const sandboxes = new Map<string, Sandbox>();
let replayed = 0;

/** One sandbox per context path, which cannot change while a sandbox runs. */
async function sandboxFor(scenario: string): Promise<Sandbox> {
  const path = CONTEXT_PATHS[scenario] ?? "";
  const running = sandboxes.get(path) ?? (await startSandbox({ seed: { "bitbucket-datacenter": createDatacenterSeed(scenario) } }));
  sandboxes.set(path, running);
  return running;
}

afterAll(async () => {
  closeConnections();
  await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.stop()));
});

it.each(groupByScenario(recording.exchanges))("replays $scenario", async ({ scenario, exchanges }) => {
  const replay = new DatacenterReplay(recording, await sandboxFor(scenario), scenario);
  await replay.setUp();
  const problems: string[] = [];
  for (const exchange of exchanges) {
    problems.push(...(await replay.replay(exchange)));
    replayed += 1;
  }
  expect(problems).toEqual([]);
});

it("replays the whole recording", () => {
  const counts = countOutcomes(recording.exchanges);
  process.stdout.write(`${recording.provider}: ${recording.exchanges.length} exchanges, ${replayed} replayed: ${JSON.stringify(counts)}\n`);
  expect(counts).toEqual({ accepted: 46, refused: 10, faulty: 37, absent: 1 });
  expect(replayed).toBe(94);
});
