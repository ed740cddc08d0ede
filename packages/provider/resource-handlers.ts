/** The types of a resource's handlers, generic over the views of its attributes, so that one implementation serves both Bitbucket products. */
import type { Attributes, Config, Context, Draft, gone, Plan, PrivateState, State, StoredState } from "../terraform-plugin";
import type { Clients } from "./configuration/clients";

/** All views of one declaration. Views of a declaration with more attributes extend those of one with fewer. */
export interface Views<A extends Attributes = Attributes> {
  readonly config: Config<A>;
  readonly draft: Draft<A>;
  readonly plan: Plan<A>;
  readonly stored: StoredState<A>;
  readonly state: State<A>;
}

/** The views of any declaration. */
export type AnyViews = Readonly<Record<keyof Views, object>>;

/** What every operation receives in addition to its values. */
export interface OperationContext extends Context<Clients> {
  readonly privateState: PrivateState;
}

export interface PlanContext<V extends AnyViews> extends OperationContext {
  readonly config: V["config"];
  /** Null for a create. */
  readonly prior: V["stored"] | null;
  /** The plan so far, which the handler completes. */
  readonly draft: V["draft"];
  readonly changed: boolean;
  /** Whether a changed attribute requires a replacement. */
  readonly replacing: boolean;
  /** For the create half of a replacement: the private state as the plan of the old object left it. */
  readonly replacedPrivateState: PrivateState;
}

export interface ReadContext<V extends AnyViews> extends OperationContext {
  readonly state: V["stored"];
}

export interface CreateContext<V extends AnyViews> extends OperationContext {
  readonly config: V["config"];
  readonly plan: V["plan"];
}

export interface UpdateContext<V extends AnyViews> extends CreateContext<V> {
  readonly prior: V["stored"];
}

/** For planning a delete, and for the delete itself. */
export interface DeleteContext<V extends AnyViews> extends OperationContext {
  readonly prior: V["stored"];
}

export interface Handlers<V extends AnyViews> {
  plan(context: PlanContext<V>): Promise<void>;
  planDelete(context: DeleteContext<V>): Promise<void>;
  create(context: CreateContext<V>): Promise<V["state"]>;
  read(context: ReadContext<V>): Promise<V["stored"] | typeof gone>;
  update(context: UpdateContext<V>): Promise<V["state"]>;
  delete(context: DeleteContext<V>): Promise<void>;
}
