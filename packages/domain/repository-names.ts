/** How each Bitbucket product names repositories. */
import type { Cause } from "../diagnostics";
import { PRODUCT_TITLES, type BitbucketProduct } from "./spacelift";

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

/** Whether a text can be the name of a workspace or project. */
export function isNamespace(product: BitbucketProduct, text: string): boolean {
  return REPOSITORY_NAME_FORMATS[product].namespace.test(text) && !isPathSegment(text);
}

/** Whether a text can be the slug of a repository. */
export function isRepositorySlug(product: BitbucketProduct, text: string): boolean {
  return REPOSITORY_NAME_FORMATS[product].slug.test(text) && !isPathSegment(text);
}

/** In a URL, these two would stand for another path. */
function isPathSegment(text: string): boolean {
  return text === "." || text === "..";
}

/** That a text does not name a repository. @param shown in double quotes */
export function repositoryCause(product: BitbucketProduct, shown: string): Cause {
  return { why: `${shown} does not name a ${PRODUCT_TITLES[product]} repository.`, fix: REPOSITORY_NAME_FORMATS[product].repositoryFix };
}

/** That a text does not name a workspace or project. @param shown in double quotes */
export function namespaceCause(product: BitbucketProduct, shown: string): Cause {
  const { namespaceTitle, namespaceFix } = REPOSITORY_NAME_FORMATS[product];
  return { why: `${shown} does not name a ${namespaceTitle} of ${PRODUCT_TITLES[product]}.`, fix: namespaceFix };
}
