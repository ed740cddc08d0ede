/** GraphQL at Spacelift: sends a document, renews the login once, and distinguishes an invalid token from a missing permission. */
import type { Problem } from "../../diagnostics";
import type { Http } from "../http/http";
import { asList, asObject, type JsonObject } from "../http/json";
import type { HttpResponse } from "../http/request";
import { hasExecuted, isUnauthorized, isUnknownField, parseResult, type GraphQlResult, type Operation } from "./graphql-result";
import { graphqlErrorsProblem, statusProblem } from "./problems";
import type { Session } from "./session";

/** How long a token that Spacelift has accepted is trusted without another verification. */
const VERIFICATION_LASTS_MS = 60_000;

const VIEWER: Operation = { name: "Viewer", document: "query Viewer { viewer { id } }", kind: "query" };

/** `401`: the HTTP status, without a GraphQL result. */
type PostResult = GraphQlResult | "401";

export class GraphQl {
  readonly session: Session;
  readonly #http: Http;
  #verified: { readonly token: string; readonly checkedAt: number } | undefined;

  constructor(session: Session, http: Http) {
    this.session = session;
    this.#http = http;
  }

  /** Returns data and errors. An `unauthorized` error means a missing permission, because an invalid token throws. @throws Problem */
  async send(operation: Operation): Promise<GraphQlResult> {
    const { session } = this;
    const token = await session.token();
    const first = await this.#post(operation, token);
    if (first !== "401" && (!first.errors.some(isUnauthorized) || hasExecuted(first, operation))) return first;
    if (await this.#isValid(token)) {
      if (first !== "401") return first;
      throw session.unauthenticatedProblem(`Spacelift (${session.host}) rejected "${operation.name}" with status 401.`);
    }
    // A token is rejected before anything is executed, so a mutation may be sent again too.
    if (!session.discardToken(token))
      throw session.unauthenticatedProblem(
        `Spacelift (${session.host}) does not accept ${session.keyName}: it has expired or was revoked.`,
      );
    return this.#sendAfterLogin(operation);
  }

  /** The data of an operation that must succeed as a whole. @throws Problem for every error */
  async sendForData(operation: Operation): Promise<JsonObject> {
    const result = await this.send(operation);
    if (result.errors.length > 0) throw this.problemOf(result, operation);
    if (result.data === null) throw this.unusableResponse(operation, "with neither data nor errors");
    return result.data;
  }

  /** The errors of a result as a Problem. */
  problemOf(result: GraphQlResult, operation: Operation): Problem {
    return this.#http.redactProblem(graphqlErrorsProblem(result.errors, operation, this.session));
  }

  /** A body of the wrong shape. `what` continues the sentence "…responded". */
  unusableResponse(operation: Operation, what: string): Problem {
    const request = {
      system: this.#http.system,
      url: this.session.graphqlUrl,
      method: "POST",
      operation: operation.name,
      execution: operation.kind === "query" ? "no" : "unknown",
    } as const;
    return this.#http.unusableResponse({ request, status: 200 }, what);
  }

  async #sendAfterLogin(operation: Operation): Promise<GraphQlResult> {
    const token = await this.session.token();
    const result = await this.#post(operation, token);
    if (result !== "401" && (!result.errors.some(isUnauthorized) || (await this.#isValid(token)))) return result;
    throw this.session.unauthenticatedProblem(
      `Spacelift (${this.session.host}) rejects ${this.session.keyName} right after a successful login.`,
    );
  }

  async #post(operation: Operation, token: string): Promise<PostResult> {
    const response = await this.#http.sendForJson({
      method: "POST",
      url: this.session.graphqlUrl,
      headers: { "content-type": "application/json", accept: "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: operation.document, variables: operation.variables ?? {} }),
      access: operation.kind === "query" ? "read" : "write",
      operation: operation.name,
    });
    return response.status === 401 ? "401" : this.#parse(response, operation);
  }

  #parse(response: HttpResponse, operation: Operation): GraphQlResult {
    const body = asObject(response.body);
    const errors = body?.["errors"] ?? null;
    const result = parseResult(body);
    // Some servers respond to a document that does not match their GraphQL schema with one of these statuses.
    const isSchemaMismatch = [400, 422].includes(response.status) && result.errors.some(isUnknownField);
    if (response.status !== 200 && !isSchemaMismatch) throw this.#http.redactProblem(statusProblem(response, operation, this.session));
    if (body === undefined || !("data" in body || "errors" in body) || (errors !== null && asList(errors) === undefined)) {
      throw this.#http.unusableResponse(response, "with JSON that is not a GraphQL response");
    }
    return result;
  }

  /** Whether Spacelift accepts the token: `viewer` is null for an invalid one. */
  async #isValid(token: string): Promise<boolean> {
    if (this.#verified?.token === token && Date.now() - this.#verified.checkedAt < VERIFICATION_LASTS_MS) return true;
    const result = await this.#post(VIEWER, token);
    const isValid = result !== "401" && asObject(result.data?.["viewer"]) !== undefined;
    if (isValid) this.#verified = { token, checkedAt: Date.now() };
    return isValid;
  }
}
