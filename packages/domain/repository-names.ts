/** How each Bitbucket product names repositories. */
import type { BitbucketProduct } from "./spacelift";

/** How a product names repositories. */
export interface RepositoryNameFormat {
  /** What a namespace is called. */
  readonly namespaceTitle: string;
  readonly namespace: RegExp;
  readonly slug: RegExp;
  readonly repositoryFix: string;
  readonly namespaceFix: string;
}

const SLUG = /^[A-Za-z0-9._-]+$/;

export const REPOSITORY_NAME_FORMATS: Readonly<Record<BitbucketProduct, RepositoryNameFormat>> = {
  cloud: {
    namespaceTitle: "workspace",
    namespace: SLUG,
    slug: SLUG,
    repositoryFix:
      "Use <workspace>/<repository> with both slugs, which are the last two parts of the repository's URL, such as acme-workspace/infrastructure.",
    namespaceFix: "Use the workspace slug from its URL, such as acme-workspace.",
  },
  datacenter: {
    namespaceTitle: "project",
    namespace: /^~?[A-Za-z0-9._-]+$/,
    slug: SLUG,
    repositoryFix:
      "Use <PROJECT>/<repository> with the project key and the repository slug, such as PLAT/infrastructure, or ~<user>/<repository> for a personal repository.",
    namespaceFix: "Use the project key, such as PLAT, or ~<user> for the personal repositories of a user.",
  },
};
