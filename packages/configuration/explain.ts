/** What the file declares for one key or repository: pure data. */
import {
  BITBUCKET_CLOUD_EVENTS,
  BITBUCKET_DATACENTER_EVENTS,
  matchesSlug,
  PRODUCT_TITLES,
  REQUIRED_BITBUCKET_CLOUD_EVENTS,
  REQUIRED_BITBUCKET_DATACENTER_EVENTS,
} from "../domain";
import { integrationAddress, repositoryConstructId, setConstructId, spaceAddress, webhookAddress } from "./addresses";
import type {
  Configuration,
  IntegrationEntry,
  Place,
  RepositorySetEntry,
  SecretSource,
  ServerEntry,
  SpaceEntry,
  WebhookSettings,
} from "./configuration";
import type { Explanation, IntegrationExplanation, ServerExplanation, SpaceExplanation, WebhookExplanation } from "./explanation";
import { spacePath, spacesThatMayUse } from "./space-access";

/** @returns undefined if the file contains nothing with this name. */
export function explain(configuration: Configuration, query: string): Explanation | undefined {
  const space = configuration.spaces.get(query);
  const integration = configuration.integrations.get(query);
  const server = configuration.servers.get(query);
  const found = [
    ...(space === undefined ? [] : [explainSpace(space, configuration)]),
    ...(integration === undefined ? [] : [explainIntegration(integration, configuration)]),
    ...(server === undefined ? [] : [explainServer(server, configuration)]),
    ...[...configuration.integrations.values()].flatMap((entry) => explainWebhooks(entry, query, configuration)),
  ];
  return found.length === 0 ? undefined : { query, found };
}

function explainSpace(space: SpaceEntry, configuration: Configuration): SpaceExplanation {
  const { key, place, existing } = space;
  const path = spacePath(key, configuration);
  const usable = [...configuration.integrations.values()].filter(
    (entry) => entry.default || spacesThatMayUse(entry.space, configuration).includes(key),
  );
  return {
    kind: "Space",
    key,
    place,
    name: existing === undefined ? space.name : "name" in existing ? existing.name : existing.id,
    path,
    managed: existing === undefined,
    mayUse: usable.filter((entry) => entry.existing === undefined).map((entry) => entry.key),
    backing: configuration.backing,
    part: configuration.parts.find(({ spaces }) => spaces.includes(key))?.name,
    address: existing === undefined ? spaceAddress(key, configuration.backing) : undefined,
  };
}

function explainIntegration(entry: IntegrationEntry, configuration: Configuration): IntegrationExplanation {
  const { key, place, existing, product, backing, repositories, sets } = entry;
  const existingName =
    existing === undefined ? entry.name : "id" in existing ? existing.id : "name" in existing ? existing.name : "the default integration";
  return {
    kind: "integration",
    key,
    place,
    name: existingName,
    product: PRODUCT_TITLES[product],
    managed: existing === undefined,
    ...accessOf(entry, configuration),
    credential: credentialOf(entry),
    repositories: repositories.length,
    sets: sets.length,
    backing,
    part: partOf(entry, configuration),
    address: existing === undefined ? integrationAddress(product, key, backing) : undefined,
  };
}

function explainServer({ key, place, url, login }: ServerEntry, { integrations }: Configuration): ServerExplanation {
  const users = [...integrations.values()].filter((entry) => entry.product === "datacenter" && entry.server === key);
  const credential =
    login === undefined
      ? ["the environment of the provider"]
      : "token" in login
        ? [`token from ${sourceText(login.token)}`]
        : [`username ${login.username}`, `password from ${sourceText(login.password)}`];
  return { kind: "server", key, place, url, credential, integrations: users.map((entry) => entry.key) };
}

