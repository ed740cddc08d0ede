// The control path /_sandbox/ that every service has: what tests, the demo and people drive the sandbox with.
import type { Clock } from "./clock";
import type { Faults } from "./faults";
import type { Route, SandboxResponse, SandboxRequest, Service } from "./service";
import type { RequestLog } from "./request-log";

export const CONTROL_PATH = "/_sandbox";

/** Some 30 years: dates that are still dates. */
const FARTHEST = 1_000_000_000;

/** The routes below /_sandbox/ that do not depend on the service. Bad input is 400 with `{"error": …}`. */
export function createControlRoutes(service: Service, state: { log: RequestLog; faults: Faults; clock: Clock }): Route[] {
  const { log, faults, clock } = state;
  const now = (): SandboxResponse => ok({ now: new Date(clock.now()).toISOString() });
  return [
    control("GET", "requests", (request) => ok(log.read(request.query.get("operation") ?? undefined))),
    control("DELETE", "requests", () => {
      log.clear();
      return ok({});
    }),
    control("POST", "reset", () => {
      service.reset();
      faults.clear();
      clock.reset();
      log.clear();
      return ok({});
    }),
    control("POST", "seed", (request) => {
      service.seed(request.json());
      return ok({});
    }),
    control("GET", "switches", () => ok(service.switches({}))),
    control("POST", "switches", (request) => ok(service.switches(object(request.json())))),
    control("GET", "faults", () => ok(faults.show())),
    control("POST", "faults", (request) => {
      const body = request.json();
      if (typeof body === "object" && body !== null && "clear" in body) {
        faults.clear();
        return ok(faults.show());
      }
      faults.add(body);
      return ok(faults.show());
    }),
    control("DELETE", "faults", () => {
      faults.clear();
      return ok(faults.show());
    }),
    control("POST", "faults/release", () => ok({ released: faults.release() })),
    control("GET", "clock", now),
    control("POST", "clock", (request) => {
      const seconds = object(request.json())["advanceSeconds"];
      if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= FARTHEST)) {
        throw new Error(`Send {"advanceSeconds": n} with n from 0 to ${FARTHEST}.`);
      }
      clock.advance(seconds);
      return now();
    }),
    ...service.control.map((route) => ({ ...route, handle: refusing((request) => route.handle(request)) })),
  ];
}

function control(method: string, name: string, handle: (request: SandboxRequest) => SandboxResponse): Route {
  return { method, pattern: `${CONTROL_PATH}/${name}`, operation: `${CONTROL_PATH}/${name}`, handle: refusing(handle) };
}

function ok(body: unknown): SandboxResponse {
  return { status: 200, body };
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("Send a JSON object.");
  return value as Record<string, unknown>;
}

/** Whoever drives the sandbox wrongly learns why, instead of getting a crash. */
function refusing(handle: Route["handle"]): (request: SandboxRequest) => Promise<SandboxResponse> {
  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  };
}
