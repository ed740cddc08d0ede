/** Declares the options of `npm run bench`. Each option is checked before anything is measured. */
import { Command, InvalidArgumentError, Option } from "commander";
import { THIS_CHECKOUT } from "./benchmark";
import { nodeAt, type NodeUnderTest } from "./node-under-test";
import { PART_NAMES, type PartName } from "./parts";
import { peerAt, type PeerFolder } from "./peer-folder";
import { resolveCommit, type ReferenceCommit } from "./reference-checkout";

export interface BenchOptions {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly only: readonly PartName[];
  readonly node: NodeUnderTest;
  readonly peer: readonly PeerFolder[];
  readonly compare?: ReferenceCommit;
}

const PEER_HELP = `
The folder of a peer:
  <webhooks>/         a configuration with as many webhooks, for example 20, 1000 or 5000; only these numbers are planned
  apply-<webhooks>/   the same for the apply, which starts with an empty state each time
  *.tf, *.tf.json     without such folders: one configuration for every number, which reads var.webhooks
  setup               an executable that may write the configuration and the state, and print NAME=value for the engine
  cli.tfrc            the CLI configuration of the engine
The bench works in a copy. It runs setup and init there, and creates what has no state. CONTRIBUTING.md lists the variables
that setup and the engine receive.
`;

const EXAMPLES = `
Examples:
  npm run bench -- --quick --only start plan
  npm run bench -- --node "$(npx -p node@24 node -p process.execPath)"
  npm run bench -- --peer ../peers/bitbucket --only plan apply
  npm run bench -- --compare main --json
`;

export function createProgram(action: (options: BenchOptions) => Promise<void>): Command {
  return new Command("npm run bench --")
    .description("Measures start-up, plans, applies, memory and synthesis in one run, and compares them with the targets.")
    .option("--quick", "use small sizes, which take two minutes, and for which most targets do not apply")
    .addOption(new Option("--only <part...>", "measure only these parts").choices(PART_NAMES).default(PART_NAMES, "all"))
    .addOption(
      new Option("--node <path>", "run the plugin and the synthesis with this Node.js")
        .argParser(checked(nodeAt))
        .default(nodeAt(process.execPath), "the one that runs this command"),
    )
    .addOption(
      new Option("--peer <folder>", "measure another provider beside ours; can be repeated")
        .argParser((path: string, previous: readonly PeerFolder[]) => [...previous, checked(peerAt)(path)])
        .default([], "none"),
    )
    .addOption(
      new Option("--compare <ref>", "measure this checkout and that commit alternately; exit with code 1 if a ratio exceeds its limit")
        .argParser(checked((ref) => resolveCommit(THIS_CHECKOUT.root, ref)))
        .conflicts("peer"),
    )
    .option("--json", "print one JSON object instead of a table")
    .addHelpText("after", `${PEER_HELP}${EXAMPLES}`)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(action);
}

/** Makes an error in an argument one of the command line. */
function checked<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (thrown) {
      throw new InvalidArgumentError(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
}
