/** The golden plans that the rules of the review are tested with: what the engine prints for each scenario. */
import { PRODUCTS } from "../../tools/harness";
import { expectGoldenPlan } from "./golden-plan";
import { SCENARIOS } from "./review-scenarios";
import { scenario } from "./scenario";

describe.each(PRODUCTS)("on $title", (product) => {
  for (const [name, run] of Object.entries(SCENARIOS)) {
    scenario(`the plan of ${name} is as recorded`, async (harness) => {
      const planned = await run(harness, product);
      expect(planned.code).toBe(2);
      expectGoldenPlan(harness.folder.engine, "plans", `${product.name}-${name}`, planned);
    });
  }
});
