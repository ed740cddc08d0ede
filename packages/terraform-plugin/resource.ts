/** What an author of a resource or data source writes: one declaration, and a handler per operation. */
import type { Diagnostic } from "../diagnostics";
import type { Attributes } from "./schema/attributes";
import type { Config, Draft, Plan, State, Stored } from "./schema/infer";
import type { ObjectValue } from "./schema/value";

/** Read returns this when the remote system says that the object does not exist; the next plan creates it again. */
export const gone = Symbol("gone");
export type Gone = typeof gone;

/** Collects what a person should read. An error makes the operation fail after the handler returns; throw a Problem to stop at once. */
export interface Report {
  add(diagnostic: Diagnostic): void;
}

/**
 * Thrown by `create` when the object exists but is not finished: the engine stores the state, marks the object as tainted, and replaces it
 * with the next apply. `state` has the same shape as the handler's result.
 */
export class PartiallyCreated extends Error {
  constructor(
    readonly state: object,
    readonly diagnostic: Diagnostic,
  ) {
    super(`${diagnostic.summary}: ${diagnostic.why}`);
    this.name = "PartiallyCreated";
  }
}

/** Structured log, shown when TF_LOG or TF_LOG_PROVIDER asks for it. Fields must never hold secrets. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * The engine's private data of one object: JSON that people do not see and that is not encrypted.
 * What a handler leaves in it is stored; the runtime carries it from read to plan to apply.
 * A destroy-first replacement hands the private data that was planned for the new object to `delete` of the old one.
 */
export interface PrivateData {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** What every handler that may call the remote system receives. */
export interface Context<Api> {
  /** The value that the provider's `configure` returned. */
  readonly api: Api;
  readonly report: Report;
  readonly log: Log;
  /** Aborted when the engine asks the provider to stop. */
  readonly signal: AbortSignal;
}

export interface ValidateContext<A extends Attributes> {
  readonly config: Config<A>;
  readonly report: Report;
}

export interface PlanContext<A extends Attributes, Api> extends Context<Api> {
  readonly config: Config<A>;
  /** The refreshed state; null for a create, and for the create half of a replacement. */
  readonly prior: Stored<A> | null;
  /**
   * The plan so far: configuration, declared defaults, prior values of `useStateForUnknown` attributes; other computed values are UNKNOWN
   * when anything changes. The handler may set computed and optionalComputed attributes.
   */
  readonly draft: Draft<A>;
  /** Whether the draft differs from the prior state (always true without one). */
  readonly changed: boolean;
  readonly private: PrivateData;
  /** Ask for a replacement because of this attribute, beyond what its declaration says. */
  readonly replace: (attribute: keyof A & string) => void;
  /** True when the replacement of this object is certain so far (declared `requiresReplace` attributes that change). */
  readonly replacing: boolean;
}

export interface PlanDeleteContext<A extends Attributes, Api> extends Context<Api> {
  readonly prior: Stored<A>;
  readonly private: PrivateData;
}

export interface CreateContext<A extends Attributes, Api> extends Context<Api> {
  readonly config: Config<A>;
  readonly plan: Plan<A>;
  /** Starts with what the plan left in it. */
  readonly private: PrivateData;
}

export interface ReadContext<A extends Attributes, Api> extends Context<Api> {
  readonly state: Stored<A>;
  readonly private: PrivateData;
}

export interface UpdateContext<A extends Attributes, Api> extends Context<Api> {
  readonly config: Config<A>;
  readonly prior: Stored<A>;
  readonly plan: Plan<A>;
  readonly private: PrivateData;
}

export interface DeleteContext<A extends Attributes, Api> extends Context<Api> {
  readonly prior: Stored<A>;
  /** The state's private data; in a destroy-first replacement, what was planned for the new object. */
  readonly private: PrivateData;
}

/** How an existing object is named in `terraform import`. */
export interface ImportId<A extends Attributes> {
  /** For people: `<workspace>/<repository>/{uuid}`. */
  readonly format: string;
  /** The attributes that Read needs; throws a Problem when the text has another form. */
  parse(id: string): Partial<Stored<A>>;
}

/** One step of a state's history: the state of `version` as stored, to the form of `version + 1`. */
export type Upgrade = (stored: ObjectValue) => ObjectValue;

/** One resource, declared once. */
export interface Resource<A extends Attributes, Api> {
  /** Without the provider's name: `space`. */
  readonly type: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown, below the summary on the reference page. */
  readonly description?: string;
  readonly attributes: A;
  /** What its own rules raise, for the reference page; what any remote call or argument can raise comes on top. */
  readonly raises?: readonly string[];
  readonly importId: ImportId<A>;
  /** Version of the stored form; 0 unless it has changed. */
  readonly version?: number;
  /** `upgrades[n]` takes the form of version n to n + 1. */
  readonly upgrades?: readonly Upgrade[];
  /** Rules between attributes; called with what the user wrote, without remote calls. */
  validate?(context: ValidateContext<A>): void | Promise<void>;
  /** Plan of a create or an update. */
  plan?(context: PlanContext<A, Api>): void | Promise<void>;
  /** Plan of a delete: warnings, and errors that stop it. Called for the old object of a replacement too when the provider requires it. */
  planDelete?(context: PlanDeleteContext<A, Api>): void | Promise<void>;
  /** Creates the object. Returns the plan with what was undecided filled in and nothing else changed. */
  create(context: CreateContext<A, Api>): Promise<State<A>>;
  /** The object as it is; null for what cannot be read (and is not in the state either, after an import). */
  read(context: ReadContext<A, Api>): Promise<Stored<A> | Gone>;
  /** Like create. When it throws, the prior state stays. */
  update(context: UpdateContext<A, Api>): Promise<State<A>>;
  delete(context: DeleteContext<A, Api>): Promise<void>;
}

export interface ReadDataContext<A extends Attributes, Api> extends Context<Api> {
  /** Wholly known. */
  readonly config: Config<A>;
}

/** One data source, declared once. */
export interface DataSource<A extends Attributes, Api> {
  readonly type: string;
  readonly summary: string;
  readonly description?: string;
  readonly attributes: A;
  /** As for resources. */
  readonly raises?: readonly string[];
  validate?(context: ValidateContext<A>): void | Promise<void>;
  read(context: ReadDataContext<A, Api>): Promise<State<A>>;
}

/** A resource of any shape, as lists hold it. Only the runtime looks inside. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the list forgets the attribute types that each declaration was checked with
export type AnyResource<Api> = Resource<any, Api>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
export type AnyDataSource<Api> = DataSource<any, Api>;

/** Fixes the type of `api`, and infers the attribute types of each declaration. */
export function resourceFor<Api>() {
  return <A extends Attributes>(declaration: Resource<A, Api>): Resource<A, Api> => declaration;
}

/** The same for data sources. */
export function dataSourceFor<Api>() {
  return <A extends Attributes>(declaration: DataSource<A, Api>): DataSource<A, Api> => declaration;
}
