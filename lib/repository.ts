/** A repository, named and not owned: whoever made it, a webhook can be put into it. */
import { Token } from "cdktf";
import { PRODUCT_TITLES, type BitbucketProduct } from "../packages/domain";
import { refusal } from "./refusal";

/** One repository in Bitbucket. */
export interface IRepository {
  /** Which of the two products hosts it. */
  readonly product: BitbucketProduct;
  /** What Spacelift calls its namespace: the workspace slug on Bitbucket Cloud, the project key on Bitbucket Data Center. As written. */
  readonly namespace: string;
  /** Repository slug, without the namespace. */
  readonly slug: string;
  /** `<namespace>/<slug>` in lower case, as Bitbucket compares names; undefined while a part is known only after apply. */
  readonly path: string | undefined;
}

/** What differs between the products in how a repository is named. */
interface NameForm {
  /** What holds the repositories. */
  readonly holder: string;
  readonly namespace: RegExp;
  readonly repositoryFix: string;
  readonly namespaceFix: string;
}

const SLUG = /^[A-Za-z0-9._-]+$/;

const FORMS: Readonly<Record<BitbucketProduct, NameForm>> = {
  cloud: {
    holder: "workspace",
    namespace: SLUG,
    repositoryFix:
      "Write <workspace>/<repository>, both as slugs: the last two parts of the repository's address in Bitbucket, such as acme-workspace/infrastructure.",
    namespaceFix: "Write the workspace as a slug, as in its address in Bitbucket, such as acme-workspace.",
  },
  datacenter: {
    holder: "project",
    namespace: /^~?[A-Za-z0-9._-]+$/,
    repositoryFix:
      "Write <PROJECT>/<repository>, the project by its key and the repository by its slug, such as PLAT/infrastructure; a personal repository is ~<user>/<repository>.",
    namespaceFix: "Write the project by its key, such as PLAT, or ~<user> for the personal repositories of a user.",
  },
};

abstract class NamedRepository implements IRepository {
  abstract readonly product: BitbucketProduct;
  readonly path: string | undefined;

  protected constructor(
    product: BitbucketProduct,
    readonly namespace: string,
    readonly slug: string,
  ) {
    if (!isName(namespace, FORMS[product].namespace) || !isName(slug, SLUG)) throw notARepository(product, `${namespace}/${slug}`);
    this.path = isReference(namespace) || isReference(slug) ? undefined : `${namespace}/${slug}`.toLowerCase();
  }
}

/** A repository in Bitbucket Cloud. */
export class CloudRepository extends NamedRepository {
  /**
   * @param workspace Workspace slug, as in the address of the workspace. May be a token.
   * @param repository Repository slug. May be a token, such as the slug of a repository that the same stack creates.
   */
  static of(workspace: string, repository: string): CloudRepository {
    return new CloudRepository("cloud", workspace, repository);
  }

  /**
   * Reads `<workspace>/<repository>`.
   * @throws Problem `value-not-allowed` when the text has another form.
   */
  static parse(text: string): CloudRepository {
    return CloudRepository.of(...halves("cloud", text));
  }

  readonly product = "cloud";
}

/** A repository in Bitbucket Data Center. */
export class DatacenterRepository extends NamedRepository {
  /**
   * @param project Project key, in either case; `~<user>` for a personal repository. May be a token.
   * @param repository Repository slug. May be a token, such as the slug of a repository that the same stack creates.
   */
  static of(project: string, repository: string): DatacenterRepository {
    return new DatacenterRepository("datacenter", project, repository);
  }

  /**
   * Reads `<PROJECT>/<repository>` or `~<user>/<repository>`.
   * @throws Problem `value-not-allowed` when the text has another form.
   */
  static parse(text: string): DatacenterRepository {
    return DatacenterRepository.of(...halves("datacenter", text));
  }

  readonly product = "datacenter";
}

/**
 * What holds repositories: a workspace or a project, as written.
 * @throws Problem `value-not-allowed` when the text cannot be its name.
 */
export function namespaceOf(product: BitbucketProduct, text: string): string {
  const { holder, namespace, namespaceFix } = FORMS[product];
  if (isName(text, namespace)) return text;
  throw refusal("value-not-allowed", { why: `"${text}" does not name a ${holder} of ${PRODUCT_TITLES[product]}.`, fix: namespaceFix });
}

/** A token of CDKTF, or an expression of the engine written out. */
export function isReference(text: string): boolean {
  return Token.isUnresolved(text) || text.includes("${");
}

function isName(part: string, pattern: RegExp): boolean {
  return isReference(part) || pattern.test(part);
}

function halves(product: BitbucketProduct, text: string): readonly [string, string] {
  const [namespace, slug, ...rest] = text.split("/");
  if (!namespace || !slug || rest.length > 0) throw notARepository(product, text);
  return [namespace, slug];
}

function notARepository(product: BitbucketProduct, text: string) {
  return refusal("value-not-allowed", {
    why: `"${text}" does not name a ${PRODUCT_TITLES[product]} repository.`,
    fix: FORMS[product].repositoryFix,
  });
}
