/** Spacelift's fixed words: Space ids that always exist, VCS providers, checks. */

/** The Space at the top of every account; it cannot be deleted. */
export const ROOT_SPACE_ID = "root";

/** How Spacelift names the two Bitbucket products in its GraphQL API (`VCSProvider`). */
export const VCS_PROVIDERS = { cloud: "BITBUCKET_CLOUD", datacenter: "BITBUCKET_DATACENTER" } as const;

/** One of the two Bitbucket products. */
export type BitbucketProduct = keyof typeof VCS_PROVIDERS;

/** What people call the two. */
export const PRODUCT_TITLES: Readonly<Record<BitbucketProduct, string>> = { cloud: "Bitbucket Cloud", datacenter: "Bitbucket Data Center" };

/** A value of Spacelift's `VCSProvider` that stands for a Bitbucket product. */
export type BitbucketVcsProvider = (typeof VCS_PROVIDERS)[BitbucketProduct];

/** How Spacelift reports to pull requests: a status per stack, three aggregated ones, or both. */
export const VCS_CHECKS = ["INDIVIDUAL", "AGGREGATED", "ALL"] as const;

/** A value of Spacelift's `VCSCheck`. */
export type VcsChecks = (typeof VCS_CHECKS)[number];
