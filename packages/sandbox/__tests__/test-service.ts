/** A small service for tests of the core. It counts the operations that it executes. */
import { createClock } from "../core/clock";
import { listen, type Listening } from "../core/listen";
import type { Service } from "../core/service";

export interface TestService {
  readonly listening: Listening;
  readonly executed: () => number;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ServiceResponse>;
  control(method: string, path: string, body?: unknown): Promise<ServiceResponse>;
}

export interface ServiceResponse {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly json: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
}

export async function startTestService(changes: Partial<Service> = {}, tls?: { key: string; cert: string }): Promise<TestService> {
  let executed = 0;
  let seeded: unknown = "first";
  const service: Service = {
    name: "things",
    routes: [
      {
        method: "POST",
        pattern: "/things/:id",
        operation: "changeThing",
        handle: ({ params, body }) => {
          executed += 1;
          return { status: 200, body: { id: params["id"], body: body.toString(), executed } };
        },
      },
      { method: "GET", pattern: "/things/:id/parts/:part", operation: "readPart", handle: ({ params }) => ({ status: 200, body: params }) },
      { method: "GET", pattern: "/files/:id/*path", operation: "readFile", handle: ({ params }) => ({ status: 200, body: params }) },
      { method: "GET", pattern: "/broken", operation: "broken", handle: () => Promise.reject(new Error("a bug")) },
      { method: "GET", pattern: "/empty", operation: "empty", handle: () => ({ status: 204 }) },
      {
        method: "GET",
        pattern: "/several",
        operation: "several",
        operationNames: ({ query }) => query.getAll("name"),
        possibleOperationNames: ["first", "second"],
        handle: () => ({ status: 200, headers: { "Content-Type": "text/plain" }, body: "text", marks: ["seen"] }),
      },
    ],
    control: [{ method: "POST", pattern: "/_sandbox/own", operation: "own", handle: (request) => ({ status: 200, body: request.json() }) }],
    handleUnmatched: ({ path }) => ({ status: 404, body: { path } }),
    reset: () => (seeded = "reset"),
    seed: (data) => {
      if (data === "bad") throw new Error("a bad seed");
      seeded = data;
    },
    switches: (values) => ({ seeded, ...values }),
    ...changes,
  };
  const listening = await listen(service, { clock: createClock(), tls });
  const call: TestService["call"] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${listening.origin}${path}`, {
      method,
      headers,
      redirect: "manual",
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, text, headers: response.headers, json };
  };
  return { listening, executed: () => executed, call, control: (method, path, body) => call(method, `/_sandbox/${path}`, body) };
}
