/** A sandbox, an engine, and a folder whose environment points to that sandbox. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { installStandIns, type StandIns } from "../stand-ins";
import { initialize, installPlugin, mirrorPlugin, requiredProviders } from "./plugin-installation";
import { PreparedFolder, type FolderOptions } from "./prepared-folder";
import type { Variables } from "./product";
import { SandboxClient } from "./sandbox-client";

export type SandboxOptions = NonNullable<Parameters<typeof startSandbox>[0]>;

export interface HarnessOptions extends Pick<FolderOptions, "pluginStart" | "check"> {
  readonly sandbox?: SandboxOptions;
  /** Environment variables in addition to those that point to the sandbox. */
  readonly variables?: Variables;
  /**
   * Also installs the stand-ins for the published providers, and points them to the sandbox. The folder's configuration requires `spacelift`,
   * `bitbucket`, `bitbucketserver` and `null` in addition to `bitlift`.
   */
  readonly standIns?: boolean;
}

interface Installation {
  readonly engine: Engine;
  readonly folder: string;
  /** What the stand-ins add. */
  readonly standIns?: StandIns;
}

/** The engine is chosen, and the plugin installed, once per process. The installation is in the temporary folder. */
let installed: Promise<Installation> | undefined;
let installedWithStandIns: Promise<Installation> | undefined;

async function install(): Promise<Installation> {
  const { engine, folder } = await prepare();
  await installPlugin(engine.path, folder, await cleanEnvironment(engine, folder));
  return { engine, folder };
}

async function installWithStandIns(): Promise<Installation> {
  const { engine, folder } = await prepare();
  const standIns = await installStandIns(folder);
  await mirrorPlugin(standIns.mirror);
  const environment = await cleanEnvironment(engine, folder, { TF_CLI_CONFIG_FILE: standIns.cliConfig });
  await initialize(engine.path, folder, environment, requiredProviders(standIns.providers));
  return { engine, folder, standIns };
}

async function prepare(): Promise<Installation> {
  // A short name, because the length of a socket path is limited, and plugins create sockets below it.
  return { engine: await chooseEngine(), folder: await mkdtemp(join(tmpdir(), "bl-")) };
}

export class Harness {
  readonly sandbox: Sandbox;
  readonly remote: SandboxClient;
  readonly folder: PreparedFolder;

  private constructor(sandbox: Sandbox, folder: PreparedFolder) {
    this.sandbox = sandbox;
    this.remote = new SandboxClient(sandbox);
    this.folder = folder;
  }

  static async start({ sandbox: sandboxOptions, variables, pluginStart, check, standIns = false }: HarnessOptions = {}): Promise<Harness> {
    const installation = await (standIns ? (installedWithStandIns ??= installWithStandIns()) : (installed ??= install()));
    const sandbox = await startSandbox(sandboxOptions);
    const root = await mkdtemp(join(tmpdir(), "bl-"));
    const all = { ...sandbox.environment, ...(await installation.standIns?.variables(sandbox.environment)), ...variables };
    const options = { engine: installation.engine, root, installation: installation.folder, variables: all };
    const providers = installation.standIns?.providers;
    return new Harness(sandbox, await PreparedFolder.create({ ...options, pluginStart, check, ...(providers && { providers }) }));
  }

  async stop(): Promise<void> {
    await this.folder.remove();
    await this.sandbox.stop();
  }
}
