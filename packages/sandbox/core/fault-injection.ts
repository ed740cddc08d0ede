// Responds to one request with a fault.
import type { ServerResponse } from "node:http";
import type { Fault } from "./fault";
import type { Faults } from "./faults";
import { encodeResponse, endResponse, sendResponse } from "./http-message";
import type { SandboxResponse } from "./service";

export interface FaultyCall {
  readonly connection: ServerResponse;
  readonly faults: Faults;
  readonly execute: () => Promise<SandboxResponse>;
  /** Writes the request log; 0 for a call without a response. */
  readonly record: (status: number, marks?: readonly string[]) => void;
}

/** Executes the operation, except for the kinds `status`, `html`, `redirect` and `reset-before`. */
export async function injectFault(fault: Fault, call: FaultyCall): Promise<void> {
  const { connection } = call;
  switch (fault.kind) {
    case "status":
    case "html":
    case "redirect":
      return sendInstead(fault, call);
    case "reset-before":
      call.record(0);
      connection.socket?.resetAndDestroy();
      return;
    case "reset-after":
      await call.execute();
      call.record(0);
      connection.socket?.resetAndDestroy();
      return;
    case "delay":
      await wait(fault.milliseconds ?? 1000);
      return sendResponse(connection, await executeAndRecord(call));
    case "hold": {
      const response = await executeAndRecord(call);
      await call.faults.hold();
      return sendResponse(connection, response);
    }
    case "wrong-shape":
    case "content-type":
      return sendResponse(connection, damageResponse(await executeAndRecord(call), fault));
    case "truncated":
    case "slow-body":
      return sendInParts(fault, call);
  }
}

async function executeAndRecord({ execute, record }: FaultyCall): Promise<SandboxResponse> {
  const response = await execute();
  record(response.status, response.marks);
  return response;
}

async function sendInstead(fault: Fault, { connection, record }: FaultyCall): Promise<void> {
  const response = createReplacement(fault);
  record(response.status);
  await sendResponse(connection, { ...response, headers: { ...response.headers, ...fault.headers } });
}

function createReplacement({ kind, status, body, location }: Fault): SandboxResponse {
  switch (kind) {
    case "html":
      return {
        status: status ?? 200,
        ...createContent(body ?? "<!doctype html><html><body>Sign in</body></html>", "text/html; charset=utf-8"),
      };
    case "redirect":
      return { status: status ?? 307, headers: { location: location ?? "/" } };
    default:
      return { status: status ?? 500, ...createContent(body ?? `sandbox fault ${status ?? 500}`, "text/plain; charset=utf-8") };
  }
}

function createContent(body: unknown, type: string): Pick<SandboxResponse, "headers" | "body"> {
  return typeof body === "string" ? { headers: { "content-type": type }, body } : { body };
}

function damageResponse(response: SandboxResponse, fault: Fault): SandboxResponse {
  if (fault.kind === "wrong-shape") return { status: response.status, body: fault.body ?? [[{ unexpected: true }]] };
  const body = String(encodeResponse(response).payload);
  return { status: fault.status ?? response.status, headers: { "content-type": "text/plain", ...fault.headers }, body };
}

/** `truncated` closes the connection after one half of the body; `slow-body` waits after its first byte. */
async function sendInParts(fault: Fault, call: FaultyCall): Promise<void> {
  const { connection } = call;
  const response = await executeAndRecord(call);
  const { headers, payload } = encodeResponse(response);
  const body = Buffer.from(payload);
  connection.writeHead(response.status, { ...headers, "content-length": `${body.length}` });
  if (fault.kind === "truncated") {
    await new Promise<void>((resolve) => connection.write(body.subarray(0, body.length >> 1), () => resolve()));
    connection.socket?.destroy();
    return;
  }
  connection.write(body.subarray(0, 1));
  await wait(fault.milliseconds ?? 1000);
  await endResponse(connection, body.subarray(1));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
