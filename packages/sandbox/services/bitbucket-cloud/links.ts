// Addresses in answers: the API's are the sandbox's own, those for people are Bitbucket's and lead nowhere from here.
import { fullName, type Repository, type Subject, type Workspace } from "./store";

const SITE = "https://bitbucket.org";

/** `%7B…%7D`, as Bitbucket writes them in links. */
export function encodeUuid(uuid: string): string {
  return encodeURIComponent(uuid);
}

export function createRepositoryLinks(api: string, repository: Repository) {
  const name = fullName(repository);
  return {
    self: { href: `${api}/repositories/${name}` },
    html: { href: `${SITE}/${name}` },
    avatar: { href: `https://bytebucket.org/ravatar/${encodeUuid(repository.uuid)}?ts=default` },
  };
}

export function createWorkspaceLinks(api: string, workspace: Workspace) {
  return {
    self: { href: `${api}/workspaces/${workspace.slug}` },
    html: { href: `${SITE}/${workspace.slug}/` },
    avatar: { href: `${SITE}/workspaces/${workspace.slug}/avatar/` },
  };
}

export function createProjectLinks(api: string, workspace: Workspace, key: string) {
  return {
    self: { href: `${api}/workspaces/${workspace.slug}/projects/${key}` },
    html: { href: `${SITE}/${workspace.slug}/workspace/projects/${key}` },
    avatar: { href: `${SITE}/account/user/${workspace.slug}/projects/${key}/avatar/32` },
  };
}

export function webhookPath(subject: Subject, uuid: string): string {
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
