/** Starts one emulated service for a test, and calls its control path over HTTP. */
import type { Clock } from "../core/clock";
import { listen, type Listening } from "../core/listen";
import type { Service } from "../core/service";
import { sendRequest } from "./send-request";

export interface ListeningService {
  readonly origin: string;
  /** Calls the control path: GET without a body, otherwise POST. Throws if the sandbox rejects the request. */
  control(path: string, body?: unknown): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  stop(): Promise<void>;
}

/** @param createService gets a function that returns the origin once the service listens */
export async function startService(createService: (origin: () => string) => Service, clock: Clock): Promise<ListeningService> {
  const started: { listening?: Listening } = {};
  const listening = await listen(
    createService(() => started.listening?.origin ?? ""),
    { clock },
  );
  started.listening = listening;
  const { origin } = listening;
  return {
    origin,
    control: async (path, body) => {
      const response = await sendRequest(`${origin}/_sandbox/${path}`, body === undefined ? "GET" : "POST", { as: null, body });
      if (response.status !== 200) throw new Error(`${response.status}: ${String(response.body?.error ?? response.text)}`);
      return response.body;
    },
    stop: () => listening.stop(),
  };
}
