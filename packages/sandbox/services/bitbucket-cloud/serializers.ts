// How objects look in answers. The origin of the sandbox is part of their links, so each view is made when it is asked for.
import type { Credential } from "./credentials";
import { createCloneLinks, webhookPath, createProjectLinks, createRepositoryLinks, createWorkspaceLinks } from "./links";
import { fullName, type Webhook, type Project, type Repository, type Subject, type Workspace } from "./store";
import type { Switches } from "./switches";

/** In the order of keys that was recorded; the secret is in no answer. */
export function serializeWebhook(api: string, subject: Subject, webhook: Webhook, switches: Readonly<Switches>) {
  return {
    type: "webhook_subscription",
    uuid: webhook.uuid,
    description: webhook.description,
    url: webhook.url,
    active: webhook.active,
    skip_cert_verification: webhook.skipCertVerification,
    events: webhook.events,
    created_at: webhook.createdAt,
    ...(switches["subject-type"] === "present" ? { subject_type: subject.type } : {}),
    subject:
      subject.type === "repository"
        ? {
            type: "repository",
            name: subject.repository.name,
            full_name: fullName(subject.repository),
            uuid: subject.repository.uuid,
            links: createRepositoryLinks(api, subject.repository),
          }
        : serializeWorkspaceSummary(api, subject.workspace),
    links: { self: { href: `${api}/${webhookPath(subject, webhook.uuid)}` } },
    source: null,
    read_only: false,
    history_enabled: webhook.historyEnabled,
    secret_set: webhook.secret !== null,
  };
}

export function serializeWorkspaceSummary(api: string, workspace: Workspace) {
  return {
    type: "workspace",
    uuid: workspace.uuid,
    name: workspace.name,
    slug: workspace.slug,
    links: createWorkspaceLinks(api, workspace),
  };
}

export function serializeWorkspace(api: string, workspace: Workspace) {
  return {
    ...serializeWorkspaceSummary(api, workspace),
    is_private: true,
    is_privacy_enforced: false,
    forking_mode: "allow_forks",
    created_on: "2024-01-08T09:00:00.000000+00:00",
  };
}

export function serializeProject(api: string, workspace: Workspace, project: Project) {
  return {
    type: "project",
    uuid: project.uuid,
    key: project.key,
    name: project.name,
    description: "",
    is_private: true,
    owner: serializeOwner(api, workspace),
    workspace: serializeWorkspaceSummary(api, workspace),
    created_on: "2024-01-08T09:00:00.000000+00:00",
    links: createProjectLinks(api, workspace, project.key),
  };
}

function serializeOwner(api: string, workspace: Workspace) {
  return {
    type: "team",
    uuid: workspace.uuid,
    username: workspace.slug,
    display_name: workspace.name,
    links: createWorkspaceLinks(api, workspace),
  };
}

/** As in deliveries and other objects' parents: no main branch, no slug. */
export function serializeRepositorySummary(api: string, repository: Repository) {
  const { workspace, project } = repository;
  return {
    type: "repository",
    name: repository.name,
    full_name: fullName(repository),
    uuid: repository.uuid,
    scm: "git",
    website: null,
    is_private: repository.isPrivate,
    owner: serializeOwner(api, workspace),
    workspace: serializeWorkspaceSummary(api, workspace),
    project:
      project === undefined
        ? null
        : {
            type: "project",
            key: project.key,
            name: project.name,
            uuid: project.uuid,
            links: createProjectLinks(api, workspace, project.key),
          },
    links: createRepositoryLinks(api, repository),
  };
}

export function serializeRepository(api: string, repository: Repository) {
  const links = createRepositoryLinks(api, repository);
  const below = (name: string) => ({ href: `${links.self.href}/${name}` });
  return {
    ...serializeRepositorySummary(api, repository),
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
    override_settings: repository.respondWithOverrides,
    links: {
      ...links,
      hooks: below("hooks"),
      clone: createCloneLinks(repository),
      pullrequests: below("pullrequests"),
      commits: below("commits"),
      branches: below("refs/branches"),
      tags: below("refs/tags"),
      forks: below("forks"),
      watchers: below("watchers"),
      downloads: below("downloads"),
      source: below("src"),
    },
  };
}

/** A person, or for an OAuth consumer the team that owns it. */
export function serializeUser(api: string, caller: Credential) {
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
    links: createUserLinks(api, caller.uuid),
  };
}

export function createUserLinks(api: string, uuid: string) {
  const id = encodeURIComponent(uuid);
  return {
    self: { href: `${api}/users/${id}` },
    html: { href: `https://bitbucket.org/${id}/` },
    avatar: { href: `https://bitbucket.org/account/${id}/avatar/` },
  };
}

/** As repositories, pull requests and commits have it: six digits of a second. */
export function formatTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000+00:00");
}
