/** Replays one scenario of gavinbunney's provider: applies changes by others, sends requests, and checks the responses. */
import type { Sandbox } from "../../packages/sandbox";
import { findDatacenterFieldProblems } from "./bitbucket-datacenter-required-fields";
import {
  authorizationOf,
  COMMANDS_BEFORE,
  type ControlCommand,
  createDatacenterSeed,
  EXPECTED_VALUES,
  initialCommands,
  SECRET,
  SERVER_REDIRECTS,
} from "./bitbucket-datacenter-scenario-setup";
import { callControlPath } from "./control-path";
import { replayFault } from "./fault-replay";
import { isObject } from "./graphql-response";
import { type HttpRequest, type HttpResponse, parseJson, send } from "./http-client";
import type { RestExchange, RestRecording } from "./recordings";
import { findRestProblems } from "./rest-response";

const RECORDED_ORIGIN = "http://127.0.0.1:7990";

type Fields = Readonly<Record<string, unknown>>;

export class DatacenterReplay {
  readonly #recording: RestRecording;
  readonly #sandbox: Sandbox;
  readonly #scenario: string;
  /** The last body that was written to the path of a webhook. */
  readonly #written = new Map<string, Fields>();

  constructor(recording: RestRecording, sandbox: Sandbox, scenario: string) {
    this.#recording = recording;
    this.#sandbox = sandbox;
    this.#scenario = scenario;
  }

  get #origin(): string {
    return this.#sandbox.bitbucketDatacenter.origin;
  }

  async setUp(): Promise<void> {
    await this.#runCommands([["reset", {}], ["seed", createDatacenterSeed(this.#scenario)], ...initialCommands(this.#scenario)]);
  }

  /** Returns the problems of the response, each starting with the exchange. */
  async replay(exchange: RestExchange): Promise<string[]> {
    await this.#runCommands(COMMANDS_BEFORE[exchange.n] ?? []);
    const problems = await this.#findProblems(exchange, this.#createRequest(exchange));
    return problems.map((problem) => `${exchange.n}, ${exchange.step}: ${problem}`);
  }

  async #findProblems(exchange: RestExchange, request: HttpRequest): Promise<string[]> {
    const { fault = { kind: "none" }, n, outcome } = exchange;
    if (SERVER_REDIRECTS.has(n)) {
      const response = await send(request);
      const actual = [response?.status, response?.headers.location];
      const expected = [fault.status, fault.location?.replace(RECORDED_ORIGIN, this.#origin)];
      return isSame(actual, expected) ? [] : [`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`];
    }
    if (outcome === "faulty") return replayFault(this.#origin, fault, request);
    return this.#check(exchange, request, await send(request));
  }

  #check(exchange: RestExchange, request: HttpRequest, response: HttpResponse | undefined): string[] {
    const problems = findRestProblems(exchange, response, hasErrors);
    if (problems.length > 0 || exchange.outcome !== "accepted") return problems;
    const path = new URL(request.url).pathname;
    const body = parseJson(response);
    const fields = isObject(body) ? body : {};
    const expected = Object.entries(EXPECTED_VALUES[exchange.n] ?? {});
    return [
      ...findDatacenterFieldProblems(request.method, path, body),
      ...expected.filter(([key, value]) => !isSame(fields[key], value)).map(([key, value]) => `${key} is not ${JSON.stringify(value)}`),
      ...this.#compareWithWritten(request, path, fields),
    ];
  }

  /** A webhook must be returned as it was written, including the order of events. */
  #compareWithWritten({ method, body }: HttpRequest, path: string, response: Fields): string[] {
    if (!path.includes("/webhooks")) return [];
    const sent: unknown = body === undefined ? undefined : JSON.parse(body);
    if (isObject(sent)) this.#written.set(method === "PUT" ? path : `${path}/${String(response["id"])}`, sent);
    const written = method === "GET" ? this.#written.get(path) : undefined;
    return written === undefined ? [] : findDifferences(written, response);
  }

  #createRequest({ request, headers: headersIndex, as = "owner" }: RestExchange): HttpRequest {
    const { method, path, body } = this.#recording.requests[request] ?? { method: "GET", path: "/" };
    return {
      method,
      url: `${this.#origin}${path}`,
      headers: { ...this.#recording.headers[headersIndex], authorization: authorizationOf(as) },
      body: body === undefined ? undefined : JSON.stringify(body).replaceAll("<redacted>", SECRET),
    };
  }

  async #runCommands(commands: readonly ControlCommand[]): Promise<void> {
    for (const [path, body] of commands) await callControlPath(this.#origin, "POST", path, body);
  }
}

/** Either Bitbucket's list of errors, or the error object of its REST framework. */
function hasErrors(response: unknown): boolean {
  if (!isObject(response)) return false;
  const { errors } = response;
  return (
    "status-code" in response || (Array.isArray(errors) && errors.every((error: unknown) => isObject(error) && "exceptionName" in error))
  );
}

/** `active` is sent only if it is true; otherwise the server's default applies. The dates that are sent have no meaning. */
function findDifferences(written: Fields, returned: Fields): string[] {
  const { createdDate, updatedDate, ...settings } = { active: true, ...written } as Record<string, unknown>;
  return [
    ...Object.entries(settings)
      .filter(([key, value]) => !isSame(returned[key], value))
      .map(([key, value]) => `${key} was written as ${JSON.stringify(value)} and is returned as ${JSON.stringify(returned[key])}`),
    ...(returned["createdDate"] === createdDate || returned["updatedDate"] === updatedDate ? ["a date that was sent was stored"] : []),
  ];
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
