/** The stacks and modules that use an integration, for messages. */
import { VCS_PROVIDERS, type BitbucketProduct } from "../../domain";
import type { Consumer } from "../../clients";
import type { Clients } from "../configuration/clients";

const MAX_NAMED = 20;

/** `stack "Payments" (payments)` */
export function describeConsumer(consumer: Consumer): string {
  return `${consumer.kind} "${consumer.name}" (${consumer.id})`;
}

/** Names the first 20, and counts the others. */
export function listConsumers(consumers: readonly Consumer[]): string {
  const named = consumers.slice(0, MAX_NAMED).map(describeConsumer).join(", ");
  const more = consumers.length - MAX_NAMED;
  return more > 0 ? `${named}, and ${more} more` : named;
}

/** What is known of an integration's consumers. */
export interface KnownConsumers {
  readonly consumers: readonly Consumer[];
  /** Whether the key sees the whole account; null if this is not known. */
  readonly complete: boolean | null;
  /** Why the list may be incomplete, as a sentence after a space; empty if it is complete. */
  readonly caveat: string;
}

/** @throws Problem if the list cannot be read */
export async function readConsumers(api: Clients, product: BitbucketProduct, id: string, fresh: boolean): Promise<KnownConsumers> {
  const { stacks, modules, complete, hiddenSpaces } = await api.spacelift.usage.ofIntegration(
    { provider: VCS_PROVIDERS[product], id },
    { fresh },
  );
  return { consumers: [...stacks, ...modules], complete, caveat: describeCaveat(api.spacelift.keyName, complete, hiddenSpaces) };
}

/** A sentence after a space; empty if the list is complete. */
export function describeCaveat(keyName: string, complete: boolean | null, hiddenSpaces: readonly string[]): string {
  if (complete === true) return "";
  if (complete === null) return ` It is not known whether ${keyName} can see all of them.`;
  const hidden = hiddenSpaces.length === 0 ? "every Space" : hiddenSpaces.map((space) => `Space "${space}"`).join(", ");
  return ` The list is incomplete: ${keyName} cannot see ${hidden}.`;
}
