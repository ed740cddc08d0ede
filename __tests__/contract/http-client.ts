/** Sends HTTP requests like Go's client: exactly the given headers, no Accept, and a separate connection if the recording has one. */
import { Agent, type IncomingHttpHeaders, request as open } from "node:http";

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const keepAlive = new Agent({ keepAlive: true });

/** Undefined if the connection ended before the response was complete. Redirects are not followed. */
export function send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse | undefined> {
  const closesConnection = headers["connection"] === "close";
  return new Promise((resolve) => {
    const request = open(url, { method, headers, agent: closesConnection ? false : keepAlive }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString("utf8") });
      });
      response.on("error", () => {
        resolve(undefined);
      });
    });
    request.on("error", () => {
      resolve(undefined);
    });
    request.end(body);
  });
}

export function closeConnections(): void {
  keepAlive.destroy();
}

/** Undefined if the body is not JSON. */
export function parseJson(response: HttpResponse | undefined): unknown {
  try {
    return JSON.parse(response?.text ?? "") as unknown;
  } catch {
    return undefined;
  }
}
