/** Sends requests to a running sandbox: to its control paths, and to the emulated APIs with the seeded credentials. */
import type { Fields, Product, Variables, Webhook } from "./product";

const SANDBOX_PARTS = {
  spacelift: "spacelift",
  "bitbucket-cloud": "bitbucketCloud",
  "bitbucket-datacenter": "bitbucketDatacenter",
} as const;

export type Service = keyof typeof SANDBOX_PARTS;

/** An entry of a service's request log, in which secrets are fingerprints. */
export interface LoggedRequest {
  readonly time: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly operation: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly query?: string; readonly variables?: unknown };
}

/** Where a sandbox listens, in this process or in another one; every `Sandbox` is one. */
export interface SandboxAddress extends Readonly<Record<(typeof SANDBOX_PARTS)[Service], { readonly origin: string }>> {
  readonly environment: Variables;
}

export class SandboxClient {
  readonly #sandbox: SandboxAddress;
  #spaceliftToken: string | undefined;

  constructor(sandbox: SandboxAddress) {
    this.#sandbox = sandbox;
  }

  /** Sends a request to a control path of one service: a GET without a body, otherwise a POST. */
  control<T = unknown>(service: Service, path: string, body?: unknown): Promise<T> {
    const method = body === undefined ? "GET" : "POST";
    return send(method, this.#controlUrl(service, path), { body }) as Promise<T>;
  }

  /** The requests that the service received since the log was cleared, oldest first; with `operation`, only those of that operation. */
  requests(service: Service, operation?: string): Promise<readonly LoggedRequest[]> {
    return this.control(service, operation === undefined ? "requests" : `requests?operation=${operation}`);
  }

  /** Counts the requests that the emulated API received since the log was cleared, without control requests. */
  async countRequests(service: Service): Promise<number> {
    return (await this.requests(service)).filter(({ path = "" }) => !path.startsWith("/_sandbox")).length;
  }

  /** Clears the request logs. */
  async clearRequests(services: readonly Service[]): Promise<void> {
    for (const service of services) await send("DELETE", this.#controlUrl(service, "requests"));
  }

  /** Removes all faults of the services, and releases the responses that they hold back. */
  async clearFaults(services: readonly Service[]): Promise<void> {
    for (const service of services) await send("DELETE", this.#controlUrl(service, "faults"));
  }

  /** Sends a GraphQL operation to Spacelift with the seeded admin key. */
  async graphql<T = Record<string, unknown>>(query: string, variables: Fields = {}): Promise<T> {
    this.#spaceliftToken ??= await this.#logIn();
    return (await this.#postGraphql(query, variables, { authorization: `Bearer ${this.#spaceliftToken}` })) as T;
  }

  /** Sends a request to the REST API of a Bitbucket product with the seeded credential. */
  bitbucket(product: Product, method: Method, path: string, body?: unknown): Promise<unknown> {
    const { url, authorization } = product.restApi(this.#sandbox.environment);
    return send(method, `${url}${path}`, { headers: { authorization }, body });
  }

  /** The webhooks of a repository, as the product returns them. */
  async webhookResponses(product: Product, repository: string): Promise<readonly Fields[]> {
    const path = `${product.repositoryPath(repository)}${product.webhooksPath}?${product.maximumPage}`;
    const page = (await this.bitbucket(product, "GET", path)) as { readonly values: readonly Fields[] };
    return page.values;
  }

  async webhooks(product: Product, repository: string): Promise<readonly Webhook[]> {
    return (await this.webhookResponses(product, repository)).map((response) => product.readWebhook(response));
  }

  #controlUrl(service: Service, path: string): string {
    return `${this.#sandbox[SANDBOX_PARTS[service]].origin}/_sandbox/${path}`;
  }

  async #logIn(): Promise<string> {
    const { SPACELIFT_API_KEY_ID: id, SPACELIFT_API_KEY_SECRET: secret } = this.#sandbox.environment;
    const query = "mutation Login($id: ID!, $secret: String!) { apiKeyUser(id: $id, secret: $secret) { jwt } }";
    const { apiKeyUser } = (await this.#postGraphql(query, { id, secret })) as { readonly apiKeyUser: { readonly jwt: string } };
    return apiKeyUser.jwt;
  }

  async #postGraphql(query: string, variables: Fields, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const endpoint = `${this.#sandbox.environment["SPACELIFT_API_KEY_ENDPOINT"] ?? ""}/graphql`;
    const response = (await send("POST", endpoint, { headers, body: { query, variables } })) as { data?: unknown; errors?: unknown };
    if (response.errors !== undefined) throw new Error(`The emulated Spacelift returned errors: ${JSON.stringify(response.errors)}`);
    return response.data;
  }
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Sends one request, and parses the response as JSON. Returns undefined if the response is empty. */
async function send(
  method: Method,
  url: string,
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} returned status ${response.status}: ${text.slice(0, 500)}`);
  return text === "" ? undefined : JSON.parse(text);
}
