/** `npm run bench`: measures ratios in one run, and compares them with their targets. `npm run bench -- --quick` uses small sizes. */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Problem, renderText } from "../../packages/diagnostics";
import { chooseEngine, codePage } from "../../packages/engine";
import { PLUGIN_EXECUTABLE } from "../harness";
import { measurePlans, type PlanSizes } from "./plan-benchmark";
import { measureStartUp } from "./start-up-benchmark";
import { measureSynth } from "./synth-benchmark";
import { missesTarget, tableText } from "./table";

const FULL = {
  startUps: 15,
  plans: { webhooks: 1000, rounds: 3, requests: [10, 100], memory: 3000 } satisfies PlanSizes,
  synth: { sizes: [1000, 5000, 10_000], rounds: 2 },
};
const QUICK: typeof FULL = {
  startUps: 5,
  plans: { webhooks: 100, rounds: 1, requests: [10], memory: 300 },
  synth: { sizes: [100, 500], rounds: 1 },
};

const command = new Command("npm run bench --")
  .description("Measures start-up, plans and synthesis in one run, and compares their ratios with the targets.")
  .option("--quick", "use small sizes")
  .allowExcessArguments(false)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(main);

async function main(options: { readonly quick?: boolean }): Promise<void> {
  const sizes = options.quick === true ? QUICK : FULL;
  const showProgress = (text: string) => void process.stderr.write(`Measuring: ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), "bitlift-bench-"));
  try {
    const engine = await chooseEngine();
    showProgress("start of the plugin");
    const startUp = await measureStartUp(PLUGIN_EXECUTABLE, sizes.startUps);
    const plans = await measurePlans({ engine, folder, sizes: sizes.plans, showProgress });
    showProgress("synthesis");
    const synth = await measureSynth(folder, sizes.synth.sizes, sizes.synth.rounds);
    const rows = [...startUp, ...plans, ...synth];
    console.log(`${engine.name} ${engine.version}, Node.js ${process.versions.node}, ${cpus().length} cores`);
    console.log("Times depend on the machine. Ratios compare measurements of this run.\n");
    console.log(tableText(rows));
    const missed = rows.filter(missesTarget).length;
    console.log(missed === 0 ? "\nAll targets met." : `\n${missed} ${missed === 1 ? "target" : "targets"} missed.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

command.parseAsync().catch((thrown: unknown) => {
  console.error(thrown instanceof Problem ? renderText(thrown.diagnostic, codePage) : thrown);
  process.exitCode = 1;
});
