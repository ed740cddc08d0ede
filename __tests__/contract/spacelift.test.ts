/** The sandbox accepts the recorded requests of Spacelift's official Terraform provider, and its responses have what that provider requires. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { closeConnections } from "./http-client";
import { countOutcomes, groupByScenario, readSpaceliftRecording } from "./recordings";
import { SpaceliftReplay } from "./spacelift-replay";

const recording = readSpaceliftRecording();
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
  const replay = new SpaceliftReplay(recording, sandbox, scenario);
  await replay.setUp();
  const problems: string[] = [];
  for (const exchange of exchanges) {
    if (exchange.outcome === "skipped") continue;
    problems.push(...(await replay.replay(exchange)));
    replayed += 1;
  }
  expect(problems).toEqual([]);
});

it("replays the whole recording, except exchanges that are skipped for a reason", () => {
  const counts = countOutcomes(recording.exchanges);
  process.stdout.write(`${recording.provider}: ${recording.exchanges.length} exchanges, ${replayed} replayed: ${JSON.stringify(counts)}\n`);
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
