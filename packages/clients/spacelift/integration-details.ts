/** One integration in full: the detail query, and how Spacelift's ways of not telling are told apart. */
import { fingerprint, VCS_CHECKS } from "../../domain";
import { booleanOf, objectOf, textOf, textsOf, type JsonObject } from "../http/json";
import type { Secrets } from "../http/secrets";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { saysNotFound, saysUnauthorized, type Operation } from "./graphql-answer";
import type { Integration } from "./integration";
import type { IntegrationProduct } from "./integration-products";
import type { SchemaSource } from "./schema";
import { required } from "./spaces";
import { WebhookSecrets } from "./webhook-secrets";

/** What the detail query told. `nothing`: null, or exactly `not found`. */
export type Detail =
  | { readonly is: "shown"; readonly integration: Integration; readonly secret: string | null }
  | { readonly is: "hidden" }
  | { readonly is: "nothing" };

/** Fields of every product besides id, name, isDefault and space. A server that is older does not have all of them. */
const FIELDS = ["labels", "description", "vcsChecks", "useGitCheckout", "webhookSecret"];

export class IntegrationDetails {
  readonly webhookSecrets = new WebhookSecrets();
  readonly #underWay = new RequestCache<Detail>();

  constructor(
    private readonly product: IntegrationProduct,
    private readonly graphql: GraphQl,
    private readonly schema: SchemaSource,
    private readonly secrets: Secrets,
  ) {}

  /** The detail query; those who ask for the same while it is under way share it. */
  async read(id: string): Promise<Detail> {
    required(id, "an integration");
    const asked = this.#underWay.read(id, () => this.#ask(id));
    const done = (): void => {
      this.#underWay.drop(id);
    };
    asked.then(done, done);
    return await asked;
  }

  async #ask(id: string): Promise<Detail> {
    const epoch = this.webhookSecrets.epoch(id);
    const { query } = this.product;
    const document = `query ${nameOf(query)}($id: ID!) { ${query}(id: $id) { ${await this.fields()} } }`;
    const operation: Operation = { name: nameOf(query), document, variables: { id }, kind: "query" };
    const result = await this.graphql.ask(operation);
    const value = result.data?.[query];
    const found = objectOf(value);
    if (found === undefined) {
      if (saysNotFound(result)) return { is: "nothing" };
      if (result.errors.some(saysUnauthorized)) return { is: "hidden" };
      if (result.errors.length > 0) throw this.graphql.explain(result, operation);
      if (value === null) return { is: "nothing" };
      throw this.graphql.unusable(operation, "without the integration that was asked for");
    }
    if (result.errors.some((one) => !saysUnauthorized(one))) throw this.graphql.explain(result, operation);
    const shownId = textOf(found["id"]);
    if (shownId !== null && shownId !== id)
      throw this.graphql.unusable(operation, `with the integration "${shownId}" when "${id}" was asked for`);
    // A key without admin access gets the object with its details taken out.
    if (shownId === null || textOf(found[this.product.webhookUrl]) === null) return { is: "hidden" };
    return { is: "shown", integration: this.integration(found, shownId, epoch), secret: textOf(found["webhookSecret"]) || null };
  }

  /** Fields to ask for: those of the published ones that this server has. */
  async fields(): Promise<string> {
    const known = (await this.schema.read())?.resultFieldsOf(this.product.query);
    const { own, webhookUrl } = this.product;
    const fields = [...FIELDS, ...own, webhookUrl].filter((field) => known === undefined || known.has(field));
    return ["id", "name", "isDefault", "space { id }", ...fields].join(" ");
  }

  /**
   * Reads an integration out of an answer; its secret goes into the memory and nowhere else.
   * @param epoch of the secret's memory when the question was asked
   */
  integration(found: JsonObject, id: string, epoch: number): Integration {
    const secret = textOf(found["webhookSecret"]) || null;
    this.secrets.add(secret);
    this.webhookSecrets.keep(id, secret, epoch);
    return {
      id,
      name: textOf(found["name"]) ?? id,
      isDefault: booleanOf(found["isDefault"]) ?? false,
      spaceId: textOf(objectOf(found["space"])?.["id"]),
      labels: textsOf(found["labels"]),
      description: textOf(found["description"]) ?? "",
      vcsChecks: textOf(found["vcsChecks"]) ?? VCS_CHECKS[0],
      useGitCheckout: booleanOf(found["useGitCheckout"]),
      own: Object.fromEntries(this.product.own.filter((name) => name in found).map((name) => [name, textOf(found[name]) || null])),
      webhookUrl: textOf(found[this.product.webhookUrl]) || null,
      webhookSecretFingerprint: secret === null ? null : fingerprint(secret),
    };
  }

  /** The integration was changed, or may have been: nothing that was read before counts. */
  forget(id: string): void {
    this.#underWay.drop(id);
    this.webhookSecrets.forget(id);
  }
}

/** Name of an operation from the name of its field. */
export function nameOf(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
