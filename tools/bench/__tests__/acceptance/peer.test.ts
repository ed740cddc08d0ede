/** A plan and an apply of a few webhooks beside the engine's own resources and a peer, which is our own plugin in a folder of its own. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine } from "../../../../packages/engine";
import { CLOUD, credentialArguments, integrationReferences, PreparedFolder } from "../../../harness";
import { THIS_CHECKOUT, type Benchmark } from "../../benchmark";
import { runContest } from "../../contest";
import { baselineEntry, peerEntries, webhooksEntry, type Command } from "../../entries";
import { nodeAt, pathWith } from "../../node-under-test";
import { peerAt } from "../../peer-folder";

const WEBHOOKS = 2;
const folder = mkdtempSync(join(tmpdir(), "b-"));
const peer = join(folder, "stack");

let benchmark: Benchmark;

/** The setup leaves a program running, as one that starts a proxy does, and writes its process ID. */
const SETUP = `#!/bin/sh
sleep 300 &
echo $! > "${folder}/pid"
echo "Preparing $TF_VAR_webhooks webhooks"
echo "PEER_TOKEN=a-token"
`;

const CONFIGURATION = {
  variable: { webhooks: { type: "number" }, bitbucket_workspace: { type: "string" } },
  resource: {
    [CLOUD.integration]: { peer: { name: "Peer", ...credentialArguments(CLOUD, "PEER_TOKEN") } },
    [CLOUD.webhook]: {
      peer: {
        count: "${var.webhooks}",
        workspace: "${var.bitbucket_workspace}",
        repository: "bench-${count.index}",
        ...integrationReferences(`${CLOUD.integration}.peer`),
      },
    },
  },
};

beforeAll(async () => {
  const engine = await chooseEngine();
  const node = nodeAt(process.execPath);
  const prepared = await PreparedFolder.create({ engine, root: folder, variables: {} });
  await prepared.write(CONFIGURATION);
  writeFileSync(join(peer, "setup"), SETUP, { mode: 0o755 });
  benchmark = { engine, node, path: pathWith(node, folder), folder, peers: [peerAt(peer)], showProgress: () => undefined };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entriesOf = (command: Command) => [
  baselineEntry(benchmark, command, WEBHOOKS),
  webhooksEntry(benchmark, command, { product: CLOUD, checkout: THIS_CHECKOUT, webhooks: WEBHOOKS }),
  ...peerEntries(benchmark, command, WEBHOOKS),
];

/** Whether the process that the setup has started ends soon; its end takes a moment. */
async function hasEnded(): Promise<boolean> {
  const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
  for (let waited = 0; waited < 5000; waited += 50) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

it.each<[Command, number]>([
  ["plan", WEBHOOKS],
  ["apply", WEBHOOKS * 2],
])("%s: all three are measured, the peer in a copy of its folder, and what its setup started has ended", async (command, leastRequests) => {
  const results = await runContest(entriesOf(command), 1, () => undefined);
  expect(results.map(({ name }) => name)).toEqual([
    `${command} of 2 terraform_data`,
    `${command} of 2 webhooks on Bitbucket Cloud`,
    `${command} of 2 by stack`,
  ]);
  const [, ours, other] = results.map(({ runs }) => runs[0]!);
  expect(ours!.requests!.bitbucket).toBeGreaterThanOrEqual(leastRequests);
  for (const run of [ours!, other!]) {
    expect(run).toMatchObject({ hasChanges: false, processor: { plugins: expect.any(Number) } });
    expect(run.pluginPeakBytes).toBeGreaterThan(2e7);
    expect(run.processor.plugins!).toBeLessThan(run.seconds * 4);
  }
  expect(existsSync(join(peer, "terraform.tfstate"))).toBe(false);
  await expect(hasEnded()).resolves.toBe(true);
});

it("a setup that fails is an error with its output", async () => {
  writeFileSync(join(peer, "setup"), "#!/bin/sh\necho the proxy did not start\nexit 3\n", { mode: 0o755 });
  const contest = runContest(peerEntries(benchmark, "plan", WEBHOOKS), 1, () => undefined);
  await expect(contest).rejects.toThrow("The peer's setup ended with exit code 3:\nthe proxy did not start");
});
