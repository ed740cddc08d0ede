/** Starts whole sandboxes for tests, and sends them requests according to their environment. */
import { type Sandbox, type SandboxOptions, startSandbox } from "../index";

export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests

const running: Sandbox[] = [];

export async function startTestSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
}

/** Stops the sandboxes that were started since the last call. */
export async function stopTestSandboxes(): Promise<void> {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
}

export async function sendJson(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string | undefined } = {},
): Promise<Json> {
  const response = await fetch(url, { ...init, headers: { "content-type": "application/json", ...init.headers } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

export function requireVariable(sandbox: Sandbox, name: string): string {
  const value = sandbox.environment[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export async function querySpacelift(sandbox: Sandbox, query: string, variables: object = {}): Promise<Json> {
  const endpoint = `${requireVariable(sandbox, "SPACELIFT_API_KEY_ENDPOINT")}/graphql`;
  const post = async (body: object, headers: Record<string, string> = {}) => {
    const { data, errors } = await sendJson(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const login = "mutation($id:ID!,$secret:String!){apiKeyUser(id:$id,secret:$secret){jwt}}";
  const [id, secret] = [requireVariable(sandbox, "SPACELIFT_API_KEY_ID"), requireVariable(sandbox, "SPACELIFT_API_KEY_SECRET")];
  const { apiKeyUser } = await post({ query: login, variables: { id, secret } });
  return post({ query, variables }, { authorization: `Bearer ${String(apiKeyUser.jwt)}` });
}

export function callControlPath(
  sandbox: Sandbox,
  service: "SPACELIFT" | "BITBUCKET_CLOUD" | "BITBUCKET_DATACENTER",
  path: string,
  body?: unknown,
): Promise<Json> {
  const url = `${requireVariable(sandbox, `BITLIFT_SANDBOX_${service}_URL`)}/${path}`;
  return sendJson(url, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
}
