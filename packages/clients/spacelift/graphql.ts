/** GraphQL at Spacelift: sends a document, renews the login once, and tells a bad token from a missing permission. */
import type { Problem } from "../../diagnostics";
import type { Http } from "../http/http";
import { listOf, objectOf, type JsonObject } from "../http/json";
import { explainErrors, explainStatus } from "./explain";
import { hasWorked, resultOf, saysUnauthorized, saysUnknownField, type GraphQlResult, type Operation } from "./graphql-answer";
import type { Session } from "./session";

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
    const result = resultOf(body);
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
