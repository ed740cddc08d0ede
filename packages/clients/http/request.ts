/** A request to a remote system, its response, and what the layers that send it share. */
import type { Execution } from "../../diagnostics";
import type { RawRequest, RawResponse } from "./connection";
import type { RemoteHost } from "./remote-host";
import type { Secrets } from "./secrets";
import type { RemoteSettings } from "./settings";

export interface HttpRequest extends RawRequest {
  /** Whether the request can change anything. A GraphQL query is a POST that only reads. */
  readonly access: "read" | "write";
  /** Name in logs and messages. Default: method and path. */
  readonly operation?: string;
}

/** What messages say about a request. */
export interface RequestSummary {
  /** `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  readonly url: URL;
  readonly method: string;
  /** A GraphQL operation, or method and path. */
  readonly operation: string;
  readonly execution: Execution;
  /** The additional certificate authority; null if none is set, undefined if the system has no such setting. */
  readonly caCertificate?: string | null | undefined;
}

/** A success, or an error of the remote system (4xx except 408 and 429). */
export interface HttpResponse extends RawResponse {
  /** The parsed body; undefined if it is not JSON. */
  readonly body: unknown;
  readonly request: RequestSummary;
}

/** What redirects, retries, and rate limits of one request share. */
export interface RequestContext {
  /** For messages: `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  readonly settings: RemoteSettings;
  readonly secrets: Secrets;
  readonly host: RemoteHost;
  /** Continues across redirects. */
  readonly progress: {
    /** The current attempt, counted from 1. Waiting for a rate limit does not start a new one. */
    attempt: number;
    /** How often the host has responded with 429. */
    rejections: number;
    waitedMs: number;
  };
}

export function operationOf({ operation, method, url }: HttpRequest): string {
  return operation ?? `${method} ${url.pathname}`;
}

export function summarize(request: HttpRequest, { system, settings }: RequestContext, execution: Execution): RequestSummary {
  const { url, method } = request;
  return { system, url, method, operation: operationOf(request), execution, caCertificate: settings.caCertificate };
}
