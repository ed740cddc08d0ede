// The control path /_sandbox/ of every emulated service: tests, the demo and people drive the sandbox with it.
import type { Clock } from "./clock";
import { createControlRoute } from "./control-route";
import type { Faults } from "./faults";
import type { RequestLog } from "./request-log";
import type { Route, SandboxRequest, SandboxResponse, Service } from "./service";

/** About 30 years, so that every date stays valid. */
const MAX_ADVANCE_SECONDS = 1_000_000_000;

interface ControlState {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly clock: Clock;
}

/** All routes below /_sandbox/. They respond to invalid input with 400 and `{"error": …}`. */
export function createControlRoutes(service: Service, state: ControlState): readonly Route[] {
  const routes = [
    ...createRequestRoutes(state),
    ...createServiceRoutes(service, state),
    ...createFaultRoutes(state),
    ...createClockRoutes(state),
    ...service.control,
  ];
  return routes.map((route) => ({ ...route, handle: reportErrors((request) => route.handle(request)) }));
}

function createRequestRoutes({ log }: ControlState): readonly Route[] {
  return [
    createControlRoute("GET", "requests", (request) => log.read(request.query.get("operation") ?? undefined)),
    createControlRoute("DELETE", "requests", () => {
      log.clear();
      return {};
    }),
  ];
}

function createServiceRoutes(service: Service, { log, faults, clock }: ControlState): readonly Route[] {
  return [
    createControlRoute("POST", "reset", () => {
      service.reset();
      faults.clear();
      clock.reset();
      log.clear();
      return {};
    }),
    createControlRoute("POST", "seed", (request) => {
      service.seed(request.json());
      return {};
    }),
    createControlRoute("GET", "switches", () => service.switches({})),
    createControlRoute("POST", "switches", (request) => service.switches(requireObject(request.json()))),
  ];
}

function createFaultRoutes({ faults }: ControlState): readonly Route[] {
  const clear = () => {
    faults.clear();
    return faults.show();
  };
  return [
    createControlRoute("GET", "faults", () => faults.show()),
    createControlRoute("POST", "faults", (request) => {
      const body = request.json();
      if (typeof body === "object" && body !== null && "clear" in body) return clear();
      faults.add(body);
      return faults.show();
    }),
    createControlRoute("DELETE", "faults", clear),
    createControlRoute("POST", "faults/release", () => ({ released: faults.release() })),
  ];
}

function createClockRoutes({ clock }: ControlState): readonly Route[] {
  const now = () => ({ now: new Date(clock.now()).toISOString() });
  return [
    createControlRoute("GET", "clock", now),
    createControlRoute("POST", "clock", (request) => {
      const seconds = requireObject(request.json())["advanceSeconds"];
      if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= MAX_ADVANCE_SECONDS)) {
        throw new Error(`Send {"advanceSeconds": n} with n from 0 to ${MAX_ADVANCE_SECONDS}.`);
      }
      clock.advance(seconds);
      return now();
    }),
  ];
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
