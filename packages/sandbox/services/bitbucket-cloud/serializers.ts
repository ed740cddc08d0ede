// Objects as JSON for responses. Links contain the origin of the sandbox, which is known only once it listens.
import type { Credential } from "./credentials";
import { createCloneLinks, createProjectLinks, createRepositoryLinks, createWorkspaceLinks, buildWebhookPath } from "./links";
import { fullName, type Project, type Repository, type Subject, type Webhook, type Workspace } from "./store";
import type { Switches } from "./switches";

/** Keys are in the recorded order. The secret is never included. */
export function serializeWebhook(apiUrl: string, subject: Subject, webhook: Webhook, switches: Readonly<Switches>) {
  return {
    type: "webhook_subscription",
    uuid: webhook.uuid,
    description: webhook.description,
    url: webhook.url,
    active: webhook.active,
    skip_cert_verification: webhook.skipCertVerification,
    events: webhook.events,
    created_at: webhook.createdAt,
    subject_type: switches["subject-type"] === "present" ? subject.type : undefined,
    subject:
      subject.type === "repository"
        ? serializeRepositoryReference(apiUrl, subject.repository)
        : serializeWorkspaceSummary(apiUrl, subject.workspace),
    links: { self: { href: `${apiUrl}/${buildWebhookPath(subject, webhook.uuid)}` } },
    source: null,
    read_only: false,
    history_enabled: webhook.historyEnabled,
    secret_set: webhook.secret !== null,
  };
}

export function serializeWorkspaceSummary(apiUrl: string, workspace: Workspace) {
  return {
    type: "workspace",
    uuid: workspace.uuid,
    name: workspace.name,
    slug: workspace.slug,
    links: createWorkspaceLinks(apiUrl, workspace),
  };
}

export function serializeWorkspace(apiUrl: string, workspace: Workspace) {
  return {
    ...serializeWorkspaceSummary(apiUrl, workspace),
    is_private: true,
    is_privacy_enforced: false,
    forking_mode: "allow_forks",
    created_on: "2024-01-08T09:00:00.000000+00:00",
  };
}

export function serializeProject(apiUrl: string, workspace: Workspace, project: Project) {
  return {
    type: "project",
    uuid: project.uuid,
    key: project.key,
    name: project.name,
    description: "",
    is_private: true,
    owner: serializeOwner(apiUrl, workspace),
    workspace: serializeWorkspaceSummary(apiUrl, workspace),
    created_on: "2024-01-08T09:00:00.000000+00:00",
    links: createProjectLinks(apiUrl, workspace, project.key),
  };
}

function serializeOwner(apiUrl: string, workspace: Workspace) {
  return {
    type: "team",
    uuid: workspace.uuid,
    username: workspace.slug,
    display_name: workspace.name,
    links: createWorkspaceLinks(apiUrl, workspace),
  };
}

/** For other objects that refer to the repository. */
export function serializeRepositoryReference(apiUrl: string, repository: Repository) {
  const { name, uuid } = repository;
  return { type: "repository", name, full_name: fullName(repository), uuid, links: createRepositoryLinks(apiUrl, repository) };
}

/** For deliveries: without main branch and slug. */
export function serializeRepositorySummary(apiUrl: string, repository: Repository) {
  const { workspace, project } = repository;
  return {
    type: "repository",
    name: repository.name,
    full_name: fullName(repository),
    uuid: repository.uuid,
    scm: "git",
    website: null,
    is_private: repository.isPrivate,
    owner: serializeOwner(apiUrl, workspace),
    workspace: serializeWorkspaceSummary(apiUrl, workspace),
    project:
      project === undefined
        ? null
        : {
            type: "project",
            key: project.key,
            name: project.name,
            uuid: project.uuid,
            links: createProjectLinks(apiUrl, workspace, project.key),
          },
    links: createRepositoryLinks(apiUrl, repository),
  };
}

export function serializeRepository(apiUrl: string, repository: Repository) {
  const links = createRepositoryLinks(apiUrl, repository);
  const link = (name: string) => ({ href: `${links.self.href}/${name}` });
  return {
    ...serializeRepositorySummary(apiUrl, repository),
    slug: repository.slug,
    description: repository.description,
    mainbranch: repository.mainBranch === null ? null : { type: "branch", name: repository.mainBranch },
    language: "",
    size: 0,
    fork_policy: "allow_forks",
    parent: null,
    created_on: repository.createdOn,
    updated_on: repository.updatedOn,
    has_issues: false,
    has_wiki: false,
    enforced_signed_commits: null,
    override_settings: repository.overrides,
    links: {
      ...links,
      hooks: link("hooks"),
      clone: createCloneLinks(repository),
      pullrequests: link("pullrequests"),
      commits: link("commits"),
      branches: link("refs/branches"),
      tags: link("refs/tags"),
      forks: link("forks"),
      watchers: link("watchers"),
      downloads: link("downloads"),
      source: link("src"),
    },
  };
}

/** A person, or the team that owns an OAuth consumer. */
export function serializeUser(apiUrl: string, caller: Credential) {
  const type = caller.kind === "oauth-consumer" ? "team" : "user";
  return {
    type,
    uuid: caller.uuid,
    account_id: `557058:${caller.uuid.slice(1, -1)}`,
    nickname: caller.username ?? caller.displayName,
    display_name: caller.displayName,
    username: caller.username ?? caller.displayName,
    account_status: "active",
    has_2fa_enabled: null,
    is_staff: false,
    created_on: "2024-01-08T09:00:00.000000+00:00",
    links: createUserLinks(apiUrl, caller.uuid),
  };
}

export function createUserLinks(apiUrl: string, uuid: string) {
  const id = encodeURIComponent(uuid);
  return {
    self: { href: `${apiUrl}/users/${id}` },
    html: { href: `https://bitbucket.org/${id}/` },
    avatar: { href: `https://bitbucket.org/account/${id}/avatar/` },
  };
}

/** Repositories, pull requests and commits have timestamps with six fractional digits. */
export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000+00:00");
}
