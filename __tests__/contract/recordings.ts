/** Reads the recorded requests in the folder recordings, with types. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In the sandbox's format for faults, without the operation. */
export interface RecordedFault {
  readonly kind: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
}

/**
 * accepted: the response must have what the client requires; absent: null in GraphQL, an empty 404 in REST; refused: the service must respond with an
 * error; faulty: replayed with a fault; skipped: not sent.
 */
export type Outcome = "accepted" | "absent" | "refused" | "faulty" | "skipped";

export interface Exchange {
  /** Position in the full recording. */
  readonly n: number;
  readonly scenario: string;
  readonly step: string;
  /** Index into `requests`. */
  readonly request: number;
  readonly outcome: Outcome;
  /** The caller, if it is not the one with full access. */
  readonly as?: string;
  readonly fault?: RecordedFault;
  readonly reason?: string;
  /** The identifier that the recorded server assigned, and that later requests use. */
  readonly made?: string;
}

export interface GraphQLRequest {
  /** Index into `queries`. */
  readonly query: number;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface GraphQLRecording {
  readonly provider: string;
  readonly headers: { readonly login: Readonly<Record<string, string>>; readonly call: Readonly<Record<string, string>> };
  readonly queries: readonly string[];
  readonly requests: readonly GraphQLRequest[];
  readonly exchanges: readonly (Exchange & { readonly headers?: Readonly<Record<string, string>> })[];
}

export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface RestExchange extends Exchange {
  /** Index into `headers`. */
  readonly headers: number;
  readonly credential?: "Basic" | "Bearer";
}

export interface RestRecording {
  readonly provider: string;
  readonly headers: readonly Readonly<Record<string, string>>[];
  readonly requests: readonly RestRequest[];
  readonly exchanges: readonly RestExchange[];
}

function readRecording(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, "recordings", `${name}.json`), "utf8"));
}

export const readSpaceliftRecording = (): GraphQLRecording => readRecording("spacelift-provider") as GraphQLRecording;
export const readBitbucketRecording = (): RestRecording => readRecording("bitbucket-provider") as RestRecording;
export const readBitbucketServerRecording = (): RestRecording => readRecording("bitbucketserver-provider") as RestRecording;

/** Scenarios and exchanges stay in the order of the recording. */
export function groupByScenario<Item extends Exchange>(exchanges: readonly Item[]): { scenario: string; exchanges: readonly Item[] }[] {
  const groups = new Map<string, Item[]>();
  for (const exchange of exchanges) {
    const group = groups.get(exchange.scenario) ?? [];
    group.push(exchange);
    groups.set(exchange.scenario, group);
  }
  return [...groups].map(([scenario, group]) => ({ scenario, exchanges: group }));
}

/** Counts exchanges by outcome, and skipped ones by reason. */
export function countOutcomes(exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, reason } of exchanges) {
    const name = outcome === "skipped" ? `skipped: ${reason ?? "no reason"}` : outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
