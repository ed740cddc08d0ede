// Sends one signed event to a webhook over HTTP or HTTPS.
import { parsedUrl } from "./parsed-url";
import { createHmac } from "node:crypto";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Attempt {
  readonly number: number;
  /** 0 if no response arrived. */
  readonly status: number;
  readonly error?: string | undefined;
  readonly milliseconds: number;
}

/** An attempt with the receiver's response. */
export interface PostResult extends Attempt {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The number of the attempt, counted from 1. */
  readonly number: number;
  /** Milliseconds. */
  readonly timeout: number;
  /** Whether to verify the receiver's certificate. */
  readonly verify: boolean;
}

export function signBody(secret: string, body: Buffer): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export function classifyOutcome({ status }: Pick<Attempt, "status">): "delivered" | "failed" {
  return status > 0 && status < 500 ? "delivered" : "failed";
}

/** Whether the URL is that of the paired Spacelift. Events are sent nowhere else. */
export function isPaired(url: string, paired: readonly string[]): boolean {
  const origin = parsedUrl(url)?.origin;
  return origin !== undefined && paired.includes(origin);
}

export function post(url: string, { headers, body, number, timeout, verify }: PostOptions): Promise<PostResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const finish = (result: Pick<PostResult, "status"> & Partial<PostResult>): void =>
      resolve({ number, headers: {}, text: "", ...result, milliseconds: Math.round(performance.now() - startedAt) });
    const fail = (error: Error): void => finish({ status: 0, error: describeFailure(error, timeout) });
    const onResponse = (response: IncomingMessage): void => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.once("end", () =>
        finish({ status: response.statusCode ?? 0, headers: flatten(response.headers), text: Buffer.concat(parts).toString("utf8") }),
      );
      response.once("error", fail);
    };
    const options = {
      method: "POST",
      // One connection per attempt, so that none outlives the sandbox.
      agent: false,
      headers: { ...headers, "Content-Length": body.length },
      signal: AbortSignal.timeout(timeout),
      rejectUnauthorized: verify,
    };
    const request = url.startsWith("https:") ? httpsRequest(url, options, onResponse) : httpRequest(url, options, onResponse);
    request.once("error", fail);
    request.end(body);
  });
}

/** Omits the receiver's response. */
export function toAttempt({ number, status, error, milliseconds }: PostResult): Attempt {
  return { number, status, error, milliseconds };
}

function flatten(headers: IncomingMessage["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function describeFailure(error: Error, timeout: number): string {
  return error.name === "AbortError" || error.name === "TimeoutError" ? `no response within ${timeout} ms` : error.message;
}
