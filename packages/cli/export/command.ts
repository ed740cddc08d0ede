/** `bitlift export`: what the engine needs to plan and apply each part, in a folder, without the app: for runners that only get Terraform files. */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { problem } from "../catalog";
import { Interruption } from "../deployment/child";
import { checkNames, orderParts, type OrderedPart } from "../deployment/parts";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { readProject } from "../project/project";
import { synthesize } from "../project/synthesis";
import type { ColorOption } from "../terminal";

export interface ExportOptions extends ColorOption {
  /** Names of parts; undefined for all. */
  readonly part?: readonly string[];
  /** False after `--no-backend`. */
  readonly backend?: boolean;
  /** Writes one part directly into the folder. */
  readonly flat?: boolean;
}

const LOCK_FILE = ".terraform.lock.hcl";
/** The plugin with the hash that pins it, and the files of `TerraformAsset`. */
const COPIED = ["terraform.d", LOCK_FILE, "assets"];

interface Synthesized {
  readonly terraform?: Readonly<Record<string, unknown>> & {
    readonly backend?: { readonly local?: { readonly path?: string } };
  };
}

export async function exportParts(folder: string, options: ExportOptions): Promise<void> {
  const parts = await synthesizeParts(options);
  if (parts === undefined) {
    process.exitCode = FAILURE;
    return;
  }
  if (options.flat === true && parts.length !== 1) {
    throw problem("option-conflict", {
      why: `--flat writes one part directly into the folder, but there are ${parts.length}: ${parts.map(({ name }) => name).join(", ")}.`,
      fix: `Add --part with one name, or leave --flat out: each part then gets a folder of its own below ${folder}.`,
    });
  }
  const target = resolve(folder);
  for (const part of parts) await exportPart(part, options.flat === true ? target : join(target, part.name), options);
}

/** @returns undefined if the file has errors, which are printed */
async function synthesizeParts(options: ExportOptions): Promise<readonly OrderedPart[] | undefined> {
  const project = readProject();
  const configuration = project.file === undefined ? undefined : await readCheckedConfiguration(project.file, options);
  if (project.file !== undefined && configuration === undefined) return undefined;
  if (configuration !== undefined) {
    checkNames(
      options.part ?? [],
      configuration.parts.map(({ name }) => name),
    );
  }
  const interruption = new Interruption();
  const stacks = await synthesize(project, { parts: options.part }, interruption);
  interruption.stop();
  return orderParts(stacks, configuration, options.part);
}

async function exportPart(part: OrderedPart, target: string, { backend }: ExportOptions): Promise<void> {
  await mkdir(target, { recursive: true });
  const synthesized = JSON.parse(await readFile(part.file, "utf8")) as Synthesized;
  warnAboutLocalState(part, synthesized, backend);
  const written = backend === false ? withoutBackend(synthesized) : synthesized;
  await writeFile(join(target, basename(part.file)), `${JSON.stringify(written, null, 2)}\n`);
  for (const name of COPIED) {
    const source = join(part.folder, name);
    // The folder may contain other plugins, and files of the user.
    if (name !== "terraform.d") await rm(join(target, name), { recursive: true, force: true });
    if (existsSync(source)) await cp(source, join(target, name), { recursive: true, verbatimSymlinks: true });
  }
  process.stdout.write(`${part.name}: ${relative(process.cwd(), target) || "."}\n`);
}

/** Spacelift and Terraform Cloud store the state themselves, and refuse or ignore a backend. */
function withoutBackend({ terraform = {}, ...rest }: Synthesized): Synthesized {
  const { backend: _backend, cloud: _cloud, ...others } = terraform;
  return { ...rest, terraform: others };
}

/** CDKTF gives a stack without a backend a local one, with a path of the machine that synthesizes. */
function warnAboutLocalState({ name }: OrderedPart, { terraform }: Synthesized, backend: boolean | undefined): void {
  const path = terraform?.backend?.local?.path;
  if (backend === false || path === undefined || !isAbsolute(path)) return;
  process.stderr.write(
    `Warning: The state of part ${name} is a file of this machine: ${path}. Where the engine runs on another one, set state.backend in the file, or use --no-backend if the runner stores the state itself.\n`,
  );
}
