/** Which entry of the file an address in a plan or a message of the engine belongs to. */
import {
  integrationAddress,
  integrationLookupAddress,
  repositoriesLookupAddress,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  spaceLookupAddress,
  webhookAddress,
} from "./addresses";
import { BACKINGS, type Backing } from "../domain";
import type { Configuration, IntegrationEntry, Place, ServerEntry, SpaceEntry } from "./configuration";

interface Located {
  /** The key; for a webhook with that of its integration, such as `payments/acme-workspace/billing`. For a set, without the repository. */
  readonly key: string;
  /** As messages call it: `repository "acme-workspace/billing" of integration "payments"`. */
  readonly title: string;
  readonly place: Place;
}

/** An entry of the file, with what advice about it depends on. */
export type FileEntry = Located &
  (
    | { readonly kind: "Space"; readonly space: SpaceEntry }
    | { readonly kind: "integration" | "repository" | "set"; readonly integration: IntegrationEntry }
    | { readonly kind: "server"; readonly server: ServerEntry }
  );

/** The providers whose blocks log in to a server. */
const SERVER_PROVIDERS = ["bitlift", "bitbucketserver"];

/** The entries of a file by the addresses of their resources, data sources and provider blocks. */
export class FileEntries {
  readonly #entries = new Map<string, FileEntry>();

  constructor({ backing, spaces, integrations, servers }: Pick<Configuration, "backing" | "spaces" | "integrations" | "servers">) {
    for (const space of spaces.values()) this.#addSpace(space, backing);
    for (const integration of integrations.values()) this.#addIntegration(integration);
    for (const server of servers.values()) {
      const { key, place } = server;
      this.#entries.set(providerSuffix(key), { kind: "server", key, title: `server "${key}"`, place, server });
    }
  }

  /** @param address The one of an instance, `….payments["billing"]`, belongs to the entry of its resource. */
  at(address: string): FileEntry | undefined {
    if (address.startsWith("provider[")) return this.#providerAt(address);
    return this.#entries.get(address) ?? this.#entries.get(address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, ""));
  }

  /** With published backing, the same alias is also the login to Spacelift, which the server's entry says nothing about. */
  #providerAt(address: string): FileEntry | undefined {
    const [block = "", type = ""] = /^provider\["[^"]*\/([^"/]+)"\]/.exec(address) ?? [];
    return SERVER_PROVIDERS.includes(type) ? this.#entries.get(`provider${address.slice(block.length)}`) : undefined;
  }

  #addSpace(space: SpaceEntry, backing: Backing): void {
    const { key, place } = space;
    const entry: FileEntry = { kind: "Space", key, title: `Space "${key}"`, place, space };
    this.#entries.set(spaceAddress(key, backing), entry);
    // A part may look it up with the providers of its own objects.
    for (const each of BACKINGS) this.#entries.set(spaceLookupAddress(key, each), entry);
  }

  #addIntegration(integration: IntegrationEntry): void {
    const { product, key, backing, place, repositories, sets } = integration;
    const title = `integration "${key}"`;
    const entry: FileEntry = { kind: "integration", key, title, place, integration };
    this.#entries.set(integrationAddress(product, key, backing), entry);
    this.#entries.set(integrationLookupAddress(product, key, backing), entry);
    for (const { namespace, slug, place: at } of repositories) {
      const name = `${namespace}/${slug}`;
      const address = webhookAddress(product, key, repositoryConstructId(namespace, slug), backing);
      const webhook = { key: `${key}/${name}`, title: `repository "${name}" of ${title}`, place: at, integration } as const;
      this.#entries.set(address, { kind: "repository", ...webhook });
    }
    for (const set of sets) {
      const id = setConstructId(set);
      const name = set.key ?? set.every;
      const webhooks: FileEntry = { kind: "set", key: `${key}/${name}`, title: `set "${name}" of ${title}`, place: set.place, integration };
      this.#entries.set(webhookAddress(product, key, id, backing), webhooks);
      this.#entries.set(repositoriesLookupAddress(product, key, id), webhooks);
    }
  }
}

/** A provider block with an alias is that of a server. */
function providerSuffix(alias: string): string {
  return `provider.${alias}`;
}
