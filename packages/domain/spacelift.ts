/** Fixed values of Spacelift: the root Space, VCS providers, checks. */

/** The id of the root Space of every account, which cannot be deleted. */
export const ROOT_SPACE_ID = "root";

/** The names of the two Bitbucket products in Spacelift's GraphQL API (`VCSProvider`). */
export const VCS_PROVIDERS = { cloud: "BITBUCKET_CLOUD", datacenter: "BITBUCKET_DATACENTER" } as const;

/** One of the two Bitbucket products. */
export type BitbucketProduct = keyof typeof VCS_PROVIDERS;

/** The names of the two products in text for people. */
export const PRODUCT_TITLES: Readonly<Record<BitbucketProduct, string>> = { cloud: "Bitbucket Cloud", datacenter: "Bitbucket Data Center" };

/** A value of Spacelift's `VCSProvider` that stands for a Bitbucket product. */
export type BitbucketVcsProvider = (typeof VCS_PROVIDERS)[BitbucketProduct];

/** How Spacelift reports results on pull requests: one status per stack, three aggregated ones, or both. */
export const VCS_CHECKS = ["INDIVIDUAL", "AGGREGATED", "ALL"] as const;

/** A value of Spacelift's `VCSCheck`. */
export type VcsChecks = (typeof VCS_CHECKS)[number];

/** The ID of a Space-level integration in the URL that its webhooks call; undefined for other URLs. The URL of a default integration may lack it. */
export function integrationIdInUrl(url: string): string | undefined {
  return /\/integration\/([^/?#]+)$/.exec(url)?.[1];
}
