/** Replays one scenario of gavinbunney's provider: who asks, what somebody else does meanwhile, and what is wrong with the answers. */
import type { Sandbox } from "../../packages/sandbox";
import { datacenterNeeds } from "./bitbucket-datacenter-required-fields";
import {
  authorizationOf,
  datacenterAtTheStart,
  MEANWHILE,
  type Order,
  ordersAtTheStart,
  OWN_REDIRECTS,
  POINTS,
  SECRET,
} from "./bitbucket-datacenter-scenario-setup";
import type { RestExchange, RestRecording } from "./recordings";
import { restComplaints } from "./rest-response";
import { isObject } from "./graphql-response";
import { control, jsonOf, replayFault, send, type Received, type Sending } from "./http-client";

const RECORDED_ORIGIN = "http://127.0.0.1:7990";

type Fields = Readonly<Record<string, unknown>>;

export class DatacenterReplay {
  /** What was written last, by the path of a webhook. */
  readonly #written = new Map<string, Fields>();

  constructor(
    private readonly recording: RestRecording,
    private readonly sandbox: Sandbox,
    private readonly scenario: string,
  ) {}

  get #origin(): string {
    return this.sandbox.bitbucketDatacenter.origin;
  }

  async start(): Promise<void> {
    await this.#carryOut([["reset", {}], ["seed", datacenterAtTheStart(this.scenario)], ...ordersAtTheStart(this.scenario)]);
  }

  /** What is wrong, in sentences that begin with the exchange. */
  async replay(exchange: RestExchange): Promise<string[]> {
    await this.#carryOut(MEANWHILE[exchange.n] ?? []);
    const complaints = await this.#complaints(exchange, this.#sending(exchange));
    return complaints.map((complaint) => `${exchange.n}, ${exchange.step}: ${complaint}`);
  }

  async #complaints(exchange: RestExchange, sending: Sending): Promise<string[]> {
    const { fault = { kind: "none" }, n, outcome } = exchange;
    if (OWN_REDIRECTS.has(n)) {
      const received = await send(sending);
      const shown = [received?.status, received?.headers.location];
      const wanted = [fault.status, fault.location?.replace(RECORDED_ORIGIN, this.#origin)];
      return JSON.stringify(shown) === JSON.stringify(wanted) ? [] : [`${JSON.stringify(shown)} is not ${JSON.stringify(wanted)}`];
    }
    if (outcome === "faulty") return replayFault(this.#origin, fault, sending);
    return this.#check(exchange, sending, await send(sending));
  }

  #check(exchange: RestExchange, sending: Sending, received: Received | undefined): string[] {
    const wrong = restComplaints(exchange, received, hasErrors);
    if (wrong.length > 0 || exchange.outcome !== "accepted") return wrong;
    const path = new URL(sending.url).pathname;
    const answer = jsonOf(received);
    const point = Object.entries(POINTS[exchange.n] ?? {});
    const shown = isObject(answer) ? answer : {};
    return [
      ...datacenterNeeds(sending.method, path, answer),
      ...point.filter(([key, value]) => !isSame(shown[key], value)).map(([key, value]) => `${key} is not ${JSON.stringify(value)}`),
      ...this.#remember(sending, path, shown),
    ];
  }

  /** A webhook that was written must be read as it was written, its events in their order. */
  #remember({ method, body }: Sending, path: string, answer: Fields): string[] {
    if (!path.includes("/webhooks")) return [];
    const sent: unknown = body === undefined ? undefined : JSON.parse(body);
    if (isObject(sent)) this.#written.set(method === "PUT" ? path : `${path}/${String(answer["id"])}`, sent);
    const written = method === "GET" ? this.#written.get(path) : undefined;
    return written === undefined ? [] : differences(written, answer);
  }

  #sending({ request, headers: kind, as = "owner" }: RestExchange): Sending {
    const { method, path, body } = this.recording.requests[request] ?? { method: "GET", path: "/" };
    return {
      method,
      url: `${this.#origin}${path}`,
      headers: { ...this.recording.headers[kind], authorization: authorizationOf(as) },
      ...(body === undefined ? {} : { body: JSON.stringify(body).replaceAll("<redacted>", SECRET) }),
    };
  }

  async #carryOut(orders: readonly Order[]): Promise<void> {
    for (const [path, body] of orders) await control(this.#origin, "POST", path, body);
  }
}

/** Bitbucket's list, or the bare object of its REST framework. */
function hasErrors(answer: unknown): boolean {
  if (!isObject(answer)) return false;
  const { errors } = answer;
  return (
    "status-code" in answer || (Array.isArray(errors) && errors.every((error: unknown) => isObject(error) && "exceptionName" in error))
  );
}

/** `active` is sent only when it is true, and what counts then is the server's default; dates are sent and never meant. */
function differences(written: Fields, shown: Fields): string[] {
  const { createdDate, updatedDate, ...meant } = { active: true, ...written } as Record<string, unknown>;
  return [
    ...Object.entries(meant)
      .filter(([key, value]) => !isSame(shown[key], value))
      .map(([key, value]) => `${key} was written as ${JSON.stringify(value)} and is shown as ${JSON.stringify(shown[key])}`),
    ...(shown["createdDate"] === createdDate || shown["updatedDate"] === updatedDate ? ["a date that was sent was taken"] : []),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
