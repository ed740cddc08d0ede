/** Replays a recorded fault: injects it, sends the request, and checks what arrives. */
import { callControlPath } from "./control-path";
import { type HttpRequest, type HttpResponse, parseJson, send } from "./http-client";
import type { RecordedFault } from "./recordings";

/** Returns what is wrong with the shape of the response. */
export async function replayFault(origin: string, fault: RecordedFault, request: HttpRequest): Promise<string[]> {
  await callControlPath(origin, "POST", "faults", { operation: "*", ...fault });
  const pending = send(request);
  if (fault.kind === "hold") {
    const isEarly = await waitUntilHeld(origin, pending);
    if (isEarly) return ["the held response arrived before its release"];
    await callControlPath(origin, "POST", "faults/release");
  }
  const response = await pending;
  const { armed } = (await callControlPath(origin, "GET", "faults")) as { armed: unknown[] };
  return [...(armed.length > 0 ? ["the fault was not triggered"] : []), ...findFaultProblems(fault, response)];
}

/** Waits until the sandbox holds the response. Returns true if the response arrived instead. */
async function waitUntilHeld(origin: string, pending: Promise<unknown>): Promise<boolean> {
  const state = { arrived: false };
  void pending.then(() => (state.arrived = true));
  const isOver = async (): Promise<boolean> => {
    const { holding } = (await callControlPath(origin, "GET", "faults")) as { holding: number };
    return state.arrived || holding > 0;
  };
  while (!(await isOver()));
  return state.arrived;
}

function findFaultProblems(fault: RecordedFault, response: HttpResponse | undefined): string[] {
  const closesConnection = fault.kind === "reset-before" || fault.kind === "reset-after";
  if (response === undefined) return closesConnection ? [] : ["no response"];
  if (closesConnection) return [`a response with status ${response.status} instead of a closed connection`];
  const problems: string[] = [];
  const compare = (name: string, actual: unknown, expected: unknown): void => {
    if (JSON.stringify(actual) === JSON.stringify(expected)) return;
    problems.push(`${name} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  };
  if (fault.status !== undefined) compare("the status", response.status, fault.status);
  for (const [name, value] of Object.entries(fault.headers ?? {})) compare(name, response.headers[name.toLowerCase()], value);
  if (fault.kind === "redirect") compare("the location", response.headers.location, fault.location);
  if (fault.kind === "content-type") compare("the content type", response.headers["content-type"], "text/plain");
  if (fault.kind === "status" || fault.kind === "wrong-shape") {
    compare("the body", typeof fault.body === "string" ? response.text : parseJson(response), fault.body);
  }
  return problems;
}
