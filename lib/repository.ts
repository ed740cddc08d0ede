/** A repository, named and not owned: whoever made it, a webhook can be put into it. */
import { Token } from "cdktf";
import { refusal } from "./refusal";

/** One repository in Bitbucket. */
export interface IRepository {
  /** Which of the two products hosts it. */
  readonly product: "cloud";
  /** What Spacelift calls its namespace: the workspace slug on Bitbucket Cloud. */
  readonly namespace: string;
  /** Repository slug, without the namespace. */
  readonly slug: string;
  /** `<namespace>/<slug>` in lower case, as Bitbucket compares names; undefined while a part is known only after apply. */
  readonly path: string | undefined;
}

const SLUG = /^[A-Za-z0-9._-]+$/;

/** A repository in Bitbucket Cloud. */
export class CloudRepository implements IRepository {
  /**
   * @param workspace Workspace slug, as in the address of the workspace. May be a token.
   * @param repository Repository slug. May be a token, such as the slug of a repository that the same stack creates.
   */
  static of(workspace: string, repository: string): CloudRepository {
    return new CloudRepository(workspace, repository);
  }

  /**
   * Reads `<workspace>/<repository>`.
   * @throws Problem `value-not-allowed` when the text has another form.
   */
  static parse(text: string): CloudRepository {
    const [workspace, repository, ...rest] = text.split("/");
    if (!workspace || !repository || rest.length > 0) throw notARepository(text);
    return new CloudRepository(workspace, repository);
  }

  readonly product = "cloud";
  readonly namespace: string;
  readonly slug: string;
  readonly path: string | undefined;

  private constructor(workspace: string, repository: string) {
    for (const part of [workspace, repository]) {
      if (!isReference(part) && !SLUG.test(part)) throw notARepository(`${workspace}/${repository}`);
    }
    this.namespace = workspace;
    this.slug = repository;
    this.path = isReference(workspace) || isReference(repository) ? undefined : `${workspace}/${repository}`.toLowerCase();
  }
}

/** A token of CDKTF, or an expression of the engine written out. */
function isReference(text: string): boolean {
  return Token.isUnresolved(text) || text.includes("${");
}

function notARepository(text: string) {
  return refusal("value-not-allowed", {
    why: `"${text}" does not name a Bitbucket Cloud repository.`,
    fix: "Write <workspace>/<repository>, both as slugs: the last two parts of the repository's address in Bitbucket, such as acme-workspace/infrastructure.",
  });
}
