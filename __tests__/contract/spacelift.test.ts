/** What Spacelift's own Terraform provider was recorded to send is accepted by the sandbox, and answered with what it needs. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { countOutcomes, readSpaceliftRecording, scenariosOf } from "./recordings";
import { SpaceliftReplay } from "./spacelift-replay";
import { closeConnections } from "./http-client";

const recording = readSpaceliftRecording();
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
  const replay = new SpaceliftReplay(recording, sandbox, scenario);
  await replay.start();
  const complaints: string[] = [];
  for (const exchange of exchanges) {
    if (exchange.outcome === "skipped") continue;
    complaints.push(...(await replay.replay(exchange)));
    sent += 1;
  }
  expect(complaints).toEqual([]);
});

it("replays all of the recording but what it gives a reason for", () => {
  const counts = countOutcomes(recording.exchanges);
  process.stdout.write(`${recording.provider}: ${recording.exchanges.length} exchanges, ${sent} replayed: ${JSON.stringify(counts)}\n`);
  expect(counts).toEqual({
    accepted: 135,
    absent: 18,
    refused: 14,
    faulty: 66,
    "skipped: an address that only a token with another audience leads to": 2,
    "skipped: the address of a wrongly configured endpoint": 1,
    "skipped: the target of a redirect that the recording's server made up": 1,
  });
});
