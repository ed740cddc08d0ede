/** Starts sandbox-process.ts and waits for its address. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import type { SandboxAddress } from "../harness";

const ROOT = resolve(__dirname, "../..");

export interface SeparateSandbox {
  readonly address: SandboxAddress;
  stop(): Promise<void>;
}

/** A sandbox with this number of `bench-` repositories in each product. */
export async function startSeparateSandbox(repositories: number): Promise<SeparateSandbox> {
  const child = fork(join(__dirname, "sandbox-process.ts"), [String(repositories)], {
    cwd: ROOT,
    execArgv: ["--import", "tsx"],
    env: { PATH: process.env["PATH"], TMPDIR: process.env["TMPDIR"] },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const address = await new Promise<SandboxAddress>((received, failed) => {
    child.once("message", (message) => received(message as SandboxAddress));
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`The sandbox ended with exit code ${String(code)} before it was ready.`)));
  });
  return {
    address,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
