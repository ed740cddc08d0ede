/** Which webhooks of the plans deliver to an integration. */
import type { BitbucketProduct } from "../../domain";
import type { PlannedResource, PlanModel } from "../plan/plan-model";
import { withoutIndex } from "../plan/references";
import { textOf } from "../plan/values";

export class Webhooks {
  readonly #before = new Map<string, PlannedResource[]>();
  readonly #after = new Map<string, PlannedResource[]>();

  constructor(plans: readonly PlanModel[]) {
    for (const plan of plans) {
      for (const change of plan.changes) {
        if (change.resource.kind !== "webhook" || change.isDeposed) continue;
        const { product } = change.resource;
        const former = textOf(change.before, "integration_id");
        if (former !== undefined) add(this.#before, idKey(product, former), change);
        if (change.after === undefined) continue;
        const id = textOf(change.after, "integration_id");
        if (id !== undefined) add(this.#after, idKey(product, id), change);
        else
          for (const address of plan.references.get(withoutIndex(change.address))?.["integration_id"] ?? [])
            add(this.#after, addressKey(plan.part, address), change);
      }
    }
  }

  /** Those that deliver to it now. */
  before(integration: PlannedResource): readonly PlannedResource[] {
    const id = textOf(integration.before, "id");
    return id === undefined ? [] : (this.#before.get(idKey(productOf(integration), id)) ?? []);
  }

  /** Those that deliver to it after the apply. */
  after(integration: PlannedResource): readonly PlannedResource[] {
    const id = textOf(integration.after, "id");
    const byId = id === undefined ? [] : (this.#after.get(idKey(productOf(integration), id)) ?? []);
    return [...new Set([...byId, ...(this.#after.get(addressKey(integration.part, integration.address)) ?? [])])];
  }
}

export function productOf({ resource }: PlannedResource): BitbucketProduct {
  return "product" in resource ? resource.product : "cloud";
}

function add(map: Map<string, PlannedResource[]>, key: string, change: PlannedResource): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [change]);
  else list.push(change);
}

function idKey(product: BitbucketProduct, id: string): string {
  return `${product} ${id}`;
}

function addressKey(part: string, address: string): string {
  return `${part} ${address}`;
}
