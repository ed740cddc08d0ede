/** Repositories: by name, by UUID (which survives renames and moves), and all of a workspace. */
import { bracedUuid } from "../../vocabulary/identifiers";
import { objectOf, textOf } from "../json";
import { saysAbsent, type Subject } from "./explain";
import type { Rest } from "./rest";

export interface CloudRepository {
  /** In braces, lower case. */
  readonly uuid: string;
  readonly workspace: string;
  readonly slug: string;
  readonly name: string;
  readonly projectKey: string | null;
  /** Null for an empty repository. */
  readonly mainBranch: string | null;
}

export interface RepositoryFilter {
  /** In Bitbucket's filter language: `project.key = "PAY"`. */
  readonly query?: string | null;
  /** `member`, `contributor`, `admin`, `owner`. */
  readonly role?: string | null;
}

/** In place of a workspace: any. */
const ANY_WORKSPACE = "{}";

export class Repositories {
  constructor(private readonly rest: Rest) {}

  /** The repository of a UUID, whatever it is called now; null when it is gone or invisible. @throws Problem */
  byUuid(uuid: string): Promise<CloudRepository | null> {
    return this.#one([ANY_WORKSPACE, uuid], uuid);
  }

  /** Null when it is gone or invisible. @throws Problem */
  byName(workspace: string, repository: string): Promise<CloudRepository | null> {
    return this.#one([workspace, repository], `${workspace}/${repository}`);
  }

  /** Repositories of a workspace that the credential sees, by slug. @throws Problem */
  async list(workspace: string, filter: RepositoryFilter = {}): Promise<readonly CloudRepository[]> {
    const items = await this.rest.all({
      path: ["repositories", workspace],
      query: { pagelen: "100", sort: "slug", ...(filter.query ? { q: filter.query } : {}), ...(filter.role ? { role: filter.role } : {}) },
      subject: { kind: "workspace", workspace },
    });
    return items.map(repositoryOf).filter((item) => item !== undefined);
  }

  async #one(path: readonly string[], name: string): Promise<CloudRepository | null> {
    const subject: Subject = { kind: "repository", repository: name };
    const answer = await this.rest.send({ method: "GET", path: ["repositories", ...path], subject }, { absent: true });
    if (saysAbsent(answer)) return null;
    const repository = repositoryOf(answer.body);
    if (repository === undefined) throw this.rest.unusable(answer, "without the repository that was asked for");
    return repository;
  }
}

function repositoryOf(value: unknown): CloudRepository | undefined {
  const found = objectOf(value);
  const uuid = bracedUuid(textOf(found?.["uuid"]) ?? "");
  const [workspace, slug] = (textOf(found?.["full_name"]) ?? "").split("/");
  if (found === undefined || uuid === undefined || !workspace || !slug) return undefined;
  return {
    uuid,
    workspace,
    slug,
    name: textOf(found["name"]) ?? slug,
    projectKey: textOf(objectOf(found["project"])?.["key"]),
    mainBranch: textOf(objectOf(found["mainbranch"])?.["name"]),
  };
}
