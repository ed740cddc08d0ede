// Paged lists: `start`, `limit`, and `nextPageStart`, the only reliable start of the next page.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import type { Switches } from "./switches";

const DEFAULT_LIMIT = 25;
/** The distance between items under the switch, as if the caller could not see the items in between. */
const GAP = 7;

/** Serializes only the items of the requested page. @throws EarlyResponse 400 for an invalid start or limit */
export function paginate<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  serialize: (item: Item) => unknown,
  switches: Readonly<Switches>,
): SandboxResponse {
  const step = switches["page-starts"] === "gaps" ? GAP : 1;
  const limit = Math.min(parseWholeNumber(request, "limit", 1) ?? DEFAULT_LIMIT, switches["page-limit"]);
  const start = parseWholeNumber(request, "start", 0) ?? 0;
  const first = Math.ceil(start / step);
  const values = items.slice(first, first + limit).map(serialize);
  const isLastPage = first + limit >= items.length;
  const nextPageStart = isLastPage ? undefined : (first + limit) * step;
  return { status: 200, body: { size: values.length, limit, isLastPage, values, start, nextPageStart } };
}

function parseWholeNumber(request: SandboxRequest, name: "start" | "limit", minimum: number): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < minimum) {
    throw new EarlyResponse(errors.invalid({ context: name, message: `${name} is a whole number of ${minimum} or more` }));
  }
  return Number(text);
}
