/** What all parts of one run share. */
import { mkdtemp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import { PLUGIN_EXECUTABLE } from "../harness";
import type { NodeUnderTest } from "./node-under-test";
import type { PeerFolder } from "./peer-folder";

/** A source tree with a built plugin. */
export interface Checkout {
  readonly name: string;
  readonly root: string;
  readonly plugin: string;
}

export const THIS_CHECKOUT: Checkout = { name: "this checkout", root: resolve(__dirname, "../.."), plugin: PLUGIN_EXECUTABLE };

export interface Benchmark {
  readonly engine: Engine;
  readonly node: NodeUnderTest;
  /** The PATH of all measured processes. */
  readonly path: string;
  /** A temporary folder. */
  readonly folder: string;
  readonly peers: readonly PeerFolder[];
  readonly showProgress: (text: string) => void;
}

/** A new folder of one deployment. */
export function newFolder({ folder }: Benchmark): Promise<string> {
  return mkdtemp(join(folder, "d-"));
}

/** The environment of measured processes. It has no NODE_OPTIONS and no NODE_EXTRA_CA_CERTS, which change the time of every start. */
export function measuredEnvironment(
  { engine, path }: Benchmark,
  root: string,
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<Record<string, string>> {
  return cleanEnvironment(engine, root, { ...variables, PATH: path });
}
