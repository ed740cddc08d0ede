// Headers of every response: an id of the request, and who asked.
import type { SandboxResponse } from "../../core/service";
import type { Caller } from "./credentials";
import type { State } from "./operation";

const START = "@1QX4Y7Z";

/** X-AUSERNAME is on authenticated responses only; a refusal's own Retry-After stays. */
export function withResponseHeaders(
  response: SandboxResponse,
  caller: Caller | undefined,
  state: Pick<State, "responseCount" | "clock" | "rates">,
): SandboxResponse {
  state.responseCount += 1;
  const minute = Math.floor(state.clock.now() / 60_000) % 1440;
  const id = `${START}x${minute}x${state.responseCount}x0`;
  const name: Record<string, string> = caller === undefined ? {} : { "x-ausername": caller.name };
  return { ...response, headers: { "x-arequestid": id, "x-request-id": id, ...name, ...state.rates.headers(caller), ...response.headers } };
}
