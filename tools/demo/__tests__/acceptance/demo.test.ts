/** The demo from start to end, with the real cdktf, the real engine and the sandbox; and how it fails. */
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

/** Runs the demo with its own temporary folder, so that a test sees which files it leaves behind. */
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

/** Command lines of running processes that contain the folder. */
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
/** See demo-by-npm.test.ts. */
const withSignals = process.env["BITLIFT_SIGNAL_TESTS"] === "0" ? it.skip : onLinux;
/** The folders of the demo; tsx and Node.js also keep files there. */
const remainingFolders = (folder: string) => readdirSync(folder).filter((name) => name.startsWith("bitlift-"));

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "start-test-"));
});
afterEach(() => {
  rmSync(temporary, { recursive: true, force: true });
});

onLinux(
  "runs every step, without color in a pipe, and leaves neither a process nor a file",
  async () => {
    const { code, out, err } = await start(temporary);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const steps = [...out.matchAll(/^(\d+) {2}(.+)$/gm)].map((match) => `${match[1] ?? ""} ${match[2] ?? ""}`);
    expect(steps).toEqual([
      "1 Find the engine, build the plugin, start the emulators",
      "2 Declare Spaces, integrations and webhooks in bitlift.yaml",
      "3 Deploy them with cdktf deploy",
      "4 Check what Spacelift and Bitbucket now contain",
      "5 Attach a stack to each integration",
      "6 Push a commit, then open and merge a pull request",
      "7 Plan again: nothing has changed",
      "8 Remove a webhook secret in Bitbucket Data Center, then repair it with an apply",
      expect.stringMatching(/^9 Plan a rename/),
      "10 Plan a replacement with the same name (-replace)",
      "11 Apply that replacement while a stack uses the integration",
      "12 Review the rename and a deletion: who loses what",
    ]);
    expect(out.match(/^ {3}\(\d+\.\d s\)$/gm)).toHaveLength(steps.length);
    // The lines come from different programs: cdktf, the emulated Bitbucket and Spacelift, and the engine.
    expect(out).toMatch(/Apply complete! Resources: 8 added/);
    expect(out.match(/7 events, secret set/g)).toHaveLength(3);
    expect(out.match(/8 events, secret set/g)).toHaveLength(2);
    expect(out).toMatch(/repo:push +signature valid, status 200: started a TRACKED run of stack /);
    expect(out).toMatch(/pullrequest:fulfilled +signature valid, status 200/);
    expect(out).toMatch(/repo:refs_changed +signature valid, status 200: started a TRACKED run of stack /);
    expect(out).toMatch(/pr:merged +signature valid, status 200/);
    expect(out).toContain("No changes.");
    expect(out).toMatch(
      /signature missing, status 401[\s\S]*secret_fingerprint +null -> "sha256:[0-9a-f]{16}"[\s\S]*signature valid, status 200/,
    );
    expect(out).toMatch(/replace: create the new one first[\s\S]*webhook_url +"[^"]+" -> known after apply/);
    expect(out).toMatch(/replace: delete the old one first[\s\S]*webhook_url +"[^"]+" \(unchanged\)/);
    expect(out).toMatch(/webhook_secret_fingerprint +"sha256:[0-9a-f]{16}" -> known after apply/);
    expect(out).toMatch(/Error: .*\n.*"Ledger"[\s\S]*\(integration-in-use\)/);
    const [renamed, deleted] = out.slice(out.indexOf("\n12  ")).split("The deletion of ");
    expect(renamed).toMatch(
      /\n {3}1 danger\. Plan: 4 replaced\.\n[\s\S]*\[integration-renamed\]\n[\s\S]*Stacks in root > Bitlift demo: Infrastructure\n/,
    );
    expect(deleted).toMatch(
      /\n {3}1 danger\. Plan: 4 deleted\.\n[\s\S]*1 stack loses its source[\s\S]*Deleted: integration Bitbucket for Payments,/,
    );
    expect(out).not.toContain("\u001b[");
    expect(remainingFolders(temporary)).toEqual([]);
    expect(processesIn(temporary)).toEqual([]);
  },
  240_000,
);

withSignals(
  "an interruption ends every process and removes the folder",
  async () => {
    let isSent = false;
    const { code, err } = await start(temporary, {}, (text, pid) => {
      if (isSent || !text.includes("3  Deploy")) return;
      isSent = true;
      setTimeout(() => process.kill(pid, "SIGTERM"), 2000);
    });
    expect({ code, err }).toEqual({ code: 1, err: "\nInterrupted. Stopping all processes and removing all files.\n" });
    expect(remainingFolders(temporary)).toEqual([]);
    expect(processesIn(temporary)).toEqual([]);
  },
  120_000,
);

it("without an engine it ends with an error and exit code 1", async () => {
  const { code, out, err } = await start(temporary, { BITLIFT_ENGINE: "no-such-engine" });
  expect(code).toBe(1);
  expect(out).not.toContain("2  ");
  expect(err).toContain("(engine-missing)");
  expect(err).toMatch(/BITLIFT_ENGINE.*"no-such-engine"/);
}, 60_000);
