/** `bitlift sandbox` as a process: what it prints, and how it stops. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
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

  /** Starts the command without npm. With npm: acceptance/sandbox-by-npm.test.ts. */
  function run(...args: readonly string[]) {
    const child = spawn(process.execPath, ["--import", "tsx", "packages/cli/bin.js", "sandbox", ...args], { cwd: ROOT });
    children.push(child);
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (part: Buffer) => (output.stdout += part.toString()));
    child.stderr.on("data", (part: Buffer) => (output.stderr += part.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const ready = new Promise<void>((resolve) => child.stderr.once("data", () => resolve()));
    return { child, output, ended, ready };
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "prints export lines and how to stop it, keeps running, and exits with 0 on %s",
    async (signal) => {
      const { child, output, ended, ready } = run();
      await ready;
      const lines = output.stdout.trimEnd().split("\n");
      expect(lines.every((line) => /^export [A-Z_]+='[^']*'$/.test(line))).toBe(true);
      const url = /BITBUCKET_API_URL='([^']+)'/.exec(output.stdout)?.[1] ?? "";
      expect((await fetch(`${url}/hook_events`)).status).toBe(200);
      expect(output.stderr).toMatch(/Press Ctrl\+C to stop it/);
      expect(output.stderr.trimEnd().split("\n")).toHaveLength(1);
      child.kill(signal);
      expect(await ended).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    },
  );

  it("prints one JSON object with --json, and reads the seed file, also with --tls", async () => {
    const file = join(folder, "seed.json");
    const spaceliftSeed = { accounts: [{ name: "globex", keys: [{ id: "K", secret: "it's" }] }] };
    await writeFile(file, JSON.stringify({ $schema: "seed.schema.json", spacelift: spaceliftSeed }));
    const { child, output, ended, ready } = run("--json", "--tls", "--seed", file);
    await ready;
    const environment = JSON.parse(output.stdout) as Record<string, string>;
    expect(environment).toMatchObject({ SPACELIFT_API_KEY_ID: "K", SPACELIFT_API_KEY_SECRET: "it's" });
    expect(environment["SPACELIFT_API_KEY_ENDPOINT"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/globex$/);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it.each<[string, string | undefined, RegExp]>([
    ["does not exist", undefined, /missing\.json.*ENOENT/],
    ["is not JSON", "{", /invalid\.json.*JSON/],
    ["is invalid", '{"spacelift": {}}', /\$\.spacelift.*accounts/],
  ])("reports a seed file that %s, and exits with 1", async (_, content, message) => {
    const file = join(folder, content === undefined ? "missing.json" : "invalid.json");
    if (content !== undefined) await writeFile(file, content);
    const { output, ended } = run("--seed", file);
    expect(await ended).toBe(1);
    expect(output.stderr).toMatch(message);
    expect(output.stdout).toBe("");
  });

  it("stops when the shell that npx started has ended", async () => {
    const env = { ...process.env, npm_lifecycle_event: "npx", npm_lifecycle_script: "'bitlift'" };
    const command = `"${process.execPath}" --import tsx packages/cli/bin.js sandbox --json; exit`;
    const shell = spawn("sh", ["-c", command], { cwd: ROOT, env });
    children.push(shell);
    const closed = new Promise((resolve) => shell.once("close", resolve));
    const [line] = (await once(shell.stdout, "data")) as [Buffer];
    const { BITLIFT_SANDBOX_SPACELIFT_URL: url = "" } = JSON.parse(line.toString()) as Record<string, string>;
    expect((await fetch(`${url}/requests`)).status).toBe(200);
    shell.kill("SIGTERM");
    // The sandbox has the other end of the streams.
    await closed;
    await expect(fetch(`${url}/requests`)).rejects.toThrow();
  });

  it("lists its options with --help", async () => {
    const { output, ended } = run("--help");
    expect(await ended).toBe(0);
    for (const option of ["--json", "--seed <file>", "--tls", "--datacenter-tls"]) expect(output.stdout).toContain(option);
  });
});
