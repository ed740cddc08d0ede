/** The golden plans of objects with published backing, made with stand-ins for the published providers. */
import { PRODUCTS } from "../../tools/harness";
import { expectGoldenPlan } from "./golden-plan";
import { PUBLISHED_SCENARIOS } from "./published-scenarios";
import { scenario } from "./scenario";

describe.each(PRODUCTS)("on $title", (product) => {
  for (const [name, run] of Object.entries(PUBLISHED_SCENARIOS[product.name])) {
    scenario(
      `the plan of ${name} is as recorded`,
      async (harness) => {
        const { folder } = harness;
        // Moves to another type, and arguments that no state contains, need a newer engine.
        if (!folder.engine.movesBetweenTypes || !folder.engine.writeOnly) return;
        const planned = await run(harness, product);
        if (planned.code !== 2) throw new Error(planned.output);
        expectGoldenPlan(folder.engine, "published-plans", `${product.name}-${name}`, planned);
      },
      { standIns: true },
    );
  }
});
