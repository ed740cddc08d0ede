// The emulated Spacelift's state: plain data, and who asks for what. Behaviour is in the files named for the nouns.
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

/** The two that are played; the others' stacks are left alone. */
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
  /** One of the two on Cloud, by the form of the credential; the user name on Data Center. */
  email: string | null;
  username: string | null;
  /** API token, app password or access token; write-only. */
  credential: string;
  /** Data Center only. */
  apiHost: string | null;
  userFacingHost: string | null;
  readonly createdAt: number;
}

/** What stacks and modules have in common: where their source is, and who may see them. */
export interface Sourced {
  readonly id: string;
  name: string;
  space: string;
  provider: VcsProvider;
  namespace: string;
  repository: string;
  branch: string;
  labels: readonly string[];
  /** Null when detached. For providers that are not played, whatever was given. */
  vcsIntegrationId: string | null;
  readonly createdAt: number;
  /** Everything else of the input, as it was given last. */
  settings: Readonly<Record<string, unknown>>;
}

export interface Stack extends Sourced {
  readonly managesStateFile: boolean;
}

export interface Module extends Sourced {
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
  /** The integration whose delivery started it; null when somebody triggered it. */
  readonly integration: string | null;
}

/** One received webhook call. */
export interface Delivery {
  readonly time: string;
  readonly provider: BitbucketProvider;
  /** Null when the address belongs to no integration. */
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
  /** ISO, whatever form the delivery had; missing when it said nothing readable. */
  readonly updated?: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly roles: Roles;
}

/** A ready-made token, as runs get theirs. */
export interface SeededToken {
  readonly id: string;
  /** Undefined: the sandbox makes one; GET state shows where to find it. */
  readonly token: string | undefined;
  readonly roles: Roles;
  /** Of a token that a run got: `<stack>/<run>`. */
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
  /** By `integrationKey`: an id is unique per provider only. */
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

/** What every operation needs besides its arguments. */
export interface Scope {
  readonly account: Account;
  readonly caller: Caller;
  readonly switches: Readonly<Switches>;
  readonly clock: Clock;
  /** Where Bitbucket delivers to. */
  webhooksOrigin(): string;
  /** Shown in the request log. */
  mark(name: string): void;
}
