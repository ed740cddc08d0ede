/** Plans from files: the output of `show -json`, or a plan in the engine's own form, which the engine reads itself. */
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { chooseEngine } from "../../engine";
import { logProblem, readPlan, readPlanLog, type PlanModel } from "../../review";
import { problem } from "../catalog";
import { Interruption, runChild } from "../deployment/child";
import { jsonIn } from "../deployment/plan-json";
import { outputFolder } from "../project/project";
import { decodedText } from "./encoded-text";

/** How a zip archive begins, which a saved plan is. */
const ARCHIVE = "PK";

export interface PlanFileOptions {
  /** For each file one, or none. */
  readonly logs: readonly string[];
  /** Names of the parts that the project has. */
  readonly parts: readonly string[];
  readonly note: (text: string) => void;
}

/** @throws Problem `plan-file-unreadable`, and those of `readPlan` */
export async function readPlanFiles(files: readonly string[], { logs, parts, note }: PlanFileOptions): Promise<readonly PlanModel[]> {
  const plans: PlanModel[] = [];
  for (const [index, file] of files.entries()) {
    const part = partOf(file, parts, plans);
    const log = logs[index];
    const source = file === "-" ? "Standard input" : file;
    const plan = readPlan(await planText(file), { part, source });
    plans.push(log === undefined ? plan : await withLog(plan, log, note));
  }
  return plans;
}

/** Without its log, the review knows less, and says so. */
async function withLog(plan: PlanModel, log: string, note: (text: string) => void): Promise<PlanModel> {
  const text = decodedText(await contentOf(log));
  const why = logProblem(text, plan);
  if (why === undefined) return { ...plan, messages: readPlanLog(text, plan.part) };
  note(`Warning: ${log} does not count as the log of ${plan.source}: ${why}. Give what plan -json -out=<file> printed for this plan.`);
  return plan;
}

/** The name of the file, without its ends, or of the only part of the project. Two plans never have the same name. */
function partOf(file: string, parts: readonly string[], earlier: readonly PlanModel[]): string {
  const [only, ...others] = parts;
  const name = basename(file).replace(/(\.(tfplan|plan|json|out))+$/i, "");
  const wanted = parts.includes(name) ? name : only !== undefined && others.length === 0 ? only : file === "-" ? "main" : name;
  const isTaken = (text: string) => earlier.some(({ part }) => part === text);
  if (!isTaken(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!isTaken(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

async function planText(file: string): Promise<string> {
  const content = await contentOf(file);
  if (content.subarray(0, ARCHIVE.length).toString("latin1") !== ARCHIVE) return decodedText(content);
  if (file === "-")
    throw unreadable("Standard input is a plan in the engine's own form.", "Give it as a file, or pipe the output of show -json.");
  return shownPlan(resolve(file));
}

async function contentOf(file: string): Promise<Buffer> {
  if (file === "-") return buffer(process.stdin);
  try {
    return await readFile(file);
  } catch (thrown) {
    throw unreadable(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`, "Correct the path.");
  }
}

/** The engine needs the providers of the plan, so it runs where `init` has installed them. */
async function shownPlan(file: string): Promise<string> {
  const engine = await chooseEngine();
  const interruption = new Interruption();
  const folders = await initializedFolders(file);
  let reason = "No folder that init has prepared was found.";
  try {
    for (const cwd of folders) {
      const env = { BITLIFT_NODE: process.execPath, ...process.env, TF_IN_AUTOMATION: "1" };
      const run = await runChild({ command: engine.path, args: ["show", "-json", "-no-color", file], cwd, env, interruption });
      const json = jsonIn(run.stdout);
      if (run.code === 0 && json !== undefined) return json;
      reason = run.stderr.trim();
    }
  } finally {
    interruption.stop();
  }
  throw unreadable(
    `The engine cannot read ${file}.\n${reason}`,
    "Run the command in the folder in which the plan was made, or give the output of show -json.",
  );
}

/** The working directory, the folder of the plan, and the folders of the parts; the one that is named like the plan first. */
async function initializedFolders(file: string): Promise<readonly string[]> {
  const stacks = join(outputFolder(process.cwd()), "stacks");
  const names = await readdir(stacks).catch(() => []);
  const name = basename(file).replace(/\.tfplan$/, "");
  const ordered = [...names.filter((candidate) => candidate === name), ...names.filter((candidate) => candidate !== name)];
  const folders = [process.cwd(), dirname(file), ...ordered.map((folder) => join(stacks, folder))];
  return [...new Set(folders)].filter((folder) => existsSync(join(folder, ".terraform")));
}

function unreadable(why: string, fix: string): Error {
  return problem("plan-file-unreadable", { why, fix });
}
