/** Gets the state of a part: from its file on this machine, or from the backend, through the engine. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Engine } from "../../engine";
import { problem } from "../catalog";
import { runChild, type ChildRun, type Interruption } from "../deployment/child";
import { jsonIn } from "../deployment/plan-json";
import type { Stack } from "../project/manifest";
import type { SynthesizedPart } from "./moves";
import { storedObjects, type StoredObject } from "./stored-objects";

export interface StateAccess {
  readonly engine: Engine;
  readonly interruption: Interruption;
}

/** @returns undefined if the part has no state yet @throws Problem `engine-command-failed` */
export async function objectsOf(part: Stack, access: StateAccess): Promise<readonly StoredObject[] | undefined> {
  const { terraform = {} } = JSON.parse(await readFile(part.file, "utf8")) as SynthesizedPart;
  const { backend, cloud } = terraform;
  const workspace = await workspaceOf(part);
  const local = backend?.["local"] ?? (backend === undefined && cloud === undefined ? {} : undefined);
  if (local === undefined) return storedObjects(await pull(part, { backend, cloud }, workspace, access));
  const { path, workspace_dir: workspaces } = local;
  const file =
    workspace === undefined
      ? text(path, "terraform.tfstate")
      : join(text(workspaces, "terraform.tfstate.d"), workspace, "terraform.tfstate");
  return storedObjects(await readFile(resolve(part.folder, file), "utf8").catch(() => ""));
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

/** Undefined for the default one. */
async function workspaceOf({ folder }: Stack): Promise<string | undefined> {
  const chosen = process.env["TF_WORKSPACE"] || (await readFile(join(folder, ".terraform/environment"), "utf8").catch(() => "")).trim();
  return chosen === "" || chosen === "default" ? undefined : chosen;
}

/** In a folder with nothing but the backend: that of the part needs its providers, and is prepared for the backing that it has now. */
async function pull(part: Stack, terraform: object, workspace: string | undefined, { engine, interruption }: StateAccess): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bitlift-state-"));
  try {
    await writeFile(join(folder, "backend.tf.json"), JSON.stringify({ terraform }));
    const { TF_DATA_DIR: _data, ...inherited } = process.env;
    const env = { ...inherited, TF_IN_AUTOMATION: "1", ...(workspace === undefined ? {} : { TF_WORKSPACE: workspace }) };
    const run = (...args: readonly string[]) => runChild({ command: engine.path, args, cwd: folder, env, interruption });
    const init = await run("init", "-input=false", "-no-color");
    // Init prepares the backend first. Then it wants the providers of the state, which may be missing here, and which pull does not need.
    const pulled = await run("state", "pull");
    if (pulled.code !== 0) throw unreadable(part, init.code === 0 ? pulled : init);
    return jsonIn(pulled.stdout) ?? "";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function unreadable({ name }: Stack, { stdout, stderr }: ChildRun): Error {
  const text = stripVTControlCharacters(stderr.trim() === "" ? stdout : stderr).trim();
  return problem("engine-command-failed", {
    why: `The engine could not read the state of part ${name}.${text === "" ? "" : `\n${text}`}`,
    fix: "Set the variables with which the backend of the part can be read, and run the command again; or give its state with --state <file>.",
  });
}
