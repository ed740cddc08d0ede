/** Repositories: by name, by id as far as that goes, and all of a project. */
import type { BitbucketRest } from "../rest";
import { repositoryName, type Subject } from "../subject";
import { objectOf, textOf } from "../../http/json";
import type { Repositories, Repository, RepositoryFilter, RepositoryRef } from "../repository-webhooks";
import { missingIn } from "./error-body";

/** Servers cut it down to what they allow. */
const LONGEST_PAGE = { limit: "1000" };

const ofProject = (project: string) =>
  ({ path: ["projects", project, "repos"], query: LONGEST_PAGE, subject: { kind: "project", name: project } }) as const;

export class DatacenterRepositories implements Repositories {
  constructor(private readonly rest: BitbucketRest) {}

  async byName(ref: RepositoryRef): Promise<Repository | null> {
    const subject: Subject = { kind: "repository", repository: repositoryName(ref) };
    const path = ["projects", ref.namespace, "repos", ref.repository];
    const answer = await this.rest.send({ method: "GET", path, subject }, { absent: true });
    if (missingIn(answer) !== undefined) return null;
    const found = repositoryOf(answer.body);
    if (found === undefined) throw this.rest.unusable(answer, "without the repository that was asked for");
    return found.repository;
  }

  /** Nothing looks up an id: under its last name (which may redirect), then among all of its project. One that has moved to another project is not found. */
  async byId(id: string, last: RepositoryRef): Promise<Repository | null> {
    const named = await this.byName(last);
    if (named?.id === id) return named;
    const found = await this.rest.list(ofProject(last.namespace), (answer) => missingIn(answer) !== undefined);
    if (!("items" in found)) return null;
    return repositoriesIn(found.items).find(({ repository }) => repository.id === id)?.repository ?? null;
  }

  /**
   * Repositories of a project that the credential sees, by slug; archived ones are left out.
   * @param filter `query`: a part of the name, in any case; `role`: `REPO_READ`, `REPO_WRITE`, `REPO_ADMIN`
   * @throws Problem
   */
  async list(project: string, { query, role }: RepositoryFilter = {}): Promise<readonly Repository[]> {
    const items = role ? await this.#permitted(project, role) : await this.rest.all(ofProject(project));
    return repositoriesIn(items)
      .filter(({ archived }) => !archived)
      .map(({ repository }) => repository)
      .filter(({ name }) => name.toLowerCase().includes((query ?? "").trim().toLowerCase()))
      .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  }

  /** Only the list of the whole server knows of permissions. To it an unknown project is an empty one: where nothing is found, the project's own list says so. */
  async #permitted(project: string, permission: string): Promise<readonly unknown[]> {
    const query = { projectkey: project, permission, ...LONGEST_PAGE };
    const found = await this.rest.all({ ...ofProject(project), path: ["repos"], query });
    // Releases that do not know projectkey answer with everything.
    const own = found.filter((item) => keyOf(item)?.toLowerCase() === project.toLowerCase());
    if (own.length === 0) await this.rest.send({ method: "GET", ...ofProject(project), query: { limit: "1" } });
    return own;
  }
}

interface ReadRepository {
  readonly repository: Repository;
  readonly archived: boolean;
}

function repositoriesIn(items: readonly unknown[]): readonly ReadRepository[] {
  return items.map(repositoryOf).filter((item) => item !== undefined);
}

function repositoryOf(value: unknown): ReadRepository | undefined {
  const found = objectOf(value);
  const id = found?.["id"];
  const slug = textOf(found?.["slug"]);
  const key = keyOf(value);
  if (found === undefined || typeof id !== "number" || !slug || !key) return undefined;
  return {
    repository: {
      id: String(id),
      namespace: key,
      slug,
      name: textOf(found["name"]) ?? slug,
      project: key,
      // Only some releases tell it here, and a request for each repository is too much for it.
      mainBranch: textOf(found["defaultBranch"]),
    },
    archived: found["archived"] === true,
  };
}

function keyOf(repository: unknown): string | null {
  return textOf(objectOf(objectOf(repository)?.["project"])?.["key"]);
}
