/** The REST client that both Bitbucket products share: addresses, requests, pages. A RestDialect describes what differs between them. */
import { parsedUrl, problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Http } from "../http/http";
import { asList, asObject, type JsonObject } from "../http/json";
import type { HttpResponse } from "../http/request";
import type { Subject } from "./subject";

export interface RestRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parts of the path below the base address, not encoded. */
  readonly path: readonly string[];
  /** Undefined values are omitted. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: JsonObject | readonly JsonObject[];
  /** For messages. */
  readonly subject: Subject;
}

type ListRequest = Omit<RestRequest, "method" | "body">;

/** The technical differences between the products. */
export interface RestDialect {
  /** Address of the REST API. */
  readonly base: string;
  /** Undefined if the forwarder logs in. */
  readonly authorization: string | undefined;
  /** A proxy on this machine that logs in. */
  readonly forwarder?: URL | undefined;
  /** Sent with every change. */
  readonly changeHeaders: Readonly<Record<string, string>>;
  /** Whether a successful response to this method may have no body. A body must be JSON in any case: an HTML page comes from a proxy that has not executed the request. */
  mayBeEmpty(method: RestRequest["method"]): boolean;
  /** The address of the next page; null after the last. */
  nextPage(body: JsonObject, page: URL): string | null;
  /** Whether the server itself says that the requested object does not exist. */
  isGone(response: HttpResponse): boolean;
  /** An error response as a Problem. */
  problemOf(response: HttpResponse, subject: Subject, sent?: JsonObject): Problem;
  /** How to write the parts of an address; a complete sentence. */
  readonly addressHint: string;
}

/** No repository, workspace, or project has more pages, so a server that returns more never ends. */
const MAX_PAGES = 1_000;

export interface ListResult {
  readonly items: readonly unknown[];
  /** The address of the first page, after redirects. */
  readonly url: URL;
}

export class BitbucketRest {
  readonly #dialect: RestDialect;
  readonly #http: Http;
  readonly #base: URL;

  constructor(dialect: RestDialect, http: Http) {
    this.#dialect = dialect;
    this.#http = http;
    this.#base = new URL(dialect.base.replace(/\/+$/, ""));
  }

  /**
   * Returns a successful response. With `allowGone`, also returns a response that says that the object does not exist.
   * @throws Problem for every other response
   */
  async send(request: RestRequest, options: { readonly allowGone?: boolean } = {}): Promise<HttpResponse> {
    const response = await this.#exchange(request.method, this.#url(request), request.body);
    if (response.status < 300 || (options.allowGone === true && this.#dialect.isGone(response))) return response;
    throw this.problemOf(response, request.subject, asObject(request.body));
  }

  /** All items of a list, page by page. @throws Problem, also for a next page at another address */
  async listAll(request: ListRequest): Promise<readonly unknown[]> {
    const { items } = await this.list(request, () => false);
    return items;
  }

  /** Like `listAll`. If `accepts` accepts an error response to the first page, that response is returned instead. */
  async list(request: ListRequest, accepts: (response: HttpResponse) => false): Promise<ListResult>;
  async list(request: ListRequest, accepts: (response: HttpResponse) => boolean): Promise<ListResult | HttpResponse>;
  async list(request: ListRequest, accepts: (response: HttpResponse) => boolean): Promise<ListResult | HttpResponse> {
    let url = this.#url(request);
    const first = await this.#exchange("GET", url);
    if (first.status >= 300 && accepts(first)) return first;
    const items: unknown[] = [];
    let response = first;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { values, next } = this.#parsePage(response, url, request.subject);
      items.push(...values);
      if (next === null) return { items, url: first.request.url };
      if (next.href === url.href || page === MAX_PAGES) break;
      url = next;
      response = await this.#exchange("GET", url);
    }
    throw this.unusableListProblem(request.path, "with pages that never end");
  }

  /** A response that cannot be used. `what` continues the sentence "…responded". */
  unusableResponse(response: HttpResponse, what: string): Problem {
    return this.#http.unusableResponse(response, what);
  }

  /** A list that cannot be used. */
  unusableListProblem(path: readonly string[], what: string): Problem {
    const url = this.#url({ path });
    const request = { system: this.#http.system, url, method: "GET", operation: `GET ${url.pathname}`, execution: "no" } as const;
    return this.#http.unusableResponse({ request, status: 200 }, what);
  }

  /** An error response as a Problem. */
  problemOf(response: HttpResponse, subject: Subject, sent?: JsonObject): Problem {
    return this.#http.redactProblem(this.#dialect.problemOf(this.#http.redactBody(response), subject, sent));
  }

  #parsePage(response: HttpResponse, url: URL, subject: Subject): { readonly values: readonly unknown[]; readonly next: URL | null } {
    if (response.status >= 300) throw this.problemOf(response, subject);
    const body = asObject(response.body);
    const values = asList(body?.["values"]);
    if (body === undefined || values === undefined) throw this.#http.unusableResponse(response, "without a list of values");
    const address = this.#dialect.nextPage(body, url);
    if (address === null) return { values, next: null };
    const next = parsedUrl(address);
    // The next request carries the credential, so it must not go to another origin that a response names.
    if (next?.origin !== this.#base.origin)
      throw this.#http.unusableResponse(response, `with a next page at another address (${next?.origin ?? "unreadable"})`);
    return { values, next };
  }

  #exchange(method: RestRequest["method"], url: URL, body?: RestRequest["body"]): Promise<HttpResponse> {
    const { authorization, changeHeaders, forwarder } = this.#dialect;
    const isRead = method === "GET";
    const contentType = body === undefined ? undefined : { "content-type": "application/json" };
    return this.#http.sendForJson(
      {
        method,
        url,
        forwarder,
        headers: {
          accept: "application/json",
          ...(authorization === undefined ? undefined : { authorization }),
          ...(isRead ? undefined : changeHeaders),
          ...contentType,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        access: isRead ? "read" : "write",
      },
      { allowEmpty: this.#dialect.mayBeEmpty(method) },
    );
  }

  #url(request: Pick<RestRequest, "path" | "query">): URL {
    const invalid = request.path.find((part) => ["", ".", ".."].includes(part));
    if (invalid !== undefined) {
      throw problem("value-not-allowed", {
        why: `"${invalid}" cannot be a part of an address at ${this.#base.host}: ${request.path.join("/")}.`,
        fix: this.#dialect.addressHint,
      });
    }
    const path = [this.#base.pathname.replace(/\/+$/, ""), ...request.path.map(encodeURIComponent)].join("/");
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) query.set(name, value);
    }
    // Parsed once: each change of an existing URL parses it again.
    return new URL(query.size === 0 ? path : `${path}?${query.toString()}`, this.#base);
  }
}
