/** Where a program declares the constructs of a stack: from the metadata that CDKTF writes into a synthesized configuration. */
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "../../configuration";
import { kindOf } from "./resource-kinds";

export interface ConstructOrigin {
  readonly path: string;
  /** Undefined if the metadata contain no stack trace. */
  readonly place: Place | undefined;
}

/** By the address of the resource, without an index. */
export type PartOrigins = ReadonlyMap<string, ConstructOrigin>;

/** For each part. */
export type ConstructOrigins = ReadonlyMap<string, PartOrigins>;

export interface SourceFiles {
  /** Absolute; places are relative to it. */
  readonly root: string;
  /** The text of a file, for source maps; undefined if it cannot be read. */
  readonly read: (path: string) => string | undefined;
}

interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly "//"?: { readonly metadata?: Metadata } }>>>>;
}

interface Metadata {
  readonly path?: string;
  readonly stackTrace?: readonly string[];
}

/** @param synthesized The parsed `cdk.tf.json`. */
export function readConstructOrigins(synthesized: unknown, files: SourceFiles): PartOrigins {
  const origins = new Map<string, ConstructOrigin>();
  for (const [type, resources] of Object.entries((synthesized as Synthesized).resource ?? {})) {
    if (kindOf(type) === undefined) continue;
    for (const [name, resource] of Object.entries(resources)) {
      const { path, stackTrace = [] } = resource["//"]?.metadata ?? {};
      if (path === undefined) continue;
      // Constructs of lib wrap the resource, whose own ID says nothing.
      origins.set(`${type}.${name}`, { path: path.replace(/\/Resource$/, ""), place: placeOf(stackTrace, files) });
    }
  }
  return origins;
}

/** A frame such as `new Stack (/app/main.ts:12:5)`, `at /app/main.ts:12:5` or `… (file:///app/main.js:12:5)`. */
const FRAME = /(?:\(|at |^|\s)((?:file:\/\/)?\/[^()]*?|[A-Za-z]:\\[^()]*?):(\d+):(\d+)\)?$/;

/** The first frame of the program itself: in a file below the root, and not of an installed package. */
function placeOf(stackTrace: readonly string[], files: SourceFiles): Place | undefined {
  for (const frame of stackTrace) {
    const [, location = "", line, column] = FRAME.exec(frame.trim()) ?? [];
    if (location === "") continue;
    const path = location.startsWith("file://") ? fileURLToPath(location) : location;
    if (path.includes("/node_modules/")) continue;
    const place = original({ path, line: Number(line), column: Number(column) }, files);
    const file = relative(files.root, place.path);
    if (file.startsWith("..") || file.includes("node_modules/")) continue;
    return { file: file.replaceAll("\\", "/"), line: place.line, column: place.column };
  }
  return undefined;
}

interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The position in the source that a compiled file was made from; the same position if the file has no source map. */
function original(position: Position, files: SourceFiles): Position {
  const map = sourceMapOf(position.path, files);
  if (map === undefined) return position;
  const entry = map.findEntry(position.line - 1, position.column - 1);
  if (!("originalSource" in entry)) return position;
  const { originalSource: source, originalLine: line, originalColumn: column } = entry;
  const path = source.startsWith("file://") ? fileURLToPath(source) : resolve(dirname(position.path), source);
  return { path, line: line + 1, column: column + 1 };
}

const INLINE = /\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/;
const LINKED = /\/\/# sourceMappingURL=([^\s]+)\s*$/;

function sourceMapOf(path: string, files: SourceFiles): SourceMap | undefined {
  if (!/\.[cm]?js$/.test(path)) return undefined;
  const text = files.read(path);
  if (text === undefined) return undefined;
  const inline = INLINE.exec(text)?.[1];
  const linked = inline === undefined ? LINKED.exec(text)?.[1] : undefined;
  const json = inline === undefined ? linked && files.read(resolve(dirname(path), linked)) : Buffer.from(inline, "base64").toString("utf8");
  if (json === undefined) return undefined;
  try {
    return new SourceMap(JSON.parse(json) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
