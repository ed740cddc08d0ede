// The state of the emulated Bitbucket Cloud, and how its objects are addressed: by slug in any case, or by UUID in braces.
import { createHash, randomUUID } from "node:crypto";
import type { PullRequest } from "../../core/pull-request";

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
  /** In the order in which they are shown, which is not the order in which they were sent. */
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
  /** Slugs of workspaces that it was moved out of: its UUID goes on working there. */
  readonly formerWorkspaces: Set<string>;
  description: string;
  project: Project | undefined;
  mainBranch: string | null;
  isPrivate: boolean;
  /** Invisible for every credential, as if all had lost access. */
  hidden: boolean;
  readonly createdOn: string;
  updatedOn: string;
  readonly webhooks: Map<string, Webhook>;
  /** Whether Pipelines are enabled; null when nobody ever said so. */
  respondWithPipelines: boolean | null;
  readonly respondWithOverrides: { default_merge_strategy: boolean; branching_model: boolean };
  /** Head of each branch, 40 hex digits. */
  readonly branches: Map<string, string>;
  readonly pullRequests: Map<number, PullRequest>;
}

/** What a webhook belongs to. */
export type Subject =
  | { readonly type: "repository"; readonly repository: Repository; readonly webhooks: Map<string, Webhook> }
  | { readonly type: "workspace"; readonly workspace: Workspace; readonly webhooks: Map<string, Webhook> };

/** In place of a workspace: any; the UUID of the repository decides. */
const ANY_WORKSPACE = "{}";

export class Store {
  readonly #workspaces = new Map<string, Workspace>();
  readonly #repositories = new Map<string, Repository>();
  /** `workspace/slug` of before a rename or a move, to the UUID. */
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

  /** Hidden ones too: who may see what is decided elsewhere. */
  repository(workspaceAddress: string, address: string): Repository | undefined {
    const wanted = address.toLowerCase();
    if (!wanted.startsWith("{")) return this.workspace(workspaceAddress)?.repositories.get(wanted);
    const repository = this.#repositories.get(wanted);
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
    repository.slug = slugOf(name);
    repository.name = name;
    this.#addAddress(repository);
  }

  transfer(repository: Repository, workspace: Workspace): void {
    this.#removeAddress(repository);
    repository.formerWorkspaces.add(repository.workspace.slug).add(repository.workspace.uuid);
    repository.workspace = workspace;
    this.#addAddress(repository);
  }

  /** Its webhooks go with it. */
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

/** Lower case; what a slug cannot hold becomes "-". Assumed beyond case and spaces. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
}

export function randomBracedUuid(): string {
  return `{${randomUUID()}}`;
}

/** The same UUID for the same name, so that a reset of the sandbox changes none. */
export function deriveUuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}}`;
}
