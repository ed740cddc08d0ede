// Creates one route of the control path.
import type { Route, SandboxRequest, SandboxResponse } from "./service";

export const CONTROL_PATH = "/_sandbox";

/** Responds with what `handle` returns. An exception becomes a response with status 400, see createControlRoutes. */
export function createControlRoute(method: string, name: string, handle: (request: SandboxRequest) => unknown): Route {
  const path = `${CONTROL_PATH}/${name}`;
  return {
    method,
    pattern: path,
    operation: path,
    handle: async (request): Promise<SandboxResponse> => ({ status: 200, body: await handle(request) }),
  };
}
