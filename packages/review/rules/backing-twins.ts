/** Objects of one backing, each with the object of the other backing that has the same name in the configuration. */
import { ownType, RESOURCE_TYPES } from "../../configuration";
import type { PlannedResource } from "../plan/plan-model";

export type Twins = ReadonlyMap<PlannedResource, PlannedResource>;

/** Both ways: each of the two leads to the other. */
export function backingTwins(changes: readonly PlannedResource[]): Twins {
  const own = new Map<string, PlannedResource>();
  const published: PlannedResource[] = [];
  for (const change of changes) {
    if (change.isDeposed) continue;
    if (change.resource.backing === "published") published.push(change);
    else own.set(keyOf(change), change);
  }
  const twins = new Map<PlannedResource, PlannedResource>();
  for (const change of published) {
    const twin = own.get(keyOf(change));
    if (twin !== undefined) twins.set(change, twin).set(twin, change);
  }
  return twins;
}

/** The address of the data source that an integration on Bitbucket Cloud becomes; undefined for any other object. */
export function dataAddress({ type, address }: PlannedResource): string | undefined {
  if (type !== RESOURCE_TYPES.integration.cloud) return undefined;
  return `data.${address.replace(`${type}.`, "spacelift_bitbucket_cloud_integration.")}`;
}

function keyOf({ part, type, address }: PlannedResource): string {
  return `${part} ${address.replace(`${type}.`, `${ownType(type)}.`)}`;
}
