/** Who asks: whether the key administers the account, and so sees all of it. */
import { booleanOf, objectOf } from "../http/json";
import { RequestCache } from "../http/request-cache";
import type { GraphQl } from "./graphql";
import type { SchemaSource } from "./schema";

export class Viewer {
  readonly #admin = new RequestCache<boolean>();

  constructor(
    private readonly graphql: GraphQl,
    private readonly schema: SchemaSource,
  ) {}

  /** True only where Spacelift says so; older servers do not say. Asked once per process. @throws Problem */
  isAdmin(): Promise<boolean> {
    return this.#admin.read("admin", async () => {
      const schema = await this.schema.read();
      if (schema !== null && schema.resultFieldsOf("viewer")?.has("admin") !== true) return false;
      const result = await this.graphql.ask({ name: "ViewerAdmin", document: "query ViewerAdmin { viewer { id admin } }", kind: "query" });
      return result.errors.length === 0 && booleanOf(objectOf(result.data?.["viewer"])?.["admin"]) === true;
    });
  }
}
