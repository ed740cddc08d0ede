/** Who uses an integration or a repository: from Spacelift if the caller has asked it, else from the warnings of the plan, or from its stacks and modules. */
import type { BitbucketProduct } from "../../domain";
import { NOBODY, type Affected, type AffectedConsumer } from "../finding";
import type { KnownConsumer, PlanModel, PlannedResource } from "../plan/plan-model";
import type { SpaceTree } from "../plan/space-tree";
import { textOf } from "../plan/values";
import { isDefault } from "./changes";
import { affectedInText } from "./consumers-in-text";
import { ACCESS_CODES, DETACHING_CODES, REMOVAL_CODES } from "./message-codes";
import { PlanMessages } from "./plan-messages";
import { productOf } from "./webhooks";

/** An integration of the account, managed by the plans or not. */
export interface AccountIntegration {
  readonly product: BitbucketProduct;
  readonly id: string;
  readonly isDefault: boolean;
  /** Null if it is not known. */
  readonly spaceId: string | null;
}

/** What Spacelift answered about the whole account. */
export interface AccountConsumers {
  readonly consumers: readonly KnownConsumer[];
  /** Why the list may be incomplete, as a sentence; undefined if it is complete. */
  readonly caveat: string | undefined;
  readonly integrations?: readonly AccountIntegration[];
}

/** Whom a change concerns; `isKnown` is false if that could not be found out. */
export interface Concerned extends Affected {
  readonly isKnown: boolean;
}

const NO_LOG = "Which stacks and modules this concerns is not known: the review has neither a Spacelift key nor the log of the plan.";
const NO_KEY = "Which stacks and modules this concerns is not known: the review has no Spacelift key.";
const NOT_ASKED =
  "Which stacks and modules this concerns is not known: an engine shows no warnings for a replacement that was requested, and the review has no Spacelift key.";
const PUBLISHED =
  "Which stacks and modules this concerns is not known: the published providers do not warn about them, and the review has no Spacelift key.";
const PUBLISHED_MORE =
  "Others may be concerned: only stacks and modules of these plans are known, because the review has no Spacelift key.";
/** A replacement for these reasons is planned without the provider's planDelete warnings being shown. */
const SILENT_REASONS: readonly string[] = ["replace_by_request", "replace_because_tainted", "replace_by_triggers"];

export class Consumers {
  readonly #account: AccountConsumers | undefined;
  /** For each part whose log is known. */
  readonly #messages: ReadonlyMap<string, PlanMessages>;
  readonly #spaces: SpaceTree;
  /** The stacks and modules that the plans themselves manage. */
  readonly planned: readonly KnownConsumer[];

  constructor(account: AccountConsumers | undefined, plans: readonly PlanModel[], spaces: SpaceTree) {
    this.#account = account;
    this.#messages = new Map(
      plans.flatMap(({ part, messages }) => (messages === undefined ? [] : [[part, new PlanMessages(messages)] as const])),
    );
    this.#spaces = spaces;
    this.planned = plans.flatMap((plan) => plan.consumers);
  }

  /** Whether every consumer is known by its ID, Space and repository. */
  get all(): readonly KnownConsumer[] | undefined {
    return this.#account?.consumers;
  }

  /** An integration as Spacelift has it now; undefined if nobody asked, or the key does not see it. */
  integration(product: BitbucketProduct, id: string): AccountIntegration | undefined {
    return this.#account?.integrations?.find((integration) => integration.product === product && integration.id === id);
  }

  /** Those who read through an integration as it is before the plan. */
  ofIntegration(change: PlannedResource): Concerned {
    const id = textOf(change.before, "id");
    const isDefaultNow = isDefault(change, "before");
    const matches = ({ product, integrationId }: KnownConsumer) =>
      product === productOf(change) && (integrationId === id || (integrationId === "" && isDefaultNow));
    if (this.#account !== undefined) return this.#known(matches);
    return change.resource.backing === "published"
      ? this.ofPlans(this.planned.filter(matches))
      : this.#fromMessages(change, DETACHING_CODES);
  }

  /** Those who read the repository of a webhook through its integration, as they are before the plan, or after it if the webhook is new. */
  ofWebhook(change: PlannedResource): Concerned {
    const id = textOf(change.before ?? change.after, "integration_id");
    const repository = change.label?.toLowerCase();
    const matches = (consumer: KnownConsumer) =>
      consumer.product === productOf(change) &&
      consumer.integrationId === id &&
      `${consumer.namespace ?? ""}/${consumer.repository}`.toLowerCase() === repository;
    if (this.#account !== undefined) return this.#known(matches);
    if (change.resource.backing === "published") return this.ofPlans(this.planned.filter(matches));
    if (change.action === "delete" || isTurned(change)) return this.#fromMessages(change, REMOVAL_CODES);
    return { ...NOBODY, caveat: NO_KEY, isKnown: false };
  }

  /** Those who lose access by a change of a Space, or of an integration's Space, by the warnings of the plan. */
  losingByMessages(change: PlannedResource): Concerned {
    return this.#fromMessages(change, ACCESS_CODES);
  }

  /** Stacks and modules of the plans, where nobody knows whether there are others: the published providers do not warn. */
  ofPlans(consumers: readonly KnownConsumer[]): Concerned {
    return {
      ...NOBODY,
      consumers: consumers.map((consumer) => this.#affected(consumer)),
      spaces: this.#pathsOf(consumers),
      caveat: consumers.length === 0 ? PUBLISHED : PUBLISHED_MORE,
      isKnown: false,
    };
  }

  known(consumers: readonly KnownConsumer[]): Concerned {
    const named = new Set(consumers);
    return this.#known((consumer) => named.has(consumer));
  }

  #known(matches: (consumer: KnownConsumer) => boolean): Concerned {
    const { consumers, caveat } = this.#account ?? { consumers: [], caveat: undefined };
    const found = consumers.filter(matches);
    return {
      ...NOBODY,
      consumers: found.map((consumer) => this.#affected(consumer)),
      spaces: this.#pathsOf(found),
      caveat,
      isKnown: found.length > 0 || caveat === undefined,
    };
  }

  #pathsOf(consumers: readonly KnownConsumer[]): readonly string[] {
    return [...new Set(consumers.flatMap(({ spaceId }) => (spaceId === null ? [] : [this.#spaces.path(spaceId)])))].sort();
  }

  #affected({ kind, id, name, spaceId }: KnownConsumer): AffectedConsumer {
    return { kind, id, name, space: spaceId === null ? undefined : this.#spaces.path(spaceId) };
  }

  #fromMessages(change: PlannedResource, codes: readonly string[]): Concerned {
    const messages = this.#messages.get(change.part);
    const found = messages?.about(change).filter(({ code = "" }) => codes.includes(code)) ?? [];
    const [message] = found;
    if (message !== undefined) {
      const affected = affectedInText(message.why);
      return { ...affected, isKnown: affected.consumers.length > 0 };
    }
    if (messages === undefined) return { ...NOBODY, caveat: NO_LOG, isKnown: false };
    if (SILENT_REASONS.includes(change.reason ?? "")) return { ...NOBODY, caveat: NOT_ASKED, isKnown: false };
    return { ...NOBODY, isKnown: true };
  }
}

/** The provider warns about the old webhook of a replacement as about one that is deleted. */
function isTurned({ action, changed }: PlannedResource): boolean {
  return action === "replace" && ["integration_id", "workspace", "project", "repository"].some((name) => changed.has(name));
}
