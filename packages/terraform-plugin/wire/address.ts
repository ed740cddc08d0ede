/** Where the server listens: a Unix socket that only this user can reach, or a loopback port where such a path would be too long. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** 104 bytes on macOS and 108 on Linux, with a zero at the end. */
const LONGEST_SOCKET_PATH = 103;

export interface Address {
  readonly network: "unix" | "tcp";
  /** What the listener binds. */
  readonly bind: { readonly path: string } | { readonly host: string; readonly port: number };
  /** What the engine connects to, for a port that the system has chosen. */
  text(port: number): string;
  /** Takes socket and directory away. */
  remove(): void;
}

/** `PLUGIN_UNIX_SOCKET_DIR` names a directory that the launcher has prepared; otherwise a fresh one is made, which only this user can enter. */
export function chooseAddress(environment: NodeJS.ProcessEnv): Address {
  const given = environment.PLUGIN_UNIX_SOCKET_DIR;
  if (given !== undefined && given !== "") {
    const path = join(resolve(given), `plugin-${randomBytes(6).toString("hex")}`);
    return fits(path) ? socket(path, path) : LOOPBACK;
  }
  // mkdtemp adds six characters and makes the directory with mode 0700.
  const prefix = join(resolve(tmpdir()), "plugin-");
  if (!fits(`${prefix}XXXXXX/s`)) return LOOPBACK;
  const directory = mkdtempSync(prefix);
  return socket(join(directory, "s"), directory);
}

function socket(path: string, toRemove: string): Address {
  return {
    network: "unix",
    bind: { path },
    text: () => path,
    remove: () => {
      rmSync(toRemove, { recursive: true, force: true });
    },
  };
}

const LOOPBACK: Address = {
  network: "tcp",
  bind: { host: "127.0.0.1", port: 0 },
  text: (port) => `127.0.0.1:${String(port)}`,
  remove: () => undefined,
};

function fits(path: string): boolean {
  return Buffer.byteLength(path) <= LONGEST_SOCKET_PATH;
}
