/** `bitlift export --backing`: exports the parts with another backing, with what moves their objects to it. */
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { Configuration, Finding } from "../../configuration";
import { chooseEngine, type Engine } from "../../engine";
import { problem } from "../catalog";
import { Interruption } from "../deployment/child";
import { checkNames, orderParts, type OrderedPart } from "../deployment/parts";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import type { Stack } from "../project/manifest";
import { readProject, type Project } from "../project/project";
import { synthesize } from "../project/synthesis";
import type { ColorOption } from "../terminal";
import { managedCloudIntegrations } from "./cloud-integrations";
import { movesTo, type Backing, type Moves } from "./moves";
import { MOVES_FILE, hasBlocksFor, movesFiles, PROVIDERS_FILE, type Files } from "./moves-file";
import { movesScript, SCRIPT_FILE } from "./moves-script";
import { exportPart, readPart, writingPart } from "./part-export";
import { objectsOf } from "./part-state";
import { printMoves, type MovedPart, type MovedProject } from "./printed-moves";
import { storedObjects, type StoredObject } from "./stored-objects";
import { requireSecretArguments } from "./secret-arguments";
import { shownFolder, targetFolders, type ExportOptions } from "./target-folders";

type MoveOptions = ExportOptions & { readonly backing: Backing };

/** The objects in the state of each part, by its name; undefined for a part without a state. */
type States = ReadonlyMap<string, readonly StoredObject[] | undefined>;

/** Writes nothing if one object cannot be moved. @throws Problem `move-impossible` */
export async function exportMoves(folder: string, options: MoveOptions): Promise<void> {
  const interruption = new Interruption();
  try {
    const moved = await moveParts(folder, options, interruption);
    if (moved === undefined) process.exitCode = FAILURE;
    else printMoves(moved, options.json === true);
  } finally {
    interruption.stop();
  }
}

/** @returns undefined if the file has errors, which are printed */
async function moveParts(folder: string, options: MoveOptions, interruption: Interruption): Promise<MovedProject | undefined> {
  const { backing, part: selected } = options;
  const project = readProject();
  const findings: Finding[] = [];
  const own = await checkedFile(project, { ...options, backing: undefined }, findings);
  if (own === "invalid") return undefined;
  if (own !== undefined) {
    checkNames(
      selected ?? [],
      own.parts.map(({ name }) => name),
    );
  }
  const engine = await chooseEngine();
  const stacks = await synthesize(project, { parts: selected }, interruption);
  const states = await readStates(orderParts(stacks, own, selected), options, engine, interruption);
  if (backing === "published") {
    await managedCloudIntegrations(stacks, states, own);
    await placePlugin(project, stacks, states, options, interruption);
  }
  const configuration = await checkedFile(project, options, findings);
  if (configuration === "invalid") return undefined;
  const parts = orderParts(await synthesize(project, { parts: selected, backing }, interruption), configuration, selected);
  const targets = targetFolders(parts, folder, options);
  const moves = await movesOf(parts, states, backing);
  for (const part of parts) if (isMoving(moves.get(part.name))) requireSecretArguments(part.name, await readPart(part), engine);
  const moved: MovedPart[] = [];
  for (const part of parts) {
    const target = targets.get(part) ?? "";
    const itsMoves = moves.get(part.name) ?? NONE;
    await exportPart(part, target, options.backend);
    moved.push({
      part: part.name,
      folder: shownFolder(target),
      moves: itsMoves,
      files: await writingPart(part, target, () => writeMoves(part, target, itsMoves, options, engine)),
    });
  }
  return { backing, engine: basename(engine.path), parts: moved, setting: settingFor(backing, own) };
}

function settingFor(backing: Backing, own: Configuration | undefined): MovedProject["setting"] {
  if (own === undefined) return "context";
  const backings = [own.backing, ...[...own.integrations.values()].map((entry) => entry.backing)];
  return backings.every((one) => one === backing) ? undefined : "file";
}

function isMoving({ moves, forgotten }: Moves = NONE): boolean {
  return moves.length + forgotten.length > 0;
}

const NONE: Moves = { moves: [], forgotten: [], obstacles: [], triggers: [] };

