/** What rules see: all plans together, the Spaces before and after, who uses what, and how objects are called. */
import type { Configuration } from "../../configuration";
import type { Finding, Subject } from "../finding";
import type { PlanMessage, PlanModel, PlannedResource } from "../plan/plan-model";
import type { SpaceTrees } from "../plan/space-tree";
import type { Consumers } from "./consumers";
import type { Webhooks } from "./webhooks";

export interface WaitingPart {
  readonly part: string;
  /** Texts like `Space "Payments" of part spaces`. */
  readonly waitsFor: readonly string[];
  /** How many managed objects of each type its state contains; undefined if nobody read it. */
  readonly stateCounts?: ReadonlyMap<string, number>;
}

export interface RuleContext {
  readonly plans: readonly PlanModel[];
  readonly waiting: readonly WaitingPart[];
  readonly configuration: Configuration | undefined;
  /** The largest share of objects of one type that may be deleted. */
  readonly mostRemovals: number;
  /** Bitlift's resources of all plans, unchanged ones too. */
  readonly changes: readonly PlannedResource[];
  readonly integrations: readonly PlannedResource[];
  readonly spaces: SpaceTrees;
  readonly consumers: Consumers;
  readonly webhooks: Webhooks;
  readonly subjectOf: (change: PlannedResource) => Subject;
  /** For findings about an address that is no resource of a plan, such as one of a message. */
  readonly subjectAt: (part: string, address: string | undefined) => Subject;
  /** What to do in the file about a message of the provider; undefined without a file. */
  readonly adviceAbout: (code: string | undefined, address: string | undefined) => string | undefined;
  readonly planOf: (change: PlannedResource) => PlanModel;
  /** The messages with one of the codes, each with the resource that it is about. */
  readonly messages: (...codes: readonly string[]) => readonly (PlanMessage & { readonly change: PlannedResource | undefined })[];
}

/** A rule is pure: the same plans give the same findings. `earlier` is what the rules before it have found. */
export type Rule = (context: RuleContext, earlier: readonly Finding[]) => Iterable<Finding>;
