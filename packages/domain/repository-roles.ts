/** The roles by which Bitbucket filters repositories, lowest role first. */

/** The roles of each product, in the spelling of its REST API. */
export const REPOSITORY_ROLES = {
  cloud: ["member", "contributor", "admin", "owner"],
  datacenter: ["REPO_READ", "REPO_WRITE", "REPO_ADMIN"],
} as const;

/** A role on the repositories of one product. */
export type RepositoryRole<P extends keyof typeof REPOSITORY_ROLES = keyof typeof REPOSITORY_ROLES> = (typeof REPOSITORY_ROLES)[P][number];
