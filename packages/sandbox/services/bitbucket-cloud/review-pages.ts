// Pages of the lists below a pull request and a commit.
import type { SandboxResponse } from "../../core/service";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";

/** Pages can be shorter than the caller wants, see the switch shorter-pages. */
export function respondWithPage<Item>(
  context: RequestContext,
  items: readonly Item[],
  serialize: (item: Item) => unknown,
  maxLength = 100,
): SandboxResponse {
  const { switches } = context.state;
  const ceiling = switches["shorter-pages"] === 0 ? undefined : switches["shorter-pages"];
  return paginate(context.request, items, serialize, { origin: context.state.origin(), maxLength, ceiling });
}
