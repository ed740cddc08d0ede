/** HTTP as Go's client sends it: exactly the given headers, no Accept, one connection per request where the recording has that. */
import { Agent, request as open, type IncomingHttpHeaders } from "node:http";
import type { RecordedFault } from "./recordings";

export interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const keepAlive = new Agent({ keepAlive: true });

/** Undefined when the connection ended without a whole answer. Redirects are not followed. */
export function send({ method, url, headers, body }: Sending): Promise<Received | undefined> {
  const closing = headers["connection"] === "close";
  return new Promise((resolve) => {
    const request = open(url, { method, headers, agent: closing ? false : keepAlive }, (response) => {
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

/** Undefined when the text is no JSON. */
export function jsonOf(received: Received | undefined): unknown {
  try {
    return JSON.parse(received?.text ?? "") as unknown;
  } catch {
    return undefined;
  }
}

/** A service's control path; throws when the sandbox refuses the order. */
export async function control(origin: string, method: "GET" | "POST", name: string, body?: unknown): Promise<unknown> {
  const received = await send({
    method,
    url: `${origin}/_sandbox/${name}`,
    headers: {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (received?.status !== 200) throw new Error(`/_sandbox/${name} answered ${received?.status ?? "nothing"}: ${received?.text ?? ""}`);
  return jsonOf(received);
}

/** Arms the fault, sends, and says what is wrong with the shape of what came back. */
export async function replayFault(origin: string, fault: RecordedFault, sending: Sending): Promise<string[]> {
  await control(origin, "POST", "faults", { operation: "*", ...fault });
  const answer = send(sending);
  if (fault.kind === "hold") {
    const early = await whenHeld(origin, answer);
    if (early) return ["a held answer came before its release"];
    await control(origin, "POST", "faults/release");
  }
  const received = await answer;
  const { armed } = (await control(origin, "GET", "faults")) as { armed: unknown[] };
  return [...(armed.length > 0 ? ["the fault did not fire"] : []), ...shapeComplaints(fault, received)];
}

/** Waits until the sandbox holds the answer; true when the answer came instead. */
async function whenHeld(origin: string, answer: Promise<unknown>): Promise<boolean> {
  const state = { answered: false };
  void answer.then(() => (state.answered = true));
  const isOver = async (): Promise<boolean> => {
    const { holding } = (await control(origin, "GET", "faults")) as { holding: number };
    return state.answered || holding > 0;
  };
  while (!(await isOver()));
  return state.answered;
}

function shapeComplaints(fault: RecordedFault, received: Received | undefined): string[] {
  const cut = fault.kind === "reset-before" || fault.kind === "reset-after";
  if (received === undefined) return cut ? [] : ["no answer"];
  if (cut) return [`an answer with status ${received.status} in place of a cut connection`];
  const complaints: string[] = [];
  const expect = (what: string, given: unknown, wanted: unknown): void => {
    if (JSON.stringify(given) !== JSON.stringify(wanted))
      complaints.push(`${what} is ${JSON.stringify(given)}, not ${JSON.stringify(wanted)}`);
  };
  if (fault.status !== undefined) expect("the status", received.status, fault.status);
  for (const [name, value] of Object.entries(fault.headers ?? {})) expect(name, received.headers[name.toLowerCase()], value);
  if (fault.kind === "redirect") expect("the location", received.headers.location, fault.location);
  if (fault.kind === "content-type") expect("the content type", received.headers["content-type"], "text/plain");
  if (fault.kind === "status" || fault.kind === "wrong-shape") {
    if (typeof fault.body === "string") expect("the body", received.text, fault.body);
    else expect("the body", jsonOf(received), fault.body);
  }
  return complaints;
}
