// How objects look in answers. The origin of the sandbox is part of their links, so each view is made when it is asked for.
import type { Hook, Project, Repository, Subject, User } from "./store";
import type { Switches } from "./switches";
import { isSince, SINCE } from "./version";

/** What views depend on beside the object. */
export interface Seen {
  /** Of the server, with its context path. */
  readonly base: string;
  readonly switches: Readonly<Switches>;
}

/** In the order of keys that was recorded. The secret is in clear text: whoever may read a webhook may read it. */
export function hookView(
  { switches }: Seen,
  subject: Subject["type"],
  hook: Hook,
  turn: number,
  more: Readonly<Record<string, unknown>> = {},
) {
  const date = dateIn(switches);
  const newer = isSince(switches.version, SINCE.newWebhookFields);
  return {
    id: hook.id,
    name: hook.name,
    createdDate: date(hook.createdDate),
    updatedDate: date(hook.updatedDate),
    events: switches["event-order"] === "random" ? turned(hook.events, turn) : hook.events,
    configuration: hook.configuration,
    ...(newer && hook.credentials !== null ? { credentials: { username: hook.credentials.username } } : {}),
    url: hook.url,
    active: hook.active,
    ...(newer ? { scopeType: subject, sslVerificationRequired: hook.sslVerificationRequired } : {}),
    ...more,
  };
}

/** How dates are written in answers; deliveries follow the version. */
export function dateIn(switches: Readonly<Switches>): (time: number) => number | string {
  return (time) => (switches["rest-timestamps"] === "iso" ? new Date(time).toISOString() : time);
}

/** Two answers in a row never have the same order. */
function turned(events: readonly string[], turn: number): readonly string[] {
  const at = turn % events.length;
  return [...events.slice(at), ...events.slice(0, at)];
}

export function projectView(seen: Seen, project: Project) {
  return {
    key: shownKey(seen, project),
    id: project.id,
    name: project.name,
    ...(project.description === "" ? {} : { description: project.description }),
    public: project.isPublic,
    type: project.owner === undefined ? "NORMAL" : "PERSONAL",
    ...(project.owner === undefined ? {} : { owner: userView(seen, project.owner) }),
    links: { self: [{ href: `${seen.base}${projectPage(project)}` }] },
  };
}

export function repositoryView(seen: Seen, repository: Repository) {
  const { project, slug } = repository;
  const clone = `${project.key.toLowerCase()}/${slug}.git`;
  return {
    slug,
    id: repository.id,
    name: repository.name,
    ...(repository.description === "" ? {} : { description: repository.description }),
    hierarchyId: hierarchyId(repository.id),
    scmId: "git",
    state: "AVAILABLE",
    statusMessage: "Available",
    forkable: repository.forkable,
    project: projectView(seen, project),
    public: repository.isPublic,
    archived: repository.archived,
    links: {
      clone: [
        { href: `${seen.base}/scm/${clone}`, name: "http" },
        { href: `ssh://git@${hostOf(seen.base)}:7999/${clone}`, name: "ssh" },
      ],
      self: [{ href: `${seen.base}${projectPage(project)}/repos/${slug}/browse` }],
    },
  };
}

export function userView({ base }: Seen, user: User) {
  return {
    name: user.name,
    emailAddress: user.emailAddress,
    active: true,
    displayName: user.displayName,
    id: user.id,
    slug: user.name,
    type: "NORMAL",
    links: { self: [{ href: `${base}/users/${user.name}` }] },
  };
}

function shownKey({ switches }: Seen, project: Project): string {
  return switches["personal-keys"] === "upper-case" ? project.key.toUpperCase() : project.key;
}

function projectPage(project: Project): string {
  return project.owner === undefined ? `/projects/${project.key}` : `/users/${project.owner.name}`;
}

function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : "";
}

/** Twenty hex digits, the same for the same repository. */
function hierarchyId(id: number): string {
  return (id * 0x9e3779b1).toString(16).padStart(20, "e3c939f9ef4a7fae");
}
