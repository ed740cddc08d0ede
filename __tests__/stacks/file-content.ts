/** Builds the checked content of a file by hand, for tests of what the app makes of it. Only what a test is about needs to be given. */
import type { BitbucketProduct } from "../../packages/domain";
import type {
  CloudIntegrationEntry,
  Configuration,
  DatacenterIntegrationEntry,
  ExistingIntegration,
  IntegrationEntry,
  Part,
  RepositoryEntry,
  RepositorySetEntry,
  ServerEntry,
  SpaceEntry,
} from "../../packages/configuration";

const PLACE = { file: "bitlift.yaml", line: 1, column: 1 };
const SETTINGS = { title: undefined, additionalEvents: [], active: true, verifyCertificate: true, adoptExisting: true };

export function space(key: string, given: Partial<SpaceEntry> = {}): SpaceEntry {
  const defaults = { parent: "root", existing: undefined, name: key, inherit: false, description: undefined, labels: [], previously: [] };
  return { key, place: PLACE, ...defaults, ...given };
}

const INTEGRATION = {
  existing: undefined,
  backing: "bitlift" as const,
  space: "root",
  default: false,
  labels: [],
  description: undefined,
  vcsChecks: "INDIVIDUAL",
  useGitCheckout: undefined,
  secretRotation: undefined,
  detachProtection: true,
  replacementOrder: undefined,
  repositories: [],
  sets: [],
  previously: [],
};

export function cloud(key: string, given: Partial<CloudIntegrationEntry> = {}): CloudIntegrationEntry {
  const credential = { email: "spacelift@acme.example", token: { env: "PAYMENTS_BITBUCKET_TOKEN" } };
  return { key, place: PLACE, product: "cloud", name: key, credential, ...INTEGRATION, ...given };
}

export function datacenter(key: string, given: Partial<DatacenterIntegrationEntry> = {}): DatacenterIntegrationEntry {
  const url = "https://bitbucket.acme.example";
  const credential = { username: "spacelift", token: { env: "PAYMENTS_BITBUCKET_TOKEN" } };
  const login = { credential, server: undefined, apiHost: url, userFacingHost: url };
  return { key, place: PLACE, product: "datacenter", name: key, ...login, ...INTEGRATION, ...given };
}

/** What integrations of both products have, and what only Data Center has, which Bitbucket Cloud ignores. */
type SharedFields = Partial<Omit<DatacenterIntegrationEntry, "product" | "credential">>;

export function integration(product: BitbucketProduct, key: string, given: SharedFields = {}): IntegrationEntry {
  return product === "cloud" ? cloud(key, given) : datacenter(key, given);
}

export function existing(
  product: BitbucketProduct,
  key: string,
  selector: ExistingIntegration,
  given: SharedFields = {},
): IntegrationEntry {
  return integration(product, key, { name: "", apiHost: "", ...given, existing: selector });
}

/** @param path `<namespace>/<slug>` */
export function repository(path: string, given: Partial<RepositoryEntry> = {}): RepositoryEntry {
  const [namespace = "", slug = ""] = path.split("/");
  return { place: PLACE, namespace, slug, previously: [], ...SETTINGS, ...given };
}

export function set(every: string, given: Partial<RepositorySetEntry> = {}): RepositorySetEntry {
  const filters = { key: undefined, project: undefined, query: undefined, role: undefined, match: [], except: [] };
  return { place: PLACE, every, ...filters, previously: [], ...SETTINGS, ...given };
}

export function server(key: string, given: Partial<ServerEntry> = {}): ServerEntry {
  const login = { token: { env: "HOOKS_TOKEN" } };
  return { key, place: PLACE, url: "https://bitbucket.acme.example", login, caCertificate: undefined, ...given };
}

export interface Content extends Partial<Omit<Configuration, "spaces" | "integrations" | "servers">> {
  readonly spaces?: readonly SpaceEntry[];
  readonly integrations?: readonly IntegrationEntry[];
  readonly servers?: readonly ServerEntry[];
  /** The backend of the part `main`. */
  readonly backend?: Part["backend"];
}

/** By default with one part, `main`, that has everything. */
export function content({ spaces = [], integrations = [], servers = [], backend, ...given }: Content): Configuration {
  const keysOf = (entries: readonly { readonly key: string }[]) => entries.map(({ key }) => key);
  const main = { name: "main", backend, spaces: keysOf(spaces), integrations: keysOf(integrations), after: [] };
  return {
    path: "/project/bitlift.yaml",
    files: ["bitlift.yaml"],
    backing: "bitlift",
    bitbucketCloud: undefined,
    parts: [main],
    mostRemovals: 0.25,
    accept: [],
    ...given,
    spaces: byKey(spaces),
    integrations: byKey(integrations),
    servers: byKey(servers),
  };
}

function byKey<T extends { readonly key: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}
