// The control path /_sandbox/ of every emulated service: tests, the demo and people drive the sandbox with it.
import type { Clock } from "./clock";
import type { Faults } from "./faults";
import type { RequestLog } from "./request-log";
import type { Route, SandboxRequest, SandboxResponse, Service } from "./service";

export const CONTROL_PATH = "/_sandbox";

/** About 30 years, so that every date stays valid. */
const LONGEST_ADVANCE_SECONDS = 1_000_000_000;

interface ControlState {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly clock: Clock;
}

/** All routes below /_sandbox/. They respond to invalid input with 400 and `{"error": …}`. */
export function createControlRoutes(service: Service, state: ControlState): readonly Route[] {
  const own = service.control.map((route) => ({ ...route, handle: reportErrors((request) => route.handle(request)) }));
  return [...requestRoutes(state), ...serviceRoutes(service, state), ...faultRoutes(state), ...clockRoutes(state), ...own];
}

function requestRoutes({ log }: ControlState): readonly Route[] {
  return [
    control("GET", "requests", (request) => log.read(request.query.get("operation") ?? undefined)),
    control("DELETE", "requests", () => {
      log.clear();
      return {};
    }),
  ];
}

function serviceRoutes(service: Service, { log, faults, clock }: ControlState): readonly Route[] {
  return [
    control("POST", "reset", () => {
      service.reset();
      faults.clear();
      clock.reset();
      log.clear();
      return {};
    }),
    control("POST", "seed", (request) => {
      service.seed(request.json());
      return {};
    }),
    control("GET", "switches", () => service.switches({})),
    control("POST", "switches", (request) => service.switches(requireObject(request.json()))),
  ];
}

function faultRoutes({ faults }: ControlState): readonly Route[] {
  const clear = () => {
    faults.clear();
    return faults.show();
  };
  return [
    control("GET", "faults", () => faults.show()),
    control("POST", "faults", (request) => {
      const body = request.json();
      if (typeof body === "object" && body !== null && "clear" in body) return clear();
      faults.add(body);
      return faults.show();
    }),
    control("DELETE", "faults", clear),
    control("POST", "faults/release", () => ({ released: faults.release() })),
  ];
}

function clockRoutes({ clock }: ControlState): readonly Route[] {
  const now = () => ({ now: new Date(clock.now()).toISOString() });
  return [
    control("GET", "clock", now),
    control("POST", "clock", (request) => {
      const seconds = requireObject(request.json())["advanceSeconds"];
      if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= LONGEST_ADVANCE_SECONDS)) {
        throw new Error(`Send {"advanceSeconds": n} with n from 0 to ${LONGEST_ADVANCE_SECONDS}.`);
      }
      clock.advance(seconds);
      return now();
    }),
  ];
}

function control(method: string, name: string, handle: (request: SandboxRequest) => unknown): Route {
  const path = `${CONTROL_PATH}/${name}`;
  return { method, pattern: path, operation: path, handle: reportErrors((request) => ({ status: 200, body: handle(request) })) };
}

function requireObject(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("Send a JSON object.");
  return value as Record<string, unknown>;
}

function reportErrors(handle: Route["handle"]): (request: SandboxRequest) => Promise<SandboxResponse> {
  return async (request) => {
    try {
      return await handle(request);
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  };
}
