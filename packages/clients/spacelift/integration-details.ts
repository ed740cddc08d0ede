/** One integration in full: the detail query, and the ways in which Spacelift omits details. */
import { fingerprint, VCS_CHECKS } from "../../domain";
import { asBoolean, asObject, asText, asTexts, type JsonObject } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { Secrets } from "../http/secrets";
import type { GraphQl } from "./graphql";
import { isNotFound, isUnauthorized, type GraphQlResult, type Operation } from "./graphql-result";
import type { Integration } from "./integration";
import type { IntegrationProduct } from "./integration-products";
import type { GraphQlSchemaSource } from "./graphql-schema";
import { requireId } from "./required-id";
import { WebhookSecrets } from "./webhook-secrets";

/** The outcome of the detail query. `not-found`: null, or exactly the error `not found`. */
export type DetailResult =
  | { readonly status: "visible"; readonly integration: Integration; readonly secret: string | null }
  | { readonly status: "hidden" }
  | { readonly status: "not-found" };

/** Fields of both products in addition to id, name, isDefault, and space. An older server may lack some of them. */
const FIELDS = ["labels", "description", "vcsChecks", "useGitCheckout", "webhookSecret"];

export class IntegrationDetails {
  readonly webhookSecrets = new WebhookSecrets();
  readonly #product: IntegrationProduct;
  readonly #graphql: GraphQl;
  readonly #schema: GraphQlSchemaSource;
  readonly #secrets: Secrets;
  readonly #inFlight = new RequestCache<DetailResult>();

  constructor(product: IntegrationProduct, graphql: GraphQl, schema: GraphQlSchemaSource, secrets: Secrets) {
    this.#product = product;
    this.#graphql = graphql;
    this.#schema = schema;
    this.#secrets = secrets;
  }

  /** Sends the detail query. Callers with the same id share a query in flight. @throws Problem */
  async read(id: string): Promise<DetailResult> {
    requireId(id, "an integration");
    const result = this.#inFlight.read(id, () => this.#request(id));
    const forget = (): void => {
      this.#inFlight.delete(id);
    };
    result.then(forget, forget);
    return await result;
  }

  /** The fields to request: the published ones that this server has. */
  async fields(): Promise<string> {
    const available = (await this.#schema.read())?.resultFieldsOf(this.#product.query);
    const { productFields, webhookUrl } = this.#product;
    const fields = [...FIELDS, ...productFields, webhookUrl].filter((field) => available === undefined || available.has(field));
    return ["id", "name", "isDefault", "space { id }", ...fields].join(" ");
  }

  /**
   * Reads an integration from a response. Its secret goes only to `webhookSecrets` and to the list of secrets to redact.
   * @param version of `webhookSecrets` when the request was sent
   */
  parse(value: JsonObject, id: string, version: number): Integration {
    const secret = asText(value["webhookSecret"]) || null;
    this.#secrets.add(secret);
    this.webhookSecrets.store(id, secret, version);
    const productFields = this.#product.productFields.filter((name) => name in value);
    return {
      id,
      name: asText(value["name"]) ?? id,
      isDefault: asBoolean(value["isDefault"]) ?? false,
      spaceId: asText(asObject(value["space"])?.["id"]),
      labels: asTexts(value["labels"]),
      description: asText(value["description"]) ?? "",
      vcsChecks: asText(value["vcsChecks"]) ?? VCS_CHECKS[0],
      useGitCheckout: asBoolean(value["useGitCheckout"]),
      productFields: Object.fromEntries(productFields.map((name) => [name, asText(value[name]) || null])),
      webhookUrl: asText(value[this.#product.webhookUrl]) || null,
      webhookSecretFingerprint: secret === null ? null : fingerprint(secret),
    };
  }

  /** The integration was changed, or may have been: everything that was read before is outdated. */
  forget(id: string): void {
    this.#inFlight.delete(id);
    this.webhookSecrets.forget(id);
  }

  async #request(id: string): Promise<DetailResult> {
    const version = this.webhookSecrets.version(id);
    const { query, webhookUrl } = this.#product;
    const document = `query ${operationName(query)}($id: ID!) { ${query}(id: $id) { ${await this.fields()} } }`;
    const operation: Operation = { name: operationName(query), document, variables: { id }, kind: "query" };
    const result = await this.#graphql.send(operation);
    const value = asObject(result.data?.[query]);
    if (value === undefined) return this.#classifyAbsence(result, operation);
    if (result.errors.some((error) => !isUnauthorized(error))) throw this.#graphql.problemOf(result, operation);
    const actualId = asText(value["id"]);
    if (actualId !== null && actualId !== id)
      throw this.#graphql.unusableResponse(operation, `with the integration "${actualId}" to a request for "${id}"`);
    // A key without admin access gets the object without its details.
    if (actualId === null || asText(value[webhookUrl]) === null) return { status: "hidden" };
    return { status: "visible", integration: this.parse(value, actualId, version), secret: asText(value["webhookSecret"]) || null };
  }

  #classifyAbsence(result: GraphQlResult, operation: Operation): DetailResult {
    if (isNotFound(result)) return { status: "not-found" };
    if (result.errors.some(isUnauthorized)) return { status: "hidden" };
    if (result.errors.length > 0) throw this.#graphql.problemOf(result, operation);
    if (result.data?.[this.#product.query] === null) return { status: "not-found" };
    throw this.#graphql.unusableResponse(operation, "without the requested integration");
  }
}

/** The name of an operation, from the name of its field. */
export function operationName(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
