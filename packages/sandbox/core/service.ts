// The parts of an emulated service: routes, requests and responses, and what the control path does to it.

export interface SandboxRequest {
  readonly method: string;
  /** As sent, without the query. `params` contains the decoded segments. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. Repeated headers are joined by ", ". */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly params: Readonly<Record<string, string>>;
  /** @throws Error if the body is not JSON */
  json(): unknown;
}

export interface SandboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value; or, if `headers` has "content-type", a string or Buffer that is sent unchanged. */
  readonly body?: unknown;
  /** Shown in the request log: "notEmulated", "emptyId", … */
  readonly marks?: readonly string[];
}

export interface Route {
  readonly method: string;
  /** ":name" takes one segment, a final "*name" the rest: "/2.0/repositories/:workspace/:repository/hooks/:uid". */
  readonly pattern: string;
  /** The name in the request log and in faults. */
  readonly operation: string;
  /** Names that depend on the request, such as GraphQL root fields. If there are any, they replace `operation`. */
  operationNames?(request: SandboxRequest): readonly string[];
  /** Every name that `operationNames` can return, so that a fault can use it. */
  readonly possibleOperationNames?: readonly string[];
  handle(request: SandboxRequest): SandboxResponse | Promise<SandboxResponse>;
}

export interface Service {
  /** "spacelift", "bitbucket-cloud" or "bitbucket-datacenter". */
  readonly name: string;
  readonly routes: readonly Route[];
  /** Additional routes below /_sandbox/, with complete patterns. An exception in them becomes a response with status 400. */
  readonly control: readonly Route[];
  /** Called if no route matches. */
  handleUnmatched(request: SandboxRequest): SandboxResponse;
  /** Authentication and rate limit. A response ends the request. */
  before?(request: SandboxRequest, route: Route | undefined): SandboxResponse | undefined;
  /** Returns to the seed. */
  reset(): void;
  /** Replaces the seed and the state. */
  seed(data: unknown): void;
  /** Sets the given switches and returns all. @throws Error for unknown names or values */
  switches(values: Record<string, unknown>): Record<string, unknown>;
}
