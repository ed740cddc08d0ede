/** Declares every command and option of `bitlift`. The code of a command loads only when it runs. */
import { Command, InvalidArgumentError, Option, type CommanderError } from "commander";
import { version } from "../../package.json";
import type { ApplyOptions } from "./apply/command";
import { USAGE_ERROR } from "./exit-codes";
import { usageAfterError } from "./usage-errors";
import type { ExplainOptions } from "./explain/command";
import type { ExportOptions } from "./export/target-folders";
import type { InitOptions } from "./init/command";
import type { PlanOptions } from "./plan/command";
import type { ReviewOptions, ReviewOutput } from "./review/command";
import type { SandboxOptions } from "./sandbox/command";
import type { ColorOption } from "./terminal";
import type { ValidateOptions } from "./validate/command";

/** Returns a new instance each time, because commander stores parsed options in it. */
export function createProgram(): Command {
  const bitlift = new Command("bitlift")
    .description("Spacelift's Bitbucket integrations as code: one file, and the commands that check, plan and apply it.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addOption(noColor())
    .allowExcessArguments(false)
    .showHelpAfterError("Run bitlift --help to see its commands.")
    .exitOverride(exit);
  addFileCommands(bitlift);
  addEngineCommands(bitlift);
  addSandbox(bitlift);
  return bitlift;
}

/** Commands that need only the file. */
function addFileCommands(bitlift: Command): void {
  subcommand(bitlift, "init", "write a new project", "bitlift init infrastructure --pipeline bitbucket")
    .description(
      "Writes package.json, cdktf.json, main.ts, bitlift.yaml, .gitignore and a pipeline file. Overwrites nothing, and runs nothing.",
    )
    .argument("[dir]", "the folder of the project; by default the current one")
    .addOption(new Option("--pipeline <where>", "the pipeline file").choices(["bitbucket", "spacelift", "none"]).default("bitbucket"))
    .addOption(
      new Option("--host <package>", "the host framework; by default the one that package.json names, or cdktf").choices([
        "cdktf",
        "cdktn",
      ]),
    )
    .action(async (folder: string | undefined, options: InitOptions, command: Command) =>
      (await import("./init/command.js")).init(folder, withColor(options, command)),
    );
  subcommand(bitlift, "validate", "check bitlift.yaml", "bitlift validate --format github --strict")
    .description("Checks bitlift.yaml and the files that it includes, without any request. Exit code 0: no errors; 1: errors.")
    .argument("[file]", "the file; by default the one that cdktf.json names, or bitlift.yaml")
    .addOption(new Option("--format <format>", "how to print findings").choices(["text", "json", "sarif", "github"]).default("text"))
    .option("--strict", "make every warning an error")
    .action(async (file: string | undefined, options: ValidateOptions, command: Command) =>
      (await import("./validate/command.js")).validate(file, withColor(options, command)),
    );
  subcommand(bitlift, "schema", "print the JSON Schema of bitlift.yaml", "bitlift schema > bitlift.schema.json")
    .description("Prints the JSON Schema of bitlift.yaml, for editors. The package contains it as bitlift.schema.json.")
    .action(async () => (await import("./schema/command.js")).printSchema());
  subcommand(bitlift, "explain", "print what the file declares for a key or repository", "bitlift explain acme-workspace/infrastructure")
    .description(
      "Prints what the file declares for a Space, an integration or a repository: its part, Space, events, logins and address; and from the state file of the part, if there is one, its URL and IDs.",
    )
    .argument("<key or repository>", "a key of the file, or a repository such as acme-workspace/infrastructure or PLAT/ledger")
    .option("--file <file>", "the file; by default the one that cdktf.json names, or bitlift.yaml")
    .option("--json", "print one JSON object")
    .option("--online", "where no state file is on this machine, ask the backend, or Spacelift with the key of the environment")
    .action(async (query: string, options: ExplainOptions, command: Command) =>
      (await import("./explain/command.js")).explainKey(query, withColor(options, command)),
    );
}

/** Commands that start the app of cdktf.json. */
function addEngineCommands(bitlift: Command): void {
  subcommand(bitlift, "plan", "show what would change", "bitlift plan --part payments --plan-dir plans")
    .description(
      "Starts the app of cdktf.json, and plans every part: shows what an apply would create, change and delete. Exit code 0: no changes; 1: failed; 2: changes, or parts that wait.",
    )
    .addOption(parts())
    .addOption(parallel())
    .option("--plan-dir <dir>", "save the plans in this folder for bitlift apply --plan-dir")
    .option("--json", "print one JSON object per line, with every message of Terraform or OpenTofu")
    .action(async (options: PlanOptions, command: Command) => (await import("./plan/command.js")).plan(withColor(options, command)));
  subcommand(bitlift, "apply", "plan and apply", "bitlift apply --plan-dir plans --approve-later")
    .description(
      "Plans every part, shows the plans, asks, and applies them. Parts that wait for Spaces are planned when the Spaces exist. Exit code 0: everything is applied; 1: failed or declined; 2: parts remain.",
    )
    .addOption(parts())
    .addOption(parallel())
    .option("--plan-dir <dir>", "apply the plans that bitlift plan --plan-dir saved, without asking")
    .option("--auto-approve", "apply without asking")
    .option("--approve-later", "apply parts that waited for Spaces without asking again")
    .option("--accept-removals <number>", "accept exactly this number of removals over the limit of the file", wholeNumber)
    .option("--accept-backing-change", "delete objects and create them again with other providers, because backing changed")
    .option("--json", "print one JSON object per line, with every message of Terraform or OpenTofu; never asks")
    .action(async (options: ApplyOptions, command: Command) => (await import("./apply/command.js")).apply(withColor(options, command)));
  addReview(bitlift);
  subcommand(bitlift, "export", "write the files that an engine needs", "bitlift export . --flat --part main --no-backend")
    .description(
      "Writes cdk.tf.json, the plugin, the lock file and assets of each part into a folder of its own, for runners that only get Terraform files: Spacelift, Atlantis. With --backing, also moves the objects between Bitlift's own provider and the published ones: nothing is deleted or made again.",
    )
    .argument("<dir>", "the folder")
    .addOption(parts())
    .option("--flat", "write one part directly into the folder")
    .option("--no-backend", "leave out the backend, for a runner that stores the state itself")
    .addOption(
      new Option("--backing <who>", "synthesize with this backing, and write and print what moves the objects in the state to it").choices([
        "bitlift",
        "published",
      ]),
    )
    .option("--commands", "with --backing: commands instead of blocks, as for engines without such blocks")
    .option("--state <file>", "with --backing: the output of state pull of the part, where a runner stores the state")
    .option("--json", "with --backing: print one JSON object")
    .action(async (folder: string, options: ExportOptions, command: Command) =>
      (await import("./export/command.js")).exportParts(folder, withColor(options, command)),
    );
}

function addReview(bitlift: Command): void {
  // An --output belongs to the --format before it.
  const outputs: ReviewOutput[] = [];
  subcommand(bitlift, "review", "show what plans do to people", "bitlift review --fail-on danger --base origin/main --post")
    .description(
      "Plans every part, or reads plans, and shows who loses what: stacks, repositories, secrets. Exit code 0: no changes; 1: failed; 2: changes; 3: blocked by --fail-on or the limit on removals.",
    )
    .argument("[plans...]", "output of show -json, or saved plans; - for standard input. By default every part is planned")
    .addOption(parts())
    .option("--plan-dir <dir>", "review the plans that bitlift plan --plan-dir saved and bitlift apply --plan-dir applies")
    .option("--log <file...>", "for each plan file the output of plan -json, which contains the warnings")
    .addOption(
      new Option("--format <format>", "terminal, markdown, json, sarif, html, github or spacelift; may be repeated")
        .argParser((name) => addFormat(outputs, name))
        .default(outputs, "terminal"),
    )
    .option("--output <file>", "write the format before it to this file", (file) => addOutput(outputs, file))
    .option("-v, --verbose", "show details, and every finding")
    .option("--post", "post the review into the pull request")
    .option("--pr <number or address>", "the pull request; by default the one of the pipeline, or of the branch")
    .option("--fail-on <what>", "danger, warning, or a code; may be repeated", repeated, [])
    .option("--accept <code:key>", "accept one finding; may be repeated", repeated, [])
    .option("--note <text>", "why it is accepted", repeated, [])
    .option("--accept-removals <number>", "accept exactly this number of removals over the limit of the file", wholeNumber)
    .option(
      "--base <ref or plan>",
      "a branch, whose acceptances and limits count, or a plan of it (.json, .tfplan); may be repeated",
      repeated,
      [],
    )
    .option("--accept-from-head", "let the change accept its own findings")
    .action(async (files: string[], options: ReviewOptions, command: Command) =>
      (await import("./review/command.js")).review(files, withColor({ ...options, format: outputs }, command)),
    );
}

function addFormat(outputs: ReviewOutput[], name: string): ReviewOutput[] {
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) throw new InvalidArgumentError(`Allowed: ${FORMATS.join(", ")}.`);
  outputs.push({ format });
  return outputs;
}

