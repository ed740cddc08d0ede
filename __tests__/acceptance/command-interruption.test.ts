/** Ctrl+C during `bitlift apply`: the engine stops cleanly, stores what it did, and no process remains. */
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(90_000);

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
});
afterEach(() => project.stop());

/** Processes whose working folder or environment names the project. */
function processesOf(folder: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder);
      } catch {
        return false;
      }
    });
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await setTimeout(50);
}

const onLinux = process.platform === "linux" ? it : it.skip;

onLinux.each([
  ["SIGINT", 1],
  ["SIGTERM", 1],
  ["SIGINT", 3],
] as const)(
  "%s ends the apply of parts, at most %i at once, after the requests that are running, and the next apply does the rest",
  async (signal, atOnce) => {
    await project.write({
      parts: "integration",
      spaces: { payments: { name: "Payments" } },
      integrations: { everyone: integration("Bitbucket for All", ["networking"]), last: integration("Last", ["billing"]) },
    });
    await project.remote.control("spacelift", "faults", { operation: "spaceCreate", kind: "delay", milliseconds: 3_000 });
    const created = { operation: "bitbucketCloudIntegrationCreateV2", kind: "delay", milliseconds: 3_000, times: 2 };
    await project.remote.control("spacelift", "faults", created);
    const running = project.start("apply", "--auto-approve", "--json", "--parallel", String(atOnce));
    await until(() => running.said.out.split('"apply_start"').length > atOnce);
    running.kill(signal);
    // npm forwards a signal that the terminal has already sent.
    running.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(1);
    expect(stderr).toContain("Stopping. The engine finishes what it has started, and stores it. A second Ctrl+C stops it at once");
    expect(stderr).toContain("(command-interrupted)");
    expect(stdout).not.toContain("Two interrupts");
    expect(stderr).not.toMatch(/Two interrupts|errored\.tfstate|\n\s+at /);
    expect(stdout).not.toContain('{"type":"applied"');
    expect(stdout.trimEnd().split("\n").slice(-2)).toEqual([
      expect.stringContaining('{"type":"error","code":"command-interrupted"'),
      '{"type":"end","exitCode":1}',
    ]);
    const files = readdirSync(project.folder, { recursive: true }).map(String);
    expect(files.filter((name) => name.includes(".lock.info") || name.includes("errored"))).toEqual([]);
    await until(() => processesOf(project.folder.replace(/\/project$/, "")).length === 0);

    await project.remote.clearFaults(["spacelift"]);
    const rest = await project.bitlift("apply", "--auto-approve");
    expect([rest.code, rest.stderr]).toEqual([0, ""]);
    expect((await project.bitlift("plan")).code).toBe(0);
  },
);

onLinux("after a second signal, the message says that the state may be incomplete", async () => {
  await project.write({ integrations: { everyone: integration("Bitbucket for All", ["networking"]) } });
  await project.remote.control("bitbucket-cloud", "faults", { operation: "createRepositoryHook", kind: "delay", milliseconds: 15_000 });
  const running = project.start("apply", "--auto-approve", "--json");
  // Before the request is sent, the plugin ends at the first signal. A fault leaves the list when its request arrives.
  const armed = async () => (await project.remote.control<{ armed: readonly unknown[] }>("bitbucket-cloud", "faults")).armed;
  while ((await armed()).length > 0) await setTimeout(50);
  running.kill("SIGINT");
  await until(() => running.said.err.includes("Stopping."));
  // A signal within a second is the same key press, counted from the moment at which the command has noticed the first.
  await setTimeout(1_500);
  running.kill("SIGINT");
  const { code, stderr } = await running.ended;
  expect(code).toBe(1);
  expect(stderr).toContain("The command received a second signal, so the engine stopped at once. The state may lack what it has done.");
  expect(stderr).not.toContain("stored everything");
  await until(() => processesOf(project.folder.replace(/\/project$/, "")).length === 0);
});

onLinux("a signal while the app runs is not a failure of the app", async () => {
  await writeFile(join(project.folder, "slow.cjs"), "setTimeout(() => {}, 20_000); console.log('the app runs');\n");
  await writeFile(join(project.folder, "cdktf.json"), JSON.stringify({ app: "node slow.cjs" }));
  const running = project.start("plan", "--json");
  await until(() => running.said.err.includes("the app runs"));
  running.kill("SIGINT");
  const { code, stdout, stderr } = await running.ended;
  expect([code, stdout]).toEqual([1, expect.stringContaining("command-interrupted")]);
  expect(stderr).toContain("Stopping.\n");
  expect(stderr).toContain("The command received a signal before anything was planned.");
  expect(stderr).not.toContain("synthesis");
});
