/** Replays one scenario of Spacelift's provider: logs in, maps identifiers, sends, and says what is wrong with the answers. */
import type { Sandbox } from "../../packages/sandbox";
import type { GraphQLRecording } from "./recordings";
import { echoComplaints, isObject, selectionComplaints } from "./graphql-response";
import { ACCOUNT, accountAtTheStart, MEANWHILE, POINTS, SECRET } from "./spacelift-scenario-setup";
import { control, jsonOf, replayFault, send, type Received, type Sending } from "./http-client";

type Exchange = GraphQLRecording["exchanges"][number];

const LOGIN = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){jwt}}";

export class SpaceliftReplay {
  /** From what the recording names to what this sandbox has. */
  readonly #names = new Map<string, string>([["<redacted>", SECRET]]);
  readonly #tokens = new Map<string, string>();
  #last: unknown;

  constructor(
    private readonly recording: GraphQLRecording,
    private readonly sandbox: Sandbox,
    private readonly scenario: string,
  ) {}

  async start(): Promise<void> {
    await control(this.sandbox.spacelift.origin, "POST", "reset", {});
    await control(this.sandbox.spacelift.origin, "POST", "seed", { accounts: [accountAtTheStart(this.scenario)] });
    for (const [name, id] of [
      ["admin", "STUBKEY"],
      ["reader", "READER"],
    ] as const) {
      this.#tokens.set(name, await this.login(id));
    }
    this.#tokens.set("run", this.sandbox.spacelift.issueToken(ACCOUNT, "run"));
    this.#tokens.set("revoked", "not.a.token");
  }

  /** As the provider does, and as two of its processes do at the same time. */
  async login(id: string): Promise<string> {
    const { data } = (await this.#json(this.#sending(LOGIN, { id, secret: SECRET }, this.recording.headers.login))) as {
      data: { apiKeyUser: { jwt: string } };
    };
    return data.apiKeyUser.jwt;
  }

  /** Somebody else's request, with the identifiers of the recording. */
  async ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await this.#json(this.#sending(query, variables, this.#headers(undefined)));
    if (!isObject(answer) || "errors" in answer) throw new Error(`A step in between failed: ${JSON.stringify(answer)}`);
  }

  async switchTo(switches: Readonly<Record<string, string>>): Promise<void> {
    await control(this.sandbox.spacelift.origin, "POST", "switches", switches);
  }

  rename(recorded: string, own: string): void {
    for (const [name, value] of this.#names) if (value === recorded) this.#names.set(name, own);
    this.#names.set(recorded, own);
  }

  /** The cursor that the last search answered, under the recording's name for it. */
  nameLastCursor(recorded: string): Promise<void> {
    const [page] = Object.values((this.#last as { data: Record<string, { pageInfo: { endCursor: string } }> }).data);
    this.rename(recorded, page?.pageInfo.endCursor ?? "");
    return Promise.resolve();
  }

  /** What is wrong, in sentences that begin with the exchange. */
  async replay(exchange: Exchange): Promise<string[]> {
    await MEANWHILE[exchange.n]?.(this);
    const { query, variables } = this.recording.requests[exchange.request] ?? { query: -1 };
    const text = this.recording.queries[query] ?? "";
    const headers = text.includes("apiKeyUser") ? this.recording.headers.login : this.#headers(exchange.as);
    const sending = this.#sending(text, variables, { ...headers, ...exchange.headers });
    const complaints =
      exchange.outcome === "faulty"
        ? await replayFault(this.sandbox.spacelift.origin, exchange.fault ?? { kind: "none" }, sending)
        : this.#check(exchange, text, variables ?? {}, await send(sending));
    return complaints.map((complaint) => `${exchange.n}, ${exchange.step}: ${complaint}`);
  }

  #check(exchange: Exchange, query: string, variables: Readonly<Record<string, unknown>>, received: Received | undefined): string[] {
    if (received?.status !== 200) return [`status ${received?.status ?? "none"}: ${received?.text ?? ""}`];
    const answer = (this.#last = jsonOf(received));
    if (!isObject(answer)) return ["the body is no JSON object"];
    const { data, errors } = answer;
    if (exchange.outcome === "refused") return refusalComplaints(data, errors);
    if (errors !== undefined) return [`errors: ${JSON.stringify(errors)}`];
    if (exchange.outcome === "absent") return isObject(data) && isNull(data) ? [] : [`the answer is ${JSON.stringify(data)}, not null`];
    const complaints = selectionComplaints(query, data, "present");
    if (!isObject(data) || complaints.length > 0) return complaints;
    const [root] = Object.values(data);
    if (exchange.made !== undefined && isObject(root)) this.#names.set(exchange.made, String(root["id"]));
    const point = POINTS[exchange.n];
    const found = point?.path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);
    const missed = point !== undefined && JSON.stringify(found) !== JSON.stringify(point.value);
    const echo = point?.path.at(-1) === "labels" ? [] : echoComplaints(this.#mapped(variables) as Record<string, unknown>, root);
    return [...echo, ...(missed ? [`${point.path.join(".")} is ${JSON.stringify(found)}, not ${JSON.stringify(point.value)}`] : [])];
  }

  #headers(as: string | undefined): Record<string, string> {
    return { ...this.recording.headers.call, authorization: `Bearer ${this.#tokens.get(as ?? "admin") ?? ""}` };
  }

  #sending(query: string, variables: Readonly<Record<string, unknown>> | undefined, headers: Readonly<Record<string, string>>): Sending {
    const body = variables === undefined ? { query } : { query, variables: this.#mapped(variables) };
    return { method: "POST", url: `${this.sandbox.spacelift.account(ACCOUNT)}/graphql`, headers, body: JSON.stringify(body) };
  }

  async #json(sending: Sending): Promise<unknown> {
    return jsonOf(await send(sending));
  }

  #mapped(value: unknown): unknown {
    if (typeof value === "string") return this.#names.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#mapped(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#mapped(item)]));
  }
}

function refusalComplaints(data: unknown, errors: unknown): string[] {
  const messages = Array.isArray(errors) ? errors.map((error: unknown) => (isObject(error) ? error["message"] : undefined)) : [];
  const told = messages.length > 0 && messages.every((message) => typeof message === "string" && message !== "");
  return [
    ...(told ? [] : [`a refusal without a message: ${JSON.stringify(errors)}`]),
    ...(data === undefined || data === null || (isObject(data) && isNull(data))
      ? []
      : [`data beside the refusal: ${JSON.stringify(data)}`]),
  ];
}

function isNull(data: Record<string, unknown>): boolean {
  return Object.values(data).every((root) => root === null);
}
