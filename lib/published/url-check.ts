/** A check of the engine: the webhook URL ends in the ID of the integration, as Spacelift derives both from the name. It warns, because nobody documents the form of the URL. */
import { Fn, TerraformElement } from "../host";
import type { Construct } from "constructs";

interface DeliveryTarget {
  readonly id: string;
  readonly webhookUrl: string;
}

export function checkUrl(scope: Construct, { id, webhookUrl }: DeliveryTarget): void {
  // Below the integration, like constructs of the app, which hardly have such a name.
  new CheckBlock(scope, "BitliftUrlCheck", Fn.endswith(webhookUrl, id), "The webhook URL does not end in the ID of the integration.");
}

/** A check block, for which the host has no construct. */
class CheckBlock extends TerraformElement {
  readonly #assertion: object;

  constructor(scope: Construct, id: string, condition: unknown, errorMessage: string) {
    super(scope, id, "check");
    this.#assertion = { condition, error_message: errorMessage };
  }

  override toTerraform(): unknown {
    return { check: { [this.friendlyUniqueId]: { assert: [this.#assertion] } } };
  }
}
