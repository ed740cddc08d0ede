/** A plan as the review sees it: typed, reduced to what rules need, and without anything sensitive. */
import type { Backing, BitbucketProduct } from "../../domain";

export type Values = Readonly<Record<string, unknown>>;

/** `none`: unchanged, or only moved or imported. */
export type PlannedAction = "none" | "create" | "update" | "replace" | "delete" | "forget";

/** What a resource type declares, and which providers carry it. */
export type ResourceKind = { readonly backing: Backing } & (
  { readonly kind: "space" } | { readonly kind: "integration" | "webhook"; readonly product: BitbucketProduct }
);

/** One of Bitlift's objects in a plan, of either backing. Attributes have the names that Bitlift's own provider gives them. */
export interface PlannedResource {
  readonly part: string;
  readonly address: string;
  /** The address before a move; undefined without one. */
  readonly previousAddress: string | undefined;
  readonly type: string;
  readonly resource: ResourceKind;
  readonly action: PlannedAction;
  /** Only for `replace`: whether the new object is created before the old one is deleted. */
  readonly createsFirst: boolean;
  /** The engine's word for why it replaces or deletes, such as `replace_because_cannot_update`. */
  readonly reason: string | undefined;
  /** The attributes that force a replacement. */
  readonly replacePaths: readonly string[];
  readonly before: Values | undefined;
  readonly after: Values | undefined;
  /** Names of attributes that are known after apply. */
  readonly unknown: ReadonlySet<string>;
  /** Names of attributes that differ or are known after apply; only for `update` and `replace`. */
  readonly changed: ReadonlySet<string>;
  /** What people call the object: its name, or its repository. */
  readonly label: string | undefined;
  /** The ID or the identity by which the object is imported. */
  readonly imported: string | undefined;
  readonly isDeposed: boolean;
  /** Whether the engine generates the configuration of an import. */
  readonly hasGeneratedConfiguration: boolean;
}

/** An object as the state has it: a resource, or a data source that was read. */
export interface StateObject {
  readonly part: string;
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  readonly values: Values;
}

/** A stack or module that reads through an integration. */
export interface KnownConsumer {
  readonly kind: "stack" | "module";
  readonly id: string;
  readonly name: string;
  readonly product: BitbucketProduct;
  /** Empty for the default integration of the account, if nothing says which one that is. */
  readonly integrationId: string;
  /** Null if it is not known. */
  readonly spaceId: string | null;
  /** Workspace or project, and repository. */
  readonly namespace: string | null;
  readonly repository: string;
}

/** A message of the plan. The texts of Bitlift's provider are split; those of others are in `why`. */
export interface PlanMessage {
  readonly part: string;
  readonly severity: "error" | "warning";
  /** Undefined for a message of the engine or another provider. */
  readonly code: string | undefined;
  readonly address: string | undefined;
  readonly summary: string;
  readonly why: string;
  readonly fix: string | undefined;
}

/** An object that a check block, a condition or a test of the configuration is about. */
export interface FailedCheck {
  readonly address: string;
  readonly status: "fail" | "error" | "unknown";
  readonly messages: readonly string[];
}

/** A provider's action that the apply invokes. */
export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  /** The resource whose change triggers it. */
  readonly trigger: string | undefined;
}

export interface PlanModel {
  readonly part: string;
  /** Where the plan comes from, for messages: the name of a file. */
  readonly source: string;
  readonly formatVersion: string;
  readonly engineVersion: string | undefined;
  readonly errored: boolean;
  /** False if the plan is known to leave something out: a target, or deferred changes. */
  readonly complete: boolean;
  /** Every one of Bitlift's managed objects in the plan, unchanged ones too. */
  readonly changes: readonly PlannedResource[];
  /** What somebody changed outside: the state before as `before`, the real object as `after`. */
  readonly drift: readonly PlannedResource[];
  /** Changes of other resources. */
  readonly otherChanges: readonly {
    readonly type: string;
    readonly action: PlannedAction;
    readonly isMoved: boolean;
    readonly isImported: boolean;
  }[];
  /** Bitlift's objects in the state before the plan. */
  readonly state: readonly StateObject[];
  /** Stacks and modules in the state. */
  readonly consumers: readonly KnownConsumer[];
  /** How many managed objects of each type the state contains, of all providers. */
  readonly stateCounts: ReadonlyMap<string, number>;
  readonly failedChecks: readonly FailedCheck[];
  readonly actions: readonly ActionInvocation[];
  readonly changedOutputs: readonly string[];
  /** For the attributes of a resource in the configuration: the addresses of resources that they take their values from. */
  readonly references: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
  /** Undefined if the log of the plan was not given: then nothing is known about warnings. */
  readonly messages: readonly PlanMessage[] | undefined;
}
