// The state of the emulated Spacelift, as plain data. The files named for the nouns contain the rules.
import type { Clock } from "../../core/clock";
import type { Switches } from "./switches";

export const LEVELS = ["none", "reader", "writer", "admin"] as const;
export type Level = (typeof LEVELS)[number];
export type Roles = Readonly<Record<string, Exclude<Level, "none">>>;

export interface Space {
  readonly id: string;
  name: string;
  description: string;
  /** Null for `root` only. */
  parentSpace: string | null;
  inheritEntities: boolean;
  labels: readonly string[];
}

export type VcsProvider =
  | "AZURE_DEVOPS"
  | "BITBUCKET_CLOUD"
  | "BITBUCKET_DATACENTER"
  | "GIT"
  | "GITHUB"
  | "GITHUB_ENTERPRISE"
  | "GITLAB"
  | "SHOWCASE"
  | "SPACELIFT";

/** The two providers that are emulated. Stacks of other providers are only stored. */
export type BitbucketProvider = "BITBUCKET_CLOUD" | "BITBUCKET_DATACENTER";

export type VcsChecks = "INDIVIDUAL" | "AGGREGATED" | "ALL";

export interface Integration {
  readonly provider: BitbucketProvider;
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  spaceId: string;
  description: string;
  labels: readonly string[];
  vcsChecks: VcsChecks;
  useGitCheckout: boolean;
  webhookSecret: string;
  /** On Cloud, either the email or the user name is set, depending on the form of the credential; on Data Center, the user name. */
  email: string | null;
  username: string | null;
  /** An API token, app password or access token; write-only. */
  credential: string;
  /** Data Center only. */
  apiHost: string | null;
  userFacingHost: string | null;
  readonly createdAt: number;
}

/** The fields that a stack and a module have in common. */
export interface Consumer {
  readonly id: string;
  name: string;
  space: string;
  provider: VcsProvider;
  namespace: string;
  repository: string;
  branch: string;
  labels: readonly string[];
  /** Null if detached. For providers that are not emulated, the given value. */
  vcsIntegrationId: string | null;
  readonly createdAt: number;
  /** The latest input, for all fields without a rule. */
  settings: Readonly<Record<string, unknown>>;
}

export interface Stack extends Consumer {
  readonly managesStateFile: boolean;
}

export interface Module extends Consumer {
  readonly terraformProvider: string;
  shares: readonly string[];
}

export type RunType = "TRACKED" | "PROPOSED";

export interface Run {
  readonly id: string;
  readonly stack: string;
  readonly type: RunType;
  readonly state: string;
  readonly branch: string;
  readonly commit: string;
  readonly triggeredBy: string;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  /** The integration whose delivery started the run; null if it was triggered manually. */
  readonly integration: string | null;
}

/** A delivery that arrived. */
export interface Delivery {
  readonly time: string;
  readonly provider: BitbucketProvider;
  /** Null if the address does not belong to an integration. */
  readonly integration: string | null;
  readonly path: string;
  readonly event: string;
  readonly repository: string | null;
  readonly signature: "valid" | "invalid" | "missing" | "not checked";
  readonly status: number;
  readonly effect: { readonly runs: readonly string[]; readonly pullRequest?: PullRequestEvent; readonly note?: string };
}

export interface PullRequestEvent {
  readonly event: string;
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** ISO 8601 for every form of delivery; undefined if the delivery has no readable time. */
  readonly updated?: string | undefined;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly roles: Roles;
}

/** A token from the seed, like the token of a run. */
export interface SeededToken {
  readonly id: string;
  /** Undefined if the sandbox issues the token. */
  readonly token: string | undefined;
  readonly roles: Roles;
  /** For the token of a run: `<stack>/<run>`. */
  readonly subject: string;
}

export interface AgentPool {
  readonly id: string;
  name: string;
  description: string | null;
}

export interface Account {
  readonly name: string;
  readonly ulid: string;
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly tokens: readonly SeededToken[];
  readonly spaces: Map<string, Space>;
  /** By `integrationKey`, because an id is unique only within a provider. */
  readonly integrations: Map<string, Integration>;
  readonly stacks: Map<string, Stack>;
  readonly modules: Map<string, Module>;
  readonly agentPools: Map<string, AgentPool>;
  readonly runs: Run[];
  readonly deliveries: Delivery[];
}

export function integrationKey(provider: BitbucketProvider, id: string): string {
  return `${provider}/${id}`;
}

export function isBitbucket(provider: VcsProvider): provider is BitbucketProvider {
  return provider === "BITBUCKET_CLOUD" || provider === "BITBUCKET_DATACENTER";
}

export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly roles: Roles;
}

/** What every operation of a caller needs, in addition to its arguments. */
export interface Scope {
  readonly account: Account;
  readonly caller: Caller;
  readonly switches: Readonly<Switches>;
  readonly clock: Clock;
  /** The origin of webhook addresses. */
  webhooksOrigin(): string;
  /** Adds a mark to the entry in the request log. */
  mark(name: string): void;
}
