/** REST as both Bitbucket products speak it: addresses, requests, pages. What differs between them is a RestDialect. */
import { problem } from "../../domain";
import type { Problem } from "../../diagnostics";
import type { Subject } from "./subject";
import type { Http, HttpAnswer } from "../http/http";
import { listOf, objectOf, type JsonObject } from "../http/json";

export interface RestRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parts of the path below the base address, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  /** What the request is about, for messages. */
  readonly subject: Subject;
}

/** All that differs between the products below the meaning of a call. */
export interface RestDialect {
  /** Of the REST API. */
  readonly base: string;
  readonly authorization: string;
  /** Goes with every change. */
  readonly changeHeaders: Readonly<Record<string, string>>;
  /** Whether a success of this method may come without a body. Where it must, a page in its place comes from somebody who has done nothing. */
  mayBeEmpty(method: RestRequest["method"]): boolean;
  /** The address of the page after this one; null after the last. */
  nextPage(body: JsonObject, page: URL): string | null;
  /** The server itself says that what was asked for does not exist. */
  saysAbsent(answer: HttpAnswer): boolean;
  /** A refusal, as a Problem. */
  explain(answer: HttpAnswer, subject: Subject): Problem;
  /** How the parts of an address should be given; a whole sentence. */
  readonly addressHint: string;
}

/** More pages than any repository, workspace or project can have: a server that never ends. */
const MOST_PAGES = 1_000;

export interface Items {
  readonly items: readonly unknown[];
  /** Where the first page came from, after redirects. */
  readonly from: URL;
}

export class BitbucketRest {
  readonly #base: URL;

  constructor(
    private readonly dialect: RestDialect,
    private readonly http: Http,
  ) {
    this.#base = new URL(dialect.base.replace(/\/+$/, ""));
  }

  /** A success, or an error that says "there is none" when `absent` allows it. @throws Problem for every other answer. */
  async send(request: RestRequest, options: { readonly absent?: boolean } = {}): Promise<HttpAnswer> {
    const answer = await this.#exchange(request.method, this.#url(request), request.body);
    if (answer.status < 300 || (options.absent === true && this.dialect.saysAbsent(answer))) return answer;
    throw this.explain(answer, request.subject);
  }

  /** All items of a list, page by page. @throws Problem, also for a next page at another address. */
  async all(request: Omit<RestRequest, "method" | "body">): Promise<readonly unknown[]> {
    const { items } = await this.list(request, () => false);
    return items;
  }

  /** Like `all`; a refusal of the first page that the caller can do without is given back as it is. */
  async list(request: Omit<RestRequest, "method" | "body">, refused: (answer: HttpAnswer) => false): Promise<Items>;
  async list(request: Omit<RestRequest, "method" | "body">, refused: (answer: HttpAnswer) => boolean): Promise<Items | HttpAnswer>;
  async list(request: Omit<RestRequest, "method" | "body">, refused: (answer: HttpAnswer) => boolean): Promise<Items | HttpAnswer> {
    const items: unknown[] = [];
    let from: URL | undefined;
    let url = this.#url(request);
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await this.#exchange("GET", url);
      if (answer.status >= 300) {
        if (page === 1 && refused(answer)) return answer;
        throw this.explain(answer, request.subject);
      }
      const body = objectOf(answer.body);
      const values = listOf(body?.["values"]);
      if (body === undefined || values === undefined) throw this.http.unusable(answer, "without a list of values");
      from ??= answer.asked.url;
      items.push(...values);
      const next = this.dialect.nextPage(body, url);
      if (next === null) return { items, from };
      const following = URL.canParse(next) ? new URL(next) : undefined;
      // The credential goes with the request: never to an address that an answer made up.
      if (following?.origin !== this.#base.origin)
        throw this.http.unusable(answer, `with a next page at another address (${following?.origin ?? "unreadable"})`);
      if (following.href === url.href) break;
      url = following;
    }
    throw this.unusableList(request.path, "with pages that never end");
  }

  /** An answer that cannot be used; `what` continues "…answered". */
  unusable(answer: HttpAnswer, what: string): Problem {
    return this.http.unusable(answer, what);
  }

  /** A list that cannot be used. */
  unusableList(path: readonly string[], what: string): Problem {
    const url = this.#url({ path });
    const asked = { system: this.http.system, url, method: "GET", operation: `GET ${url.pathname}`, execution: "no" } as const;
    return this.http.unusable({ status: 200, headers: {}, text: "", body: undefined, asked }, what);
  }

  /** A refusal, as a Problem. */
  explain(answer: HttpAnswer, subject: Subject): Problem {
    return this.http.withoutSecrets(this.dialect.explain(this.http.quotable(answer), subject)) as Problem;
  }

  #exchange(method: RestRequest["method"], url: URL, body?: JsonObject): Promise<HttpAnswer> {
    const { authorization, changeHeaders } = this.dialect;
    const request = {
      method,
      url,
      headers: {
        accept: "application/json",
        authorization,
        ...(method === "GET" ? {} : changeHeaders),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      effect: method === "GET" ? "read" : "write",
    } as const;
    return this.http.sendForJson(request, { orEmpty: this.dialect.mayBeEmpty(method) });
  }

  #url(request: Pick<RestRequest, "path" | "query">): URL {
    const odd = request.path.find((part) => ["", ".", ".."].includes(part));
    if (odd !== undefined) {
      throw problem("value-not-allowed", {
        why: `"${odd}" cannot be a part of an address at ${this.#base.host}: ${request.path.join("/")}.`,
        fix: this.dialect.addressHint,
      });
    }
    const url = new URL(this.#base);
    url.pathname = [url.pathname.replace(/\/+$/, ""), ...request.path.map(encodeURIComponent)].join("/");
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    return url;
  }
}

/** The header of Basic authentication. */
export function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`, "utf8").toString("base64")}`;
}
