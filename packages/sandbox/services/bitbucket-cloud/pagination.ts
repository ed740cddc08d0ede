// Paged lists: `pagelen`, `page`, and links to the next and the previous page.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { errors } from "./errors";

export interface PageOptions {
  readonly origin: string;
  readonly defaultLength?: number;
  readonly maxLength?: number;
  readonly status?: number;
  /** The most items of a page, whatever the caller wants. */
  readonly ceiling?: number | undefined;
}

/** Serializes only the items of the requested page. @throws EarlyResponse 400 for an invalid page, or a page length above the limit */
export function paginate<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  serialize: (item: Item) => unknown,
  { origin, defaultLength = 10, maxLength = 100, status = 200, ceiling = Number.POSITIVE_INFINITY }: PageOptions,
): SandboxResponse {
  const wanted = parseWholeNumber(request, "pagelen") ?? defaultLength;
  if (wanted > maxLength) throw new EarlyResponse(errors.invalidPage("pagelen"));
  const pagelen = Math.min(wanted, ceiling);
  const page = parseWholeNumber(request, "page") ?? 1;
  const first = (page - 1) * pagelen;
  const body = {
    values: items.slice(first, first + pagelen).map(serialize),
    pagelen,
    size: items.length,
    page,
    next: first + pagelen < items.length ? buildPageUrl(request, origin, page + 1) : undefined,
    previous: page > 1 ? buildPageUrl(request, origin, page - 1) : undefined,
  };
  return { status, body };
}

function buildPageUrl(request: SandboxRequest, origin: string, page: number): string {
  const query = new URLSearchParams(request.query);
  query.set("page", `${page}`);
  return `${origin}${request.path}?${query.toString()}`;
}

function parseWholeNumber(request: SandboxRequest, name: "pagelen" | "page"): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new EarlyResponse(errors.invalidPage(name));
  return Number(text);
}
