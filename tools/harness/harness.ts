/** A sandbox, an engine, and a folder whose environment points to that sandbox. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { installPlugin } from "./plugin-installation";
import { PreparedFolder, type FolderOptions } from "./prepared-folder";
import type { Variables } from "./product";
import { SandboxClient } from "./sandbox-client";

export type SandboxOptions = NonNullable<Parameters<typeof startSandbox>[0]>;

export interface HarnessOptions extends Pick<FolderOptions, "pluginStart" | "check"> {
  readonly sandbox?: SandboxOptions;
  /** Environment variables in addition to those that point to the sandbox. */
  readonly variables?: Variables;
}

/** The engine is chosen, and the plugin installed, once per process. The installation is in the temporary folder. */
let installed: Promise<{ readonly engine: Engine; readonly folder: string }> | undefined;

async function install(): Promise<{ readonly engine: Engine; readonly folder: string }> {
  const engine = await chooseEngine();
  // A short name, because the length of a socket path is limited, and plugins create sockets below it.
  const folder = await mkdtemp(join(tmpdir(), "bl-"));
  await installPlugin(engine.path, folder, await cleanEnvironment(engine, folder));
  return { engine, folder };
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

  static async start({ sandbox: sandboxOptions, variables, pluginStart, check }: HarnessOptions = {}): Promise<Harness> {
    const { engine, folder: installation } = await (installed ??= install());
    const sandbox = await startSandbox(sandboxOptions);
    const root = await mkdtemp(join(tmpdir(), "bl-"));
    const options = { engine, root, installation, variables: { ...sandbox.environment, ...variables } };
    return new Harness(sandbox, await PreparedFolder.create({ ...options, pluginStart, check }));
  }

  async stop(): Promise<void> {
    await this.folder.remove();
    await this.sandbox.stop();
  }
}
