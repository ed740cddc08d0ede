/** Rule: an integration is available in the Space of each stack and module that takes its source from it. */
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* unavailableSources({ stackSources }: Declarations): Generator<Finding> {
  for (const { integration, repository, space } of stackSources) {
    if (space === undefined || integration.isAvailableTo(space) !== "no") continue;
    yield {
      construct: integration,
      why:
        `The integration is not available in the Space of a stack or module that reads ${repository.namespace}/${repository.slug}. ` +
        "An integration is available in its own Space, and in child Spaces if every Space on the path inherits.",
      fix: "Move the integration to the Space of the stack or one of its parents, and set inheritEntities to true on the Spaces in between.",
    };
  }
}
