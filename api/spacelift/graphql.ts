/** GraphQL at Spacelift: sends a document, renews the login once, and tells a bad token from a missing permission. */
import type { Problem } from "../../diagnostics";
import type { Http } from "../http";
import { listOf, objectOf, textOf, type JsonObject } from "../json";
import { explainErrors, explainStatus } from "./explain";
import type { Session } from "./session";

export interface Operation {
  /** For log and messages; also the name in the document. */
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A query may be repeated, a mutation may not. */
  readonly kind: "query" | "mutation";
}

export interface GraphQlError {
  readonly message: string;
  /** Field names and list positions; empty where the server names none. */
  readonly path: readonly (string | number)[];
}

/** What the server said, with the errors as they are: HTTP 200 and a GraphQL body. */
export interface GraphQlResult {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQlError[];
}

/** Texts that carry meaning; all others are for people. */
export const UNAUTHORIZED = "unauthorized";
export const NOT_FOUND = "not found";
const UNKNOWN_FIELD = /^Cannot query field\b/;

export const saysUnauthorized = (found: GraphQlError): boolean => found.message === UNAUTHORIZED;
export const saysUnknownField = (found: GraphQlError): boolean => UNKNOWN_FIELD.test(found.message);
/** Exactly one error, whose whole message is `not found`. */
export const saysNotFound = (result: GraphQlResult): boolean => result.errors.length === 1 && result.errors[0]?.message === NOT_FOUND;

/** A token that was seen to work is not doubted again for this long. */
const TRUST_MS = 60_000;

export class GraphQl {
  #proven: { readonly token: string; readonly at: number } | undefined;

  constructor(
    readonly session: Session,
    private readonly http: Http,
  ) {}

  /** What the server said, errors included; `unauthorized` means a missing permission, since a bad token throws. @throws Problem */
  async ask(operation: Operation): Promise<GraphQlResult> {
    const token = await this.session.token();
    const result = await this.#post(operation, token);
    if (result !== "refused" && (!result.errors.some(saysUnauthorized) || hasWorked(result, operation))) return result;
    if (await this.#works(token)) {
      if (result !== "refused") return result;
      throw this.session.refused(`Spacelift (${this.session.host}) refused "${operation.name}" with status 401.`);
    }
    // A refusal of the token comes before any work, so that a mutation may be sent again as well.
    if (!this.session.refuse(token))
      throw this.session.refused(`Spacelift (${this.session.host}) does not take ${this.session.keyName}: it has ended or was withdrawn.`);
    const renewed = await this.session.token();
    const second = await this.#post(operation, renewed);
    if (second !== "refused" && (!second.errors.some(saysUnauthorized) || (await this.#works(renewed)))) return second;
    throw this.session.refused(`Spacelift (${this.session.host}) refuses ${this.session.keyName} right after its login.`);
  }

  /** The data of an operation that must succeed as a whole. @throws Problem for every error. */
  async data(operation: Operation): Promise<JsonObject> {
    const result = await this.ask(operation);
    if (result.errors.length > 0) throw this.explain(result, operation);
    if (result.data === null) throw this.unusable(operation, "with neither data nor errors");
    return result.data;
  }

  /** The errors of a result as a Problem. */
  explain(result: GraphQlResult, operation: Operation): Problem {
    return this.http.withoutSecrets(explainErrors(result.errors, operation, this.session)) as Problem;
  }

  /** A body of the wrong shape. */
  unusable(operation: Operation, what: string): Problem {
    const asked = {
      system: this.http.system,
      url: this.session.graphqlUrl,
      method: "POST",
      operation: operation.name,
      execution: operation.kind === "query" ? "no" : "unknown",
    } as const;
    return this.http.unusable({ status: 200, headers: {}, text: "", body: undefined, asked }, what);
  }

  /** `refused` is HTTP's own 401. */
  async #post(operation: Operation, token: string): Promise<GraphQlResult | "refused"> {
    const answer = await this.http.sendForJson({
      method: "POST",
      url: this.session.graphqlUrl,
      headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: operation.document, variables: operation.variables ?? {} }),
      effect: operation.kind === "query" ? "read" : "write",
      operation: operation.name,
    });
    if (answer.status === 401) return "refused";
    const body = objectOf(answer.body);
    const errors = body?.["errors"] ?? null;
    const result: GraphQlResult = { data: objectOf(body?.["data"]) ?? null, errors: (listOf(errors) ?? []).map(errorOf) };
    // Some servers answer a document that does not fit their GraphQL schema with a status of its own.
    const misfit = [400, 422].includes(answer.status) && result.errors.some(saysUnknownField);
    if (answer.status !== 200 && !misfit) throw this.http.withoutSecrets(explainStatus(answer, operation, this.session));
    if (body === undefined || !("data" in body || "errors" in body) || (errors !== null && listOf(errors) === undefined)) {
      throw this.http.unusable(answer, "with JSON that is no GraphQL answer");
    }
    return result;
  }

  /** Whether the token is good for anything: `viewer` is null for a bad one. */
  async #works(token: string): Promise<boolean> {
    if (this.#proven?.token === token && Date.now() - this.#proven.at < TRUST_MS) return true;
    const result = await this.#post({ name: "Viewer", document: "query Viewer { viewer { id } }", kind: "query" }, token);
    const works = result !== "refused" && objectOf(result.data?.["viewer"]) !== undefined;
    if (works) this.#proven = { token, at: Date.now() };
    return works;
  }
}

/** A mutation that told anything, or failed below its own field, was carried out: it must not be sent again. */
function hasWorked(result: GraphQlResult, operation: Operation): boolean {
  if (operation.kind === "query") return false;
  return Object.values(result.data ?? {}).some((value) => value !== null) || result.errors.some((found) => found.path.length > 1);
}

function errorOf(value: unknown): GraphQlError {
  const found = objectOf(value);
  const path = (listOf(found?.["path"]) ?? []).filter(
    (part): part is string | number => typeof part === "string" || typeof part === "number",
  );
  return { message: textOf(found?.["message"]) ?? "an error without a message", path };
}
