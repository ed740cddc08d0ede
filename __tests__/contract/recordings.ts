/** The extract of recorded requests in __tests__/recordings, as data with types. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** In the sandbox's own form, without the operation. */
export interface RecordedFault {
  readonly kind: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly location?: string;
}

/**
 * accepted: answered with what the client needs; absent: GraphQL, answered with null, and REST, with an empty 404; refused: the service's own refusal;
 * faulty: played by a fault; skipped: not sent.
 */
export type Outcome = "accepted" | "absent" | "refused" | "faulty" | "skipped";

export interface Exchange {
  /** Its place in the full recording. */
  readonly n: number;
  readonly scenario: string;
  readonly step: string;
  /** Index into `requests`. */
  readonly request: number;
  readonly outcome: Outcome;
  /** Who sends it, when it is not the one who may do everything. */
  readonly as?: string;
  readonly fault?: RecordedFault;
  readonly reason?: string;
  /** The identifier that the recording's server made, which later requests name. */
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

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, "recordings", `${name}.json`), "utf8"));
}

export const readSpaceliftRecording = (): GraphQLRecording => read("spacelift-provider") as GraphQLRecording;
export const readBitbucketRecording = (): RestRecording => read("bitbucket-provider") as RestRecording;
export const readBitbucketServerRecording = (): RestRecording => read("bitbucketserver-provider") as RestRecording;

/** In the order of the recording. */
export function scenariosOf<One extends Exchange>(exchanges: readonly One[]): { scenario: string; exchanges: readonly One[] }[] {
  const groups = new Map<string, One[]>();
  for (const one of exchanges) {
    const group = groups.get(one.scenario) ?? [];
    group.push(one);
    groups.set(one.scenario, group);
  }
  return [...groups].map(([scenario, group]) => ({ scenario, exchanges: group }));
}

/** How many exchanges have each outcome; skipped ones by their reason. */
export function countOutcomes(exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome, reason } of exchanges) {
    const name = outcome === "skipped" ? `skipped: ${reason ?? "no reason"}` : outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
