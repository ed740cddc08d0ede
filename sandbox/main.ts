// `npm run sandbox`: starts a sandbox, prints the variables that point at it, and stays until it is interrupted.
// First, because it remembers the parent.
import { onInterruption } from "./interruption";
import { Command } from "commander";
import { startSandbox } from ".";
import { readSeedFile } from "./seed";

interface Options {
  readonly json?: boolean;
  readonly seed?: string;
  readonly tls?: boolean;
  readonly datacenterTls?: boolean;
}

const command = new Command("npm run sandbox --")
  .description(
    "Emulates Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1. Prints the variables that point programs at it, then stays until interrupted.",
  )
  .option("--json", "print the variables as one JSON object instead of export lines")
  .option("--seed <file>", "JSON file with accounts, repositories and credentials; its schema is sandbox/seed.schema.json")
  .option("--tls", "give Spacelift's webhook addresses an https origin with a certificate that nobody has signed")
  .option("--datacenter-tls", "serve Bitbucket Data Center over https, with a certificate that nobody has signed")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((options: Options) => run(options));

async function run(options: Options): Promise<void> {
  const sandbox = await startSandbox({
    ...(options.seed === undefined ? {} : { seed: await readSeedFile(options.seed) }),
    tls: options.tls === true,
    datacenterTls: options.datacenterTls === true,
  });
  const interrupted = new Promise<void>((resolve) => onInterruption("sandbox", resolve));
  process.stdout.write(options.json === true ? `${JSON.stringify(sandbox.environment)}\n` : exports(sandbox.environment));
  process.stderr.write(
    "The sandbox is running. Paste the lines above into another shell to use it; sandbox/README.md has examples. Ctrl+C stops it.\n",
  );
  await interrupted;
  await sandbox.stop();
}

function exports(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join("");
}

command
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(
      `Error: The sandbox did not start\n  ${(error instanceof Error ? error.message : String(error)).replaceAll("\n", "\n  ")}\n`,
    );
    process.exitCode = 1;
  })
  // At once: where the loop merely runs dry, Node gives up the handlers first, and a signal that npm forwards late would cut the ending short.
  .finally(() => process.exit());
