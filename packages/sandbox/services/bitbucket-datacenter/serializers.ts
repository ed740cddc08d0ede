// How objects look in responses. The origin of the sandbox is part of their links, so each view is made when it is asked for.
import type { Webhook, Project, Repository, Subject, User } from "./store";
import type { Switches } from "./switches";
import { isAtLeast, SINCE } from "./version";

/** What views depend on beside the object. */
export interface SerializerContext {
  /** Of the server, with its context path. */
  readonly baseUrl: string;
  readonly switches: Readonly<Switches>;
}

/** In the order of keys that was recorded. The secret is in clear text: whoever may read a webhook may read it. */
export function serializeWebhook(
  { switches }: SerializerContext,
  subject: Subject["type"],
  webhook: Webhook,
  turn: number,
  more: Readonly<Record<string, unknown>> = {},
) {
  const date = restDateFormatter(switches);
  const newer = isAtLeast(switches.version, SINCE.newWebhookFields);
  return {
    id: webhook.id,
    name: webhook.name,
    createdDate: date(webhook.createdDate),
    updatedDate: date(webhook.updatedDate),
    events: switches["event-order"] === "random" ? rotate(webhook.events, turn) : webhook.events,
    configuration: webhook.configuration,
    ...(newer && webhook.credentials !== null ? { credentials: { username: webhook.credentials.username } } : {}),
    url: webhook.url,
    active: webhook.active,
    ...(newer ? { scopeType: subject, sslVerificationRequired: webhook.sslVerificationRequired } : {}),
    ...more,
  };
}

/** How dates are written in responses; deliveries follow the version. */
export function restDateFormatter(switches: Readonly<Switches>): (time: number) => number | string {
  return (time) => (switches["rest-timestamps"] === "iso" ? new Date(time).toISOString() : time);
}

/** Two responses in a row never have the same order. */
function rotate(events: readonly string[], turn: number): readonly string[] {
  const at = turn % events.length;
  return [...events.slice(at), ...events.slice(0, at)];
}

export function serializeProject(seen: SerializerContext, project: Project) {
  return {
    key: displayedKey(seen, project),
    id: project.id,
    name: project.name,
    ...(project.description === "" ? {} : { description: project.description }),
    public: project.isPublic,
    type: project.owner === undefined ? "NORMAL" : "PERSONAL",
    ...(project.owner === undefined ? {} : { owner: serializeUser(seen, project.owner) }),
    links: { self: [{ href: `${seen.baseUrl}${projectPagePath(project)}` }] },
  };
}

export function serializeRepository(seen: SerializerContext, repository: Repository) {
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
    project: serializeProject(seen, project),
    public: repository.isPublic,
    archived: repository.archived,
    links: {
      clone: [
        { href: `${seen.baseUrl}/scm/${clone}`, name: "http" },
        { href: `ssh://git@${hostName(seen.baseUrl)}:7999/${clone}`, name: "ssh" },
      ],
      self: [{ href: `${seen.baseUrl}${projectPagePath(project)}/repos/${slug}/browse` }],
    },
  };
}

export function serializeUser({ baseUrl: base }: SerializerContext, user: User) {
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

function displayedKey({ switches }: SerializerContext, project: Project): string {
  return switches["personal-keys"] === "upper-case" ? project.key.toUpperCase() : project.key;
}

function projectPagePath(project: Project): string {
  return project.owner === undefined ? `/projects/${project.key}` : `/users/${project.owner.name}`;
}

function hostName(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : "";
}

/** Twenty hex digits, the same for the same repository. */
function hierarchyId(id: number): string {
  return (id * 0x9e3779b1).toString(16).padStart(20, "e3c939f9ef4a7fae");
}
