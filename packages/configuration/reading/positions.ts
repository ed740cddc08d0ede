/** Remembers where each map and list of the values came from, and finds the place of each entry. */
import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import type { Location } from "../finding";
import type { Source } from "./source";

export interface SourceRange {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

interface Origin {
  readonly source: Source;
  readonly node: YAMLMap | YAMLSeq;
  /** The entries of a map by key, with those that a merge brought. */
  readonly pairs: ReadonlyMap<string, Pair> | undefined;
}

export class Positions {
  readonly #origins = new WeakMap<object, Origin>();

  record(value: object, origin: Origin): void {
    this.#origins.set(value, origin);
  }

  /** The entries of a map, with those that a merge brought. */
  pairs(value: object): ReadonlyMap<string, Pair> {
    return this.#origins.get(value)?.pairs ?? new Map<string, Pair>();
  }

  range({ holder, key, part = "value" }: Location): SourceRange | undefined {
    const origin = this.#origins.get(holder);
    if (origin === undefined) return undefined;
    const { source } = origin;
    const node = key === undefined ? origin.node : (entryNode(origin, key, part) ?? origin.node);
    const [start, end] = node.range ?? [0, 0, 0];
    return { source, start, end };
  }

  /** The text of a value as it is written. */
  written(location: Location): string | undefined {
    const range = this.range(location);
    return range?.source.text.slice(range.start, range.end);
  }
}

function entryNode({ node, pairs }: Origin, key: string | number, part: "key" | "value"): Node | undefined {
  if (isSeq(node)) return asNode(node.items[Number(key)]);
  const pair = pairs?.get(String(key));
  if (!isMap(node) || pair === undefined) return undefined;
  return part === "value" ? (asNode(pair.value) ?? asNode(pair.key)) : asNode(pair.key);
}

function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && "range" in value ? (value as Node) : undefined;
}
