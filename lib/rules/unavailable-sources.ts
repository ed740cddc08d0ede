/** Rule: an integration is available in the Space of each stack and module that takes its source from it. */
import type { Declarations } from "./declarations";
import { describeSpace, type Finding } from "./finding";

export function* unavailableSources({ stackSources }: Declarations): Generator<Finding> {
  for (const { integration, repository, space } of stackSources) {
    if (space === undefined || integration.isAvailableTo(space) !== "no") continue;
    const [owner, consumer] = [integration.space && describeSpace(integration.space), describeSpace(space)];
    yield {
      construct: integration,
      why:
        `A stack or module in the Space ${consumer} reads ${repository.namespace}/${repository.slug}, but the integration${owner === undefined ? "" : ` is in the Space ${owner}, and`} is not available there. ` +
        "An integration is available in its own Space, and in child Spaces if every Space on the path inherits.",
      fix: `Set space of the integration to ${consumer}. If other Spaces use it too, set it to a parent of all of them, and set inheritEntities to true on them and on every Space in between.`,
    };
  }
}
