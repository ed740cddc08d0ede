/** The key in use: whether it administers the account, so that everything in it is visible. */
import { asBoolean, asObject } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import type { GraphQlSchemaSource } from "./graphql-schema";

export class Viewer {
  readonly #graphql: GraphQl;
  readonly #schema: GraphQlSchemaSource;
  readonly #admin = new RequestCache<boolean>();

  constructor(graphql: GraphQl, schema: GraphQlSchemaSource) {
    this.#graphql = graphql;
    this.#schema = schema;
  }

  /** True only if Spacelift says so; older servers do not. Requested once per process. @throws Problem */
  isAdmin(): Promise<boolean> {
    return this.#admin.read("admin", async () => {
      const schema = await this.#schema.read();
      if (schema !== null && schema.resultFieldsOf("viewer")?.has("admin") !== true) return false;
      const result = await this.#graphql.send({
        name: "ViewerAdmin",
        document: "query ViewerAdmin { viewer { id admin } }",
        kind: "query",
      });
      return result.errors.length === 0 && asBoolean(asObject(result.data?.["viewer"])?.["admin"]) === true;
    });
  }
}
