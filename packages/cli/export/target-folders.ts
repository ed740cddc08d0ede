/** The folders into which `bitlift export` writes the parts. */
import { join, relative, resolve } from "node:path";
import { problem } from "../catalog";
import type { OrderedPart } from "../deployment/parts";

/** Where each part is written. @throws Problem `option-conflict` if several parts would share a folder */
export function targetFolders(
  parts: readonly OrderedPart[],
  folder: string,
  { flat }: { readonly flat?: boolean },
): ReadonlyMap<OrderedPart, string> {
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