/** Prints only what is not in `printed`, to which it adds. */
async function checkedFile(
  { file }: Project,
  { color, backing }: CheckOptions,
  printed: Finding[],
): Promise<Configuration | "invalid" | undefined> {
  if (file === undefined) return undefined;
  const known = printed.map(findingKey);
  const add = (findings: readonly Finding[]) => void printed.push(...findings);
  const isNew = (finding: Finding) => !known.includes(findingKey(finding));
  return (await readCheckedConfiguration(file, { ...(color === undefined ? {} : { color }), backing, isNew }, add)) ?? "invalid";
}

interface CheckOptions extends ColorOption {
  readonly backing: Backing | undefined;
}

function findingKey({ code, message, place }: Finding): string {
  return JSON.stringify([code, message, place]);
}

async function readStates(
  parts: readonly OrderedPart[],
  { state }: MoveOptions,
  engine: Engine,
  interruption: Interruption,
): Promise<States> {
  const states = new Map<string, readonly StoredObject[] | undefined>();
  if (state !== undefined && parts.length !== 1) {
    throw problem("option-conflict", {
      why: `--state is the state of one part, but there are ${parts.length}: ${parts.map(({ name }) => name).join(", ")}.`,
      fix: "Add --part with one name.",
    });
  }
  for (const part of parts) {
    const objects = state === undefined ? await objectsOf(part, { engine, interruption }) : await objectsInFile(state);
    if (objects === undefined) {
      process.stderr.write(
        `Note: The part ${part.name} has no state, so it has nothing to move. If a runner stores the state, save it there with ${basename(engine.path)} state pull, and give the file with --state.\n`,
      );
    }
    states.set(part.name, objects);
  }
  return states;
}

async function objectsInFile(path: string): Promise<readonly StoredObject[]> {
  const objects = storedObjects(await readFile(path, "utf8").catch(() => ""));
  if (objects !== undefined) return objects;
  throw problem("option-invalid", {
    why: `--state names ${path}, which is not a state as terraform state pull or tofu state pull prints it.`,
    fix: "Save the output of state pull in a file, and give its path.",
  });
}

/** The engine loads the provider of every object in the state, so the parts need the plugin until their objects have moved. */
async function placePlugin(
  project: Project,
  stacks: readonly Stack[],
  states: States,
  { part: parts }: MoveOptions,
  interruption: Interruption,
): Promise<void> {
  const isWithout = ({ name, folder }: Stack) =>
    (states.get(name) ?? []).some(({ type }) => type.startsWith("bitlift_")) && !existsSync(join(folder, "terraform.d"));
  if (stacks.some(isWithout)) await synthesize(project, { parts, backing: "bitlift" }, interruption);
}

/** @throws Problem `move-impossible` */
async function movesOf(parts: readonly OrderedPart[], states: States, backing: Backing): Promise<ReadonlyMap<string, Moves>> {
  const moves = new Map<string, Moves>();
  for (const part of parts) moves.set(part.name, movesTo(backing, states.get(part.name) ?? [], await readPart(part)));
  const obstacles = [...moves.values()].flatMap((one) => one.obstacles);
  if (obstacles.length === 0) return moves;
  throw problem("move-impossible", {
    why: ["Nothing was written, because these objects cannot be moved.", ...obstacles.map(({ why }) => why)].join("\n"),
    fix: obstacles.map(({ fix }) => fix).join("\n"),
  });
}

/** Also removes what an earlier export wrote for one apply. */
async function writeMoves(
  part: OrderedPart,
  target: string,
  moves: Moves,
  { backing, commands }: MoveOptions,
  engine: Engine,
): Promise<Files> {
  for (const name of [MOVES_FILE, PROVIDERS_FILE, SCRIPT_FILE]) await rm(join(target, name), { force: true });
  if (!isMoving(moves)) return {};
  const files: Files =
    hasBlocksFor(backing, engine) && commands !== true
      ? movesFiles(backing, moves, await readPart(part))
      : { [SCRIPT_FILE]: movesScript(backing, moves, basename(engine.path)) };
  for (const [name, text] of Object.entries(files)) await writeFile(join(target, name), text);
  if (SCRIPT_FILE in files) await chmod(join(target, SCRIPT_FILE), 0o755);
  return files;
}
