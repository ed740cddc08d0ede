/** The integrations of a checked file, with the defaults filled in. */
import type {
  CloudIntegrationEntry,
  DatacenterIntegrationEntry,
  ExistingIntegration,
  IntegrationEntry,
  ServerEntry,
} from "../configuration";
import { backingOf, productOf, type Draft, type Entry } from "../draft";
import type { Document, IntegrationInput } from "../model/document";
import { given, secretFrom, type Locate } from "./located";
import { repositoriesFrom } from "./repositories";

export function integrationFrom(
  entry: Entry<IntegrationInput>,
  servers: ReadonlyMap<string, ServerEntry>,
  main: Draft<Document>,
  locate: Locate,
): IntegrationEntry {
  const { key, value, at } = entry;
  const product = productOf(entry) ?? "cloud";
  const { defaults = {} } = main;
  const inherited = value.existing === undefined ? (defaults.integration ?? {}) : {};
  const settings = {
    key,
    place: locate(at),
    existing: existingFrom(value),
    backing: backingOf(entry, main),
    name: value.name ?? "",
    space: value.space ?? "root",
    default: value.default ?? false,
    labels: given(value.labels ?? inherited.labels),
    description: value.description,
    vcsChecks: value.vcsChecks ?? inherited.vcsChecks ?? "INDIVIDUAL",
    useGitCheckout: value.useGitCheckout ?? inherited.useGitCheckout,
    secretRotation: value.secretRotation ?? inherited.secretRotation,
    detachProtection: value.detachProtection ?? inherited.detachProtection ?? true,
    replacementOrder: value.replacementOrder ?? inherited.replacementOrder,
    previously: given(value.previously),
    ...repositoriesFrom(entry, product, defaults.webhook ?? {}, locate),
  };
  return product === "cloud"
    ? { ...settings, product, credential: cloudCredential(value) }
    : { ...settings, product, ...datacenterFrom(value, servers) };
}

function existingFrom({ existing }: Draft<IntegrationInput>): ExistingIntegration | undefined {
  if (existing?.id !== undefined) return { id: existing.id };
  if (existing?.name !== undefined) return { name: existing.name };
  return existing?.default === true ? { default: true } : undefined;
}

function cloudCredential({ existing, cloud }: Draft<IntegrationInput>): CloudIntegrationEntry["credential"] {
  if (existing !== undefined || cloud === undefined) return undefined;
  const { email, token, username, appPassword } = cloud;
  if (email !== undefined) return { email, token: secretFrom(token) };
  return username === undefined ? undefined : { username, appPassword: secretFrom(appPassword) };
}

function datacenterFrom(
  { existing, datacenter = {} }: Draft<IntegrationInput>,
  servers: ReadonlyMap<string, ServerEntry>,
): Pick<DatacenterIntegrationEntry, "server" | "apiHost" | "userFacingHost" | "credential"> {
  const { server, username, token } = datacenter;
  const url = server === undefined ? undefined : servers.get(server)?.url;
  const apiHost = datacenter.apiHost ?? url ?? "";
  return {
    server,
    apiHost: existing === undefined ? apiHost : "",
    userFacingHost: existing === undefined ? (datacenter.userFacingHost ?? url ?? apiHost) : "",
    credential: existing !== undefined || username === undefined ? undefined : { username, token: secretFrom(token) },
  };
}
