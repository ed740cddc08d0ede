/** The options of `bitlift export`, and the folder into which it writes each part. */
import { join, relative, resolve } from "node:path";
import { problem } from "../catalog";
import type { OrderedPart } from "../deployment/parts";
import type { ColorOption } from "../terminal";
import type { Backing } from "./moves";

export interface ExportOptions extends ColorOption {
  /** Names of parts; undefined for all. */
  readonly part?: readonly string[];
  /** False after `--no-backend`. */
  readonly backend?: boolean;
  /** Writes one part directly into the folder. */
  readonly flat?: boolean;
  /** Synthesizes with this backing, and adds what moves the objects to it. */
  readonly backing?: Backing;
  /** Writes commands for an engine that has the blocks, too. */
  readonly commands?: boolean;
  /** A file with the state of the only part. */
  readonly state?: string;
  readonly json?: boolean;
}

/** Where each part is written. @throws Problem `option-conflict` if several parts would share a folder */
export function targetFolders(parts: readonly OrderedPart[], folder: string, { flat }: ExportOptions): ReadonlyMap<OrderedPart, string> {
  if (flat === true && parts.length !== 1) {
    throw problem("option-conflict", {
      why: `--flat writes one part directly into the folder, but there are ${parts.length}: ${parts.map(({ name }) => name).join(", ")}.`,
      fix: `Add --part with one name, or leave --flat out: each part then gets a folder of its own below ${folder}.`,
    });
  }
  const target = resolve(folder);
  return new Map(parts.map((part) => [part, flat === true ? target : join(target, part.name)]));
}

/** Relative to the working directory. */
export function shownFolder(target: string): string {
  return relative(process.cwd(), target) || ".";
}
