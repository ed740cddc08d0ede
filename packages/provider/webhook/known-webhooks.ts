/** What this process knows about webhooks: what it has changed, what its plans declare, and what they may still look up. */
import { LookLimit } from "./look-limit";
import { PlannedWebhooks } from "./planned-webhooks";

/** The sets of webhooks contain keys from `webhookKey`. */
export class KnownWebhooks {
  readonly planned = new PlannedWebhooks();
  readonly lookLimit: LookLimit;
  /** Webhooks that this process created or adopted. A delete under another address must not remove them. */
  readonly claimed = new Set<string>();
  /** Webhooks that this process failed to delete. Their state remains, so no other address may adopt them. */
  readonly undeleted = new Set<string>();
  /** Webhooks that this process deleted. A list that was read earlier may still include them. */
  readonly removed = new Set<string>();
  /** Workspaces, in lower case, whose webhooks could not be listed. */
  readonly unlistedWorkspaces = new Set<string>();

  /** @param lookBeforeCreate The provider argument `look_before_create`. */
  constructor(lookBeforeCreate: number) {
    this.lookLimit = new LookLimit(lookBeforeCreate);
  }
}
