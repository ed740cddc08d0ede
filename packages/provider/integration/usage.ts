/** Who loses the source when an integration or a webhook goes: the warnings, and the refusal. */
import { error, warning, VCS_PROVIDERS, type BitbucketProduct } from "../../domain";
import { Problem, type Diagnostic } from "../../diagnostics";
import type { Consumer } from "../../clients";
import type { Clients } from "../configuration/clients";

const NAMED_AT_MOST = 20;

/** `stack "Payments" (payments)`, one after the other, 20 of them and then a count. */
export function namesOf(users: readonly Consumer[]): string {
  const named = users.slice(0, NAMED_AT_MOST).map((user) => `${user.kind} "${user.name}" (${user.id})`);
  const more = users.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${String(more)} more` : named.join(", ");
}

interface Used {
  readonly users: readonly Consumer[];
  readonly complete: boolean | null;
  /** Why the list may be short; empty when it is complete. */
  readonly shortness: string;
}

async function usersOf(api: Clients, product: BitbucketProduct, id: string, fresh: boolean): Promise<Used> {
  const { stacks, modules, complete, unseen } = await api.spacelift.usage.of({ provider: VCS_PROVIDERS[product], id }, { fresh });
  const shortness =
    complete === true
      ? ""
      : complete === false
        ? ` The list is known to be short: ${api.spacelift.keyName} cannot see ${unseen.length === 0 ? "every Space" : unseen.map((space) => `Space "${space}"`).join(", ")}.`
        : ` Whether the list is complete cannot be told with ${api.spacelift.keyName}.`;
  return { users: [...stacks, ...modules], complete, shortness };
}

/** What a plan that deletes or replaces an integration says. Never fails the plan: the apply looks again. */
export async function warnOfDetaching(api: Clients, product: BitbucketProduct, id: string, name: string): Promise<Diagnostic | undefined> {
  let used: Used;
  try {
    used = await usersOf(api, product, id, false);
  } catch (failure) {
    return warning("integration-usage-unknown", {
      why: `Which stacks and modules use "${name}" (${id}) could not be found out: ${textOf(failure)}`,
      fix: "The apply asks again, and refuses when it cannot be told and detach_protection is on.",
    });
  }
  if (used.users.length > 0) {
    return warning("consumers-will-be-detached", {
      why: `Deleting the integration "${name}" (${id}) detaches ${namesOf(used.users)}: no webhooks and no runs until they have another integration.${used.shortness}`,
      fix:
        "Point them at another integration first. With detach_protection (the default) the apply refuses while anything is attached. " +
        "An integration of the same name does not attach them again.",
    });
  }
  if (used.complete === true) return undefined;
  return warning("integration-usage-unknown", {
    why: `No stack or module is seen that uses "${name}" (${id}).${used.shortness}`,
    fix: "Let somebody with root administrator rights plan this, or check in Spacelift which stacks use the integration.",
  });
}

/**
 * Right before a delete: refuses while anything is attached or the list is known to be short, unless protection is off.
 * Returns who will be detached. @throws Problem `integration-in-use`, or what kept the list from being read.
 */
export async function guardDetaching(
  api: Clients,
  product: BitbucketProduct,
  id: string,
  name: string,
  protection: boolean,
): Promise<readonly Consumer[]> {
  let used: Used;
  try {
    used = await usersOf(api, product, id, true);
  } catch (failure) {
    if (!protection) return [];
    throw failure;
  }
  if (!protection || (used.users.length === 0 && used.complete !== false)) return used.users;
  throw new Problem(
    error("integration-in-use", {
      why:
        used.users.length > 0
          ? `"${name}" (${id}) is used by ${namesOf(used.users)}. They would lose their source.${used.shortness}`
          : `No stack or module is seen that uses "${name}" (${id}).${used.shortness}`,
      fix:
        "Point them at another integration (for a replacement under a new name: replacementOrder create-first, and stackSource for stacks of the same app). " +
        "To detach them knowingly, apply detach_protection = false first, then this change. If the engine has marked the object as tainted, untaint keeps it.",
    }),
  );
}

/** After a delete that detached somebody. */
export function warnOfDetached(users: readonly Consumer[], name: string, id: string): Diagnostic | undefined {
  if (users.length === 0) return undefined;
  return warning("consumers-detached", {
    why: `With the integration "${name}" (${id}) these have lost their source: ${namesOf(users)}.`,
    fix:
      "Open each one's settings in Spacelift and choose an integration, or apply the configuration that declares it again: " +
      "an integration of the same name does not attach them by itself.",
  });
}

/** What a plan says that removes a webhook which feeds stacks or modules on its repository. Never fails the plan. */
export async function warnOfSilence(
  api: Clients,
  product: BitbucketProduct,
  webhook: { namespace: string; repository: string; integrationId: string | null },
): Promise<Diagnostic | undefined> {
  try {
    const onRepository = await api.spacelift.usage.onRepository(VCS_PROVIDERS[product], webhook.namespace, webhook.repository);
    const fed = onRepository.filter((user) => user.integrationId === webhook.integrationId);
    if (fed.length === 0) return undefined;
    return warning("webhook-removal", {
      why: `Without this webhook, pushes and pull requests in ${webhook.namespace}/${webhook.repository} no longer reach ${namesOf(fed)} through the integration ${webhook.integrationId ?? ""}.`,
      fix: "Keep the webhook, or point them at an integration whose webhook this repository has.",
    });
  } catch (failure) {
    return warning("integration-usage-unknown", {
      why: `Which stacks and modules use ${webhook.namespace}/${webhook.repository} could not be found out: ${textOf(failure)}`,
      fix: "Check in Spacelift before you apply.",
    });
  }
}

/** A failure as part of a sentence. */
export function textOf(failure: unknown): string {
  return failure instanceof Problem ? failure.diagnostic.why : failure instanceof Error ? failure.message : String(failure);
}
