/** Reads the managed resources that are objects of Bitlift, of both backings, and leaves out all others. */
import type { ChangeDocument, PlanDocument, ResourceDocument } from "./plan-document";
import { IntegrationIds } from "./integration-ids";
import type { PlannedResource, PlanModel } from "./plan-model";
import { ownChange } from "./published-attributes";
import { readResource } from "./read-resource";
import { readReferences, withoutIndex } from "./references";
import { kindOf } from "./resource-kinds";

export class ResourceReader {
  readonly references: PlanModel["references"];
  readonly #ids: IntegrationIds;

  constructor(document: PlanDocument) {
    this.references = readReferences(document.configuration?.root_module);
    this.#ids = new IntegrationIds(document);
  }

  /** Undefined for an object that Bitlift has nothing to do with, such as a webhook that does not deliver to Spacelift. */
  read(part: string, document: ResourceDocument): PlannedResource | undefined {
    const { type = "", address = "", change = {} } = document;
    const resource = kindOf(type);
    if (resource === undefined || resource.backing === "bitlift") return resource && readResource(part, resource, document);
    const own = ownChange(type, change);
    if (resource.kind !== "webhook") return readResource(part, resource, { ...document, change: own });
    const delivering = this.#withIntegration(own);
    if (!this.#isDelivering(address, delivering)) return undefined;
    return readResource(part, resource, { ...document, change: delivering });
  }

  #withIntegration(change: ChangeDocument): ChangeDocument {
    const { before, after, after_unknown: unknown } = change;
    const isUnknown = (unknown as { readonly webhook_url?: unknown } | undefined)?.webhook_url === true;
    return {
      ...change,
      before: before && { ...before, integration_id: this.#ids.ofUrl(before["webhook_url"]) },
      after: after && { ...after, integration_id: this.#ids.ofUrl(after["webhook_url"]) },
      after_unknown: isUnknown ? { ...(unknown as object), integration_id: true } : unknown,
    };
  }

  #isDelivering(address: string, { before, after }: ChangeDocument): boolean {
    const isKnown = [before, after].some((values) => typeof values?.["integration_id"] === "string");
    return isKnown || this.references.get(withoutIndex(address))?.["integration_id"] !== undefined;
  }
}
