/** A whole sandbox for one test, spoken to as its environment says. */
import { startSandbox, type Sandbox, type SandboxOptions } from "../index";

export type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests

const running: Sandbox[] = [];

export async function start(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  running.push(sandbox);
  return sandbox;
}

/** Stops what was started since the last time. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
}

export async function send(url: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Json> {
  const answer = await fetch(url, { ...init, headers: { "content-type": "application/json", ...init.headers } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${String(answer.status)} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

export function variable(sandbox: Sandbox, name: string): string {
  const value = sandbox.environment[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export async function spacelift(sandbox: Sandbox, query: string, variables: object = {}): Promise<Json> {
  const endpoint = `${variable(sandbox, "SPACELIFT_API_KEY_ENDPOINT")}/graphql`;
  const post = async (body: object, headers: Record<string, string> = {}) => {
    const { data, errors } = await send(endpoint, { method: "POST", headers, body: JSON.stringify(body) });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const login = "mutation($id:ID!,$secret:String!){apiKeyUser(id:$id,secret:$secret){jwt}}";
  const [id, secret] = [variable(sandbox, "SPACELIFT_API_KEY_ID"), variable(sandbox, "SPACELIFT_API_KEY_SECRET")];
  const { apiKeyUser } = await post({ query: login, variables: { id, secret } });
  return post({ query, variables }, { authorization: `Bearer ${String(apiKeyUser.jwt)}` });
}

export function control(
  sandbox: Sandbox,
  service: "SPACELIFT" | "BITBUCKET_CLOUD" | "BITBUCKET_DATACENTER",
  path: string,
  body?: unknown,
): Promise<Json> {
  const url = `${variable(sandbox, `BITLIFT_SANDBOX_${service}_URL`)}/${path}`;
  return send(url, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
}
