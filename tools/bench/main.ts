/** `npm run bench`: ratios measured in one run, and where they fall short of their aims. `-- --quick` takes small sizes. */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Problem, renderText } from "../../packages/diagnostics";
import { chooseEngine } from "../../packages/engine";
import { measurePlans, type PlanSizes } from "./plan";
import { measureStartUp } from "./start-up";
import { measureSynth } from "./synth";
import { fallsShort, tableText } from "./table";

const PLUGIN = resolve(__dirname, "../../dist/plugin/terraform-provider-bitlift");

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

async function main(): Promise<void> {
  const sizes = process.argv.includes("--quick") ? QUICK : FULL;
  const progress = (text: string) => process.stderr.write(`… ${text}\n`);
  const folder = await mkdtemp(join(tmpdir(), "bitlift-bench-"));
  try {
    const engine = await chooseEngine();
    progress("start of the plugin");
    const startUp = await measureStartUp(PLUGIN, sizes.startUps);
    const plans = await measurePlans(engine, folder, sizes.plans, progress);
    progress("synthesis");
    const synth = await measureSynth(folder, sizes.synth.sizes, sizes.synth.rounds);
    const rows = [...startUp, ...plans, ...synth];
    console.log(
      `${engine.name} ${engine.version}, Node.js ${process.versions.node}, ${String(cpus().length)} cores. Times differ from machine to machine; ratios are of this run.\n`,
    );
    console.log(tableText(rows));
    const short = rows.filter(fallsShort);
    console.log(
      short.length === 0 ? "\nEvery aim is met." : `\n${String(short.length)} of the aims ${short.length === 1 ? "is" : "are"} missed.`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Problem ? renderText(thrown.diagnostic) : thrown);
  process.exitCode = 1;
});
