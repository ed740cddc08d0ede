/** The folder of another provider, for `--peer`. CONTRIBUTING.md describes what it may contain. */
import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "./entries";

export interface PeerFolder {
  readonly name: string;
  readonly root: string;
  /** The path below `root` of what is planned or created with this number of webhooks; undefined if the folder has nothing for it. */
  folderFor(command: Command, webhooks: number): string | undefined;
}

/** An executable that prepares a folder before its `init`. */
export const SETUP = "setup";

const SIZED = /^(apply-)?[1-9]\d*$/;
const CONFIGURATION = /\.tf(\.json)?$/;

/** @throws if the path is not a folder, or the folder contains nothing to measure */
export function peerAt(path: string): PeerFolder {
  const root = resolve(path);
  const entries = readdirSync(root, { withFileTypes: true });
  const sized = new Set(entries.filter((entry) => entry.isDirectory() && SIZED.test(entry.name)).map(({ name }) => name));
  const hasConfiguration = entries.some(({ name }) => CONFIGURATION.test(name) || name === SETUP);
  if (sized.size === 0 && !hasConfiguration) {
    throw new Error(
      `${join(root, "/")} contains no configuration, no executable ${SETUP}, and no folder that is named for a number of webhooks, such as 1000 or apply-1000.`,
    );
  }
  return {
    name: basename(root),
    root,
    folderFor: (command, webhooks) => {
      if (sized.size === 0) return ".";
      const name = command === "plan" ? String(webhooks) : `apply-${webhooks}`;
      return sized.has(name) ? name : undefined;
    },
  };
}
