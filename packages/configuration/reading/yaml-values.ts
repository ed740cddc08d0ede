/** Turns the nodes of a YAML document into plain values: aliases, merges, keys. Records the place of every map and list. */
import { isAlias, isMap, isPair, isScalar, isSeq, Scalar, type Alias, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { FindingCode } from "../catalog";
import { shown } from "../quoting";
import type { Positions } from "./positions";
import type { Source } from "./source";

/** Reports a mistake at a node. */
export type ReportNode = (code: FindingCode, node: Node, message: string | ((place: string) => string), related?: Node) => void;

/** More values than any real file repeats by aliases; a few nested aliases can stand for billions. */
const MAX_REPEATED_VALUES = 200_000;

/** Stands for a value that has been reported, so that no check reports it again. */
export const REPORTED = Symbol("reported");

interface Anchored {
  readonly value: unknown;
  readonly node: Node;
  /** The number of values that an alias repeats. */
  readonly size: number;
}

/** An entry that a merge brings, with the pair that has its place. */
interface Merged {
  readonly value: unknown;
  readonly pair: Pair | undefined;
}

export class YamlValues {
  readonly #anchors = new Map<string, Anchored | "unfinished">();
  readonly #source: Source;
  readonly #positions: Positions;
  readonly #report: ReportNode;
  #count = 0;
  #repeated = 0;

  constructor(source: Source, positions: Positions, report: ReportNode) {
    this.#source = source;
    this.#positions = positions;
    this.#report = report;
  }

  /** Whether aliases repeat so much that the values must not be used. */
  get isTooLarge(): boolean {
    return this.#repeated > MAX_REPEATED_VALUES;
  }

  valueOf(node: unknown): unknown {
    this.#count++;
    if (isAlias(node)) {
      const anchored = this.#aliased(node);
      return anchored === undefined ? REPORTED : anchored.value;
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    if (!this.#checkTag(node)) return REPORTED;
    const { anchor } = node;
    if (anchor === undefined) return this.#plain(node);
    const before = this.#count;
    this.#anchors.set(anchor, "unfinished");
    const value = this.#plain(node);
    this.#anchors.set(anchor, { value, node, size: this.#count - before + 1 });
    return value;
  }

  #plain(node: YAMLMap | YAMLSeq | Scalar): unknown {
    if (isMap(node)) return this.#map(node);
    if (isSeq(node)) return this.#list(node);
    return node.value;
  }

  #list(node: YAMLSeq): unknown[] {
    const list = node.items.map((item) => {
      // `[a: b]` is a list with a map of one entry.
      if (isPair(item)) return this.valueOf(item.value);
      return this.valueOf(item);
    });
    this.#positions.record(list, { source: this.#source, node, pairs: undefined });
    return list;
  }

  #map(node: YAMLMap): Record<string, unknown> {
    const pairs = new Map<string, Pair>();
    const own = new Map<string, unknown>();
    const merged = new Map<string, Merged>();
    for (const pair of node.items) {
      if (isMergeKey(pair.key)) {
        this.#merge(pair.value, merged);
        continue;
      }
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      const first = pairs.get(key);
      if (first === undefined) {
        pairs.set(key, pair);
        own.set(key, this.valueOf(pair.value));
      } else this.#report("duplicate-key", pair.key as Node, duplicateMessage(key), first.key as Node);
    }
    for (const [key, { value, pair }] of merged) {
      if (own.has(key)) continue;
      own.set(key, value);
      if (pair !== undefined) pairs.set(key, pair);
    }
    const value = Object.fromEntries(own);
    this.#positions.record(value, { source: this.#source, node, pairs });
    return value;
  }

  #merge(node: unknown, into: Map<string, Merged>): void {
    const merged = isSeq(node) ? node.items.map((item) => this.valueOf(item)) : [this.valueOf(node)];
    for (const value of merged.filter((entry) => entry !== REPORTED)) {
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        this.#report("yaml-alias", node as Node, "<< merges maps, but this is not a map. Write the alias of a map after <<.");
        continue;
      }
      const pairs = this.#positions.pairs(value);
      for (const [key, entry] of Object.entries(value)) if (!into.has(key)) into.set(key, { value: entry, pair: pairs.get(key) });
    }
  }

  #key(node: unknown): string | undefined {
    if (isScalar(node) && typeof node.value === "string" && node.value !== "__proto__") return node.value;
    this.#report("key-not-text", node as Node, keyMessage(node));
    return undefined;
  }

  #aliased(alias: Alias): Anchored | undefined {
    const { source: name } = alias;
    const anchored = this.#anchors.get(name);
    if (anchored === undefined || anchored === "unfinished") {
      this.#report(...this.#aliasFault(alias, anchored === "unfinished"));
      return undefined;
    }
    this.#repeated += anchored.size;
    this.#count += anchored.size;
    if (this.#repeated <= MAX_REPEATED_VALUES) return anchored;
    if (this.#repeated - anchored.size <= MAX_REPEATED_VALUES)
      this.#report(
        "yaml-alias",
        alias,
        `the aliases of this file repeat more than ${MAX_REPEATED_VALUES.toLocaleString("en-US")} values. Repeat less.`,
      );
    return undefined;
  }

  #aliasFault(alias: Alias, containsItself: boolean): Parameters<ReportNode> {
    const name = `*${alias.source}`;
    if (containsItself)
      return ["yaml-alias", alias, `the alias ${name} is inside its own anchor, so that it would contain itself. Remove it.`];
    if (/^[a-z0-9_]+$/i.test(alias.source)) {
      const known = [...this.#anchors.keys()];
      const anchors =
        known.length === 0 ? "The file has no anchors." : `Anchors before it: ${known.map((anchor) => `&${anchor}`).join(", ")}.`;
      return [
        "yaml-alias",
        alias,
        `the alias ${name} has no anchor &${alias.source} before it. ${anchors} If it is a text, quote it: "${name}".`,
      ];
    }
    return ["quotes-needed", alias, `YAML reads ${name} as an alias, because it starts with *. Quote the pattern: "${name}".`];
  }

  #checkTag(node: YAMLMap | YAMLSeq | Scalar): boolean {
    if (node.tag === undefined || /^tag:yaml\.org,2002:(str|map|seq|int|float|bool|null)$/.test(node.tag)) return true;
    this.#report("yaml-feature", node, `the tag ${shown(node.tag.replace("tag:yaml.org,2002:", "!!"))} is not supported. Remove it.`);
    return false;
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && key.value === "<<";
}

function duplicateMessage(key: string): (place: string) => string {
  return (place) => `the key ${shown(key)} is defined twice in the same map. It is first defined at ${place}. Remove one of the two.`;
}

function keyMessage(node: unknown): string {
  if (!isScalar(node) || node.value === "__proto__") return "this key cannot be used. Write a text as the key.";
  const { source = "", value } = node;
  if (value === null) return `a key is ${source === "" ? "empty" : `${source}, which YAML reads as no value`}. Write a text as the key.`;
  if (typeof value === "number") return `YAML reads the key ${source} as the number ${value}. Write a key that starts with a letter.`;
  return `YAML reads the key ${source} as a truth value. Quote it: "${source}".`;
}
