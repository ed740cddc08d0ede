/** The hint about a new key without `previously`: the plan deletes one object and creates another that looks like the same thing. */
import {
  backingOfType,
  integrationAddress,
  ownType,
  repositoryConstructId,
  RESOURCE_TYPES,
  spaceAddress,
  webhookAddress,
  type Configuration,
  type IntegrationEntry,
} from "../../configuration";
import type { Plan, PlannedChange } from "./plan-json";

export interface NewKey {
  readonly entry: "Space" | "Integration";
  /** The key whose objects are deleted. */
  readonly former: string;
  readonly key: string;
}

/** Once for each entry, however many webhooks it has. Entries of other parts do not count: `previously` works within one state. */
export function newKeys({ backing, spaces, integrations }: Configuration, plan: Plan): readonly NewKey[] {
  const created = plan.changes.filter(({ action }) => action === "create");
  const deleted = plan.changes.filter(({ action }) => action === "delete");
  if (created.length === 0 || deleted.length === 0) return [];
  return [
    ...pairs(
      "Space",
      deleted.flatMap(formerSpace),
      declared(created, [...spaces.keys()], (key) => spaceAddress(key, backing)),
    ),
    ...(["cloud", "datacenter"] as const).flatMap((product) => {
      const entries = [...integrations.values()].filter((entry) => entry.product === product);
      const former = deleted.flatMap((change) => formerIntegration(product, change, deleted));
      return pairs(
        "Integration",
        former,
        declared(
          created,
          entries.map(({ key }) => key),
          (key) => integrationAddress(product, key, integrations.get(key)?.backing),
          product,
        ),
      );
    }),
  ];
}

/** Like `Space "payments" is deleted and "pay" is created. …`. */
export function newKeyText({ entry, former, key }: NewKey): string {
  return `${entry} "${former}" is deleted and "${key}" is created. If that is a new key for the same object, add previously: [${former}] to "${key}".`;
}

interface Candidate {
  readonly key: string;
  readonly label: string | undefined;
  readonly repositories: ReadonlySet<string>;
}

type Product = IntegrationEntry["product"];

function declared(
  created: readonly PlannedChange[],
  keys: readonly string[],
  addressOf: (key: string) => string,
  product?: Product,
): readonly Candidate[] {
  const byAddress = new Map(created.map((change) => [change.address, change]));
  return keys.flatMap((key) => {
    const change = byAddress.get(addressOf(key));
    if (change === undefined) return [];
    return [{ key, label: change.label, repositories: product === undefined ? new Set<string>() : repositoriesOf(product, key, created) }];
  });
}

/** The key in an address ends before its hash, and the address of the key proves it. */
function formerSpace({ address, label, type }: PlannedChange): readonly Candidate[] {
  const key = /^[^.]+\.space-(.+)_[0-9A-F]{8}$/.exec(address)?.[1];
  return key !== undefined && spaceAddress(key, backingOfType(type)) === address ? [{ key, label, repositories: new Set() }] : [];
}

function formerIntegration(
  product: Product,
  { address, label, type }: PlannedChange,
  deleted: readonly PlannedChange[],
): readonly Candidate[] {
  const name = /^[^.]+\.(.+)_[0-9A-F]{8}$/.exec(address)?.[1];
  if (ownType(type) !== RESOURCE_TYPES.integration[product] || name === undefined) return [];
  const backing = backingOfType(type);
  const key = [name, name.replace(/^integration-/, "")].find((candidate) => integrationAddress(product, candidate, backing) === address);
  return key === undefined ? [] : [{ key, label, repositories: repositoriesOf(product, key, deleted) }];
}

function repositoriesOf(product: Product, key: string, changes: readonly PlannedChange[]): ReadonlySet<string> {
  const own = changes.flatMap(({ address, label, type }) => {
    const [namespace, slug] = label?.split("/") ?? [];
    if (namespace === undefined || slug === undefined) return [];
    const expected = webhookAddress(product, key, repositoryConstructId(namespace, slug), backingOfType(type));
    return expected === address ? [`${namespace}/${slug}`.toLowerCase()] : [];
  });
  return new Set(own);
}

/** Each object of the one side with the most similar one of the other. */
function pairs(entry: NewKey["entry"], former: readonly Candidate[], created: readonly Candidate[]): readonly NewKey[] {
  const free = new Set(created);
  const found = new Map<Candidate, Candidate>();
  for (const isSimilar of [sameName, sameRepositories, similarKey]) {
    for (const one of former) {
      if (found.has(one)) continue;
      const match = [...free].find((other) => isSimilar(one, other));
      if (match === undefined) continue;
      found.set(one, match);
      free.delete(match);
    }
  }
  return former.flatMap((one) => {
    const match = found.get(one);
    return match === undefined ? [] : [{ entry, former: one.key, key: match.key }];
  });
}

function sameName(one: Candidate, other: Candidate): boolean {
  return one.label !== undefined && one.label === other.label;
}

/** More than half of them: the list may have changed with the key. */
function sameRepositories(one: Candidate, other: Candidate): boolean {
  const same = [...one.repositories].filter((repository) => other.repositories.has(repository)).length;
  return same > 0 && 2 * same > Math.max(one.repositories.size, other.repositories.size);
}

const SHORTEST_KEY = 3;

/** One contains the other, or they differ in one letter. */
function similarKey(one: Candidate, other: Candidate): boolean {
  const [short = "", long = ""] = [one.key, other.key]
    .map((key) => key.toLowerCase().replaceAll(/[-_]/g, ""))
    .sort((a, b) => a.length - b.length);
  if (short.length < SHORTEST_KEY) return false;
  return long.includes(short) || differByOne(short, long);
}

function differByOne(short: string, long: string): boolean {
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(long.length > short.length ? at : at + 1) === long.slice(at + 1);
}
