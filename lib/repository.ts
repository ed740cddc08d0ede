/** References to repositories. The app does not manage the repositories themselves. */
import { Token } from "./host";
import {
  isNamespace,
  isRepositorySlug,
  namespaceCause,
  PRODUCT_TITLES,
  REPOSITORY_NAME_FORMATS,
  repositoryCause,
  repositoryPath,
  type BitbucketProduct,
} from "../packages/domain";
import { containsListToken, describeValue, quotedText } from "./props/described-value";
import { validationError } from "./validation-error";

/** A repository in Bitbucket. */
export interface IRepository<P extends BitbucketProduct = BitbucketProduct> {
  /** The Bitbucket product that hosts the repository. */
  readonly product: P;
  /** The namespace in Spacelift: the workspace slug on Bitbucket Cloud, the project key on Bitbucket Data Center. In the given spelling. */
  readonly namespace: string;
  /** Slug of the repository, without the namespace. */
  readonly slug: string;
  /** `<namespace>/<slug>` in lower case, because Bitbucket compares names without case. Undefined while a part is known only after apply. */
  readonly path: string | undefined;
}

const CLASS_NAMES: Readonly<Record<BitbucketProduct, string>> = { cloud: "CloudRepository", datacenter: "DatacenterRepository" };

abstract class RepositoryBase<P extends BitbucketProduct> implements IRepository<P> {
  abstract readonly product: P;
  readonly namespace: string;
  readonly slug: string;
  readonly path: string | undefined;

  protected constructor(product: BitbucketProduct, givenNamespace: string, givenSlug: string) {
    const [namespace, slug] = [partOf(product, givenNamespace), partOf(product, givenSlug)];
    const isName = (isReference(namespace) || isNamespace(product, namespace)) && (isReference(slug) || isRepositorySlug(product, slug));
    if (!isName) throw invalidRepositoryError(product, `${namespace}/${slug}`);
    this.namespace = namespace;
    this.slug = slug;
    this.path = isReference(namespace) || isReference(slug) ? undefined : repositoryPath(namespace, slug);
  }
}

/** A repository in Bitbucket Cloud. */
export class CloudRepository extends RepositoryBase<"cloud"> {
  /**
   * @param workspace Workspace slug, as in the URL of the workspace. May be a token.
   * @param repository Repository slug. May be a token, such as the slug of a repository that the same stack creates.
   * @throws Problem `value-not-allowed` if either is not a slug.
   */
  static of(workspace: string, repository: string): CloudRepository {
    return new CloudRepository(workspace, repository);
  }

  /**
   * Parses `<workspace>/<repository>`.
   * @throws Problem `value-not-allowed` if the text has a different format.
   */
  static parse(text: string): CloudRepository {
    return CloudRepository.of(...splitPath("cloud", text));
  }

  readonly product = "cloud";

  private constructor(workspace: string, repository: string) {
    super("cloud", workspace, repository);
  }
}

/** A repository in Bitbucket Data Center. */
export class DatacenterRepository extends RepositoryBase<"datacenter"> {
  /**
   * @param project Project key in any case, or `~<user>` for a personal repository. May be a token.
   * @param repository Repository slug. May be a token, such as the slug of a repository that the same stack creates.
   * @throws Problem `value-not-allowed` if the project is not a key or the repository is not a slug.
   */
  static of(project: string, repository: string): DatacenterRepository {
    return new DatacenterRepository(project, repository);
  }

  /**
   * Parses `<PROJECT>/<repository>` or `~<user>/<repository>`.
   * @throws Problem `value-not-allowed` if the text has a different format.
   */
  static parse(text: string): DatacenterRepository {
    return DatacenterRepository.of(...splitPath("datacenter", text));
  }

  readonly product = "datacenter";

  private constructor(project: string, repository: string) {
    super("datacenter", project, repository);
  }
}

/**
 * Checks the name of a workspace or project.
 * @returns The name as given.
 * @throws Problem `value-not-allowed` if it is not a workspace slug or project key.
 */
export function namespaceOf(product: BitbucketProduct, name: string): string {
  const text = textOf(name);
  if (text !== undefined && (isReference(text) || isNamespace(product, text))) return text;
  throw validationError("value-not-allowed", namespaceCause(product, text === undefined ? describeValue(name) : quotedText(text)));
}

/** Whether a text contains a CDKTF token or a Terraform expression, so that it is known only after apply. */
export function isReference(text: string): boolean {
  return Token.isUnresolved(text) || text.includes("${");
}

function splitPath(product: BitbucketProduct, given: string): readonly [namespace: string, slug: string] {
  const text = partOf(product, given);
  if (isReference(text) && !text.includes("/")) throw tokenError(product);
  const [namespace, slug, ...rest] = text.split("/");
  if (!namespace || !slug || rest.length > 0) throw invalidRepositoryError(product, text);
  return [namespace, slug];
}

/** A part of a name as a text. A token in another form becomes a text. @throws Problem `value-not-allowed` for any other value. */
function partOf(product: BitbucketProduct, value: unknown): string {
  if (typeof value === "string" && containsListToken(value)) throw tokenError(product);
  const text = textOf(value);
  if (text === undefined) throw wrongTypeError(product, value);
  return text;
}

/** An untyped program can pass any value. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return containsListToken(value) ? undefined : value;
  return Array.isArray(value) || !Token.isUnresolved(value) ? undefined : Token.asString(value);
}

/** A token cannot be split, and the parts of a token are known only after apply. */
function tokenError(product: BitbucketProduct) {
  const { namespaceTitle } = REPOSITORY_NAME_FORMATS[product];
  return validationError("token-not-allowed", {
    why: "The repository is a token, so only the engine knows its name. The Terraform address of a webhook is derived from the name.",
    fix: `Write ${CLASS_NAMES[product]}.of(<${namespaceTitle}>, <repository>), whose parts may be tokens, and pass a constructId to addRepository. For all repositories of a ${namespaceTitle}, call addRepositoriesOf.`,
  });
}

function wrongTypeError(product: BitbucketProduct, value: unknown) {
  return validationError("value-not-allowed", {
    why: `A part of the name of a ${PRODUCT_TITLES[product]} repository is ${describeValue(value)}.`,
    fix: REPOSITORY_NAME_FORMATS[product].repositoryFix,
  });
}

function invalidRepositoryError(product: BitbucketProduct, text: string) {
  return validationError("value-not-allowed", repositoryCause(product, quotedText(text)));
}
