/** What a resource is called: its key and place in `bitlift.yaml`, or its construct and the source line of that. */
import {
  integrationAddress,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  webhookAddress,
  type Configuration,
  type IntegrationEntry,
  type Place,
} from "../../configuration";
import type { Subject } from "../finding";
import type { ConstructOrigins } from "../plan/construct-origins";
import type { PlannedResource } from "../plan/plan-model";
import { withoutIndex } from "../plan/references";
import { recoverKey } from "./recovered-keys";

interface Entry {
  /** For a webhook of a set, without the repository. */
  readonly key: string;
  readonly place: Place;
  readonly isSet: boolean;
}

export class Subjects {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #origins: ConstructOrigins;

  constructor(configuration: Configuration | undefined, origins: ConstructOrigins = new Map()) {
    this.#entries = configuration === undefined ? new Map() : entriesOf(configuration);
    this.#origins = origins;
  }

  of(change: PlannedResource): Subject {
    const { part, address, resource, label } = change;
    const entry = this.#entries.get(address) ?? this.#entries.get(withoutIndex(address));
    const origin = this.#origins.get(part)?.get(withoutIndex(address));
    const key =
      entry === undefined ? (recoverKey(change) ?? address) : entry.isSet && label !== undefined ? `${entry.key}/${label}` : entry.key;
    return {
      key,
      kind: resource.kind === "space" ? "Space" : resource.kind,
      name: label ?? address,
      part,
      address,
      place: entry?.place ?? origin?.place,
      construct: entry === undefined ? origin?.path : undefined,
      ...(change.previousAddress === undefined ? {} : { hasNewKey: true }),
    };
  }

  ofPart(part: string, place?: Place): Subject {
    return { key: part, kind: "part", name: part, part, address: undefined, place, construct: undefined };
  }

  at(part: string, address: string): Subject {
    const origin = this.#origins.get(part)?.get(withoutIndex(address));
    return { key: address, kind: "other", name: address, part, address, place: origin?.place, construct: origin?.path };
  }
}

function entriesOf({ spaces, integrations }: Configuration): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, place } of spaces.values()) entries.set(spaceAddress(key), { key, place, isSet: false });
  for (const integration of integrations.values()) addIntegration(entries, integration);
  return entries;
}

function addIntegration(entries: Map<string, Entry>, { product, key, place, repositories, sets }: IntegrationEntry): void {
  entries.set(integrationAddress(product, key), { key, place, isSet: false });
  for (const { namespace, slug, place: at } of repositories) {
    const address = webhookAddress(product, key, repositoryConstructId(namespace, slug));
    entries.set(address, { key: `${key}/${namespace}/${slug}`, place: at, isSet: false });
  }
  for (const set of sets) entries.set(webhookAddress(product, key, setConstructId(set)), { key, place: set.place, isSet: true });
}
