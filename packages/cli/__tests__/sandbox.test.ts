/** `bitlift sandbox` as a program: what it prints, and how it ends. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");

describe("bitlift sandbox", () => {
  const children: ChildProcess[] = [];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => children.splice(0).forEach((child) => child.kill("SIGKILL")));

  /** Without npm in between: acceptance/sandbox-by-npm.test.ts has that. */
  function run(...args: readonly string[]) {
    const child = spawn(process.execPath, ["--import", "tsx", "packages/cli/bin.js", "sandbox", ...args], { cwd: ROOT });
    children.push(child);
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (part: Buffer) => (said.stdout += part.toString()));
    child.stderr.on("data", (part: Buffer) => (said.stderr += part.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const ready = new Promise<void>((resolve) => child.stderr.once("data", () => resolve()));
    return { child, said, ended, ready };
  }

  it.each(["SIGINT", "SIGTERM"] as const)("prints export lines first, stays, says how to stop, and ends with 0 on %s", async (signal) => {
    const { child, said, ended, ready } = run();
    await ready;
    const lines = said.stdout.trimEnd().split("\n");
    expect(lines.every((line) => /^export [A-Z_]+='[^']*'$/.test(line))).toBe(true);
    const url = /BITBUCKET_API_URL='([^']+)'/.exec(said.stdout)?.[1] ?? "";
    expect((await fetch(`${url}/hook_events`)).status).toBe(200);
    expect(said.stderr).toMatch(/Press Ctrl\+C to stop it/);
    expect(said.stderr.trimEnd().split("\n")).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it("prints one JSON object with --json, for a seed of one's own, and gives webhooks https with --tls", async () => {
    const file = join(folder, "seed.json");
    const spaceliftHalf = { accounts: [{ name: "globex", keys: [{ id: "K", secret: "it's" }] }] };
    await writeFile(file, JSON.stringify({ $schema: "seed.schema.json", spacelift: spaceliftHalf }));
    const { child, said, ended, ready } = run("--json", "--tls", "--seed", file);
    await ready;
    const environment = JSON.parse(said.stdout) as Record<string, string>;
    expect(environment).toMatchObject({ SPACELIFT_API_KEY_ID: "K", SPACELIFT_API_KEY_SECRET: "it's" });
    expect(environment["SPACELIFT_API_KEY_ENDPOINT"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/globex$/);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it.each<[string, string | undefined, RegExp]>([
    ["is not there", undefined, /The seed .*missing\.json cannot be read: ENOENT/],
    ["is not JSON", "{", /is not JSON/],
    ["is wrong", '{"spacelift": {}}', /\$\.spacelift needs "accounts"/],
  ])("says what is wrong with a seed that %s, and ends with 1", async (_, content, message) => {
    const file = join(folder, content === undefined ? "missing.json" : "wrong.json");
    if (content !== undefined) await writeFile(file, content);
    const { said, ended } = run("--seed", file);
    expect(await ended).toBe(1);
    expect(said.stderr).toMatch(message);
    expect(said.stdout).toBe("");
  });

  it("explains itself with --help", async () => {
    const { said, ended } = run("--help");
    expect(await ended).toBe(0);
    for (const option of ["--json", "--seed <file>", "--tls", "--datacenter-tls"]) expect(said.stdout).toContain(option);
  });
});
