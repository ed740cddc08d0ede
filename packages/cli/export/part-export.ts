/** Writes the folder of one part: what the engine needs to plan and apply it. */
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { writing } from "../output-place";
import type { Stack } from "../project/manifest";
import type { SynthesizedPart } from "./moves";

const LOCK_FILE = ".terraform.lock.hcl";
/** The plugin with the hash that pins it, and the files of `TerraformAsset`. */
const COPIED = ["terraform.d", LOCK_FILE, "assets"];

/** @param backend False leaves the backend out. @throws Problem `output-not-written` */
export async function exportPart(part: Stack, target: string, backend: boolean | undefined): Promise<void> {
  const synthesized = await readPart(part);
  warnAboutLocalState(part, synthesized, backend);
  const written = backend === false ? withoutBackend(synthesized) : synthesized;
  await writingPart(part, target, () => writePart(part, target, written));
}

/** @throws Problem `output-not-written` */
export function writingPart<T>({ name }: Stack, target: string, write: () => Promise<T>): Promise<T> {
  return writing({ path: target, setting: `The folder of the part ${name}` }, write);
}

async function writePart(part: Stack, target: string, written: SynthesizedPart): Promise<void> {
  await mkdir(target, { recursive: true });
  await writeFile(join(target, basename(part.file)), `${JSON.stringify(written, null, 2)}\n`);
  for (const name of COPIED) {
    const source = join(part.folder, name);
    // The folder may contain other plugins, and files of the user.
    if (name !== "terraform.d") await rm(join(target, name), { recursive: true, force: true });
    if (existsSync(source)) await cp(source, join(target, name), { recursive: true, verbatimSymlinks: true });
  }
}

export async function readPart({ file }: Stack): Promise<SynthesizedPart> {
  return JSON.parse(await readFile(file, "utf8")) as SynthesizedPart;
}

/** Spacelift and Terraform Cloud store the state themselves, and refuse or ignore a backend. */
function withoutBackend({ terraform = {}, ...rest }: SynthesizedPart): SynthesizedPart {
  const { backend: _backend, cloud: _cloud, ...others } = terraform;
  return { ...rest, terraform: others };
}

/** CDKTF gives a stack without a backend a local one, with a path of the machine that synthesizes. */
function warnAboutLocalState({ name }: Stack, { terraform }: SynthesizedPart, backend: boolean | undefined): void {
  const path = terraform?.backend?.["local"]?.["path"];
  if (backend === false || typeof path !== "string" || !isAbsolute(path)) return;
  process.stderr.write(
    `Warning: The state of part ${name} is a file of this machine: ${path}. Where the engine runs on another one, set state.backend in the file, or use --no-backend if the runner stores the state itself.\n`,
  );
}
