/** Where a program declares the constructs of a stack, from its synthesized configuration and the stack traces that the synthesis recorded. */
import type { Place } from "../../configuration";
import { kindOf } from "./resource-kinds";
import { SourcePositions, type SourceFiles } from "./source-positions";

export interface ConstructOrigin {
  readonly path: string;
  /** Undefined if no stack trace was recorded, or it has no frame of the program. */
  readonly place: Place | undefined;
}

/** By the address of the resource, without an index. */
export type PartOrigins = ReadonlyMap<string, ConstructOrigin>;

/** For each part. */
export type ConstructOrigins = ReadonlyMap<string, PartOrigins>;

interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly "//"?: { readonly metadata?: Metadata } }>>>>;
}

interface Metadata {
  readonly path?: string;
  readonly stackTrace?: readonly string[];
}

/**
 * @param synthesized The parsed `cdk.tf.json`.
 * @param recorded The parsed `bitlift-origins.json`: frames of a stack trace, by the path of the resource in the construct tree. Without it, CDKTF's metadata count.
 */
export function readConstructOrigins(synthesized: unknown, files: SourceFiles, recorded?: unknown): PartOrigins {
  const traces = new Map(Object.entries((recorded ?? {}) as Readonly<Record<string, readonly string[]>>));
  const positions = new SourcePositions(files);
  const origins = new Map<string, ConstructOrigin>();
  for (const [type, resources] of Object.entries((synthesized as Synthesized).resource ?? {})) {
    if (kindOf(type) === undefined) continue;
    for (const [name, resource] of Object.entries(resources)) {
      const { path, stackTrace = [] } = resource["//"]?.metadata ?? {};
      if (path === undefined) continue;
      const place = positions.placeOf(traces.get(path) ?? stackTrace);
      // Constructs of lib wrap the resource, whose own ID says nothing.
      origins.set(`${type}.${name}`, { path: path.replace(/\/Resource$/, ""), place });
    }
  }
  return origins;
}
