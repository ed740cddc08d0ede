/** Which providers manage the objects: the one of this package, or those that others publish. */

/** `bitlift`: Bitlift's own provider. `published`: spacelift-io/spacelift, DrFaust92/bitbucket and gavinbunney/bitbucketserver. */
export type Backing = "bitlift" | "published";

export const BACKINGS: readonly Backing[] = ["bitlift", "published"];

/**
 * The environment variables that the published providers read. They accept no name of a variable, so a secret comes from one of these or from a
 * variable of the engine. Both Bitbucket providers read the same two variables.
 * Source: the documentation of the providers.
 */
export const PUBLISHED_LOGIN_VARIABLES = {
  spacelift: { apiKeySecret: "SPACELIFT_API_KEY_SECRET", apiToken: "SPACELIFT_API_TOKEN" },
  bitbucketCloud: { accessToken: "BITBUCKET_OAUTH_TOKEN", apiToken: "BITBUCKET_PASSWORD", password: "BITBUCKET_PASSWORD" },
  bitbucketDatacenter: { password: "BITBUCKET_PASSWORD" },
} as const;

/** Events of Bitbucket Cloud that DrFaust92/bitbucket rejects when it plans. Source: recorded with version 2.52.0. */
export const EVENTS_REJECTED_BY_PUBLISHED: readonly string[] = ["pullrequest:push", "pipeline:span_created"];

const PUBLISHED_INTEGRATION = /\bspacelift_bitbucket_datacenter_integration\.([\w-]+)/;

/**
 * The address of the resource that triggers the replacement of an integration with published backing. Its name follows from that of the
 * integration, so that both can move together.
 * @param type The type of the trigger, which depends on the host framework.
 */
export function triggerAddress(type: string, integrationAddress: string): string {
  return integrationAddress.replace(PUBLISHED_INTEGRATION, (_, name: string) => `${type}.${triggerName(name)}`);
}

/** The Terraform name of the trigger of an integration. */
export function triggerName(integrationName: string): string {
  return `${integrationName}_Identity`;
}

/** Whether a resource of the type of a trigger is one, by its Terraform name. */
export function isTriggerName(name: string): boolean {
  return /_[0-9A-F]{8}_Identity$/.test(name);
}
