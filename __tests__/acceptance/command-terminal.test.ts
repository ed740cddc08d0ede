/** `bitlift apply` in a terminal: the question with each kind of answer, and the line of progress. */
import { spawnSync } from "node:child_process";
import { CommandProject, integration, type RunningCommand } from "./command-project";

jest.setTimeout(120_000);

const hasScript = String(spawnSync("script", ["--version"]).stdout).includes("util-linux");
const reason = hasScript ? "" : " (skipped: it needs the program script of util-linux)";
const inTerminal = hasScript ? it : it.skip;

let project: CommandProject;
beforeAll(async () => {
  project = await CommandProject.create();
});
afterAll(() => project.stop());

const spaces = (name: string) => project.write({ spaces: { payments: { name } } });
const spaceNames = async () =>
  (await project.remote.graphql<{ spaces: { name: string }[] }>("{ spaces { name } }")).spaces.map(({ name }) => name);

async function until({ said, ended }: RunningCommand, text: string): Promise<void> {
  const end = ended.then(() => "ended" as const);
  while (!said.out.includes(text)) {
    const tick = new Promise((done) => setTimeout(done, 20));
    if ((await Promise.race([end, tick])) === "ended") throw new Error(`The command ended without ${JSON.stringify(text)}: ${said.out}`);
  }
}

const QUESTION = 'Apply the plans (1 part)? Only "yes" is accepted: ';
const CTRL_C = "\u0003";
const END_OF_INPUT = "\u0004";

describe(`the question${reason}`, () => {
  inTerminal.each([
    ["no", "no\r"],
    ["y, which is not the complete word", "y\r"],
    ["nothing", "\r"],
    ["Ctrl+C", CTRL_C],
    ["the end of the input", END_OF_INPUT],
  ])("%s applies nothing, and the exit code is 1", async (_answer, typed) => {
    await spaces("Declined");
    const running = project.startInTerminal(200, "apply");
    await until(running, QUESTION);
    running.type(typed);
    const { code, stdout } = await running.ended;
    expect(code).toBe(1);
    expect(stdout).toContain('The answer was not "yes", so nothing was applied.');
    expect(stdout).toContain("(apply-declined)");
    expect(stdout).not.toMatch(/: applied|\n\s+at /);
    expect(await spaceNames()).not.toContain("Declined");
  });

  inTerminal("yes applies", async () => {
    await spaces("Accepted");
    const running = project.startInTerminal(200, "apply");
    await until(running, QUESTION);
    running.type("yes\r");
    expect(await running.ended).toMatchObject({ code: 0, stdout: expect.stringContaining("applied") });
    expect(await spaceNames()).toContain("Accepted");
  });

  inTerminal("is not asked with --json, even where somebody could answer", async () => {
    await spaces("Nobody");
    const { code, stdout } = await project.startInTerminal(200, "apply", "--json").ended;
    expect([code, stdout]).toEqual([64, expect.stringContaining("(confirmation-missing)")]);
  });
});

describe(`progress${reason}`, () => {
  const COLUMNS = 40;
  beforeAll(async () => {
    await project.write({ integrations: { everyone: integration("Bitbucket for All", ["networking", "infrastructure"]) } });
    // A plan looks up the repositories.
    await project.remote.control("bitbucket-cloud", "faults", { operation: "*", kind: "delay", milliseconds: 1_500, times: 1_000 });
  });
  afterAll(() => project.remote.clearFaults(["bitbucket-cloud"]));

  inTerminal("is one line that is written again, no wider than the terminal, and is gone in the end", async () => {
    const { code, stdout } = await project.startInTerminal(COLUMNS, "plan", "--no-color").ended;
    expect(code).toBe(2);
    const shown = stdout.split("\r\u001b[K").slice(1);
    const progress = shown.filter((text) => text.startsWith("main: plan, "));
    expect(progress.length).toBeGreaterThan(1);
    expect(Math.max(...progress.map((text) => text.length))).toBeLessThan(COLUMNS);
    expect(progress.filter((text) => text.includes("\n"))).toEqual([]);
    expect(shown.at(-1)).toMatch(/^main: \d+ to create/);
  });

  inTerminal("is not written with --json: every line is an object", async () => {
    const { code, stdout } = await project.startInTerminal(COLUMNS, "plan", "--json").ended;
    expect(code).toBe(2);
    const lines = stdout.trimEnd().split("\r\n");
    expect(lines.filter((line) => !line.startsWith('{"type":"'))).toEqual([]);
  });

  inTerminal("says how many requests are left, if Bitbucket says it", async () => {
    // The first response says it while the plan waits for the second one.
    await project.remote.clearFaults(["bitbucket-cloud"]);
    await project.remote.control("bitbucket-cloud", "faults", { operation: "*", kind: "delay", milliseconds: 4_000, nth: 2 });
    await project.remote.control("bitbucket-cloud", "switches", { "rate-limit": "on", "rate-headers": "envoy" });
    const { code, stdout } = await project.startInTerminal(200, "plan", "--no-color").ended;
    expect(code).toBe(2);
    expect(stdout).toMatch(/main: plan, 9\d\d of 1,000 requests left, \d+ s \(0 of 1 part done\)/);
  });
});
