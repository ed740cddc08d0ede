// What an emulated service consists of: its routes, their requests and responses, and its reactions to the control path.

export interface SandboxRequest {
  readonly method: string;
  /** As sent, without the query; decoded segments are in `params`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly params: Readonly<Record<string, string>>;
  /** Throws when the body is not JSON. */
  json(): unknown;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value; or, when `headers` has "content-type", a string or Buffer that is sent as it is. */
  readonly body?: unknown;
  /** Shown in the request log: "notEmulated", "emptyId", … */
  readonly marks?: readonly string[];
}

export interface Route {
  readonly method: string;
  /** ":name" takes one segment, a last "*name" the rest: "/2.0/repositories/:workspace/:repository/hooks/:uid". */
  readonly pattern: string;
  /** The name in the log and in faults. */
  readonly operation: string;
  /** Further names that only the request tells, such as GraphQL root fields; they replace `operation` when there are any. */
  operationNames?(request: SandboxRequest): readonly string[];
  /** All that `operations` may tell, for those who name one in a fault. */
  readonly possibleOperationNames?: readonly string[];
  handle(request: SandboxRequest): SandboxResponse | Promise<SandboxResponse>;
}

export interface Service {
  /** "spacelift", "bitbucket-cloud" or "bitbucket-datacenter". */
  readonly name: string;
  readonly routes: readonly Route[];
  /** Extra routes below /_sandbox/, their patterns written in full. An exception in them is answered with 400. */
  readonly control: readonly Route[];
  /** No route matched. */
  handleUnmatched(request: SandboxRequest): SandboxResponse;
  /** Authentication and rate limit; an answer ends the request. */
  before?(request: SandboxRequest, route: Route | undefined): SandboxResponse | undefined;
  /** Back to the seed. */
  reset(): void;
  /** Replaces the state. */
  seed(data: unknown): void;
  /** Sets those given and returns all; throws on unknown names or values. */
  switches(values: Record<string, unknown>): Record<string, unknown>;
}
