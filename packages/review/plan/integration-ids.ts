/** Which integration a published webhook delivers to: its resource has no ID of the integration, only the URL. */
import { integrationIdInUrl } from "../../domain";
import { list, type PlanDocument, type StateModuleDocument } from "./plan-document";
import { kindInState } from "./resource-kinds";

type Values = Readonly<Record<string, unknown>>;

export class IntegrationIds {
  readonly #byUrl = new Map<string, string>();

  constructor({ prior_state: state, resource_changes: changes }: PlanDocument) {
    this.#addModule(state?.values?.root_module);
    for (const { type = "", change } of list(changes)) {
      this.#add(type, change?.before);
      this.#add(type, change?.after);
    }
  }

  /** Undefined for a URL that is none of Spacelift's. */
  ofUrl(url: unknown): string | undefined {
    return typeof url === "string" ? (this.#byUrl.get(url) ?? integrationIdInUrl(url)) : undefined;
  }

  #addModule(module: StateModuleDocument | undefined): void {
    for (const { type = "", values } of list(module?.resources)) this.#add(type, values);
    for (const child of list(module?.child_modules)) this.#addModule(child);
  }

  #add(type: string, values: Values | null | undefined): void {
    if (kindInState(type)?.kind !== "integration") return;
    const { id, webhook_url: url } = values ?? {};
    if (typeof id === "string" && typeof url === "string") this.#byUrl.set(url, id);
  }
}
