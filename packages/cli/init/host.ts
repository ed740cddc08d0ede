/** The host framework of a project, and the packages of each. */
import { dependencies, devDependencies, version } from "../../../package.json";
import { ENTRIES, type HostName } from "../project/hosts";
import type { Manifest } from "./manifest";

export interface Host {
  /** What the app imports. */
  readonly app: string;
  /** In the versions that this version of bitlift is tested with. */
  readonly packages: Packages;
}

export interface Packages {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const { cdktf, cdktn, constructs } = devDependencies;

/** @param node The version of Node.js: the command of CDK Terrain needs 22.19, and no part of bitlift needs that command. */
export function hostNamed(name: HostName, node: string = process.versions.node): Host {
  const packages = (host: Readonly<Record<string, string>>, command: Readonly<Record<string, string>>): Packages => ({
    dependencies: { bitlift: version, ...host, constructs, tsx: dependencies.tsx },
    devDependencies: command,
  });
  const app = `${ENTRIES[name]}/app`;
  if (name === "cdktf") return { app, packages: packages({ cdktf }, { "cdktf-cli": devDependencies["cdktf-cli"] }) };
  return { app, packages: packages({ cdktn }, runsItsCommand(node) ? { "cdktn-cli": cdktn } : {}) };
}

/** The host that a package.json names. CDKTF if it names none, or both. */
export function hostOf({ dependencies = {}, devDependencies = {} }: Manifest = {}): HostName {
  const names = { ...dependencies, ...devDependencies };
  return "cdktn" in names && !("cdktf" in names) ? "cdktn" : "cdktf";
}

function runsItsCommand(node: string): boolean {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}
