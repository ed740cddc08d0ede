// Sends one signed event to a webhook over HTTP or HTTPS.
import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Attempt {
  readonly number: number;
  /** 0 without an answer. */
  readonly status: number;
  readonly error?: string;
  readonly milliseconds: number;
}

export function signBody(secret: string, body: Buffer): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export function classifyOutcome({ status }: Pick<Attempt, "status">): "delivered" | "failed" {
  return status > 0 && status < 500 ? "delivered" : "failed";
}

/** Whether something is sent there for real: to the paired Spacelift, and to nowhere else. */
export function isPaired(url: string, paired: readonly string[]): boolean {
  return URL.canParse(url) && paired.includes(new URL(url).origin);
}

export interface PostResult extends Attempt {
  /** Of the answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export function post(
  url: string,
  options: { headers: Readonly<Record<string, string>>; body: Buffer; number: number; timeout: number; verify: boolean },
): Promise<PostResult> {
  const { headers, body, number, timeout, verify } = options;
  const started = performance.now();
  const secure = url.startsWith("https:");
  return new Promise((resolve) => {
    const done = (answer: Pick<PostResult, "status"> & Partial<PostResult>): void =>
      resolve({ number, headers: {}, text: "", ...answer, milliseconds: Math.round(performance.now() - started) });
    const failed = (error: Error): void => done({ status: 0, error: reasonOf(error, timeout) });
    const request = (secure ? httpsRequest : httpRequest)(
      url,
      {
        method: "POST",
        // A connection of its own for each: nothing of it outlives the sandbox.
        agent: false,
        headers: { ...headers, "Content-Length": body.length },
        signal: AbortSignal.timeout(timeout),
        ...(secure ? { rejectUnauthorized: verify } : {}),
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("end", () => {
          const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
          done({ status: response.statusCode ?? 0, headers: Object.fromEntries(given), text: Buffer.concat(parts).toString("utf8") });
        });
        response.once("error", failed);
      },
    );
    request.once("error", failed);
    request.end(body);
  });
}

/** Without what the receiver said, which nobody asks for. */
export function toAttempt({ number, status, error, milliseconds }: PostResult): Attempt {
  return { number, status, ...(error === undefined ? {} : { error }), milliseconds };
}

function reasonOf(error: Error, timeout: number): string {
  return error.name === "AbortError" || error.name === "TimeoutError" ? `no answer within ${timeout} ms` : error.message;
}
