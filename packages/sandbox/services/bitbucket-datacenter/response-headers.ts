// Headers of every response: a request id, the caller, and the rate limit.
import type { SandboxResponse } from "../../core/service";
import type { Caller } from "./credentials";
import type { State } from "./state";

const ID_PREFIX = "@1QX4Y7Z";

/** Only authenticated responses have X-AUSERNAME. A response with its own Retry-After keeps it. */
export function withResponseHeaders(
  response: SandboxResponse,
  caller: Caller | undefined,
  state: Pick<State, "responseCount" | "clock" | "rates">,
): SandboxResponse {
  state.responseCount += 1;
  const minute = Math.floor(state.clock.now() / 60_000) % 1440;
  const id = `${ID_PREFIX}x${minute}x${state.responseCount}x0`;
  const userName: Record<string, string> = caller === undefined ? {} : { "x-ausername": caller.name };
  return {
    ...response,
    headers: { "x-arequestid": id, "x-request-id": id, ...userName, ...state.rates.headers(caller), ...response.headers },
  };
}
