/** `bitlift sandbox`: starts a sandbox, prints the variables that programs need to connect to it, and runs until it is interrupted. */
import { readSeedFile, startSandbox } from "../../sandbox";
import { onInterruption } from "../interruption";

export interface SandboxOptions {
  readonly json?: boolean;
  /** Path of a JSON file. */
  readonly seed?: string;
  readonly tls?: boolean;
  readonly datacenterTls?: boolean;
}

/** Resolves after the sandbox has stopped. Sets exit code 1 if it cannot start. */
export async function runSandbox(options: SandboxOptions): Promise<void> {
  const sandbox = await startFromOptions(options).catch(reportFailedStart);
  if (sandbox === undefined) return;
  const interrupted = new Promise<void>((resolve) => onInterruption("sandbox", resolve));
  process.stdout.write(options.json === true ? `${JSON.stringify(sandbox.environment)}\n` : exportLines(sandbox.environment));
  process.stderr.write("The sandbox is running. To use it, paste the lines above into another shell. Press Ctrl+C to stop it.\n");
  await interrupted;
  await sandbox.stop();
}

async function startFromOptions({ seed, tls, datacenterTls }: SandboxOptions): ReturnType<typeof startSandbox> {
  return startSandbox({
    seed: seed === undefined ? undefined : await readSeedFile(seed),
    tls: tls === true,
    datacenterTls: datacenterTls === true,
  });
}

function reportFailedStart(thrown: unknown): undefined {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  process.stderr.write(`Error: The sandbox did not start\n  ${message.replaceAll("\n", "\n  ")}\n`);
  process.exitCode = 1;
}

function exportLines(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");
}
