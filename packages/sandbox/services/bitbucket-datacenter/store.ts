// The objects of the emulated Bitbucket Data Center, addressed by keys and slugs in any case, and webhooks by id.
import type { ByCommit } from "../../core/by-commit";
import type { PullRequest } from "../../core/pull-request";
import { toSlug } from "../../core/slug";
import type { BuildStatus } from "./build-statuses";
import type { Report } from "./reports";

export interface User {
  readonly id: number;
  /** The login name, in lower case; also the slug. */
  readonly name: string;
  readonly displayName: string;
  readonly emailAddress: string;
}

export interface Webhook {
  readonly id: number;
  name: string;
  url: string;
  active: boolean;
  /** In the order of the request. */
  events: readonly string[];
  /** Can have any keys; `secret` signs deliveries. */
  configuration: Readonly<Record<string, unknown>>;
  sslVerificationRequired: boolean;
  /** Sent with deliveries as Basic credentials. */
  credentials: { readonly username: string; readonly password: string } | null;
  /** Milliseconds since the epoch, like all dates here. */
  readonly createdDate: number;
  updatedDate: number;
}

export interface Project {
  readonly id: number;
  key: string;
  name: string;
  description: string;
  isPublic: boolean;
  /** Set for a personal project. */
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
  /** Not visible to any caller, as if all had lost access. */
  hidden: boolean;
  lfs: boolean;
  readonly webhooks: Map<number, Webhook>;
  /** Null for an empty repository. */
  defaultBranch: string | null;
  /** The head commit of each branch: 40 hex digits. */
  readonly branches: Map<string, string>;
  /** Every commit that the repository ever had. */
  readonly commits: Set<string>;
  readonly pullRequests: Map<number, PullRequest>;
  lastCommentId: number;
  readonly statuses: ByCommit<BuildStatus>;
  readonly reports: ByCommit<Report>;
}

/** What a webhook belongs to. */
export type Subject =
  | { readonly type: "repository"; readonly repository: Repository; readonly webhooks: Map<number, Webhook> }
  | { readonly type: "project"; readonly project: Project; readonly webhooks: Map<number, Webhook> };

export class Store {
  /** By key in upper case. */
  readonly #projects = new Map<string, Project>();
  /** By former `KEY/slug`, before a rename or move. */
  readonly #former = new Map<string, Repository>();
  readonly #lastId = { project: 0, repository: 0, webhook: 0 };

  get projects(): readonly Project[] {
    return [...this.#projects.values()];
  }

  get repositories(): readonly Repository[] {
    return this.projects.flatMap(({ repositories }) => [...repositories.values()]);
  }

  /** Ids start at 1 and are never reused. */
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
    for (const repository of project.repositories.values()) this.#former.set(createAddressKey(repository), repository);
    project.key = key;
    this.addProject(project);
  }

  /** Whether the object still exists, even under another name. */
  contains(object: Project | Repository): boolean {
    if ("project" in object) return object.project.repositories.get(object.slug) === object && this.contains(object.project);
    return this.project(object.key) === object;
  }

  /** Includes hidden repositories; callers check permissions. */
  repository(projectKey: string, slug: string): Repository | undefined {
    return this.project(projectKey)?.repositories.get(slug.toLowerCase());
  }

  /** The repository that had this address before it was renamed or moved, if it still exists. */
  formerRepository(projectKey: string, slug: string): Repository | undefined {
    const former = this.#former.get(`${projectKey.toUpperCase()}/${slug.toLowerCase()}`);
    return former !== undefined && this.contains(former) ? former : undefined;
  }

  addRepository(repository: Repository): void {
    repository.project.repositories.set(repository.slug, repository);
    this.#former.delete(createAddressKey(repository));
  }

  /** Changes the name, the project, or both; id and webhooks stay the same. */
  move(repository: Repository, to: { readonly name?: string; readonly slug?: string; readonly project?: Project }): void {
    this.remove(repository);
    this.#former.set(createAddressKey(repository), repository);
    repository.name = to.name ?? repository.name;
    repository.slug = to.slug ?? (to.name === undefined ? repository.slug : toSlug(to.name));
    repository.project = to.project ?? repository.project;
    this.addRepository(repository);
  }

  /** Removes its webhooks, too. */
  remove(repository: Repository): void {
    repository.project.repositories.delete(repository.slug);
  }
}

/** `KEY/slug`, the name of a repository in error texts and on the control path. */
export function fullName(repository: Repository): string {
  return `${repository.project.key}/${repository.slug}`;
}

function createAddressKey(repository: Repository): string {
  return `${repository.project.key.toUpperCase()}/${repository.slug}`;
}