function addOutput(outputs: ReviewOutput[], file: string): string {
  if (outputs.length === 0) outputs.push({ format: "terminal" });
  const last = outputs.at(-1);
  if (last?.file !== undefined) throw new InvalidArgumentError("It needs a --format before it.");
  if (last !== undefined) last.file = file;
  return file;
}

const FORMATS: readonly ReviewOutput["format"][] = ["terminal", "markdown", "json", "sarif", "html", "github", "spacelift"];

function repeated(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

function addSandbox(bitlift: Command): void {
  subcommand(bitlift, "sandbox", "run emulators of Spacelift and Bitbucket on this machine", "bitlift sandbox --seed acme.json")
    .description(
      "Emulates Spacelift, Bitbucket Cloud and Bitbucket Data Center on 127.0.0.1. Prints the environment variables that programs need to connect to it, then runs until you press Ctrl+C.",
    )
    .option("--json", "print the variables as one JSON object instead of export lines")
    .option("--seed <file>", "start with the accounts, repositories and logins in this JSON file; its schema is seed.schema.json")
    .option("--tls", "serve Spacelift's webhook URLs over HTTPS, with a self-signed certificate")
    .option("--datacenter-tls", "serve Bitbucket Data Center over HTTPS, with a self-signed certificate")
    .action(async (options: SandboxOptions) => (await import("./sandbox/command.js")).runSandbox(options));
}

function subcommand(bitlift: Command, name: string, summary: string, example: string): Command {
  const command = bitlift.command(name);
  return command
    .summary(summary)
    .helpOption("-h, --help", "print this help")
    .addOption(noColor())
    .addHelpText("after", `\nExample:\n  ${example}`)
    .allowExcessArguments(false)
    .showHelpAfterError(false)
    .exitOverride((error) => {
      if (error.exitCode !== 0) process.stderr.write(usageAfterError(bitlift, command, error));
      exit(error);
    });
}

function noColor(): Option {
  return new Option("--no-color", "print without color, as with the variable NO_COLOR");
}

function parts(): Option {
  return new Option("--part <name...>", "only these parts");
}

function parallel(): Option {
  return new Option("--parallel <number>", "how many parts run at the same time; by default one for each core, and at most 4").argParser(
    (text) => {
      if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
      throw new InvalidArgumentError("It must be a whole number from 1.");
    },
  );
}

/** `--no-color` may stand before or after the name of the command. */
function withColor<Options extends ColorOption>(options: Options, command: Command): Options {
  return { ...options, color: options.color !== false && command.parent?.opts<ColorOption>().color !== false };
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number.");
}

/** Commander exits with 1 for an invalid command line, but here 1 means that the command itself failed. */
function exit({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : USAGE_ERROR);
}
