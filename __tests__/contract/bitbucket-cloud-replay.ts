/** Replays one scenario of drfaust92's provider: maps credentials and identifiers, sends requests, and checks the responses. */
import type { Sandbox } from "../../packages/sandbox";
import { findCloudFieldProblems } from "./bitbucket-cloud-required-fields";
import { ACCESS_TOKEN, authorizationOf, CHANGES_BEFORE, createCloudSeed, RECORDED_USER, SECRET } from "./bitbucket-cloud-scenario-setup";
import { callControlPath } from "./control-path";
import { replayFault } from "./fault-replay";
import { isObject } from "./graphql-response";
import { type HttpRequest, type HttpResponse, parseJson, send } from "./http-client";
import type { RestExchange, RestRecording } from "./recordings";
import { findRestProblems } from "./rest-response";

const TOKEN_PATH = "/site/oauth2/access_token";

export class CloudReplay {
  readonly #recording: RestRecording;
  readonly #sandbox: Sandbox;
  readonly #scenario: string;
  /** From identifiers in the recording to identifiers in this sandbox. */
  readonly #identifiers = new Map<string, string>();
  /** The last body that was written to the path of a webhook. */
  readonly #written = new Map<string, Readonly<Record<string, unknown>>>();
  #bearer = ACCESS_TOKEN;

  constructor(recording: RestRecording, sandbox: Sandbox, scenario: string) {
    this.#recording = recording;
    this.#sandbox = sandbox;
    this.#scenario = scenario;
  }

  async setUp(): Promise<void> {
    const { origin } = this.#sandbox.bitbucketCloud;
    await callControlPath(origin, "POST", "reset", {});
    await callControlPath(origin, "POST", "seed", createCloudSeed(this.#scenario));
    if (this.#scenario !== "hook lifecycle, secret, oauth_token") this.#bearer = await this.#requestToken();
    if (!this.#scenario.startsWith("data sources")) return;
    const authorization = this.#scenario.endsWith("username+password") ? authorizationOf("owner") : `Bearer ${this.#bearer}`;
    const user = parseJson(await send({ method: "GET", url: `${origin}/2.0/user`, headers: { authorization: authorization ?? "" } }));
    if (isObject(user)) this.#identifiers.set(RECORDED_USER, String(user["uuid"]));
  }

  /** Returns the problems of the response, each starting with the exchange. */
  async replay(exchange: RestExchange): Promise<string[]> {
    const { origin } = this.#sandbox.bitbucketCloud;
    const change = CHANGES_BEFORE[exchange.n];
    if (change !== undefined) await callControlPath(origin, "POST", "repository", change);
    const request = this.#createRequest(exchange);
    const problems =
      exchange.outcome === "faulty"
        ? await replayFault(origin, exchange.fault ?? { kind: "none" }, request)
        : this.#check(exchange, request, await send(request));
    return problems.map((problem) => `${exchange.n}, ${exchange.step}: ${problem}`);
  }

  #check(exchange: RestExchange, request: HttpRequest, response: HttpResponse | undefined): string[] {
    const body = parseJson(response);
    const problems = findRestProblems(exchange, response, hasError);
    if (problems.length > 0 || exchange.outcome === "refused") return problems;
    const path = new URL(request.url).pathname;
    return [...findCloudFieldProblems(request.method, path, body), ...this.#compareWithWritten(exchange, request, path, body)];
  }

  /** A webhook must be returned as it was written. */
  #compareWithWritten(exchange: RestExchange, { method, body }: HttpRequest, path: string, response: unknown): string[] {
    if (!isObject(response)) return [];
    const sent: unknown = path === TOKEN_PATH || body === undefined ? undefined : JSON.parse(body);
    if (path === TOKEN_PATH) this.#bearer = String(response["access_token"]);
    if (exchange.made !== undefined) this.#identifiers.set(exchange.made, String(response["uuid"]));
    if (!path.includes("/hooks")) return [];
    if (isObject(sent)) this.#written.set(method === "PUT" ? path : `${path}/${encodeURIComponent(String(response["uuid"]))}`, sent);
    const written = method === "GET" ? this.#written.get(path) : undefined;
    return written === undefined ? [] : findDifferences(written, response);
  }

  #createRequest({ request, headers: headersIndex, credential, as }: RestExchange): HttpRequest {
    const { method, path, body } = this.#recording.requests[request] ?? { method: "GET", path: "/" };
    const isToken = path === TOKEN_PATH;
    const authorization =
      credential === "Bearer" && as === undefined ? `Bearer ${this.#bearer}` : authorizationOf(as ?? (isToken ? "consumer" : "owner"));
    const secret = as === "unknown-consumer" ? "a wrong secret" : SECRET;
    const redactedBody = body === undefined ? undefined : JSON.stringify(body);
    return {
      method,
      url: `${this.#sandbox.bitbucketCloud.origin}${this.#mapIdentifiers(path)}`,
      headers: {
        ...this.#recording.headers[headersIndex],
        ...(credential !== undefined && authorization !== undefined && { authorization }),
      },
      body:
        typeof body === "string" ? body.replace("<redacted>", encodeURIComponent(secret)) : redactedBody?.replaceAll("<redacted>", secret),
    };
  }

  #mapIdentifiers(path: string): string {
    let mapped = path;
    for (const [recorded, actual] of this.#identifiers)
      mapped = mapped.replaceAll(encodeURIComponent(recorded), encodeURIComponent(actual));
    return mapped;
  }

  async #requestToken(): Promise<string> {
    const received = await send({
      method: "POST",
      url: `${this.#sandbox.bitbucketCloud.origin}${TOKEN_PATH}`,
      headers: { authorization: authorizationOf("consumer") ?? "", "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
    return (parseJson(received) as { access_token: string }).access_token;
  }
}

/** `error` is an object, or in one case a string. */
function hasError(response: unknown): boolean {
  if (!isObject(response)) return false;
  const { error } = response;
  return typeof error === "string" || (isObject(error) && "message" in error);
}

/** `history_enabled` is sent only if it is true, and `secret` is never returned. */
function findDifferences(written: Readonly<Record<string, unknown>>, returned: Readonly<Record<string, unknown>>): string[] {
  const { secret, events, ...same } = { history_enabled: false, ...written } as Record<string, unknown>;
  const expected = { ...same, secret_set: secret !== "" };
  const sorted = (value: unknown): string => (Array.isArray(value) ? [...(value as string[])].sort().join() : "");
  return [
    ...Object.entries(expected)
      .filter(([key, value]) => returned[key] !== value)
      .map(([key, value]) => `${key} was written as ${JSON.stringify(value)} and is returned as ${JSON.stringify(returned[key])}`),
    ...(sorted(events) === sorted(returned["events"])
      ? []
      : [`events were written as ${sorted(events)} and are returned as ${sorted(returned["events"])}`]),
    ...("secret" in returned ? ["the secret is returned"] : []),
  ];
}
