/** What follows an error in the command line: the usage in two lines, and whose option it is if another command has it. */
import { Command, Option, type CommanderError } from "commander";

export function usageAfterError(bitlift: Command, command: Command, { code, message }: CommanderError): string {
  const usage = `Usage: bitlift ${command.name()} ${command.usage()}\nRun bitlift ${command.name()} --help to see the options.\n`;
  const option = code === "commander.unknownOption" ? /'(--[^'=]+)/.exec(message)?.[1] : undefined;
  // Commander suggests options of the command itself.
  if (option === undefined || message.includes("Did you mean")) return usage;
  return `${ownersText(bitlift, option)}${usage}`;
}

function ownersText({ commands }: Command, option: string): string {
  const similar = similarOption(option, new Set(commands.flatMap((command) => command.options.flatMap(({ long }) => long ?? []))));
  if (similar === undefined) return "";
  const owners = commands
    .filter((command) => command.options.some(({ long }) => long === similar))
    .map((owner) => `bitlift ${owner.name()}`);
  return `${similar} is an option of ${new Intl.ListFormat("en").format(owners)}.\n`;
}

/** Lets commander search, which does that only in the options of one command. */
function similarOption(option: string, known: ReadonlySet<string>): string | undefined {
  if (known.has(option)) return option;
  const all = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  for (const name of known) all.addOption(new Option(name));
  try {
    all.parse([option], { from: "user" });
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? /Did you mean (?:one of )?(--[\w-]+)/.exec(thrown.message)?.[1] : undefined;
  }
}
