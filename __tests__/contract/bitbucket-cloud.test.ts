/** The sandbox accepts the recorded requests of drfaust92's Bitbucket provider, and its responses have what that provider requires. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { CloudReplay } from "./bitbucket-cloud-replay";
import { closeConnections } from "./http-client";
import { countOutcomes, groupByScenario, readBitbucketRecording } from "./recordings";

const recording = readBitbucketRecording();
let sandbox: Sandbox;
let replayed = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  closeConnections();
  await sandbox.stop();
});

it.each(groupByScenario(recording.exchanges))("replays $scenario", async ({ scenario, exchanges }) => {
  const replay = new CloudReplay(recording, sandbox, scenario);
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
  expect(counts).toEqual({ accepted: 77, refused: 20, faulty: 76 });
});
