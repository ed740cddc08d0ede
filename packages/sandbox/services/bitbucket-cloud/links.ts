// Links in responses. Links to the API point to the sandbox; links to web pages point to bitbucket.org and do not work here.
import { fullName, type Repository, type Subject, type Workspace } from "./store";

const SITE = "https://bitbucket.org";

/** Bitbucket writes UUIDs as `%7B…%7D` in links. */
export function encodeUuid(uuid: string): string {
  return encodeURIComponent(uuid);
}

export function createRepositoryLinks(apiUrl: string, repository: Repository) {
  const name = fullName(repository);
  return {
    self: { href: `${apiUrl}/repositories/${name}` },
    html: { href: `${SITE}/${name}` },
    avatar: { href: `https://bytebucket.org/ravatar/${encodeUuid(repository.uuid)}?ts=default` },
  };
}

export function createWorkspaceLinks(apiUrl: string, workspace: Workspace) {
  return {
    self: { href: `${apiUrl}/workspaces/${workspace.slug}` },
    html: { href: `${SITE}/${workspace.slug}/` },
    avatar: { href: `${SITE}/workspaces/${workspace.slug}/avatar/` },
  };
}

export function createProjectLinks(apiUrl: string, workspace: Workspace, key: string) {
  return {
    self: { href: `${apiUrl}/workspaces/${workspace.slug}/projects/${key}` },
    html: { href: `${SITE}/${workspace.slug}/workspace/projects/${key}` },
    avatar: { href: `${SITE}/account/user/${workspace.slug}/projects/${key}/avatar/32` },
  };
}

export function buildWebhookPath(subject: Subject, uuid: string): string {
  const owner = subject.type === "repository" ? `repositories/${fullName(subject.repository)}` : `workspaces/${subject.workspace.slug}`;
  return `${owner}/hooks/${encodeUuid(uuid)}`;
}

export function createCloneLinks(repository: Repository) {
  const name = fullName(repository);
  return [
    { name: "https", href: `${SITE}/${name}.git` },
    { name: "ssh", href: `git@bitbucket.org:${name}.git` },
  ];
}
