/** The resource types of the published providers that carry the same objects as the resources of Bitlift's own provider. */

/** A resource type of a published provider. */
export interface PublishedType {
  readonly type: string;
  /** The source of its provider, in lower case as registries compare it, without the host, which differs between Terraform and OpenTofu. */
  readonly source: string;
}

/** By the type of Bitlift's own provider. A Bitbucket Cloud integration has no published resource type, only a data source. */
export const PUBLISHED_TYPES = {
  bitlift_space: { type: "spacelift_space", source: "spacelift-io/spacelift" },
  bitlift_bitbucket_datacenter_integration: { type: "spacelift_bitbucket_datacenter_integration", source: "spacelift-io/spacelift" },
  bitlift_bitbucket_cloud_webhook: { type: "bitbucket_hook", source: "drfaust92/bitbucket" },
  bitlift_bitbucket_datacenter_webhook: { type: "bitbucketserver_repository_webhook", source: "gavinbunney/bitbucketserver" },
} as const satisfies Readonly<Record<string, PublishedType>>;

/** A type of Bitlift's own provider that has a published one. */
export type TypeWithPublished = keyof typeof PUBLISHED_TYPES;

/** The published type that carries the same objects; undefined for a type that has none. */
export function publishedType(type: string): PublishedType | undefined {
  return Object.hasOwn(PUBLISHED_TYPES, type) ? PUBLISHED_TYPES[type as TypeWithPublished] : undefined;
}

/** Bitlift's own type that carries the same objects as a published one; undefined if there is none. */
export function ownType(published: string): string | undefined {
  return Object.entries(PUBLISHED_TYPES).find(([, { type }]) => type === published)?.[0];
}
