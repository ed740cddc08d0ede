/** Declares every command and option of `bitlift`. The code of a command loads only when it runs. */
import { Command, type CommanderError } from "commander";
import { version } from "../../package.json";
import { USAGE_ERROR } from "./exit-codes";
import type { SandboxOptions } from "./sandbox/command";

/** Returns a new instance each time, because commander stores parsed options in it. */
export function createProgram(): Command {
  const bitlift = new Command("bitlift")
    .description("Tools for Spacelift's Bitbucket integrations as code.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .allowExcessArguments(false)
    .showHelpAfterError("Run this command with --help to see its usage.")
    .exitOverride(exit);

  bitlift
    .command("sandbox")
    .summary("run emulators of Spacelift and Bitbucket on this machine")
    .description(
      "Emulates Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1. Prints the environment variables that programs need to connect to it, then runs until you press Ctrl+C.",
    )
    .helpOption("-h, --help", "print this help")
    .option("--json", "print the variables as one JSON object instead of export lines")
    .option("--seed <file>", "start with the accounts, repositories and credentials in this JSON file")
    .option("--tls", "serve Spacelift's webhook URLs over HTTPS, with a self-signed certificate")
    .option("--datacenter-tls", "serve Bitbucket Data Center over HTTPS, with a self-signed certificate")
    .addHelpText(
      "after",
      "\nThe schema of seed files is packages/sandbox/seed.schema.json.\n\nExample:\n  bitlift sandbox --seed acme.json",
    )
    .allowExcessArguments(false)
    .exitOverride(exit)
    .action(async (options: SandboxOptions) => (await import("./sandbox/command.js")).runSandbox(options));

  return bitlift;
}

/** Commander exits with 1 for an invalid command line, but here 1 means that the command itself failed. */
function exit({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : USAGE_ERROR);
}
