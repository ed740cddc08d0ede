/** What the author of a resource or data source writes: one declaration, and a handler for each operation. */
import type { Diagnostic } from "../diagnostics";
import type { Attributes } from "./schema/attributes";
import type { Config, Draft, Plan, State, StoredState } from "./schema/infer";
import type { ObjectValue } from "./schema/value";

/** Returned by `read` when the remote system says that the object does not exist. The next plan creates it again. */
export const gone = Symbol("gone");
export type Gone = typeof gone;

/** Collects diagnostics that people read. An error makes the operation fail after the handler returns; throw a Problem to stop immediately. */
export interface Report {
  add(diagnostic: Diagnostic): void;
}

/**
 * Thrown by `create` if the object exists but is incomplete. The engine stores the state, marks the object as tainted, and replaces it during the
 * next apply. `state` has the same shape as the handler's result.
 */
export class PartiallyCreated extends Error {
  readonly state: object;
  readonly diagnostic: Diagnostic;

  constructor(state: object, diagnostic: Diagnostic) {
    super(`${diagnostic.summary}: ${diagnostic.why}`);
    this.name = "PartiallyCreated";
    this.state = state;
    this.diagnostic = diagnostic;
  }
}

/** Structured log. The engine shows the lines that TF_LOG or TF_LOG_PROVIDER selects by their level. Never log secrets. */
export interface Log {
  /** Whether lines of this level are written. If not, their texts need not be computed. */
  includes(level: "debug" | "info" | "warn"): boolean;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Private state of one object: JSON values that the engine stores together with the state. People do not see it, but it is not encrypted.
 * It passes from read to plan to apply, with the changes that handlers make.
 */
export interface PrivateState {
  get(key: string): unknown;
  /** The value must be serializable as JSON. */
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** What every handler that may call the remote system receives. */
export interface Context<Api> {
  /** The value that the provider's `configure` returned. */
  readonly api: Api;
  readonly report: Report;
  readonly log: Log;
  /** Aborted when the engine requests a stop. */
  readonly signal: AbortSignal;
}

/** What most handlers of a resource receive in addition. */
export interface PrivateStateContext {
  /**
   * The private state of the object. `create` and `update` receive it as `plan` left it. In a replacement that destroys first, `delete`
   * receives the private state planned for the new object.
   */
  readonly privateState: PrivateState;
}

export interface ValidateContext<A extends Attributes> {
  readonly config: Config<A>;
  readonly report: Report;
}

export interface PlanContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly config: Config<A>;
  /** The refreshed state. Null for a create, and for the create half of a replacement. */
  readonly prior: StoredState<A> | null;
  /**
   * The plan so far: configuration, defaults, and prior values of `useStateForUnknown` and unset `optionalComputed` attributes. If anything
   * changes, all other computed attributes are UNKNOWN. You may assign to computed attributes, and to unset `defaulted` and `optionalComputed` ones.
   */
  readonly draft: Draft<A>;
  /** Whether the draft differs from the prior state. Always true for a create. */
  readonly changed: boolean;
  /** For the create half of a replacement: the private state of the object that it replaces. Otherwise empty. */
  readonly replacedPrivateState: Pick<PrivateState, "get">;
  /** Requires a replacement because this attribute changes, in addition to attributes declared with `requiresReplace`. */
  readonly replace: (attribute: keyof A & string) => void;
  /** Plans the change of this `requiresReplace` attribute in place: both values name the same object. */
  readonly inPlace: (attribute: keyof A & string) => void;
  /** Whether a change of a `requiresReplace` attribute already requires a replacement. */
  readonly replacing: boolean;
  /**
   * Whether this plan is part of an apply, in which engines plan every change again. Terraform 1.9 and later say so; with other engines, it is
   * false until the first apply of the walk.
   */
  readonly applying: boolean;
  /**
   * Resolves when no other handler has run for a moment, so the engine has probably sent all calls of a plan: the protocol does not announce the
   * end. Handlers that wait here do not wait for each other.
   */
  readonly settled: () => Promise<void>;
}

export interface PlanDeleteContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly prior: StoredState<A>;
}

export interface CreateContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly config: Config<A>;
  readonly plan: Plan<A>;
}

export interface ReadContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly state: StoredState<A>;
}

export interface UpdateContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly config: Config<A>;
  readonly prior: StoredState<A>;
  readonly plan: Plan<A>;
}

export interface DeleteContext<A extends Attributes, Api> extends Context<Api>, PrivateStateContext {
  readonly prior: StoredState<A>;
}

/** Values of the identity by the names of its attributes, all of them text. */
export type IdentityTexts = Readonly<Record<string, string>>;

/** Details of the import ID. Without them, it is every value of the identity, joined by slashes, and any text is valid. */
export interface ImportId<Api> {
  /** For people, if it differs from the names of the attributes in angle brackets: `<workspace>/<repository>/{uuid}`. */
  readonly format?: string;
  /** For the message about an invalid ID: what to use, with an example. Completes "Use …". */
  readonly advice?: string;
  /** Validates the values, and converts them to the form that the state contains. Returns undefined if a value is invalid. */
  parse?(values: IdentityTexts): IdentityTexts | undefined;
  /** Finds the last value of the identity if the user gave only the others. Throws a Problem if there is not exactly one. */
  complete?(context: Context<Api> & { readonly values: IdentityTexts }): Promise<string>;
}

