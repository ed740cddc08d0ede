/** The resource types that the review knows. */
import { RESOURCE_TYPES } from "../../configuration";
import type { ResourceKind } from "./plan-model";

const KINDS: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  [RESOURCE_TYPES.space, { kind: "space" }],
  [RESOURCE_TYPES.integration.cloud, { kind: "integration", product: "cloud" }],
  [RESOURCE_TYPES.integration.datacenter, { kind: "integration", product: "datacenter" }],
  [RESOURCE_TYPES.webhook.cloud, { kind: "webhook", product: "cloud" }],
  [RESOURCE_TYPES.webhook.datacenter, { kind: "webhook", product: "datacenter" }],
]);

/** Undefined for the types of other providers. */
export function kindOf(type: string): ResourceKind | undefined {
  return KINDS.get(type);
}