/** A repository by its name, and the sets that contain it or have the key. */
function explainWebhooks(entry: IntegrationEntry, query: string, configuration: Configuration): readonly WebhookExplanation[] {
  const name = query.toLowerCase();
  const { product, key, backing } = entry;
  const single = entry.repositories
    .filter(({ namespace, slug }) => `${namespace}/${slug}`.toLowerCase() === name)
    .map((repository): WebhookExplanation => ({
      kind: "repository",
      key: `${repository.namespace}/${repository.slug}`,
      ...webhookFacts(entry, repository, repository.place, configuration),
      ...NO_FILTERS,
      fromSet: undefined,
      address: webhookAddress(product, key, repositoryConstructId(repository.namespace, repository.slug), backing),
      note: undefined,
    }));
  const sets = entry.sets.flatMap((set): readonly WebhookExplanation[] => {
    const isNamed = (set.key ?? set.every.toLowerCase()) === (set.key === undefined ? name : query);
    const [namespace, slug] = name.split("/");
    const isInside = slug !== undefined && namespace === set.every.toLowerCase() && selects(set, slug);
    if (!isNamed && !isInside) return [];
    const address = webhookAddress(product, key, setConstructId(set), backing);
    const { match, except, project, query: filter, role } = set;
    const filters = { match, except, project, query: filter, role };
    const facts = { ...webhookFacts(entry, set, set.place, configuration), ...filters };
    return isInside
      ? [{ kind: "repository", key: query, ...facts, fromSet: set.key ?? set.every, address: `${address}["${slug}"]`, note: noteOf(set) }]
      : [{ kind: "set", key: set.key ?? set.every, ...facts, fromSet: undefined, address, note: noteOf(set) }];
  });
  return [...single, ...sets];
}

const NO_FILTERS = { match: [], except: [], project: undefined, query: undefined, role: undefined } as const;

function webhookFacts(entry: IntegrationEntry, settings: WebhookSettings, place: Place, configuration: Configuration) {
  const isCloud = entry.product === "cloud";
  const known: readonly string[] = isCloud ? BITBUCKET_CLOUD_EVENTS : BITBUCKET_DATACENTER_EVENTS;
  return {
    place,
    integration: entry.key,
    product: PRODUCT_TITLES[entry.product],
    ...accessOf(entry, configuration),
    requiredEvents: (isCloud ? REQUIRED_BITBUCKET_CLOUD_EVENTS : REQUIRED_BITBUCKET_DATACENTER_EVENTS).map((event) => event.key),
    additionalEvents: settings.additionalEvents,
    unknownEvents: settings.additionalEvents.filter((event) => !known.includes(event)),
    active: settings.active,
    verifyCertificate: settings.verifyCertificate,
    credential: credentialOf(entry),
    backing: entry.backing,
    part: partOf(entry, configuration),
  };
}

function selects({ match, except }: RepositorySetEntry, slug: string): boolean {
  return (match.length === 0 || matchesSlug(match, slug)) && !matchesSlug(except, slug);
}

function noteOf({ project, query, role }: RepositorySetEntry): string | undefined {
  const filters = Object.entries({ project, query, role }).filter(([, value]) => value !== undefined);
  if (filters.length === 0) return undefined;
  return `only if Bitbucket finds it with ${filters.map(([filter, value]) => `${filter} ${value ?? ""}`).join(" and ")}`;
}

function accessOf({ existing, space, default: isDefault }: IntegrationEntry, configuration: Configuration) {
  if (existing !== undefined && !("default" in existing)) return { spacePath: [], mayAttach: [] };
  if (isDefault || existing !== undefined) return { spacePath: ["root"], mayAttach: ["every Space of the account"] };
  return {
    spacePath: spacePath(space, configuration),
    mayAttach: spacesThatMayUse(space, configuration).map((key) => spacePath(key, configuration).join(" > ")),
  };
}

function credentialOf(entry: IntegrationEntry): readonly string[] {
  const { credential } = entry;
  if (credential === undefined) return [];
  if ("email" in credential) return [`email ${credential.email}`, `token from ${sourceText(credential.token)}`];
  return "appPassword" in credential
    ? [`username ${credential.username}`, `app password from ${sourceText(credential.appPassword)}`]
    : [`username ${credential.username}`, `token from ${sourceText(credential.token)}`];
}

function sourceText(source: SecretSource): string {
  if ("env" in source) return `the environment variable ${source.env}`;
  return `the variable ${source.variable}${source.version === undefined ? "" : `, version ${source.version}`}`;
}

function partOf({ key }: IntegrationEntry, { parts }: Configuration): string | undefined {
  return parts.find(({ integrations }) => integrations.includes(key))?.name;
}
