/** What drfaust92's Bitbucket provider was recorded to send is accepted by the sandbox, and answered with what it needs. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { BitbucketReplay } from "./bitbucket-cloud-replay";
import { countOutcomes, readBitbucketRecording, scenariosOf } from "./recordings";
import { closeConnections } from "./http-client";

const recording = readBitbucketRecording();
let sandbox: Sandbox;
let sent = 0;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(async () => {
  closeConnections();
  await sandbox.stop();
});

it.each(scenariosOf(recording.exchanges))("replays $scenario", async ({ scenario, exchanges }) => {
  const replay = new BitbucketReplay(recording, sandbox, scenario);
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
  expect(counts).toEqual({ accepted: 77, refused: 20, faulty: 76 });
});
