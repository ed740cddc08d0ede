/** The terminal closes, the reader of the output ends, or the command itself fails while `bitlift apply` runs: the state has everything that exists, and is not locked. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandProject, integration, type RunningCommand } from "./command-project";

jest.setTimeout(60_000);

const hasScript = process.platform === "linux" && String(spawnSync("script", ["--version"]).stdout).includes("util-linux");
const reason = hasScript ? "" : " (skipped: it needs Linux, and the program script of util-linux)";
const inTerminal = hasScript ? it : it.skip;

const REPOSITORIES = ["infrastructure", "networking", "billing"];

let project: CommandProject;
beforeEach(async () => {
  project = await CommandProject.create();
  await project.write({ integrations: { everyone: integration("Bitbucket for All", REPOSITORIES) } });
  await project.remote.control("bitbucket-cloud", "faults", {
    operation: "createRepositoryHook",
    kind: "delay",
    // The first webhook is there while the others are being created.
    nth: 2,
    milliseconds: 4_000,
    times: REPOSITORIES.length - 1,
  });
});
afterEach(() => project.stop());

function webhooksInState(): number {
  const state = JSON.parse(readFileSync(join(project.folder, "terraform.main.tfstate"), "utf8")) as {
    readonly resources: readonly { readonly type: string; readonly instances: readonly object[] }[];
  };
  return state.resources.filter(({ type }) => type.endsWith("_webhook")).flatMap(({ instances }) => instances).length;
}

async function webhooksInBitbucket(): Promise<number> {
  const created = (await project.remote.requests("bitbucket-cloud")).filter(({ operation }) => operation === "createRepositoryHook");
  return created.length;
}

const isLocked = () => readdirSync(project.folder).some((name) => name.includes(".lock.info"));

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((done) => setTimeout(done, 50));
}

/** The webhooks take a while, and the integration before them does not. */
async function untilWebhooks(running: RunningCommand): Promise<void> {
  await until(() => running.said.out.includes("Plan: "));
  while ((await webhooksInBitbucket()) === 0) await new Promise((done) => setTimeout(done, 50));
}

function isRunning(): boolean {
  return readdirSync("/proc").some((pid) => {
    try {
      return Number(pid) !== process.pid && readFileSync(`/proc/${pid}/environ`, "utf8").includes(project.folder.replace(/\/project$/, ""));
    } catch {
      return false;
    }
  });
}

inTerminal(`a terminal that closes interrupts the apply, which stores what it has done${reason}`, async () => {
  const running = project.startInTerminal(200, "apply", "--auto-approve", "--no-color");
  await untilWebhooks(running);
  running.kill("SIGKILL");
  await until(() => !isRunning());
  expect(isLocked()).toBe(false);
  expect(webhooksInState()).toBe(await webhooksInBitbucket());
  await project.remote.clearFaults(["bitbucket-cloud"]);
  expect(await project.bitlift("apply", "--auto-approve")).toMatchObject({ code: 0, stderr: expect.not.stringContaining("Error") });
});

inTerminal(`readers that end do not stop the apply${reason}`, async () => {
  const running = project.start("apply", "--auto-approve");
  await untilWebhooks(running);
  running.stopReading();
  expect((await running.ended).code).toBe(0);
  expect(isLocked()).toBe(false);
  expect(webhooksInState()).toBe(REPOSITORIES.length);
});

inTerminal(`a bug in the command lets the engine store what it has done${reason}`, async () => {
  const fault = join(project.folder, "fault.cjs");
  await writeFile(fault, FAULT);
  const running = project.withVariables({ NODE_OPTIONS: `--require ${fault}` }).start("apply", "--auto-approve");
  await untilWebhooks(running);
  running.kill("SIGUSR2");
  const { code, stderr } = await running.ended;
  expect([code, stderr.match(/^Error: .*/gm)]).toEqual([70, [expect.stringContaining("TypeError: a fault")]]);
  expect(isLocked()).toBe(false);
  expect(webhooksInState()).toBe(await webhooksInBitbucket());
});

/** A listener that throws, in the process of the command only. */
const FAULT = `
if (process.argv[1]?.endsWith("bin.js")) process.once("SIGUSR2", () => { throw new TypeError("a fault"); });
`;

it("an app that prints more than its reader reads is synthesized", async () => {
  await writeFile(join(project.folder, "noisy.cjs"), 'for (let line = 0; line < 3; line += 1) console.log("line", line);\n');
  const app = (JSON.parse(readFileSync(join(project.folder, "cdktf.json"), "utf8")) as { readonly app: string }).app;
  await writeFile(join(project.folder, "cdktf.json"), JSON.stringify({ app: `node noisy.cjs; ${app}` }));
  await project.remote.clearFaults(["bitbucket-cloud"]);
  const running = project.start("apply", "--auto-approve");
  running.stopReading();
  expect((await running.ended).code).toBe(0);
  expect(webhooksInState()).toBe(REPOSITORIES.length);
});
