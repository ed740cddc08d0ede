/** Finds the state of a part: a file on this machine, or what the engine gets from the backend. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Configuration, Part } from "../../configuration";
import { chooseEngine } from "../../engine";
import { Interruption, runChild } from "../deployment/child";
import { jsonIn } from "../deployment/plan-json";
import { outputFolder } from "../project/project";
import { objectsInState, type StateObject } from "./state-objects";

export interface FoundState {
  /** For people: `terraform.main.tfstate`, `the backend`. */
  readonly source: string;
  readonly objects: ReadonlyMap<string, StateObject>;
}

/** The local state of a part, as CDKTF and the backend `local` name it. Undefined if there is none, or if it is not readable. */
export async function localState(configuration: Configuration, part: Part): Promise<FoundState | undefined> {
  const folder = dirname(configuration.path);
  const name = `terraform.${part.name}.tfstate`;
  const { type, arguments: settings } = part.backend ?? {};
  const stacks = stackFolder(configuration, part);
  const file = settings?.["path"];
  const paths =
    type === undefined ? [join(folder, name), resolve(name)] : [resolve(stacks, typeof file === "string" ? file : "terraform.tfstate")];
  if (type !== undefined && type !== "local") return undefined;
  for (const candidate of new Set(paths)) {
    const objects = objectsInState(await readFile(candidate, "utf8").catch(() => ""));
    if (objects !== undefined) return { source: `the state file ${candidate}`, objects };
  }
  return undefined;
}

/** What `state pull` prints, where the folder of the part is initialized. @returns a sentence if that fails; undefined without such a folder */
export async function pulledState(configuration: Configuration, part: Part): Promise<FoundState | string | undefined> {
  const folder = stackFolder(configuration, part);
  if (!existsSync(resolve(folder, process.env["TF_DATA_DIR"] ?? ".terraform"))) return undefined;
  const interruption = new Interruption();
  try {
    const engine = await chooseEngine();
    const run = await runChild({ command: engine.path, args: ["state", "pull"], cwd: folder, env: process.env, interruption });
    const objects = objectsInState(jsonIn(run.stdout) ?? "");
    if (run.code === 0 && objects !== undefined) return { source: "the state in the backend", objects };
    const [first = ""] = run.stderr.split("\n").filter((line) => line.includes("Error"));
    return `The engine could not read the state of the part ${part.name}${first === "" ? "" : `: ${first.replace(/^\W*/, "")}`}.`;
  } catch (thrown) {
    return `The state of the part ${part.name} could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  } finally {
    interruption.stop();
  }
}

/** Commands run in the folder of cdktf.json, and the file may be in another one. */
function stackFolder({ path }: Configuration, part: Part): string {
  const [first = "", ...others] = [process.cwd(), dirname(path)].map((folder) => join(outputFolder(folder), "stacks", part.name));
  return [first, ...others].find((folder) => existsSync(folder)) ?? first;
}
