// The objects of the emulated Bitbucket Cloud, addressed by slug in any case or by UUID in braces.
import { createHash, randomUUID } from "node:crypto";
import type { ByCommit } from "../../core/by-commit";
import type { PullRequest } from "../../core/pull-request";
import { toSlug } from "../../core/slug";
import type { BuildStatus } from "./build-statuses";
import type { Report } from "./reports";

export interface Project {
  readonly uuid: string;
  readonly key: string;
  readonly name: string;
}

export interface Webhook {
  /** In braces, lower case. */
  readonly uuid: string;
  readonly createdAt: string;
  url: string;
  description: string;
  active: boolean;
  skipCertVerification: boolean;
  historyEnabled: boolean;
  /** In the order of responses, which differs from the order in the request. */
  events: readonly string[];
  secret: string | null;
}

export interface Workspace {
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly projects: ReadonlyMap<string, Project>;
  /** By slug. */
  readonly repositories: Map<string, Repository>;
  readonly webhooks: Map<string, Webhook>;
}

export interface Repository {
  readonly uuid: string;
  slug: string;
  name: string;
  workspace: Workspace;
  /** Slugs and UUIDs of workspaces that it was moved out of. Its UUID still works there. */
  readonly formerWorkspaces: Set<string>;
  description: string;
  project: Project | undefined;
  mainBranch: string | null;
  isPrivate: boolean;
  /** Not visible to any credential, as if all had lost access. */
  hidden: boolean;
  readonly createdOn: string;
  updatedOn: string;
  readonly webhooks: Map<string, Webhook>;
  /** Whether Pipelines are enabled; null if this was never set. */
  pipelines: boolean | null;
  readonly overrides: { default_merge_strategy: boolean; branching_model: boolean };
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
  | { readonly type: "repository"; readonly repository: Repository; readonly webhooks: Map<string, Webhook> }
  | { readonly type: "workspace"; readonly workspace: Workspace; readonly webhooks: Map<string, Webhook> };

/** Stands for any workspace if the repository is addressed by UUID. */
const ANY_WORKSPACE = "{}";

export class Store {
  readonly #workspaces = new Map<string, Workspace>();
  readonly #repositories = new Map<string, Repository>();
  /** From a former `workspace/slug` to the UUID of the repository that was renamed or moved. */
  readonly #former = new Map<string, string>();

  get workspaces(): readonly Workspace[] {
    return [...new Set(this.#workspaces.values())];
  }

  addWorkspace(workspace: Workspace): void {
    this.#workspaces.set(workspace.slug, workspace);
    this.#workspaces.set(workspace.uuid, workspace);
  }

  addRepository(repository: Repository): void {
    repository.workspace.repositories.set(repository.slug, repository);
    this.#repositories.set(repository.uuid, repository);
  }

  workspace(address: string): Workspace | undefined {
    return this.#workspaces.get(address.toLowerCase());
  }

  /** Includes hidden repositories; callers check permissions. */
  repository(workspaceAddress: string, address: string): Repository | undefined {
    const slugOrUuid = address.toLowerCase();
    if (!slugOrUuid.startsWith("{")) return this.workspace(workspaceAddress)?.repositories.get(slugOrUuid);
    const repository = this.#repositories.get(slugOrUuid);
    if (repository === undefined || workspaceAddress === ANY_WORKSPACE) return repository;
    const workspace = workspaceAddress.toLowerCase();
    const { slug, uuid } = repository.workspace;
    return workspace === slug || workspace === uuid || repository.formerWorkspaces.has(workspace) ? repository : undefined;
  }

  /** The repository that had this address before it was renamed or moved. */
  formerRepository(workspaceAddress: string, address: string): Repository | undefined {
    const workspace = this.workspace(workspaceAddress)?.slug ?? workspaceAddress.toLowerCase();
    return this.#repositories.get(this.#former.get(`${workspace}/${address.toLowerCase()}`) ?? "");
  }

  rename(repository: Repository, name: string): void {
    this.#removeAddress(repository);
    repository.slug = toSlug(name);
    repository.name = name;
    this.#addAddress(repository);
  }

  transfer(repository: Repository, workspace: Workspace): void {
    this.#removeAddress(repository);
    repository.formerWorkspaces.add(repository.workspace.slug).add(repository.workspace.uuid);
    repository.workspace = workspace;
    this.#addAddress(repository);
  }

  /** Removes its webhooks, too. */
  remove(repository: Repository): void {
    repository.workspace.repositories.delete(repository.slug);
    this.#repositories.delete(repository.uuid);
  }

  #removeAddress(repository: Repository): void {
    repository.workspace.repositories.delete(repository.slug);
    this.#former.set(fullName(repository), repository.uuid);
  }

  #addAddress(repository: Repository): void {
    repository.workspace.repositories.set(repository.slug, repository);
    this.#former.delete(fullName(repository));
  }
}

export function fullName(repository: Repository): string {
  return `${repository.workspace.slug}/${repository.slug}`;
}

export function randomBracedUuid(): string {
  return `{${randomUUID()}}`;
}

/** Returns the same UUID for the same name, so that UUIDs survive a reset. */
export function deriveUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}
