/** Protects the stacks and modules that use an integration: deleting the integration detaches them from their source. */
import { problem, warning, type BitbucketProduct } from "../../domain";
import type { Diagnostic } from "../../diagnostics";
import type { Consumer } from "../../clients";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";
import { listConsumers, readConsumers, type KnownConsumers } from "./consumers";

/** An integration that is deleted. */
interface DeletedIntegration {
  readonly id: string;
  readonly name: string;
}

/** The warning of a plan that deletes or replaces an integration. It never fails the plan, because the apply checks again. */
export async function warnOfDetaching(
  api: Clients,
  product: BitbucketProduct,
  { id, name }: DeletedIntegration,
): Promise<Diagnostic | undefined> {
  let known: KnownConsumers;
  try {
    known = await api.look("spacelift", () => readConsumers(api, product, id, false));
  } catch (failure) {
    return warning("integration-usage-unknown", {
      why: `Could not read which stacks and modules use "${name}" (${id}): ${failureMessage(failure)}`,
      fix: "The apply reads the list again. With detach_protection on, it refuses to delete the integration if the list still cannot be read.",
    });
  }
  if (known.consumers.length > 0) {
    return warning("consumers-will-be-detached", {
      why: `Deleting the integration "${name}" (${id}) detaches ${listConsumers(known.consumers)}. Without an integration, a consumer receives no webhooks and starts no runs.${known.caveat}`,
      fix:
        "Attach them to another integration first. With detach_protection (the default), the apply refuses to delete the integration while anything is attached. " +
        "A new integration with the same name does not attach them again.",
    });
  }
  if (known.complete === true) return undefined;
  return warning("integration-usage-unknown", {
    why: `No stack or module is known to use "${name}" (${id}).${known.caveat}`,
    fix: "Plan with a key that has admin access to the root Space, or check in Spacelift which stacks and modules use the integration.",
  });
}

/**
 * Called right before a delete. With protection, refuses while anything is attached or the list is incomplete.
 * Returns the consumers that the delete detaches.
 * @throws Problem `integration-in-use`, or the failure to read the list
 */
export async function requireUnused(
  api: Clients,
  product: BitbucketProduct,
  { id, name }: DeletedIntegration,
  isProtected: boolean,
): Promise<readonly Consumer[]> {
  let known: KnownConsumers;
  try {
    known = await readConsumers(api, product, id, true);
  } catch (failure) {
    if (!isProtected) return [];
    throw failure;
  }
  const { consumers, complete, caveat } = known;
  if (!isProtected || (consumers.length === 0 && complete !== false)) return consumers;
  throw problem("integration-in-use", {
    why:
      consumers.length > 0
        ? `Consumers of "${name}" (${id}) that would lose their source: ${listConsumers(consumers)}.${caveat}`
        : `No stack or module is known to use "${name}" (${id}).${caveat}`,
    fix:
      "Attach them to another integration first. A replacement under a new name can create that integration before it deletes this one: " +
      'set lifecycle { create_before_destroy = true }; in an app with constructs, set replacementOrder to "create-first", and take the source of its stacks from stackSource. ' +
      "To detach them on purpose, first apply detach_protection = false, then this change. If the integration is only marked as tainted, keep it with terraform untaint.",
  });
}

/** The warning after a delete that detached consumers. */
export function warnOfDetached(consumers: readonly Consumer[], { id, name }: DeletedIntegration): Diagnostic | undefined {
  if (consumers.length === 0) return undefined;
  return warning("consumers-detached", {
    why: `The integration "${name}" (${id}) was deleted, and these have lost their source: ${listConsumers(consumers)}.`,
    fix:
      "Choose an integration in the Spacelift settings of each stack and module, or apply the configuration that declares it again. " +
      "A new integration with the same name does not attach them again.",
  });
}
