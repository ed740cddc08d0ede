/** Talks to the sandbox as programs and people do: its control path, and the APIs with the seeded keys. */
import { request } from "undici";
import type { Sandbox } from "../../packages/sandbox";

/** The services. */
export type ServiceName = "spacelift" | "bitbucket-cloud" | "bitbucket-datacenter";

export class Remote {
  private token: string | undefined;

  constructor(private readonly sandbox: Sandbox) {}

  /** The control path of one service: a GET without a body, else a POST. */
  async control<T>(service: ServiceName, path: string, body?: unknown): Promise<T> {
    return (await send(body === undefined ? "GET" : "POST", `${this.originOf(service)}/_sandbox/${path}`, {}, body)) as T;
  }

  /** Forgets the requests so far, so that the next count is of what follows. */
  async forgetRequests(): Promise<void> {
    for (const service of ["spacelift", "bitbucket-cloud", "bitbucket-datacenter"] as const)
      await send("DELETE", `${this.originOf(service)}/_sandbox/requests`, {});
  }

  /** How many requests one service has answered, its control path left out. */
  async countRequests(service: ServiceName): Promise<number> {
    const requests = await this.control<readonly { readonly path: string }[]>(service, "requests");
    return requests.filter(({ path }) => !path.startsWith("/_sandbox")).length;
  }

  /** A GraphQL operation with the seeded key. */
  async graphql<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    this.token ??= await this.login();
    return (await this.post(query, variables, this.token)) as T;
  }

  /** A GET of Bitbucket Cloud's REST API with the seeded token; `path` starts after `/2.0`. */
  bitbucketCloud(path: string): Promise<unknown> {
    const { BITBUCKET_API_URL: base = "", BITBUCKET_ACCESS_TOKEN: token = "" } = this.sandbox.environment;
    return send("GET", `${base}${path}`, { authorization: `Bearer ${token}` });
  }

  /** A request to Bitbucket Data Center's REST API with the seeded token; `path` starts after `/rest/api/latest`. */
  bitbucketDatacenter(method: "GET" | "PUT", path: string, body?: unknown): Promise<unknown> {
    const { BITBUCKET_DATACENTER_URL: base = "", BITBUCKET_DATACENTER_TOKEN: token = "" } = this.sandbox.environment;
    return send(method, `${base}/rest/api/latest${path}`, { authorization: `Bearer ${token}` }, body);
  }

  private originOf(service: ServiceName): string {
    const { spacelift, bitbucketCloud, bitbucketDatacenter } = this.sandbox;
    return { spacelift, "bitbucket-cloud": bitbucketCloud, "bitbucket-datacenter": bitbucketDatacenter }[service].origin;
  }

  private async login(): Promise<string> {
    const { SPACELIFT_API_KEY_ID: id, SPACELIFT_API_KEY_SECRET: secret } = this.sandbox.environment;
    const query = "mutation Login($id: ID!, $secret: String!) { apiKeyUser(id: $id, secret: $secret) { jwt } }";
    const { apiKeyUser } = (await this.post(query, { id, secret })) as { readonly apiKeyUser: { readonly jwt: string } };
    return apiKeyUser.jwt;
  }

  private async post(query: string, variables: Readonly<Record<string, unknown>>, token?: string): Promise<unknown> {
    const endpoint = `${this.sandbox.environment["SPACELIFT_API_KEY_ENDPOINT"] ?? ""}/graphql`;
    const headers: Readonly<Record<string, string>> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = (await send("POST", endpoint, headers, { query, variables })) as { readonly data?: unknown; readonly errors?: unknown };
    if (answer.errors !== undefined) throw new Error(`Spacelift's emulator answered ${JSON.stringify(answer.errors)}`);
    return answer.data;
  }
}

async function send(
  method: "GET" | "POST" | "PUT" | "DELETE",
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<unknown> {
  const { statusCode, body: answer } = await request(url, {
    method,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (statusCode >= 300) throw new Error(`${method} ${url} was answered with ${String(statusCode)}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
