/** Where the server listens: a Unix socket that only this user can open, or a loopback port where no socket is possible. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The limit is 104 bytes on macOS and 108 on Linux, including a zero byte at the end. */
const MAXIMUM_SOCKET_PATH_BYTES = 103;

export interface Address {
  readonly network: "unix" | "tcp";
  /** What the listener binds to. */
  readonly bind: { readonly path: string } | { readonly host: string; readonly port: number };
  /** Returns what the engine connects to. `port` is the one that the operating system chose; a socket ignores it. */
  endpoint(port: number): string;
  /** Removes the socket and its directory. */
  remove(): void;
}

/**
 * A socket in the directory in `PLUGIN_UNIX_SOCKET_DIR`, which the launcher has created, or in a new one that only this user can enter. Undefined
 * if the path cannot be used, or if the directory cannot be created: the temporary directory is missing or read-only.
 */
export function chooseSocket(environment: NodeJS.ProcessEnv): Address | undefined {
  const launcherDirectory = environment.PLUGIN_UNIX_SOCKET_DIR;
  try {
    if (launcherDirectory !== undefined && launcherDirectory !== "") {
      const path = join(resolve(launcherDirectory), `plugin-${randomBytes(6).toString("hex")}`);
      return isUsable(path) ? socketAddress(path, path) : undefined;
    }
    // mkdtemp adds six characters and creates the directory with mode 0700.
    const prefix = join(resolve(tmpdir()), "plugin-");
    if (!isUsable(`${prefix}XXXXXX/s`)) return undefined;
    const directory = mkdtempSync(prefix);
    return socketAddress(join(directory, "s"), directory);
  } catch {
    return undefined;
  }
}

function socketAddress(path: string, toRemove: string): Address {
  return {
    network: "unix",
    bind: { path },
    endpoint: () => path,
    remove: () => {
      try {
        rmSync(toRemove, { recursive: true, force: true });
      } catch {
        // The directory has become read-only, or was never one.
      }
    },
  };
}

/** With TLS, only the engine can use it. */
export const LOOPBACK: Address = {
  network: "tcp",
  bind: { host: "127.0.0.1", port: 0 },
  endpoint: (port) => `127.0.0.1:${port}`,
  remove: () => undefined,
};

/** The handshake line separates its parts by `|`. */
function isUsable(path: string): boolean {
  return Buffer.byteLength(path) <= MAXIMUM_SOCKET_PATH_BYTES && !/[|\n\r]/.test(path);
}
