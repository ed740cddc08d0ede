/** The only HTTP floor: settings that every client of a remote system takes. */

/** Named values beside a log line. Never a secret, never a body. */
export type ApiLogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ApiLog {
  debug(message: string, fields?: ApiLogFields): void;
  info(message: string, fields?: ApiLogFields): void;
  warn(message: string, fields?: ApiLogFields): void;
}

/** How requests to remote systems behave; all times in milliseconds. */
export interface RemoteSettings {
  /** For one attempt, from connecting to the last byte of the answer. */
  readonly requestTimeoutMs: number;
  /** How long one request may wait in all for a rate limit. */
  readonly rateLimitMaxWaitMs: number;
  /** In flight per remote host and process. */
  readonly maxConcurrentRequests: number;
  readonly log: ApiLog;
  readonly signal: AbortSignal;
}
