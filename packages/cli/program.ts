/** Every command and option of `bitlift` on one page. Commands load only when they run. */
import { Command, type CommanderError } from "commander";
import { version } from "../../package.json";
import { USAGE_ERROR } from "./exit-codes";
import type { SandboxOptions } from "./sandbox/command";

/** A new instance for each run: commander keeps parsed options in it. */
export function program(): Command {
  const bitlift = new Command("bitlift")
    .description("Spacelift's Bitbucket integrations as code.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .allowExcessArguments(false)
    .showHelpAfterError("Run with --help to see the commands and options.")
    .exitOverride(exit);

  bitlift
    .command("sandbox")
    .summary("emulate Spacelift and Bitbucket on this machine")
    .description(
      "Emulates Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1. Prints the environment variables that point programs to it, then runs until you stop it.",
    )
    .helpOption("-h, --help", "print this help")
    .option("--json", "print the variables as one JSON object instead of export lines")
    .option("--seed <file>", "JSON file with accounts, repositories and credentials (schema: packages/sandbox/seed.schema.json)")
    .option("--tls", "serve Spacelift's webhook URLs over HTTPS, with a self-signed certificate")
    .option("--datacenter-tls", "serve Bitbucket Data Center over HTTPS, with a self-signed certificate")
    .addHelpText("after", "\nExample:\n  bitlift sandbox --seed acme.json")
    .allowExcessArguments(false)
    .exitOverride(exit)
    .action(async (options: SandboxOptions) => (await import("./sandbox/command.js")).runSandbox(options));

  return bitlift;
}

/** Commander's own exit code for wrong use is 1, which commands use for what they find. */
function exit({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : USAGE_ERROR);
}
