/** Calls the control path of an emulated service. */
import { parseJson, send } from "./http-client";

/** @throws Error if the sandbox rejects the request */
export async function callControlPath(origin: string, method: "GET" | "POST", name: string, body?: unknown): Promise<unknown> {
  const response = await send({
    method,
    url: `${origin}/_sandbox/${name}`,
    headers: {},
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (response?.status === 200) return parseJson(response);
  throw new Error(`/_sandbox/${name} returned ${response?.status ?? "no response"}: ${response?.text ?? ""}`);
}
