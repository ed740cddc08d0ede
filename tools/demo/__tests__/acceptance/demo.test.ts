/** `npm start` from end to end: the real cdktf, the real engine, the sandbox; and how it fails. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MAIN = join(__dirname, "../../main.js");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs it with a temporary folder of its own, where whatever it leaves behind can be seen. */
function start(
  temporary: string,
  variables: Readonly<Record<string, string>> = {},
  onText: (text: string, pid: number) => void = () => undefined,
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, TMPDIR: temporary, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      onText(out, child.pid ?? 0);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.once("error", fail);
    child.once("close", (code) => {
      done({ code, out, err });
    });
  });
}

/** Command lines of living processes that name the folder. */
function processesIn(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch {
        return [];
      }
    })
    .filter((line) => line.includes(folder));
}

const onLinux = process.platform === "linux" ? it : it.skip;
/** What tsx and Node.js keep there is not ours. */
const left = (folder: string) => readdirSync(folder).filter((name) => name.startsWith("bitlift-"));

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "start-test-"));
});
afterEach(() => {
  rmSync(temporary, { recursive: true, force: true });
});

onLinux(
  "plays the main job to its end, without colour in a pipe, and leaves neither a process nor a file",
  async () => {
    const { code, out, err } = await start(temporary);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const steps = [...out.matchAll(/^(\d+) {2}(.+)$/gm)].map((match) => `${match[1] ?? ""} ${match[2] ?? ""}`);
    expect(steps).toEqual([
      "1 Engine, plugin, emulators",
      "2 What is declared: the context of cdktf.json",
      "3 cdktf deploy",
      "4 What exists now, on both sides",
      "5 Stacks take their source through the integrations",
      "6 A push, and a pull request that is merged",
      "7 A second plan",
      "8 Somebody takes the secret out of a webhook in Bitbucket Data Center",
      expect.stringMatching(/^9 A plan for a rename/),
      "10 A plan for a replacement under the same name: -replace",
      "11 Applying that, while a stack takes its source through the integration",
    ]);
    expect(out.match(/^ {3}\(\d+\.\d s\)$/gm)).toHaveLength(steps.length);
    // Each of these comes from another program: cdktf, Bitbucket's emulator, Spacelift's, the engine's plans.
    expect(out).toMatch(/Apply complete! Resources: 8 added/);
    expect(out.match(/7 events, secret set/g)).toHaveLength(3);
    expect(out.match(/8 events, secret set/g)).toHaveLength(2);
    expect(out).toMatch(/repo:push +signature valid, answered 200: run TRACKED of /);
    expect(out).toMatch(/pullrequest:fulfilled +signature valid, answered 200/);
    expect(out).toMatch(/repo:refs_changed +signature valid, answered 200: run TRACKED of /);
    expect(out).toMatch(/pr:merged +signature valid, answered 200/);
    expect(out).toContain("No changes.");
    expect(out).toMatch(
      /signature missing, answered 401[\s\S]*secret_fingerprint +null -> "sha256:[0-9a-f]{16}"[\s\S]*signature valid, answered 200/,
    );
    expect(out).toMatch(/replace: create the new one first[\s\S]*webhook_url +"[^"]+" -> known after apply/);
    expect(out).toMatch(/replace: delete the old one first[\s\S]*webhook_url +"[^"]+" \(unchanged\)/);
    expect(out).toMatch(/webhook_secret_fingerprint +"sha256:[0-9a-f]{16}" -> known after apply/);
    expect(out).toMatch(/Error: Stacks or modules use the integration\n.*"Ledger"/);
    expect(out).not.toContain("\u001b[");
    expect(left(temporary)).toEqual([]);
    expect(processesIn(temporary)).toEqual([]);
  },
  240_000,
);

onLinux(
  "an interruption ends every process and removes the folder",
  async () => {
    let asked = false;
    const { code, err } = await start(temporary, {}, (text, pid) => {
      if (asked || !text.includes("3  cdktf deploy")) return;
      asked = true;
      setTimeout(() => process.kill(pid, "SIGTERM"), 2000);
    });
    expect({ code, err }).toEqual({ code: 1, err: "\nInterrupted; nothing is left behind.\n" });
    expect(left(temporary)).toEqual([]);
    expect(processesIn(temporary)).toEqual([]);
  },
  120_000,
);

it("without an engine it ends with a clear message and exit code 1", async () => {
  const { code, out, err } = await start(temporary, { BITLIFT_ENGINE: "no-such-engine" });
  expect(code).toBe(1);
  expect(out).not.toContain("2  ");
  expect(err).toContain('Error: No engine was found\n  BITLIFT_ENGINE names "no-such-engine", which is no executable file on PATH.');
}, 60_000);
