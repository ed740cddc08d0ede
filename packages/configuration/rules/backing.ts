/** Rules: what the published providers cannot do is refused, as packages/domain has it for constructs too. */
import {
  PUBLISHED_LOGIN_VARIABLES,
  publishedIntegrations,
  publishedLogins,
  publishedWebhooks,
  type Backing,
  type BitbucketProduct,
  type PublishedIntegrationFacts,
  type PublishedLoginFacts,
  type PublishedWebhookFacts,
} from "../../domain";
import { backingOf, DEFAULT_BACKING, itemsOf, productOf, type Entry, type FileDraft } from "../draft";
import type { Remark } from "../finding";
import { loginBackings } from "../login-backings";
import type { IntegrationInput } from "../model/document";
import { shown } from "../quoting";
import { remarksOf, type Subject } from "./file-words";
import { integrationSubject } from "./integrations";

interface Used {
  readonly entry: Entry<IntegrationInput>;
  readonly product: BitbucketProduct;
  readonly backing: Backing;
}

/** An integration with published backing. */
type Published = Omit<Used, "backing">;

export function* publishedObjects(draft: FileDraft): Generator<Remark> {
  const used = [...draft.integrations.values()].flatMap((entry) => {
    const product = productOf(entry);
    return product === undefined ? [] : [{ entry, product, backing: backingOf(entry, draft.main) }];
  });
  const published = used.filter(({ backing }) => backing === "published");
  yield* remarksOf(publishedIntegrations([...inheritedSettings(draft, published), ...published.map(integrationFacts)]));
  yield* remarksOf(publishedWebhooks([...inheritedWebhooks(draft, published), ...published.flatMap(webhookFacts)]));
  yield* remarksOf(publishedLogins(loginFacts(draft, used)));
}

function integrationFacts({ entry, product }: Published): PublishedIntegrationFacts<Subject> {
  const { value } = entry;
  const { existing, datacenter } = value;
  const subject = integrationSubject(entry);
  const isFromEnvironment = existing === undefined && datacenter?.token?.env !== undefined;
  return {
    subject,
    product,
    existing: existing === undefined ? undefined : existing.id !== undefined ? "id" : existing.name !== undefined ? "name" : "default",
    detachProtection: value.detachProtection,
    hasSecretRotation: value.secretRotation !== undefined,
    environmentToken: isFromEnvironment
      ? { title: subject.title, at: { holder: value, key: "datacenter", part: "key" }, value: datacenter }
      : undefined,
  };
}

/** What `defaults.integration` sets for integrations without a value of their own, reported once where it is written. */
function* inheritedSettings({ main }: FileDraft, published: readonly Published[]): Generator<PublishedIntegrationFacts<Subject>> {
  const defaults = main.defaults?.integration;
  const heirs = published.filter(({ entry: { value }, product }) => value.existing === undefined && product === "datacenter");
  if (main.defaults === undefined || defaults === undefined || heirs.length === 0) return;
  const isInherited = (setting: "detachProtection" | "secretRotation") =>
    heirs.some(({ entry: { value } }) => value[setting] === undefined);
  yield {
    subject: { title: "", at: { holder: main.defaults, key: "integration", part: "key" }, value: defaults, isDefault: true },
    product: "datacenter",
    existing: undefined,
    detachProtection: isInherited("detachProtection") ? defaults.detachProtection : undefined,
    hasSecretRotation: defaults.secretRotation !== undefined && isInherited("secretRotation"),
    environmentToken: undefined,
  };
}

function webhookFacts({ entry, product }: Published): readonly PublishedWebhookFacts<Subject>[] {
  const { repositories, sets } = itemsOf(entry);
  return [...repositories, ...sets].map((item) => ({
    subject: { title: "", at: item.at, value: item.value },
    product,
    isSet: "every" in item,
    adoptExisting: item.value?.adoptExisting,
    active: item.value?.active,
    verifyCertificate: item.value?.verifyCertificate,
    title: item.value?.title,
    events: textsOf(item.value?.additionalEvents),
  }));
}

