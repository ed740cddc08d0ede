/** How requests to a remote system behave, and where they are logged. */

/** Named values of a log line. Never a secret, never a body. */
export type ApiLogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ApiLog {
  /** Whether lines of this level are written. If not, their texts need not be computed. */
  includes(level: "debug" | "info" | "warn"): boolean;
  debug(message: string, fields?: ApiLogFields): void;
  info(message: string, fields?: ApiLogFields): void;
  warn(message: string, fields?: ApiLogFields): void;
}

/** A request that is about to wait because the remote system has asked for it. Times are in milliseconds. */
export interface RequestedWait {
  /** For messages: `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  readonly host: string;
  /** How long the request has waited before. */
  readonly waitedMs: number;
  readonly neededMs: number;
}

/** A response, for counting. */
export interface ReceivedResponse {
  /** For messages: `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** All times are in milliseconds. */
export interface RemoteSettings {
  /** For one attempt, from connecting to the last byte of the response. */
  readonly requestTimeoutMs: number;
  /** How long one request may wait for a rate limit in total. */
  readonly rateLimitMaxWaitMs: number;
  /** Requests in flight per remote host and process. */
  readonly maxConcurrentRequests: number;
  readonly log: ApiLog;
  readonly signal: AbortSignal;
  /** PEM text of an additional certificate authority; null for none. Undefined if the system has no such setting. */
  readonly caCertificate?: string | null;
  /** Where the login is set, for messages: `BITBUCKET_EMAIL and BITBUCKET_API_TOKEN`. Undefined: the standard variables. */
  readonly loginSource?: string | undefined;
  /** Called before each wait that the remote system asks for. */
  readonly onWait?: ((wait: RequestedWait) => void) | undefined;
  /** Called after each response, whatever its status. */
  readonly onResponse?: ((response: ReceivedResponse) => void) | undefined;
  /** First wait before a second attempt, doubled each time. Default: 500. */
  readonly firstRetryMs?: number;
}
