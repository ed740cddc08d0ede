// Objects as JSON for responses. Links contain the origin of the sandbox, which is known only once it listens.
import { parsedUrl } from "../../core/parsed-url";
import type { Project, Repository, Subject, User, Webhook } from "./store";
import type { Switches } from "./switches";
import { isAtLeast, SINCE } from "./version";

/** What the JSON of an object depends on, in addition to the object. */
export interface SerializerContext {
  /** Origin and context path of the server. */
  readonly baseUrl: string;
  readonly switches: Readonly<Switches>;
}

/**
 * Keys are in the recorded order. Every caller that can read a webhook sees its secret in clear text.
 * @param rotation differs between responses, for random event order
 */
export function serializeWebhook({ switches }: SerializerContext, subject: Subject["type"], webhook: Webhook, rotation: number) {
  const date = createRestDateFormatter(switches);
  const hasNewFields = isAtLeast(switches.version, SINCE.newWebhookFields);
  return {
    id: webhook.id,
    name: webhook.name,
    createdDate: date(webhook.createdDate),
    updatedDate: date(webhook.updatedDate),
    events: switches["event-order"] === "random" ? rotate(webhook.events, rotation) : webhook.events,
    configuration: webhook.configuration,
    credentials: hasNewFields && webhook.credentials !== null ? { username: webhook.credentials.username } : undefined,
    url: webhook.url,
    active: webhook.active,
    scopeType: hasNewFields ? subject : undefined,
    sslVerificationRequired: hasNewFields ? webhook.sslVerificationRequired : undefined,
  };
}

/** For dates in REST responses. The format in deliveries depends on the version. */
export function createRestDateFormatter(switches: Readonly<Switches>): (time: number) => number | string {
  return (time) => (switches["rest-timestamps"] === "iso" ? new Date(time).toISOString() : time);
}

/** Consecutive responses never have the same order. */
function rotate(events: readonly string[], rotation: number): readonly string[] {
  const first = rotation % events.length;
  return [...events.slice(first), ...events.slice(0, first)];
}

export function serializeProject(context: SerializerContext, project: Project) {
  return {
    key: formatProjectKey(context, project),
    id: project.id,
    name: project.name,
    description: project.description === "" ? undefined : project.description,
    public: project.isPublic,
    type: project.owner === undefined ? "NORMAL" : "PERSONAL",
    owner: project.owner === undefined ? undefined : serializeUser(context, project.owner),
    links: { self: [{ href: `${context.baseUrl}${buildProjectPagePath(project)}` }] },
  };
}

export function serializeRepository(context: SerializerContext, repository: Repository) {
  const { project, slug } = repository;
  const clone = `${project.key.toLowerCase()}/${slug}.git`;
  return {
    slug,
    id: repository.id,
    name: repository.name,
    description: repository.description === "" ? undefined : repository.description,
    hierarchyId: deriveHierarchyId(repository.id),
    scmId: "git",
    state: "AVAILABLE",
    statusMessage: "Available",
    forkable: repository.forkable,
    project: serializeProject(context, project),
    public: repository.isPublic,
    archived: repository.archived,
    links: {
      clone: [
        { href: `${context.baseUrl}/scm/${clone}`, name: "http" },
        { href: `ssh://git@${parseHostName(context.baseUrl)}:7999/${clone}`, name: "ssh" },
      ],
      self: [{ href: `${context.baseUrl}${buildProjectPagePath(project)}/repos/${slug}/browse` }],
    },
  };
}

export function serializeUser({ baseUrl }: SerializerContext, user: User) {
  return {
    name: user.name,
    emailAddress: user.emailAddress,
    active: true,
    displayName: user.displayName,
    id: user.id,
    slug: user.name,
    type: "NORMAL",
    links: { self: [{ href: `${baseUrl}/users/${user.name}` }] },
  };
}

function formatProjectKey({ switches }: SerializerContext, project: Project): string {
  return switches["personal-keys"] === "upper-case" ? project.key.toUpperCase() : project.key;
}

function buildProjectPagePath(project: Project): string {
  return project.owner === undefined ? `/projects/${project.key}` : `/users/${project.owner.name}`;
}

function parseHostName(url: string): string {
  return parsedUrl(url)?.hostname ?? "";
}

/** 20 hex digits, always the same for a repository. */
function deriveHierarchyId(id: number): string {
  return (id * 0x9e3779b1).toString(16).padStart(20, "e3c939f9ef4a7fae");
}
