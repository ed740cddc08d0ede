/** Where the objects of the file are in the state: the IDs of their constructs, and the Terraform addresses that CDKTF derives from these. Both depend on keys only. */
import { createHash } from "node:crypto";
import { PUBLISHED_TYPES, type Backing, type BitbucketProduct } from "../domain";

/** The ID of the construct of a Space. */
export function spaceConstructId(key: string): string {
  return `space-${key}`;
}

/** The ID of the construct of an integration: its key, or another text if that of a Space could be the same. CDKTF ignores the ID `Default`. */
export function integrationConstructId(key: string): string {
  return /^(space-|integration-|Default$)/.test(key) || isTaken(key) ? `integration-${key}` : key;
}

/** Constructs have their children in an object, in which every name of its prototype is taken. */
function isTaken(id: string): boolean {
  return id in Object.prototype;
}

/** The ID of the construct of a webhook, below that of its integration. */
export function repositoryConstructId(namespace: string, slug: string): string {
  return `${namespace}/${slug}`.toLowerCase();
}

/**
 * The ID of the construct of a set, below that of its integration: its key, or else its workspace or project. A colon marks a name that could
 * also be that of another set, or of a repository, whose slash CDKTF writes as two hyphens.
 */
export function setConstructId({ every, key }: { readonly every: string; readonly key: string | undefined }): string {
  if (key !== undefined) return key.includes("--") ? `set:${key}` : `set-${key}`;
  const namespace = every.toLowerCase();
  return namespace.startsWith("set-") || namespace.includes("--") || isTaken(namespace) ? `every:${namespace}` : namespace;
}

/** The types of the resources of Bitlift's own provider, by what they declare. */
export const RESOURCE_TYPES = {
  space: "bitlift_space",
  integration: { cloud: "bitlift_bitbucket_cloud_integration", datacenter: "bitlift_bitbucket_datacenter_integration" },
  webhook: { cloud: "bitlift_bitbucket_cloud_webhook", datacenter: "bitlift_bitbucket_datacenter_webhook" },
} as const;

/** A provider of the field has no resource for an integration on Bitbucket Cloud: this is the type of its data source. */
const PUBLISHED_CLOUD_INTEGRATION = "spacelift_bitbucket_cloud_integration";

/** The type that carries the same objects with this backing. */
function typeWith(backing: Backing, type: keyof typeof PUBLISHED_TYPES | typeof RESOURCE_TYPES.integration.cloud): string {
  if (backing === "bitlift") return type;
  return type === RESOURCE_TYPES.integration.cloud ? PUBLISHED_CLOUD_INTEGRATION : PUBLISHED_TYPES[type].type;
}

const OWN_TYPES: ReadonlyMap<string, string> = new Map(Object.entries(PUBLISHED_TYPES).map(([own, { type }]) => [type, own]));

/** The type of Bitlift's own provider that carries the same objects. Any other type is returned as it is. */
export function ownType(type: string): string {
  return OWN_TYPES.get(type) ?? type;
}

/** The backing of a resource that is in the state. */
export function backingOfType(type: string): Backing {
  return OWN_TYPES.has(type) ? "published" : "bitlift";
}

// The last argument of each is the backing: that of the file for a Space, that of the integration for it and its webhooks.

/** The address of the resource of a Space. */
export function spaceAddress(key: string, backing: Backing = "bitlift"): string {
  return addressOf(typeWith(backing, RESOURCE_TYPES.space), [spaceConstructId(key)]);
}

/** The address of the data source by which a part finds a Space of another part. CDKTF uses the ID of a construct at the top of a stack as it is. */
export function spaceLookupAddress(key: string, backing: Backing = "bitlift"): string {
  return `data.${backing === "bitlift" ? "bitlift_space" : "spacelift_space_by_path"}.${spaceConstructId(key)}`;
}

/** The address of the resource of an integration. */
export function integrationAddress(product: BitbucketProduct, key: string, backing: Backing = "bitlift"): string {
  return addressOf(typeWith(backing, RESOURCE_TYPES.integration[product]), [integrationConstructId(key)]);
}

/**
 * The address of the webhook of a repository, or of the webhooks of a set.
 * @param key The key of the integration.
 * @param constructId What `repositoryConstructId` or `setConstructId` returns.
 */
export function webhookAddress(product: BitbucketProduct, key: string, constructId: string, backing: Backing = "bitlift"): string {
  return addressOf(typeWith(backing, RESOURCE_TYPES.webhook[product]), [integrationConstructId(key), constructId]);
}

/** The address of the data source of an integration that exists already. */
export function integrationLookupAddress(product: BitbucketProduct, key: string, backing: Backing = "bitlift"): string {
  return `data.${integrationAddress(product, key, backing)}`;
}

/** The address of the data source that lists the repositories of a set. Only Bitlift's own provider has one. */
export function repositoriesLookupAddress(product: BitbucketProduct, key: string, constructId: string): string {
  return `data.${addressOf(`bitlift_bitbucket_${product}_repositories`, [integrationConstructId(key), constructId], "Repositories")}`;
}

/** As CDKTF derives the address of the resource of a construct. A test compares the two. */
function addressOf(type: string, constructIds: readonly string[], last = "Resource"): string {
  const path = [...constructIds.map((id) => id.replaceAll("/", "--")), last];
  const hash = createHash("md5").update(path.join("/")).digest("hex").slice(0, 8).toUpperCase();
  const words: string[] = [];
  for (const id of path) if (words.at(-1)?.endsWith(id) !== true) words.push(id);
  const name = words
    .filter((word) => word !== "Resource")
    .map((word) => word.replaceAll(/[^A-Za-z0-9_-]/g, ""))
    .join("_")
    .slice(0, 240);
  return `${type}.${name}_${hash}`;
}
