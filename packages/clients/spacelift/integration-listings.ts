/** The list of integrations: one request for both products, cached until an integration changes. */
import { asBoolean, asList, asObject, asText } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { isUnauthorized, type Operation } from "./graphql-result";
import type { IntegrationListing } from "./integration";

/** An integration of any VCS provider. */
export type ListedIntegration = IntegrationListing & { readonly provider: string };

const LIST: Operation = {
  name: "VcsIntegrations",
  document: "query VcsIntegrations { vcsIntegrations { id name provider isDefault space { id } } }",
  kind: "query",
};

export class IntegrationListings {
  readonly #graphql: GraphQl;
  readonly #lists = new RequestCache<readonly ListedIntegration[]>();

  constructor(graphql: GraphQl) {
    this.#graphql = graphql;
  }

  /** The integrations of one VCS provider that are visible to the key. One request per process, again after a change, and with `fresh`. @throws Problem */
  async list(provider: string, options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]> {
    return (await this.listAll(options))
      .filter((integration) => integration.provider === provider)
      .map(({ id, name, isDefault, spaceId }) => ({ id, name, isDefault, spaceId }));
  }

  /** The integrations of every VCS provider, from the same request. @throws Problem */
  listAll(options?: { readonly fresh?: boolean }): Promise<readonly ListedIntegration[]> {
    return this.#lists.read("list", () => this.#request(), options);
  }

  /** Call this when an integration was changed, or may have been. */
  clear(): void {
    this.#lists.clear();
  }

  async #request(): Promise<readonly ListedIntegration[]> {
    const result = await this.#graphql.send(LIST);
    const items = asList(result.data?.["vcsIntegrations"]);
    // A listed integration may be in a Space that the key cannot read. Then Spacelift rejects only that field.
    const errors = result.errors.filter((error) => !(items !== undefined && isUnauthorized(error) && error.path.length > 1));
    if (errors.length > 0) throw this.#graphql.problemOf(result, LIST);
    if (items === undefined) throw this.#graphql.unusableResponse(LIST, "without a list of integrations");
    return items.map((item) => this.#parse(item));
  }

  #parse(value: unknown): ListedIntegration {
    const item = asObject(value);
    const id = asText(item?.["id"]);
    if (id === null || id === "") throw this.#graphql.unusableResponse(LIST, "with an integration that has no ID");
    return {
      id,
      name: asText(item?.["name"]) ?? id,
      provider: asText(item?.["provider"]) ?? "",
      isDefault: asBoolean(item?.["isDefault"]) ?? false,
      spaceId: asText(asObject(item?.["space"])?.["id"]),
    };
  }
}
