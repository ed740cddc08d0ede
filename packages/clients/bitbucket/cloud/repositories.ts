/** Repositories: by name, by UUID (which survives renames and moves), and all of a workspace. */
import { bracedUuid } from "../../../domain";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";
import { objectOf, textOf } from "../../http/json";
import type { Repositories, Repository, RepositoryFilter, RepositoryRef } from "../repository-webhooks";
import { saysAbsent } from "./explain";

/** In place of a workspace: any. */
const ANY_WORKSPACE = "{}";

export class CloudRepositories implements Repositories {
  constructor(private readonly rest: BitbucketRest) {}

  /** The repository of a UUID, whatever it is called now; null when it is gone or invisible. @throws Problem */
  byId(uuid: string): Promise<Repository | null> {
    return this.#one([ANY_WORKSPACE, uuid], uuid);
  }

  /** Null when it is gone or invisible. @throws Problem */
  byName(repository: RepositoryRef): Promise<Repository | null> {
    return this.#one([repository.namespace, repository.repository], repositoryName(repository));
  }

  /**
   * Repositories of a workspace that the credential sees, by slug.
   * @param filter `query` in Bitbucket's filter language (`project.key = "PAY"`); `role`: `member`, `contributor`, `admin`, `owner`
   * @throws Problem
   */
  async list(workspace: string, filter: RepositoryFilter = {}): Promise<readonly Repository[]> {
    const items = await this.rest.all({
      path: ["repositories", workspace],
      query: { pagelen: "100", sort: "slug", ...(filter.query ? { q: filter.query } : {}), ...(filter.role ? { role: filter.role } : {}) },
      subject: { kind: "workspace", name: workspace },
    });
    return items.map(repositoryOf).filter((item) => item !== undefined);
  }

  async #one(path: readonly string[], name: string): Promise<Repository | null> {
    const subject: Subject = { kind: "repository", repository: name };
    const answer = await this.rest.send({ method: "GET", path: ["repositories", ...path], subject }, { absent: true });
    if (saysAbsent(answer)) return null;
    const repository = repositoryOf(answer.body);
    if (repository === undefined) throw this.rest.unusable(answer, "without the repository that was asked for");
    return repository;
  }
}

function repositoryOf(value: unknown): Repository | undefined {
  const found = objectOf(value);
  const uuid = bracedUuid(textOf(found?.["uuid"]) ?? "");
  const [workspace, slug] = (textOf(found?.["full_name"]) ?? "").split("/");
  if (found === undefined || uuid === undefined || !workspace || !slug) return undefined;
  return {
    id: uuid,
    namespace: workspace,
    slug,
    name: textOf(found["name"]) ?? slug,
    project: textOf(objectOf(found["project"])?.["key"]),
    mainBranch: textOf(objectOf(found["mainbranch"])?.["name"]),
  };
}
