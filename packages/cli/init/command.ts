/** `bitlift init`: writes a working project. It adds what an existing package.json lacks, overwrites nothing else, and runs nothing. */
import { existsSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { problem } from "../catalog";
import { obstacleTo } from "../output-place";
import { paintFor, usesColor, type ColorOption } from "../terminal";
import { notesOn } from "./existing-files";
import { projectFiles, type Pipeline } from "./files";
import type { HostName } from "../project/hosts";
import { hostNamed, hostOf } from "./host";
import { completeManifest, readManifest } from "./manifest";
import { nextSteps } from "./next-steps";
import { packageManagerOf } from "./package-manager";

export interface InitOptions extends ColorOption {
  readonly pipeline: Pipeline;
  /** By default, the one that package.json names. */
  readonly host?: HostName;
}

/** @throws Problem `project-not-written` */
export async function init(folder: string | undefined, { pipeline, ...options }: InitOptions): Promise<void> {
  const target = resolve(folder ?? ".");
  requireFolder(target);
  const manifest = await readManifest(target);
  const manager = packageManagerOf(target);
  const host = hostNamed(options.host ?? hostOf(manifest?.value));
  const paint = paintFor(usesColor(process.stdout, options));
  const existing: string[] = [];
  for (const [name, text] of Object.entries(projectFiles(pipeline, manager, host))) {
    const written = await writeNew(join(target, name), text);
    if (written) process.stdout.write(`${paint.green("written")}  ${name}\n`);
    else {
      existing.push(name);
      const added = name === "package.json" && manifest !== undefined ? await completeManifest(target, manifest, host.packages) : [];
      process.stdout.write(`${paint.yellow("exists ")}  ${name}, ${added.length > 0 ? `added ${added.join(", ")}` : "left as it is"}\n`);
    }
  }
  for (const note of notesOn(target, existing, host.app)) process.stdout.write(`\n${paint.yellow("Note:")} ${note}\n`);
  const steps = nextSteps(target, pipeline, manager, host.packages).map((step, index) => `  ${index + 1}. ${step}\n`);
  process.stdout.write(`\nNext steps:\n${steps.join("")}`);
}

/** The folder need not exist, but nothing else may have its name, or that of a folder around it. */
function requireFolder(target: string): void {
  const obstacle = obstacleTo(target);
  if (obstacle === undefined) return;
  throw problem("project-not-written", {
    why: `${obstacle} is not a folder.`,
    fix: "Name a folder, which need not exist, or leave the name out to use the current folder.",
  });
}

/** @returns false if the file exists. The file system decides, so that no file is lost. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (thrown) {
    const { code = "", message } = thrown as NodeJS.ErrnoException;
    if (code === "EEXIST" && existsSync(dirname(path)) && statSync(dirname(path)).isDirectory()) return false;
    throw problem("project-not-written", {
      why: `${relative(process.cwd(), path) || path} cannot be written: ${message}.`,
      fix: "Make the folder writable, or name another one, and run the command again. It leaves the files that it has written as they are.",
    });
  }
}
