/** The resource types that the review knows, of both backings. */
import { ownType, RESOURCE_TYPES, backingOfType } from "../../configuration";
import type { ResourceKind } from "./plan-model";

type Noun = { readonly kind: "space" } | { readonly kind: "integration" | "webhook"; readonly product: "cloud" | "datacenter" };

const NOUNS: ReadonlyMap<string, Noun> = new Map<string, Noun>([
  [RESOURCE_TYPES.space, { kind: "space" }],
  [RESOURCE_TYPES.integration.cloud, { kind: "integration", product: "cloud" }],
  [RESOURCE_TYPES.integration.datacenter, { kind: "integration", product: "datacenter" }],
  [RESOURCE_TYPES.webhook.cloud, { kind: "webhook", product: "cloud" }],
  [RESOURCE_TYPES.webhook.datacenter, { kind: "webhook", product: "datacenter" }],
]);

/** Spacelift's own provider has data sources that carry the same objects, and no resource of this type. */
const DATA_ONLY: ReadonlyMap<string, Noun> = new Map<string, Noun>([
  ["spacelift_space_by_path", { kind: "space" }],
  ["spacelift_bitbucket_cloud_integration", { kind: "integration", product: "cloud" }],
]);

/** Undefined for the types that carry other objects. */
export function kindOf(type: string): ResourceKind | undefined {
  const noun = NOUNS.get(ownType(type));
  return noun && { ...noun, backing: backingOfType(type) };
}

/** The same, for an object of the state, which may come from a data source. */
export function kindInState(type: string): ResourceKind | undefined {
  const data = DATA_ONLY.get(type);
  return data === undefined ? kindOf(type) : { ...data, backing: "published" };
}
