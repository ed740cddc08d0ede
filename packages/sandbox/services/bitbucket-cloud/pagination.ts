// Pages of lists: pagelen, page, and a `next` at the sandbox's own address.
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";

export interface PageOptions {
  readonly origin: string;
  readonly defaultLength?: number;
  readonly longest?: number;
  readonly status?: number;
}

/** One page of the items; only what is on it is rendered. @throws Refusal 400 for a page length above the limit, or none at all */
export function paginate<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  view: (item: Item) => unknown,
  { origin, defaultLength = 10, longest = 100, status = 200 }: PageOptions,
): SandboxResponse {
  const pagelen = parseWholeNumber(request, "pagelen") ?? defaultLength;
  if (pagelen > longest) throw new EarlyResponse(errors.invalidPage("pagelen"));
  const number = parseWholeNumber(request, "page") ?? 1;
  const first = (number - 1) * pagelen;
  const at = (to: number): string => {
    const query = new URLSearchParams(request.query);
    query.set("page", String(to));
    return `${origin}${request.path}?${query.toString()}`;
  };
  const body = {
    values: items.slice(first, first + pagelen).map(view),
    pagelen,
    size: items.length,
    page: number,
    ...(first + pagelen < items.length ? { next: at(number + 1) } : {}),
    ...(number > 1 ? { previous: at(number - 1) } : {}),
  };
  return { status, body };
}

function parseWholeNumber(request: SandboxRequest, name: "pagelen" | "page"): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new EarlyResponse(errors.invalidPage(name));
  return Number(text);
}
