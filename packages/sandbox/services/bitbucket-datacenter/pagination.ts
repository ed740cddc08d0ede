// Pages of lists: start, limit, and a nextPageStart that alone says where the next page begins.
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { Switches } from "./switches";

const DEFAULT_LIMIT = 25;
/** Under the switch, each item is this far from its neighbour, as if the caller could not see those between. */
const GAP = 7;

/** One page of the items; only what is on it is rendered. @throws EarlyResponse 400 for a start or a limit that is none */
export function paginate<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  view: (item: Item) => unknown,
  switches: Readonly<Switches>,
): SandboxResponse {
  const step = switches["page-starts"] === "gaps" ? GAP : 1;
  const limit = Math.min(parseWholeNumber(request, "limit", 1) ?? DEFAULT_LIMIT, switches["page-limit"]);
  const start = parseWholeNumber(request, "start", 0) ?? 0;
  const first = Math.ceil(start / step);
  const values = items.slice(first, first + limit).map(view);
  const isLastPage = first + limit >= items.length;
  return {
    status: 200,
    body: { size: values.length, limit, isLastPage, values, start, ...(isLastPage ? {} : { nextPageStart: (first + limit) * step }) },
  };
}

function parseWholeNumber(request: SandboxRequest, name: "start" | "limit", least: number): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
    throw new EarlyResponse(errors.invalid({ context: name, message: `${name} is a whole number of ${least} or more` }));
  }
  return Number(text);
}
