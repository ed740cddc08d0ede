/** Replays one scenario of Spacelift's provider: logs in, maps identifiers, sends requests, and checks the responses. */
import type { Sandbox } from "../../packages/sandbox";
import { callControlPath } from "./control-path";
import { replayFault } from "./fault-replay";
import { findEchoProblems, findSelectionProblems, isObject } from "./graphql-response";
import { type HttpRequest, type HttpResponse, parseJson, send } from "./http-client";
import type { GraphQLRecording } from "./recordings";
import { ACCOUNT, CHANGES_BEFORE, createAccountSeed, EXPECTED_VALUES, type ExpectedValue, SECRET } from "./spacelift-scenario-setup";

type Exchange = GraphQLRecording["exchanges"][number];

const LOGIN = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){jwt}}";

export class SpaceliftReplay {
  readonly #recording: GraphQLRecording;
  readonly #sandbox: Sandbox;
  readonly #scenario: string;
  /** From identifiers in the recording to identifiers in this sandbox. */
  readonly #identifiers = new Map<string, string>([["<redacted>", SECRET]]);
  readonly #tokens = new Map<string, string>();
  #lastResponse: unknown;

  constructor(recording: GraphQLRecording, sandbox: Sandbox, scenario: string) {
    this.#recording = recording;
    this.#sandbox = sandbox;
    this.#scenario = scenario;
  }

  async setUp(): Promise<void> {
    await callControlPath(this.#sandbox.spacelift.origin, "POST", "reset", {});
    await callControlPath(this.#sandbox.spacelift.origin, "POST", "seed", { accounts: [createAccountSeed(this.#scenario)] });
    for (const [name, id] of [
      ["admin", "STUBKEY"],
      ["reader", "READER"],
    ] as const) {
      this.#tokens.set(name, await this.login(id));
    }
    this.#tokens.set("run", this.#sandbox.spacelift.issueToken(ACCOUNT, "run"));
    this.#tokens.set("revoked", "not.a.token");
  }

  /** Logs in like the provider. Two of its processes do this at the same time. */
  async login(id: string): Promise<string> {
    const { data } = (await this.#sendAndParse(this.#createRequest(LOGIN, { id, secret: SECRET }, this.#recording.headers.login))) as {
      data: { apiKeyUser: { jwt: string } };
    };
    return data.apiKeyUser.jwt;
  }

  /** Runs a query on behalf of another client, with the identifiers of the recording. */
  async runQuery(query: string, variables: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await this.#sendAndParse(this.#createRequest(query, variables, this.#createHeaders(undefined)));
    if (!isObject(response) || "errors" in response) throw new Error(`A change before a step failed: ${JSON.stringify(response)}`);
  }

  async setSwitches(switches: Readonly<Record<string, string>>): Promise<void> {
    await callControlPath(this.#sandbox.spacelift.origin, "POST", "switches", switches);
  }

  mapIdentifier(recorded: string, actual: string): void {
    for (const [name, value] of this.#identifiers) if (value === recorded) this.#identifiers.set(name, actual);
    this.#identifiers.set(recorded, actual);
  }

  /** Maps the recorded cursor to the one in the last response. */
  mapLastCursor(recorded: string): Promise<void> {
    const [page] = Object.values((this.#lastResponse as { data: Record<string, { pageInfo: { endCursor: string } }> }).data);
    this.mapIdentifier(recorded, page?.pageInfo.endCursor ?? "");
    return Promise.resolve();
  }

  /** Returns the problems of the response, each starting with the exchange. */
  async replay(exchange: Exchange): Promise<string[]> {
    await CHANGES_BEFORE[exchange.n]?.(this);
    const { query, variables } = this.#recording.requests[exchange.request] ?? { query: -1 };
    const text = this.#recording.queries[query] ?? "";
    const headers = text.includes("apiKeyUser") ? this.#recording.headers.login : this.#createHeaders(exchange.as);
    const request = this.#createRequest(text, variables, { ...headers, ...exchange.headers });
    const problems =
      exchange.outcome === "faulty"
        ? await replayFault(this.#sandbox.spacelift.origin, exchange.fault ?? { kind: "none" }, request)
        : this.#check(exchange, text, variables ?? {}, await send(request));
    return problems.map((problem) => `${exchange.n}, ${exchange.step}: ${problem}`);
  }

  #check(exchange: Exchange, query: string, variables: Readonly<Record<string, unknown>>, response: HttpResponse | undefined): string[] {
    if (response?.status !== 200) return [`status ${response?.status ?? "none"}: ${response?.text ?? ""}`];
    const body = (this.#lastResponse = parseJson(response));
    if (!isObject(body)) return ["the body is not a JSON object"];
    const { data, errors } = body;
    if (exchange.outcome === "refused") return findRefusalProblems(data, errors);
    if (errors !== undefined) return [`errors: ${JSON.stringify(errors)}`];
    if (exchange.outcome === "absent")
      return isObject(data) && hasOnlyNull(data) ? [] : [`the response is ${JSON.stringify(data)}, not null`];
    const problems = findSelectionProblems(query, data, "present");
    if (!isObject(data) || problems.length > 0) return problems;
    const [root] = Object.values(data);
    if (exchange.made !== undefined && isObject(root)) this.#identifiers.set(exchange.made, String(root["id"]));
    const expected = EXPECTED_VALUES[exchange.n];
    const echo =
      expected?.path.at(-1) === "labels" ? [] : findEchoProblems(this.#mapIdentifiers(variables) as Record<string, unknown>, root);
    return [...echo, ...(expected === undefined ? [] : compareValue(data, expected))];
  }

  #createHeaders(as: string | undefined): Record<string, string> {
    return { ...this.#recording.headers.call, authorization: `Bearer ${this.#tokens.get(as ?? "admin") ?? ""}` };
  }

  #createRequest(
    query: string,
    variables: Readonly<Record<string, unknown>> | undefined,
    headers: Readonly<Record<string, string>>,
  ): HttpRequest {
    const body = variables === undefined ? { query } : { query, variables: this.#mapIdentifiers(variables) };
    return { method: "POST", url: `${this.#sandbox.spacelift.account(ACCOUNT)}/graphql`, headers, body: JSON.stringify(body) };
  }

  async #sendAndParse(request: HttpRequest): Promise<unknown> {
    return parseJson(await send(request));
  }

  #mapIdentifiers(value: unknown): unknown {
    if (typeof value === "string") return this.#identifiers.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => this.#mapIdentifiers(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#mapIdentifiers(item)]));
  }
}

function findRefusalProblems(data: unknown, errors: unknown): string[] {
  const messages = Array.isArray(errors) ? errors.map((error: unknown) => (isObject(error) ? error["message"] : undefined)) : [];
  const hasMessages = messages.length > 0 && messages.every((message) => typeof message === "string" && message !== "");
  return [
    ...(hasMessages ? [] : [`an error without a message: ${JSON.stringify(errors)}`]),
    ...(data === undefined || data === null || (isObject(data) && hasOnlyNull(data))
      ? []
      : [`data in addition to the error: ${JSON.stringify(data)}`]),
  ];
}

function compareValue(data: Record<string, unknown>, { path, value: expected }: ExpectedValue): string[] {
  const actual = path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], data);
  if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
  return [`${path.join(".")} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
}

function hasOnlyNull(data: Record<string, unknown>): boolean {
  return Object.values(data).every((root) => root === null);
}
