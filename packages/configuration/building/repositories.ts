/** The repositories and sets of an integration in a checked file, with the defaults filled in. */
import type { RepositoryEntry, RepositorySetEntry, WebhookSettings } from "../configuration";
import { itemsOf, type Draft, type Entry, type RepositoryDraft } from "../draft";
import type { Document, IntegrationInput } from "../model/document";
import { given, type Locate } from "./located";

export type WebhookDefaults = NonNullable<NonNullable<Draft<Document>["defaults"]>["webhook"]>;

export function repositoriesFrom(
  entry: Entry<IntegrationInput>,
  product: "cloud" | "datacenter",
  defaults: WebhookDefaults,
  locate: Locate,
): { readonly repositories: readonly RepositoryEntry[]; readonly sets: readonly RepositorySetEntry[] } {
  const { repositories, sets } = itemsOf(entry);
  return {
    repositories: repositories.map(({ at, namespace, slug, value }) => ({
      place: locate(at),
      namespace,
      slug,
      ...settingsFrom(value, product, defaults),
      previously: given(value?.previously),
    })),
    sets: sets.map(({ at, every, value }) => ({
      place: locate(at),
      every,
      key: value.key,
      project: value.project,
      query: value.query,
      role: value.role,
      match: given(value.match),
      except: given(value.except),
      ...settingsFrom(value, product, defaults),
      previously: given(value.previously),
    })),
  };
}

function settingsFrom(
  value: Exclude<RepositoryDraft, string> | undefined,
  product: "cloud" | "datacenter",
  defaults: WebhookDefaults,
): WebhookSettings {
  return {
    title: value?.title ?? defaults.title,
    additionalEvents: given(value?.additionalEvents ?? defaults.additionalEvents?.[product]),
    active: value?.active ?? defaults.active ?? true,
    verifyCertificate: value?.verifyCertificate ?? defaults.verifyCertificate ?? true,
    adoptExisting: value?.adoptExisting ?? defaults.adoptExisting ?? true,
  };
}
