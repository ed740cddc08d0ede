/** Replays one scenario of drfaust92's provider: credentials, identifiers of webhooks, and what is wrong with the answers. */
import type { Sandbox } from "../../packages/sandbox";
import { ACCESS_TOKEN, authorizationOf, bitbucketAtTheStart, MEANWHILE, RECORDED_USER, SECRET } from "./bitbucket-cloud-scenario-setup";
import { cloudNeeds } from "./bitbucket-cloud-required-fields";
import type { RestExchange, RestRecording } from "./recordings";
import { restComplaints } from "./rest-response";
import { isObject } from "./graphql-response";
import { control, jsonOf, replayFault, send, type Received, type Sending } from "./http-client";

const TOKEN_PATH = "/site/oauth2/access_token";

export class BitbucketReplay {
  /** From what the recording names to what this sandbox has. */
  readonly #names = new Map<string, string>();
  /** What was written last, by the path of a webhook. */
  readonly #written = new Map<string, Readonly<Record<string, unknown>>>();
  #bearer = ACCESS_TOKEN;

  constructor(
    private readonly recording: RestRecording,
    private readonly sandbox: Sandbox,
    private readonly scenario: string,
  ) {}

  async start(): Promise<void> {
    const { origin } = this.sandbox.bitbucketCloud;
    await control(origin, "POST", "reset", {});
    await control(origin, "POST", "seed", bitbucketAtTheStart(this.scenario));
    if (this.scenario !== "hook lifecycle, secret, oauth_token") this.#bearer = await this.#oauthToken();
    if (!this.scenario.startsWith("data sources")) return;
    const authorization = this.scenario.endsWith("username+password") ? authorizationOf("owner") : `Bearer ${this.#bearer}`;
    const user = jsonOf(await send({ method: "GET", url: `${origin}/2.0/user`, headers: { authorization: authorization ?? "" } }));
    if (isObject(user)) this.#names.set(RECORDED_USER, String(user["uuid"]));
  }

  /** What is wrong, in sentences that begin with the exchange. */
  async replay(exchange: RestExchange): Promise<string[]> {
    const { origin } = this.sandbox.bitbucketCloud;
    const change = MEANWHILE[exchange.n];
    if (change !== undefined) await control(origin, "POST", "repository", change);
    const sending = this.#sending(exchange);
    const complaints =
      exchange.outcome === "faulty"
        ? await replayFault(origin, exchange.fault ?? { kind: "none" }, sending)
        : this.#check(exchange, sending, await send(sending));
    return complaints.map((complaint) => `${exchange.n}, ${exchange.step}: ${complaint}`);
  }

  #check(exchange: RestExchange, sending: Sending, received: Received | undefined): string[] {
    const answer = jsonOf(received);
    const wrong = restComplaints(exchange, received, hasError);
    if (wrong.length > 0 || exchange.outcome === "refused") return wrong;
    const path = new URL(sending.url).pathname;
    return [...cloudNeeds(sending.method, path, answer), ...this.#remember(exchange, sending, path, answer)];
  }

  /** A webhook that was written must be read as it was written. */
  #remember(exchange: RestExchange, { method, body }: Sending, path: string, answer: unknown): string[] {
    if (!isObject(answer)) return [];
    const sent: unknown = path === TOKEN_PATH || body === undefined ? undefined : JSON.parse(body);
    if (path === TOKEN_PATH) this.#bearer = String(answer["access_token"]);
    if (exchange.made !== undefined) this.#names.set(exchange.made, String(answer["uuid"]));
    if (!path.includes("/hooks")) return [];
    if (isObject(sent)) this.#written.set(method === "PUT" ? path : `${path}/${encodeURIComponent(String(answer["uuid"]))}`, sent);
    const written = method === "GET" ? this.#written.get(path) : undefined;
    return written === undefined ? [] : differences(written, answer);
  }

  #sending({ request, headers: kind, credential, as }: RestExchange): Sending {
    const { method, path, body } = this.recording.requests[request] ?? { method: "GET", path: "/" };
    const isToken = path === TOKEN_PATH;
    const authorization =
      credential === "Bearer" && as === undefined ? `Bearer ${this.#bearer}` : authorizationOf(as ?? (isToken ? "consumer" : "owner"));
    const secret = as === "unknown-consumer" ? "a wrong secret" : SECRET;
    return {
      method,
      url: `${this.sandbox.bitbucketCloud.origin}${this.#mapped(path)}`,
      headers: { ...this.recording.headers[kind], ...(credential !== undefined && authorization !== undefined && { authorization }) },
      ...(body !== undefined && {
        body:
          typeof body === "string"
            ? body.replace("<redacted>", encodeURIComponent(secret))
            : JSON.stringify(body).replaceAll("<redacted>", secret),
      }),
    };
  }

  #mapped(path: string): string {
    let mapped = path;
    for (const [recorded, own] of this.#names) mapped = mapped.replaceAll(encodeURIComponent(recorded), encodeURIComponent(own));
    return mapped;
  }

  async #oauthToken(): Promise<string> {
    const received = await send({
      method: "POST",
      url: `${this.sandbox.bitbucketCloud.origin}${TOKEN_PATH}`,
      headers: { authorization: authorizationOf("consumer") ?? "", "content-type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
    return (jsonOf(received) as { access_token: string }).access_token;
  }
}

/** An error, or in one case a text in its place. */
function hasError(answer: unknown): boolean {
  if (!isObject(answer)) return false;
  const { error } = answer;
  return typeof error === "string" || (isObject(error) && "message" in error);
}

/** `history_enabled` is sent only when it is true, and `secret` never comes back. */
function differences(written: Readonly<Record<string, unknown>>, shown: Readonly<Record<string, unknown>>): string[] {
  const { secret, events, ...same } = { history_enabled: false, ...written } as Record<string, unknown>;
  const expected = { ...same, secret_set: secret !== "" };
  const set = (value: unknown): string => (Array.isArray(value) ? [...(value as string[])].sort().join() : "");
  return [
    ...Object.entries(expected)
      .filter(([key, value]) => shown[key] !== value)
      .map(([key, value]) => `${key} was written as ${JSON.stringify(value)} and is shown as ${JSON.stringify(shown[key])}`),
    ...(set(events) === set(shown["events"]) ? [] : [`events were written as ${set(events)} and are shown as ${set(shown["events"])}`]),
    ...("secret" in shown ? ["the secret is shown"] : []),
  ];
}
