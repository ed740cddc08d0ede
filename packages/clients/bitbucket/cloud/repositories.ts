/** Repositories of Bitbucket Cloud: by name, by UUID (which survives renames and moves), and all of a workspace. */
import { bracedUuid } from "../../../domain";
import { asObject, asText } from "../../http/json";
import type { Repositories, Repository, RepositoryFilter, RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";
import { isGone } from "./error-body";

/** Stands for any workspace in a path: the UUID alone identifies the repository. */
const ANY_WORKSPACE = "{}";

export class CloudRepositories implements Repositories {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  /** The repository with this UUID, under its current name; null if it does not exist or is not visible. @throws Problem */
  byId(uuid: string): Promise<Repository | null> {
    return this.#find([ANY_WORKSPACE, uuid], uuid);
  }

  /** Null if it does not exist or is not visible. @throws Problem */
  byName(repository: RepositoryRef): Promise<Repository | null> {
    return this.#find([repository.namespace, repository.repository], repositoryName(repository));
  }

  /**
   * The repositories of a workspace that are visible to the credential, by slug.
   * @param filter `query` in Bitbucket's filter language (`project.key = "PAY"`); `role`: `member`, `contributor`, `admin`, `owner`
   * @throws Problem
   */
  async list(workspace: string, { query, role }: RepositoryFilter = {}): Promise<readonly Repository[]> {
    const items = await this.#rest.listAll({
      path: ["repositories", workspace],
      query: { pagelen: "100", sort: "slug", q: query || undefined, role: role || undefined },
      subject: { kind: "workspace", name: workspace },
    });
    return items.map(parseRepository).filter((repository) => repository !== undefined);
  }

  async #find(path: readonly string[], name: string): Promise<Repository | null> {
    const subject: Subject = { kind: "repository", repository: name };
    const response = await this.#rest.send({ method: "GET", path: ["repositories", ...path], subject }, { allowGone: true });
    if (isGone(response)) return null;
    const repository = parseRepository(response.body);
    if (repository === undefined) throw this.#rest.unusableResponse(response, "without the requested repository");
    return repository;
  }
}

function parseRepository(value: unknown): Repository | undefined {
  const item = asObject(value);
  const uuid = bracedUuid(asText(item?.["uuid"]) ?? "");
  const [workspace, slug] = (asText(item?.["full_name"]) ?? "").split("/");
  if (item === undefined || uuid === undefined || !workspace || !slug) return undefined;
  return {
    id: uuid,
    namespace: workspace,
    slug,
    name: asText(item["name"]) ?? slug,
    project: asText(asObject(item["project"])?.["key"]),
    mainBranch: asText(asObject(item["mainbranch"])?.["name"]),
  };
}
