/** The list of integrations: one request for both products, remembered until one of them changes. */
import { booleanOf, listOf, objectOf, textOf } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import { saysUnauthorized, type Operation } from "./graphql-answer";
import type { IntegrationListing } from "./integration";

export class IntegrationListings {
  readonly #lists = new RequestCache<readonly (IntegrationListing & { readonly provider: string })[]>();

  constructor(private readonly graphql: GraphQl) {}

  /** Those of one VCS provider that the key sees; one request per process, again after a change, and with `fresh`. @throws Problem */
  async of(provider: string, options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]> {
    const all = await this.#lists.read("list", () => this.#ask(), options);
    return all.filter((one) => one.provider === provider).map(({ id, name, isDefault, spaceId }) => ({ id, name, isDefault, spaceId }));
  }

  /** An integration was changed, or may have been. */
  clear(): void {
    this.#lists.clear();
  }

  async #ask(): Promise<readonly (IntegrationListing & { readonly provider: string })[]> {
    const document = "query VcsIntegrations { vcsIntegrations { id name provider isDefault space { id } } }";
    const operation: Operation = { name: "VcsIntegrations", document, kind: "query" };
    const result = await this.graphql.ask(operation);
    const items = listOf(result.data?.["vcsIntegrations"]);
    // A listed integration may live in a Space that the key cannot read: then only its Space is refused.
    const refusals = result.errors.filter((one) => !(items !== undefined && saysUnauthorized(one) && one.path.length > 1));
    if (refusals.length > 0) throw this.graphql.explain(result, operation);
    if (items === undefined) throw this.graphql.unusable(operation, "without a list of integrations");
    return items.map((value) => {
      const item = objectOf(value);
      const id = textOf(item?.["id"]);
      if (id === null || id === "") throw this.graphql.unusable(operation, "with an integration that has no id");
      return {
        id,
        name: textOf(item?.["name"]) ?? id,
        provider: textOf(item?.["provider"]) ?? "",
        isDefault: booleanOf(item?.["isDefault"]) ?? false,
        spaceId: textOf(objectOf(item?.["space"])?.["id"]),
      };
    });
  }
}
