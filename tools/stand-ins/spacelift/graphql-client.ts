/** Spacelift's GraphQL API as the published provider calls it: its headers, its retries, and its reading of errors. */
import { setTimeout as wait } from "node:timers/promises";
import { send, type GoResponse } from "../runtime/go-http";

export type Variables = Readonly<Record<string, unknown>>;

/** Pauses before the second and each further attempt. */
const PAUSES_MILLISECONDS = [1_000, 2_000, 4_000, 8_000];

interface GraphqlError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A response with errors: `data` is what came with them. */
export class ErrorResponse extends Error {
  constructor(
    readonly errors: readonly GraphqlError[],
    readonly data: Readonly<Record<string, unknown>>,
  ) {
    super(errors[0]?.message ?? "");
  }

  /** All messages with their extensions. */
  get all(): string {
    const text = ({ message, extensions = {} }: GraphqlError) =>
      [message, ...Object.entries(extensions).map(([key, value]) => `${key}: ${String(value)}`)].join(": ");
    return this.errors.map(text).join(", ");
  }
}

export class GraphqlClient {
  constructor(
    readonly endpoint: string,
    readonly token: string,
  ) {}

  /** The value of the only field of the query; null also for an error that contains "not found". */
  async query<T>(label: string, document: string, variables?: Variables): Promise<T | null> {
    try {
      return fieldOf(await this.#call("Spacelift-GraphQL-Query", label, document, variables)) as T | null;
    } catch (thrown) {
      if (!(thrown instanceof Error) || !thrown.message.includes("not found")) throw thrown;
      return thrown instanceof ErrorResponse ? (fieldOf(thrown.data) as T | null) : null;
    }
  }

  /** The value of the only field of the mutation. */
  async mutate<T>(label: string, document: string, variables: Variables): Promise<T | null> {
    return fieldOf(await this.#call("Spacelift-GraphQL-Mutation", label, document, variables)) as T | null;
  }

  #call(header: string, label: string, document: string, variables: Variables | undefined): Promise<Readonly<Record<string, unknown>>> {
    return postGraphql(this.endpoint, document, variables, {
      Authorization: `Bearer ${this.token}`,
      "Spacelift-Client-Type": "provider",
      "Spacelift-Provider-Commit": "dev",
      "Spacelift-Provider-Version": "dev",
      [header]: label,
    });
  }
}

/** @param endpoint without `/graphql` */
export async function postGraphql(
  endpoint: string,
  query: string,
  variables: Variables | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const body = `${JSON.stringify(variables === undefined ? { query } : { query, variables: inAlphabeticalOrder(variables) })}\n`;
  const { status, text } = await sendWithRetries(`${endpoint}/graphql`, body, { "Content-Type": "application/json", ...headers });
  if (status !== 200) throw new Error(`non-200 OK status code: ${status} body: ${JSON.stringify(text)}`);
  const response = JSON.parse(text) as { readonly data?: Record<string, unknown> | null; readonly errors?: readonly GraphqlError[] };
  const data = response.data ?? {};
  if (response.errors !== undefined && response.errors.length > 0) throw new ErrorResponse(response.errors, data);
  return data;
}

async function sendWithRetries(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<GoResponse> {
  for (let attempt = 0; ; attempt++) {
    const result = await send({ method: "POST", url, headers, body, closes: false }).catch((thrown: unknown) => thrown as Error);
    const isFailure = result instanceof Error || result.status === 429 || (result.status >= 500 && result.status !== 501);
    if (!isFailure) return result;
    const pause = PAUSES_MILLISECONDS[attempt];
    if (pause === undefined) {
      const cause = result instanceof Error ? `: ${result.message}` : "";
      throw new Error(`Post ${JSON.stringify(url)}: POST ${url} giving up after ${attempt + 1} attempt(s)${cause}`);
    }
    const seconds = result instanceof Error ? undefined : result.headers["retry-after"];
    await wait(seconds === undefined ? pause : Number(seconds) * 1_000);
  }
}

function fieldOf(data: Readonly<Record<string, unknown>>): unknown {
  return Object.values(data)[0] ?? null;
}

/** As Go writes a map. */
function inAlphabeticalOrder(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}
