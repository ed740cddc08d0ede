// Handles the requests to one emulated service: finds the route, injects a fault if one is due, and writes the request log.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "./clock";
import { createControlRoutes } from "./control";
import { CONTROL_PATH } from "./control-route";
import { injectFault } from "./fault-injection";
import type { Faults } from "./faults";
import { createRequest, parseTarget, readBody, sendResponse } from "./http-message";
import type { RequestLog } from "./request-log";
import { compileRoutes, type Match } from "./routing";
import type { Route, SandboxRequest, SandboxResponse, Service } from "./service";

export interface ServiceState {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly clock: Clock;
}

const EMPTY = Buffer.alloc(0);
/** The operation name of a request without a route. */
const NOT_IMPLEMENTED = "notImplemented";

/** Every operation name that a call of these routes can have. */
export function listOperationNames(routes: readonly Route[]): ReadonlySet<string> {
  const names = routes.flatMap(({ method, pattern, operation, possibleOperationNames = [] }) => [
    operation,
    `${method} ${pattern}`,
    ...possibleOperationNames,
  ]);
  return new Set([NOT_IMPLEMENTED, ...names]);
}

export function createDispatcher(
  service: Service,
  state: ServiceState,
): (message: IncomingMessage, connection: ServerResponse) => Promise<void> {
  const findRoute = compileRoutes(service.routes);
  const findControlRoute = compileRoutes(createControlRoutes(service, state));
  return async (message, connection) => {
    const startedAt = performance.now();
    const body = await readBody(message);
    const target = parseTarget(message);
    const isControl = target.path.startsWith(`${CONTROL_PATH}/`);
    const match = (isControl ? findControlRoute : findRoute)(target.method, target.path);
    const request = createRequest(message, target, { body: body ?? EMPTY, params: match?.params ?? {} });
    if (isControl) {
      await sendResponse(connection, match === undefined ? respondToUnknownControlPath(request) : await match.route.handle(request));
      return;
    }
    const names = findOperationNames(match, request);
    const fault = state.faults.take(match === undefined ? names : [...names, `${target.method} ${match.route.pattern}`]);
    const record = (status: number, marks: readonly string[] = []): void =>
      state.log.add({
        ...target,
        time: state.clock.now(),
        operation: names.join(","),
        headers: request.headers,
        body: request.body,
        status,
        durationMs: performance.now() - startedAt,
        marks: fault === undefined ? marks : [...marks, "fault"],
      });
    const execute = (): Promise<SandboxResponse> => run(service, match, request);
    if (body !== undefined && fault !== undefined) return injectFault(fault, { connection, faults: state.faults, execute, record });
    const response = body === undefined ? BODY_TOO_LARGE : await execute();
    record(response.status, response.marks);
    await sendResponse(connection, response);
  };
}

const BODY_TOO_LARGE: SandboxResponse = { status: 413, body: { error: "The body is larger than the sandbox accepts." } };

function findOperationNames(match: Match | undefined, request: SandboxRequest): readonly string[] {
  if (match === undefined) return [NOT_IMPLEMENTED];
  const names = match.route.operationNames?.(request) ?? [];
  return names.length === 0 ? [match.route.operation] : names;
}

async function run(service: Service, match: Match | undefined, request: SandboxRequest): Promise<SandboxResponse> {
  try {
    const early = service.before?.(request, match?.route);
    if (early !== undefined) return early;
    return match === undefined ? service.handleUnmatched(request) : await match.route.handle(request);
  } catch (error) {
    // Only this response has this shape: a bug of the sandbox must not look like an error of the service.
    return { status: 500, body: { sandboxError: error instanceof Error ? error.message : String(error) }, marks: ["sandboxError"] };
  }
}

function respondToUnknownControlPath({ method, path }: SandboxRequest): SandboxResponse {
  return { status: 404, body: { error: `The sandbox has no control path ${method} ${path}.` } };
}
