/** A copy of a peer's folder in which the engine runs, and a sandbox of its own. */
import { existsSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { CLOUD, DATACENTER, runProgram, startProgram, type SandboxAddress } from "../harness";
import { measuredEnvironment, newFolder, type Benchmark } from "./benchmark";
import { APPLY, PLAN, runMeasured, type MeasuredRun } from "./measured-run";
import { SETUP } from "./peer-folder";
import { startSeparateSandbox, type SeparateSandbox } from "./separate-sandbox";

/** The CLI configuration of the engine, if the peer's folder contains this file. */
const CLI_CONFIGURATION = "cli.tfrc";
const STATE = "terraform.tfstate";

type Variables = Readonly<Record<string, string>>;

export class PeerDeployment {
  readonly #engine: string;
  readonly #root: string;
  /** The folder with the configuration, below the root. */
  readonly #folder: string;
  readonly #sandbox: SeparateSandbox;
  #env: Variables = {};
  #stopSetup = (): void => undefined;

  private constructor(engine: string, root: string, folder: string, sandbox: SeparateSandbox) {
    this.#engine = engine;
    this.#root = root;
    this.#folder = folder;
    this.#sandbox = sandbox;
  }

  /** Copies the peer's folder, starts a sandbox, and initializes the folder below it that is measured. */
  static async start(
    benchmark: Benchmark,
    peer: { readonly root: string; readonly folder: string; readonly webhooks: number },
  ): Promise<PeerDeployment> {
    const root = await newFolder(benchmark);
    // Links of a local mirror become absolute.
    await cp(peer.root, join(root, "peer"), { recursive: true });
    const sandbox = await startSeparateSandbox(peer.webhooks);
    const deployment = new PeerDeployment(benchmark.engine.path, root, join(root, "peer", peer.folder), sandbox);
    try {
      await deployment.#prepare(benchmark, peer.webhooks);
      return deployment;
    } catch (thrown) {
      await deployment.stop();
      throw thrown;
    }
  }

  /** Creates the resources, unless the folder has a state. */
  async ensureCreated(): Promise<void> {
    if (!existsSync(join(this.#folder, STATE))) await this.create();
  }

  /** Plans once. Some providers plan changes each time, so changes are accepted. */
  plan(): Promise<MeasuredRun> {
    return runMeasured(this.#engine, PLAN, { folder: this.#folder, env: this.#env, acceptChanges: true });
  }

  /** Creates everything from an empty state. */
  async create(): Promise<MeasuredRun> {
    await rm(join(this.#folder, STATE), { force: true });
    return runMeasured(this.#engine, APPLY, { folder: this.#folder, env: this.#env });
  }

  async stop(): Promise<void> {
    this.#stopSetup();
    process.off("exit", this.#stopSetup);
    await this.#sandbox.stop();
    await rm(this.#root, { recursive: true, force: true });
  }

  async #prepare(benchmark: Benchmark, webhooks: number): Promise<void> {
    const configuration = join(this.#root, "peer", CLI_CONFIGURATION);
    const variables = {
      ...peerVariables(this.#sandbox.address, webhooks),
      ...(existsSync(configuration) ? { TF_CLI_CONFIG_FILE: configuration } : {}),
    };
    const env = await measuredEnvironment(benchmark, this.#root, variables);
    this.#env = { ...env, ...(await this.#runSetup(env)) };
    if (existsSync(join(this.#folder, ".terraform"))) return;
    const { code, output } = await runProgram(this.#engine, ["init", "-input=false", "-no-color"], { cwd: this.#folder, env: this.#env });
    if (code !== 0) throw new Error(`init in the peer's folder failed:\n${output}`);
  }

  /** Runs the setup of this size, otherwise the one of all sizes. Returns the variables that it prints. */
  async #runSetup(env: Variables): Promise<Variables> {
    const setup = [join(this.#folder, SETUP), join(this.#root, "peer", SETUP)].find((path) => existsSync(path));
    if (setup === undefined) return {};
    // A process group of its own, so that `stop` also ends what it leaves running.
    const program = startProgram(setup, [], { cwd: this.#folder, env, detached: true, untilExit: true });
    this.#stopSetup = () => stopGroup(program.pid);
    process.once("exit", this.#stopSetup);
    const { code, stdout, output } = await program.ended;
    if (code !== 0) throw new Error(`The peer's ${SETUP} ended with exit code ${code}:\n${output}`);
    return printedVariables(stdout);
  }
}

/** The sandbox's variables, and the same facts as variables of a Terraform configuration. */
export function peerVariables({ environment }: SandboxAddress, webhooks: number): Readonly<Record<string, string | undefined>> {
  return {
    ...environment,
    TF_VAR_webhooks: String(webhooks),
    TF_VAR_bitbucket_cloud_url: environment["BITBUCKET_API_URL"],
    TF_VAR_bitbucket_cloud_token: environment["BITBUCKET_ACCESS_TOKEN"],
    TF_VAR_bitbucket_workspace: CLOUD.namespace,
    TF_VAR_bitbucket_datacenter_url: environment["BITBUCKET_DATACENTER_URL"],
    TF_VAR_bitbucket_datacenter_token: environment["BITBUCKET_DATACENTER_TOKEN"],
    TF_VAR_bitbucket_project: DATACENTER.namespace,
  };
}

/** The lines of the form NAME=value. */
export function printedVariables(output: string): Variables {
  const lines = output.split("\n").map((line) => /^([A-Za-z_]\w*)=(.*)$/.exec(line));
  return Object.fromEntries(lines.flatMap((match) => (match === null ? [] : [[match[1] ?? "", match[2] ?? ""]])));
}

function stopGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // Nothing of the group is running anymore.
  }
}