/** Converts a stored state of one version to the next version. */
export type Upgrade = (stored: ObjectValue) => ObjectValue;

/**
 * A resource type of another provider whose objects this resource can take over: a `moved` block from that type to this one.
 * Engines support it since Terraform 1.8 and OpenTofu 1.10.
 */
export interface MoveSource {
  /** The source of the other provider in lower case, without the host of a registry: `<namespace>/<name>`. */
  readonly provider: string;
  /** With the name of the other provider: `spacelift_space`. */
  readonly type: string;
  /** The newest version of the other type's schema that `convert` understands: 0 by default. */
  readonly version?: number;
  /**
   * Converts the attributes of the stored state. The engine calls it before it configures the provider, so no remote system can be called.
   * Attributes that the result does not contain are null; the next read completes them. The result is stored: it must not contain a secret of the
   * other state.
   */
  convert(stored: ObjectValue): ObjectValue;
}

/** One resource. */
export interface Resource<A extends Attributes, Api> {
  /** Without the provider's name: `space`. */
  readonly type: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown, shown below the summary. */
  readonly description?: string;
  readonly attributes: A;
  /** Diagnostic codes that its own rules raise, for reference pages. */
  readonly raises?: readonly string[];
  /**
   * Names of the attributes that identify an object, all of them text, in the order of the import ID. An import sets them, and `read` finds the
   * object by them. Engines since version 1.12 also store them, and accept them one by one in an `import` block.
   */
  readonly identity: readonly [keyof A & string, ...(keyof A & string)[]];
  readonly importId?: ImportId<Api>;
  /**
   * Only to emulate a resource of a provider that uses SDK v2 or an older SDK of Terraform. Engines then accept a plan that differs from the
   * configuration, and a result that differs from the plan; they only log it. Engines receive no identity of such a resource.
   */
  readonly legacyTypeSystem?: boolean;
  /** Version of the state's schema: 0 by default. Increase it when stored states need an upgrade. */
  readonly version?: number;
  /** `upgrades[n]` converts a state of version n to n + 1. */
  readonly upgrades?: readonly Upgrade[];
  /** The resource types of other providers whose objects this resource can take over. Their private state is dropped. */
  readonly movesFrom?: readonly MoveSource[];
  /** Checks rules between attributes of the configuration, without remote calls. */
  validate?(context: ValidateContext<A>): void | Promise<void>;
  /** Completes the plan of a create or an update. */
  plan?(context: PlanContext<A, Api>): void | Promise<void>;
  /** Adds warnings to the plan of a delete, or errors that prevent the delete. Also called for the old object if the provider requires a replacement. */
  planDelete?(context: PlanDeleteContext<A, Api>): void | Promise<void>;
  /** Creates the object. Returns the plan with every UNKNOWN replaced by its value, and no other change. */
  create(context: CreateContext<A, Api>): Promise<State<A>>;
  /** Returns the object's current attributes. For an attribute that cannot be read, return its value in `state`, which is null after an import. */
  read(context: ReadContext<A, Api>): Promise<StoredState<A> | Gone>;
  /** Updates the object. Returns the same as `create`. If it throws, the engine keeps the prior state. */
  update(context: UpdateContext<A, Api>): Promise<State<A>>;
  /** Deletes the object. If it throws or reports an error, the engine keeps the object in the state. */
  delete(context: DeleteContext<A, Api>): Promise<void>;
}

export interface ReadDataContext<A extends Attributes, Api> extends Context<Api> {
  /** Contains no unknown values: the engine reads a data source only when all of them are known. */
  readonly config: Config<A>;
}

/** One data source. */
export interface DataSource<A extends Attributes, Api> {
  /** Without the provider's name: `space`. */
  readonly type: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown, shown below the summary. */
  readonly description?: string;
  readonly attributes: A;
  /** Diagnostic codes that its own rules raise, for reference pages. */
  readonly raises?: readonly string[];
  /** Checks rules between attributes of the configuration, without remote calls. */
  validate?(context: ValidateContext<A>): void | Promise<void>;
  read(context: ReadDataContext<A, Api>): Promise<State<A>>;
}

/** A resource with any attributes, as in a provider's list. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list cannot keep the attribute types that each declaration was checked with
export type AnyResource<Api> = Resource<any, Api>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export type AnyDataSource<Api> = DataSource<any, Api>;

/** Returns a function that declares resources: it fixes the type of `api` and infers the attribute types of each declaration. */
export function resourceFor<Api>() {
  return <A extends Attributes>(declaration: Resource<A, Api>): Resource<A, Api> => declaration;
}

/** Returns a function that declares data sources, like `resourceFor`. */
export function dataSourceFor<Api>() {
  return <A extends Attributes>(declaration: DataSource<A, Api>): DataSource<A, Api> => declaration;
}
