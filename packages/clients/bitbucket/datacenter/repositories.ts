/** Repositories of Bitbucket Data Center: by name, by id where the API allows it, and all of a project. */
import { asObject, asText } from "../../http/json";
import type { Repositories, Repository, RepositoryFilter, RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";
import { goneObject } from "./error-body";
import { MAX_PAGE } from "./rest";

const listRequestOf = (project: string) =>
  ({ path: ["projects", project, "repos"], query: MAX_PAGE, subject: { kind: "project", name: project } }) as const;

interface ParsedRepository {
  readonly repository: Repository;
  readonly archived: boolean;
}

export class DatacenterRepositories implements Repositories {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async byName(ref: RepositoryRef): Promise<Repository | null> {
    const subject: Subject = { kind: "repository", repository: repositoryName(ref) };
    const path = ["projects", ref.namespace, "repos", ref.repository];
    const response = await this.#rest.send({ method: "GET", path, subject }, { allowGone: true });
    if (goneObject(response) !== undefined) return null;
    const parsed = parseRepository(response.body);
    if (parsed === undefined) throw this.#rest.unusableResponse(response, "without the requested repository");
    return parsed.repository;
  }

  /**
   * The API cannot look up an id, so this reads the last known name (which may redirect), then the list of the project.
   * A repository that has moved to another project is not found.
   */
  async byId(id: string, lastKnown: RepositoryRef): Promise<Repository | null> {
    const named = await this.byName(lastKnown);
    if (named?.id === id) return named;
    const list = await this.#rest.list(listRequestOf(lastKnown.namespace), (response) => goneObject(response) !== undefined);
    if (!("items" in list)) return null;
    return parseRepositories(list.items).find(({ repository }) => repository.id === id)?.repository ?? null;
  }

  /**
   * The repositories of a project that are visible to the credential, by slug, without archived ones.
   * @param filter `query`: a part of the name, in any case; `role`: `REPO_READ`, `REPO_WRITE`, `REPO_ADMIN`
   * @throws Problem
   */
  async list(project: string, { query, role }: RepositoryFilter = {}): Promise<readonly Repository[]> {
    const items = role ? await this.#listPermitted(project, role) : await this.#rest.listAll(listRequestOf(project));
    return parseRepositories(items)
      .filter(({ archived }) => !archived)
      .map(({ repository }) => repository)
      .filter(({ name }) => name.toLowerCase().includes((query ?? "").trim().toLowerCase()))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  }

  /** Only the list of the whole server supports permissions. It treats an unknown project as empty, so an empty result is checked against the project's own list. */
  async #listPermitted(project: string, permission: string): Promise<readonly unknown[]> {
    const query = { projectkey: project, permission, ...MAX_PAGE };
    const items = await this.#rest.listAll({ ...listRequestOf(project), path: ["repos"], query });
    // Releases that do not know projectkey return the repositories of all projects.
    const permitted = items.filter((item) => projectKeyOf(item)?.toLowerCase() === project.toLowerCase());
    if (permitted.length === 0) await this.#rest.send({ method: "GET", ...listRequestOf(project), query: { limit: "1" } });
    return permitted;
  }
}

function parseRepositories(items: readonly unknown[]): readonly ParsedRepository[] {
  return items.map(parseRepository).filter((item) => item !== undefined);
}

function parseRepository(value: unknown): ParsedRepository | undefined {
  const item = asObject(value);
  const id = item?.["id"];
  const slug = asText(item?.["slug"]);
  const project = projectKeyOf(value);
  if (item === undefined || typeof id !== "number" || !slug || !project) return undefined;
  return {
    repository: {
      id: `${id}`,
      namespace: project,
      slug,
      name: asText(item["name"]) ?? slug,
      project,
      // Only some releases include it here. One request per repository would be too expensive.
      mainBranch: asText(item["defaultBranch"]),
    },
    archived: item["archived"] === true,
  };
}

function projectKeyOf(repository: unknown): string | null {
  return asText(asObject(asObject(repository)?.["project"])?.["key"]);
}
