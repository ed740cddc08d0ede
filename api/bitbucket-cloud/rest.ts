/** Bitbucket Cloud's REST API: authentication, addresses, pages. */
import { problem, type Problem } from "../../diagnostics";
import type { Http, HttpAnswer } from "../http";
import { listOf, objectOf, textOf } from "../json";
import type { Secrets } from "../secrets";
import { explain, saysAbsent, type Subject } from "./explain";

export type CloudCredentials =
  | { readonly accessToken: string }
  | { readonly email: string; readonly apiToken: string }
  | { readonly username: string; readonly password: string };

/** Which form of credential is in use; messages depend on it. */
export type CredentialForm = "access token" | "API token" | "password";

export interface RestRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Parts of the path below the base address, not encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What the request is about, for messages. */
  readonly subject: Subject;
}

/** More pages than any repository or workspace can have: a server that never ends. */
const MOST_PAGES = 1_000;

export class Rest {
  readonly #base: URL;
  readonly #authorization: string;
  readonly #form: CredentialForm;

  /** @param baseUrl with `/2.0` */
  constructor(
    credentials: CloudCredentials,
    baseUrl: string,
    private readonly http: Http,
    secrets: Secrets,
  ) {
    this.#base = new URL(baseUrl.replace(/\/+$/, ""));
    const [form, secret, header] = read(credentials);
    this.#form = form;
    this.#authorization = header;
    secrets.add(secret, header, header.split(" ")[1]);
  }

  get host(): string {
    return this.#base.host;
  }

  /** A success, or an error that says "there is none" when `absent` allows it. @throws Problem for every other answer. */
  async send(request: RestRequest, options: { readonly absent?: boolean } = {}): Promise<HttpAnswer> {
    const answer = await this.#exchange(request.method, this.#url(request), request.body);
    if (answer.status < 300 || (options.absent === true && saysAbsent(answer))) return answer;
    throw this.explain(answer, request.subject);
  }

  /** All items of a list, page by page. @throws Problem, also for a `next` that leads to another address. */
  async all(request: Omit<RestRequest, "method" | "body">): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    let url = this.#url(request);
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const answer = await this.#exchange("GET", url);
      if (answer.status >= 300) throw this.explain(answer, request.subject);
      const body = objectOf(answer.body);
      const values = listOf(body?.["values"]);
      if (values === undefined) throw this.http.unusable(answer, "without a list of values");
      items.push(...values);
      const next = textOf(body?.["next"]);
      if (next === null || next === "") return items;
      const following = URL.canParse(next) ? new URL(next) : undefined;
      // The credential goes with the request: never to an address that an answer made up.
      if (following?.origin !== this.#base.origin)
        throw this.http.unusable(answer, `with a next page at another address (${following?.origin ?? "unreadable"})`);
      if (following.href === url.href) break;
      url = following;
    }
    throw this.unusableList(request.path, "with pages that never end");
  }

  /** An answer that cannot be used. */
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
    return this.http.withoutSecrets(explain(answer, subject, { host: this.host, form: this.#form, base: this.#base.href })) as Problem;
  }

  #exchange(method: RestRequest["method"], url: URL, body?: Readonly<Record<string, unknown>>): Promise<HttpAnswer> {
    const request = {
      method,
      url,
      headers: {
        accept: "application/json",
        authorization: this.#authorization,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      effect: method === "GET" ? "read" : "write",
    } as const;
    // A delete is answered without a body. A page in its place comes from somebody who has deleted nothing.
    return this.http.sendForJson(request, { orEmpty: method === "DELETE" });
  }

  #url(request: Pick<RestRequest, "path" | "query">): URL {
    const odd = request.path.find((part) => ["", ".", ".."].includes(part));
    if (odd !== undefined) {
      throw problem("value-not-allowed", {
        why: `"${odd}" cannot be a part of an address at ${this.host}: ${request.path.join("/")}.`,
        fix: "Give workspace and repository by their slugs, as in the repository's address.",
      });
    }
    const url = new URL(this.#base);
    // Braces of a UUID are always sent encoded.
    url.pathname = [url.pathname.replace(/\/+$/, ""), ...request.path.map(encodeURIComponent)].join("/");
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    return url;
  }
}

function read(credentials: CloudCredentials): readonly [CredentialForm, string, string] {
  if ("accessToken" in credentials) return ["access token", credentials.accessToken, `Bearer ${credentials.accessToken}`];
  if ("email" in credentials) return ["API token", credentials.apiToken, basic(credentials.email, credentials.apiToken)];
  return ["password", credentials.password, basic(credentials.username, credentials.password)];
}

function basic(user: string, secret: string): string {
  return `Basic ${Buffer.from(`${user}:${secret}`, "utf8").toString("base64")}`;
}
