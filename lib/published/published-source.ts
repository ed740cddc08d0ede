/** What the webhooks of an integration with published backing need to know about it. */
import type { IConstruct } from "constructs";
import { processWide } from "../process-wide";

export interface PublishedSource {
  /** The webhook secret, as a reference. */
  readonly secret: string;
  /** Address of the stored name: a webhook is replaced with its integration when the name changes. Undefined for an integration that is managed elsewhere. */
  readonly nameAddress: string | undefined;
}

const sources = processWide("published sources", () => new WeakMap<IConstruct, PublishedSource>());

/** Records that an integration has published backing. */
export function recordPublishedSource(integration: IConstruct, source: PublishedSource): void {
  sources.set(integration, source);
}

/** Undefined if Bitlift's own provider manages the integration. */
export function publishedSourceOf(integration: IConstruct): PublishedSource | undefined {
  return sources.get(integration);
}