/** The same for `defaults.webhook`. */
function* inheritedWebhooks({ main }: FileDraft, published: readonly Published[]): Generator<PublishedWebhookFacts<Subject>> {
  const defaults = main.defaults?.webhook;
  if (main.defaults === undefined || defaults === undefined) return;
  const NONE = { isSet: false, adoptExisting: undefined, active: undefined, verifyCertificate: undefined, title: undefined, events: [] };
  const subject = { title: "", at: { holder: main.defaults, key: "webhook", part: "key" }, value: defaults, isDefault: true } as const;
  const inherited = <K extends "active" | "additionalEvents" | "adoptExisting" | "verifyCertificate">(
    setting: K,
    product?: BitbucketProduct,
  ) =>
    published.some((integration) => {
      if (product !== undefined && integration.product !== product) return false;
      const { repositories, sets } = itemsOf(integration.entry);
      return [...repositories, ...sets].some(({ value }) => value?.[setting] === undefined);
    })
      ? defaults[setting]
      : undefined;
  yield {
    ...NONE,
    subject,
    product: "datacenter",
    adoptExisting: inherited("adoptExisting"),
    active: inherited("active", "datacenter"),
    verifyCertificate: inherited("verifyCertificate", "datacenter"),
  };
  const events = inherited("additionalEvents", "cloud");
  if (events === undefined) return;
  // The list is the item, because the product is its key.
  const list = { title: "", at: { holder: events, key: "cloud" }, value: { additionalEvents: events.cloud }, isDefault: true } as const;
  yield { ...NONE, subject: list, product: "cloud", events: textsOf(events.cloud) };
}

/** Of the servers, and of Bitbucket Cloud, as far as published providers use them. */
function* loginFacts({ main, servers }: FileDraft, integrations: readonly Used[]): Generator<PublishedLoginFacts<Subject>> {
  const isPublished = (isUser: (integration: Used) => boolean) =>
    loginBackings(
      integrations.filter(isUser).map(({ backing }) => backing),
      main.backing ?? DEFAULT_BACKING,
    ).has("published");
  const isSharedWithCloud = readsPassword(main, integrations);
  for (const { key, value, at } of servers.values()) {
    if (!isPublished(({ entry }) => entry.value.datacenter?.server === key)) continue;
    const variable = value.password?.env;
    const readVariable = PUBLISHED_LOGIN_VARIABLES.bitbucketDatacenter.password;
    yield {
      subject: { title: `server ${shown(key)}`, at, value },
      holder: "",
      system: "bitbucketDatacenter",
      fields: Object.keys(value),
      environmentSecret: variable === undefined ? undefined : { field: "password", variable, readVariable },
      isSharedWithCloud,
    };
  }
  const { bitbucketCloud: value } = main;
  if (value === undefined || !isPublished(({ product }) => product === "cloud")) return;
  const { accessToken, apiToken } = PUBLISHED_LOGIN_VARIABLES.bitbucketCloud;
  const variable = value.token?.env;
  const readVariable = value.email === undefined ? accessToken : apiToken;
  yield {
    subject: { title: '"bitbucketCloud"', at: { holder: main, key: "bitbucketCloud", part: "key" }, value },
    holder: "",
    system: "bitbucketCloud",
    fields: Object.keys(value),
    environmentSecret: variable === undefined ? undefined : { field: "token", variable, readVariable },
    isSharedWithCloud: false,
  };
}

/** Whether the provider of Bitbucket Cloud manages webhooks, and gets its user and password, or one of them, from the environment. */
function readsPassword({ bitbucketCloud }: FileDraft["main"], integrations: readonly Used[]): boolean {
  if (bitbucketCloud?.email !== undefined && bitbucketCloud.token?.variable !== undefined) return false;
  return integrations.some(
    ({ entry, product, backing }) => product === "cloud" && backing === "published" && itemsOf(entry).repositories.length > 0,
  );
}

/** Positions stay: a value that does not fit the model leaves a gap. */
function textsOf(list: readonly (string | undefined)[] = []): readonly string[] {
  return list.map((text) => text ?? "");
}
