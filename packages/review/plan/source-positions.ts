/** Places in the source of a program, from frames of a stack trace: through the source map of a compiled file, if it has one. */
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Place } from "../../configuration";

export interface SourceFiles {
  /** Absolute; places are relative to it. */
  readonly root: string;
  /** The text of a file, for source maps; undefined if it cannot be read. */
  readonly read: (path: string) => string | undefined;
}

interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

interface FileMap {
  readonly map: SourceMap;
  /** Sources are relative to it. */
  readonly folder: string;
}

/** A frame such as `new Stack (/app/main.ts:12:5)`, `at /app/main.ts:12:5` or `… (file:///app/main.js:12:5)`. */
const FRAME = /^(?:at )?(?:async )?(?:.*? \()?((?:file:\/\/)?\/.*?|[A-Za-z]:[\\/].*?):(\d+):(\d+)\)?$/;

const INLINE = /\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([A-Za-z0-9+/=]+)\s*$/;
const LINKED = /\/\/# sourceMappingURL=(\S+)\s*$/;

export class SourcePositions {
  readonly #files: SourceFiles;
  /** Thousands of resources come from few files. */
  readonly #maps = new Map<string, FileMap | undefined>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** The first frame of the program itself: in a file below the root, and not of an installed package. */
  placeOf(stackTrace: readonly string[]): Place | undefined {
    for (const frame of stackTrace) {
      const position = positionIn(frame.trim());
      if (position === undefined) continue;
      const { path, line, column } = this.#original(position);
      const file = relative(this.#files.root, path).replaceAll("\\", "/");
      if (file.split("/").some((name) => name === ".." || name === "node_modules")) continue;
      return { file, line, column };
    }
    return undefined;
  }

  /** The position in the source that a compiled file was made from; the same position if the file has no source map. */
  #original(position: Position): Position {
    const found = this.#mapOf(position.path);
    const entry = found?.map.findEntry(position.line - 1, position.column - 1);
    if (found === undefined || entry === undefined || !("originalSource" in entry)) return position;
    const { originalSource, originalLine, originalColumn } = entry;
    return { path: this.#sourcePath(originalSource, found.folder), line: originalLine + 1, column: originalColumn + 1 };
  }

  #sourcePath(source: string, folder: string): string {
    if (source.startsWith("file://")) return filePath(source) ?? source;
    // Bundlers name sources below the folder in which they run.
    const bundled = /^webpack:\/\/[^/]*\/(.*)$/.exec(source)?.[1];
    return bundled === undefined ? resolve(folder, source) : resolve(this.#files.root, bundled);
  }

  #mapOf(path: string): FileMap | undefined {
    if (!this.#maps.has(path)) this.#maps.set(path, this.#readMap(path));
    return this.#maps.get(path);
  }

  #readMap(path: string): FileMap | undefined {
    const text = /\.[cm]?js$/.test(path) ? this.#files.read(path) : undefined;
    if (text === undefined) return undefined;
    const inline = INLINE.exec(text)?.[1];
    if (inline !== undefined) return parseMap(Buffer.from(inline, "base64").toString("utf8"), dirname(path));
    const linked = LINKED.exec(text)?.[1];
    if (linked === undefined) return undefined;
    const mapPath = resolve(dirname(path), linked);
    const json = this.#files.read(mapPath);
    return json === undefined ? undefined : parseMap(json, dirname(mapPath));
  }
}

/** Undefined for code that has no file, such as that of `eval`. */
function positionIn(frame: string): Position | undefined {
  const [, location = "", line, column] = FRAME.exec(frame) ?? [];
  if (location === "" || location.includes("<anonymous>")) return undefined;
  const path = location.startsWith("file://") ? filePath(location) : location;
  if (path === undefined || path.split(sep).includes("node_modules")) return undefined;
  return { path, line: Number(line), column: Number(column) };
}

/** Undefined for an address that is no path here, such as one of another host. */
function filePath(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function parseMap(json: string, folder: string): FileMap | undefined {
  try {
    const payload = JSON.parse(json) as Omit<SourceMapPayload, "sourceRoot"> & { readonly sourceRoot?: string };
    const { sourceRoot = "" } = payload;
    return { map: new SourceMap({ ...payload, sourceRoot: "" }), folder: resolve(folder, sourceRoot) };
  } catch {
    return undefined;
  }
}
