/** Connects the webhook resource of one product with the operations that both products share. */
import type { BitbucketProduct } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Attribute, Draft, Plan, StoredState } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import type { PlanContext, Views } from "../resource-handlers";
import type { SharedAttributes } from "./webhook-attributes";

/** The attributes of a webhook as the operations see them, with one name for what the products name differently. */
type ModelAttributes = SharedAttributes & {
  /** Workspace slug or project key. */
  readonly namespace: Attribute<string, "required">;
  readonly verify_certificate: Attribute<boolean, "defaulted">;
  /** `uuid` on Bitbucket Cloud, `webhook_id` on Bitbucket Data Center. */
  readonly id: Attribute<string, "computed">;
};

/** A webhook in the state. After an import, values may be null. */
export type StoredWebhook = StoredState<ModelAttributes>;

/** A webhook while it is planned. Any value may be unknown. */
export type DraftWebhook = Readonly<Omit<Draft<ModelAttributes>, "id">>;

/** A webhook that is created or updated. */
export type PlannedWebhook = Omit<Plan<ModelAttributes>, "id" | "events">;

/** The values that a create or an update adds to its plan. */
export interface AppliedWebhook {
  readonly id: string;
  readonly title: string;
  readonly events: readonly string[];
}

/** The values that a read changes in the state. */
export type ReadWebhook = Omit<StoredWebhook, "namespace" | "repository" | "id">;

export type WebhookViews = Views<SharedAttributes>;

/** Facts about one product. */
export interface ProductFacts {
  readonly product: BitbucketProduct;
  /** The argument with the workspace or project, for messages. */
  readonly namespaceArgument: string;
  /** Keys of the events that Spacelift needs. */
  readonly requiredEvents: readonly string[];
  /** An error if the server does not support one of the events. Checked at plan, and again before a write. */
  readonly checkServer?: (api: Clients, events: readonly string[]) => Promise<Diagnostic | undefined>;
  /** The server, for a product with several servers: webhook IDs of one server mean nothing on another. */
  readonly serverUrl?: (api: Clients) => string;
}

/** `V`: the views of the product's attributes. */
export interface WebhookAdapter<V extends WebhookViews> extends ProductFacts {
  readonly toModel: (stored: V["stored"]) => StoredWebhook;
  readonly toDraftModel: (draft: V["draft"]) => DraftWebhook;
  readonly toPlannedModel: (plan: V["plan"]) => PlannedWebhook;
  readonly toStored: (state: V["stored"], read: ReadWebhook) => V["stored"];
  readonly toState: (plan: V["plan"], applied: AppliedWebhook) => V["state"];
  /** Marks the webhook's ID as known after apply. */
  readonly resetId: (draft: V["draft"]) => void;
  /** Plans a change of the arguments that name the repository in place, for a product that names one repository in several ways. */
  readonly keepRepository?: (context: PlanContext<V>) => void;
}
