// The state of the emulated Bitbucket Data Center, and how its objects are addressed: keys and slugs in any case, and ids of webhooks.
import type { PullRequest } from "../../core/pull-request";

export interface User {
  readonly id: number;
  /** With which the user logs in, in lower case; also the slug. */
  readonly name: string;
  readonly displayName: string;
  readonly emailAddress: string;
}

export interface Webhook {
  readonly id: number;
  name: string;
  url: string;
  active: boolean;
  /** As they were sent. */
  events: readonly string[];
  /** A free map; `secret` in it signs deliveries. */
  configuration: Readonly<Record<string, unknown>>;
  sslVerificationRequired: boolean;
  /** Sent with deliveries as Basic. */
  credentials: { readonly username: string; readonly password: string } | null;
  /** Milliseconds since the epoch, as all dates here. */
  readonly createdDate: number;
  updatedDate: number;
}

export interface Project {
  readonly id: number;
  key: string;
  name: string;
  description: string;
  isPublic: boolean;
  /** Of a personal project. */
  readonly owner: User | undefined;
  /** By slug. */
  readonly repositories: Map<string, Repository>;
  readonly webhooks: Map<number, Webhook>;
}

export interface Repository {
  readonly id: number;
  slug: string;
  name: string;
  project: Project;
  description: string;
  isPublic: boolean;
  archived: boolean;
  forkable: boolean;
  /** Invisible for everybody, as if all had lost access. */
  hidden: boolean;
  lfs: boolean;
  readonly webhooks: Map<number, Webhook>;
  /** Null for an empty repository. */
  defaultBranch: string | null;
  /** Head of each branch, 40 hex digits. */
  readonly branches: Map<string, string>;
  readonly pullRequests: Map<number, PullRequest>;
}

/** What a webhook belongs to. */
export type Subject =
  | { readonly type: "repository"; readonly repository: Repository; readonly webhooks: Map<number, Webhook> }
  | { readonly type: "project"; readonly project: Project; readonly webhooks: Map<number, Webhook> };

export class Store {
  /** By key in upper case. */
  readonly #projects = new Map<string, Project>();
  /** `KEY/slug` of before a rename or a move. */
  readonly #former = new Map<string, Repository>();
  readonly #lastId = { project: 0, repository: 0, webhook: 0 };

  get projects(): readonly Project[] {
    return [...this.#projects.values()];
  }

  get repositories(): readonly Repository[] {
    return this.projects.flatMap(({ repositories }) => [...repositories.values()]);
  }

  /** Ids start with 1 and are never given twice. */
  nextId(kind: "project" | "repository" | "webhook"): number {
    this.#lastId[kind] += 1;
    return this.#lastId[kind];
  }

  project(key: string): Project | undefined {
    return this.#projects.get(key.toUpperCase());
  }

  addProject(project: Project): void {
    this.#projects.set(project.key.toUpperCase(), project);
  }

  removeProject(project: Project): void {
    this.#projects.delete(project.key.toUpperCase());
  }

  renameProject(project: Project, key: string): void {
    this.removeProject(project);
    for (const repository of project.repositories.values()) this.#former.set(addressKey(repository), repository);
    project.key = key;
    this.addProject(project);
  }

  /** Whether it is still there, whatever it is called now. */
  contains(one: Project | Repository): boolean {
    if ("project" in one) return one.project.repositories.get(one.slug) === one && this.contains(one.project);
    return this.project(one.key) === one;
  }

  /** Hidden ones too: who may see what is decided elsewhere. */
  repository(projectKey: string, slug: string): Repository | undefined {
    return this.project(projectKey)?.repositories.get(slug.toLowerCase());
  }

  /** The repository that had this address before it was renamed or moved, while it exists. */
  formerRepository(projectKey: string, slug: string): Repository | undefined {
    const former = this.#former.get(`${projectKey.toUpperCase()}/${slug.toLowerCase()}`);
    return former !== undefined && this.contains(former) ? former : undefined;
  }

  addRepository(repository: Repository): void {
    repository.project.repositories.set(repository.slug, repository);
    this.#former.delete(addressKey(repository));
  }

  /** Another name, another project, or both; its id and its webhooks stay. */
  move(repository: Repository, to: { readonly name?: string; readonly slug?: string; readonly project?: Project }): void {
    this.remove(repository);
    this.#former.set(addressKey(repository), repository);
    repository.name = to.name ?? repository.name;
    repository.slug = to.slug ?? (to.name === undefined ? repository.slug : slugOf(to.name));
    repository.project = to.project ?? repository.project;
    this.addRepository(repository);
  }

  /** Its webhooks go with it. */
  remove(repository: Repository): void {
    repository.project.repositories.delete(repository.slug);
  }
}

/** `KEY/slug`, as error texts and the control path name a repository. */
export function fullName(repository: Repository): string {
  return `${repository.project.key}/${repository.slug}`;
}

/** Lower case; what a slug cannot hold becomes "-". Assumed beyond case and spaces. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

function addressKey(repository: Repository): string {
  return `${repository.project.key.toUpperCase()}/${repository.slug}`;
}
