// How objects look in answers. The origin of the sandbox is part of their links, so each view is made when it is asked for.
import type { Credential } from "./credentials";
import { cloneLinks, hookPath, projectLinks, repositoryLinks, workspaceLinks } from "./links";
import { fullName, type Hook, type Project, type Repository, type Subject, type Workspace } from "./store";
import type { Switches } from "./switches";

/** In the order of keys that was recorded; the secret is in no answer. */
export function hookView(api: string, subject: Subject, hook: Hook, switches: Readonly<Switches>) {
  return {
    type: "webhook_subscription",
    uuid: hook.uuid,
    description: hook.description,
    url: hook.url,
    active: hook.active,
    skip_cert_verification: hook.skipCertVerification,
    events: hook.events,
    created_at: hook.createdAt,
    ...(switches["subject-type"] === "present" ? { subject_type: subject.type } : {}),
    subject:
      subject.type === "repository"
        ? {
            type: "repository",
            name: subject.repository.name,
            full_name: fullName(subject.repository),
            uuid: subject.repository.uuid,
            links: repositoryLinks(api, subject.repository),
          }
        : workspaceStub(api, subject.workspace),
    links: { self: { href: `${api}/${hookPath(subject, hook.uuid)}` } },
    source: null,
    read_only: false,
    history_enabled: hook.historyEnabled,
    secret_set: hook.secret !== null,
  };
}

export function workspaceStub(api: string, workspace: Workspace) {
  return { type: "workspace", uuid: workspace.uuid, name: workspace.name, slug: workspace.slug, links: workspaceLinks(api, workspace) };
}

export function workspaceView(api: string, workspace: Workspace) {
  return {
    ...workspaceStub(api, workspace),
    is_private: true,
    is_privacy_enforced: false,
    forking_mode: "allow_forks",
    created_on: "2024-01-08T09:00:00.000000+00:00",
  };
}

export function projectView(api: string, workspace: Workspace, project: Project) {
  return {
    type: "project",
    uuid: project.uuid,
    key: project.key,
    name: project.name,
    description: "",
    is_private: true,
    owner: ownerOf(api, workspace),
    workspace: workspaceStub(api, workspace),
    created_on: "2024-01-08T09:00:00.000000+00:00",
    links: projectLinks(api, workspace, project.key),
  };
}

function ownerOf(api: string, workspace: Workspace) {
  return {
    type: "team",
    uuid: workspace.uuid,
    username: workspace.slug,
    display_name: workspace.name,
    links: workspaceLinks(api, workspace),
  };
}

/** As in deliveries and other objects' parents: no main branch, no slug. */
export function repositoryInEvent(api: string, repository: Repository) {
  const { workspace, project } = repository;
  return {
    type: "repository",
    name: repository.name,
    full_name: fullName(repository),
    uuid: repository.uuid,
    scm: "git",
    website: null,
    is_private: repository.isPrivate,
    owner: ownerOf(api, workspace),
    workspace: workspaceStub(api, workspace),
    project:
      project === undefined
        ? null
        : { type: "project", key: project.key, name: project.name, uuid: project.uuid, links: projectLinks(api, workspace, project.key) },
    links: repositoryLinks(api, repository),
  };
}

export function repositoryView(api: string, repository: Repository) {
  const links = repositoryLinks(api, repository);
  const below = (name: string) => ({ href: `${links.self.href}/${name}` });
  return {
    ...repositoryInEvent(api, repository),
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
      hooks: below("hooks"),
      clone: cloneLinks(repository),
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
export function userView(api: string, caller: Credential) {
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
    links: userLinks(api, caller.uuid),
  };
}

export function userLinks(api: string, uuid: string) {
  const id = encodeURIComponent(uuid);
  return {
    self: { href: `${api}/users/${id}` },
    html: { href: `https://bitbucket.org/${id}/` },
    avatar: { href: `https://bitbucket.org/account/${id}/avatar/` },
  };
}

/** As repositories, pull requests and commits have it: six digits of a second. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000+00:00");
}
