/** A project whose engine installs the stand-ins for the published providers, and Bitlift's own plugin only from the folder of the part. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PLUGIN_SOURCE, runProgram, type Product } from "../../tools/harness";
import { installStandIns } from "../../tools/stand-ins";
import { CommandProject } from "./command-project";

/** What a plan says about an object, as `<address>: <actions>`. */
export interface ShownPlan {
  readonly code: number;
  readonly output: string;
  readonly changes: readonly string[];
}

interface PlannedObject {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
}

export class BackingProject {
  readonly project: CommandProject;
  readonly #standIns: string;

  private constructor(project: CommandProject, standIns: string) {
    this.project = project;
    this.#standIns = standIns;
  }

  static async create(product: Product): Promise<BackingProject> {
    const project = await CommandProject.create();
    const folder = await mkdtemp(join(tmpdir(), "bl-"));
    const standIns = await installStandIns(folder);
    const cliConfig = join(folder, "engine.tfrc");
    const methods = [
      `filesystem_mirror {\n    path = ${JSON.stringify(standIns.mirror)}\n  }`,
      `filesystem_mirror {\n    path = "terraform.d/plugins"\n    include = ["${PLUGIN_SOURCE}"]\n  }`,
    ];
    await writeFile(cliConfig, `provider_installation {\n  ${methods.join("\n  ")}\n}\n`);
    const { environment } = project.sandbox;
    const token = environment["SPACELIFT_BITBUCKET_DATACENTER_TOKEN"];
    const all = {
      ...(await standIns.variables(environment)),
      ...loginsOf(product, environment),
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_VAR_ledger_token: token,
    };
    const set = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new BackingProject(project.withVariables(Object.fromEntries(set)), folder);
  }

  /** The same project with further variables. */
  withVariables(variables: Readonly<Record<string, string>>): BackingProject {
    return new BackingProject(this.project.withVariables(variables), this.#standIns);
  }

  /** Runs the engine in a folder below the project. */
  async engine(folder: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const { project } = this;
    return runProgram(project.engine.path, args, { cwd: join(project.folder, folder), env: project.environment });
  }

  /** Runs another program, with a path below the project. */
  async run(program: string, path: string): Promise<{ readonly code: number; readonly output: string }> {
    const { project } = this;
    return runProgram(program, [path], { cwd: project.folder, env: { ...project.environment, BITLIFT_ENGINE: project.engine.path } });
  }

  /** Plans in a folder below the project, and saves the plan as `plan.out`. */
  async plan(folder: string): Promise<ShownPlan> {
    const { code, output } = await this.engine(folder, "plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=plan.out");
    if (code === 1) return { code, output, changes: [] };
    const shown = await this.engine(folder, "show", "-json", "plan.out");
    const { resource_changes: changes = [] } = JSON.parse(shown.output.slice(shown.output.indexOf("{"))) as {
      readonly resource_changes?: readonly PlannedObject[];
    };
    const texts = changes.filter(({ mode }) => mode === "managed").map(changeText);
    return { code, output, changes: texts.filter((text) => text !== undefined) };
  }

  /** The types in the state of the only part. */
  async types(): Promise<readonly string[]> {
    const { resources } = JSON.parse(await readFile(join(this.project.folder, "terraform.main.tfstate"), "utf8")) as {
      readonly resources: readonly { readonly mode: string; readonly type: string }[];
    };
    return [...new Set(resources.filter(({ mode }) => mode === "managed").map(({ type }) => type))].sort();
  }

  async stop(): Promise<void> {
    await this.project.stop();
    await rm(this.#standIns, { recursive: true, force: true });
  }
}

function changeText({ address, previous_address: from, change }: PlannedObject): string | undefined {
  const { actions, importing } = change;
  const moved = from === undefined || from === address ? [] : ["move"];
  const words = [...moved, ...(importing === undefined ? [] : ["import"]), ...actions.filter((action) => action !== "no-op")];
  return words.length === 0 ? undefined : `${withoutHash(address)}: ${words.join(", ")}`;
}

/** Addresses without the hash at their end. */
export function withoutHash(text: string): string {
  return text.replaceAll(/_[0-9A-F]{8}(?=\b|_Identity)/g, "");
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The published provider for Bitbucket Cloud refuses a token together with a password, which the one for Bitbucket Data Center needs. */
function loginsOf({ name }: Product, environment: Variables): Variables {
  if (name === "cloud") return {};
  return { BITBUCKET_OAUTH_TOKEN: undefined, BITBUCKET_PASSWORD: environment["BITBUCKET_DATACENTER_TOKEN"] };
}
