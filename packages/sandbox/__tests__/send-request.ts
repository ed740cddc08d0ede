/** Sends requests to an emulated service over HTTP. */

export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed; undefined if the body is not JSON. */
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
}

export interface RequestOptions {
  /** An access token, or the whole Authorization header if it contains a space. Null: no credential. */
  readonly as?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

export async function sendRequest(
  url: string,
  method: string,
  { as = "admin", body, headers = {} }: RequestOptions = {},
): Promise<TestResponse> {
  const sentHeaders: Record<string, string> = { ...headers };
  if (as !== null) sentHeaders["authorization"] = as.includes(" ") ? as : `Bearer ${as}`;
  if (body !== undefined) sentHeaders["content-type"] ??= "application/json";
  const sent = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: sentHeaders,
    body: body === undefined ? undefined : sent,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
