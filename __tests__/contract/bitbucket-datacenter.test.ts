/** What gavinbunney's Bitbucket Server provider was recorded to send is accepted by the sandbox, and answered with what it needs. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { DatacenterReplay } from "./bitbucket-datacenter-replay";
import { CONTEXT_PATHS, datacenterAtTheStart } from "./bitbucket-datacenter-scenario-setup";
import { countOutcomes, readBitbucketServerRecording, scenariosOf } from "./recordings";
import { closeConnections } from "./http-client";

const recording = readBitbucketServerRecording();
const sandboxes = new Map<string, Sandbox>();
let sent = 0;

/** One for each context path: that is the only thing that cannot change while a sandbox runs. */
async function sandboxFor(scenario: string): Promise<Sandbox> {
  const path = CONTEXT_PATHS[scenario] ?? "";
  const running = sandboxes.get(path) ?? (await startSandbox({ seed: { "bitbucket-datacenter": datacenterAtTheStart(scenario) } }));
  sandboxes.set(path, running);
  return running;
}

afterAll(async () => {
  closeConnections();
  await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.stop()));
});

it.each(scenariosOf(recording.exchanges))("replays $scenario", async ({ scenario, exchanges }) => {
  const replay = new DatacenterReplay(recording, await sandboxFor(scenario), scenario);
  await replay.start();
  const complaints: string[] = [];
  for (const exchange of exchanges) {
    complaints.push(...(await replay.replay(exchange)));
    sent += 1;
  }
  expect(complaints).toEqual([]);
});

it("replays all of the recording", () => {
  const counts = countOutcomes(recording.exchanges);
  process.stdout.write(`${recording.provider}: ${recording.exchanges.length} exchanges, ${sent} replayed: ${JSON.stringify(counts)}\n`);
  expect(counts).toEqual({ accepted: 46, refused: 10, faulty: 37, absent: 1 });
  expect(sent).toBe(94);
});
