/** `bitlift export`: what the engine needs to plan and apply each part, in a folder, without the app: for runners that only get Terraform files. */
import { problem } from "../catalog";
import { Interruption } from "../deployment/child";
import { checkNames, orderParts, type OrderedPart } from "../deployment/parts";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { readProject } from "../project/project";
import { synthesize } from "../project/synthesis";
import type { ColorOption } from "../terminal";
import type { Backing } from "./moves";
import { exportPart } from "./part-export";
import { shownFolder, targetFolders } from "./target-folders";

export interface ExportOptions extends ColorOption {
  /** Names of parts; undefined for all. */
  readonly part?: readonly string[];
  /** False after `--no-backend`. */
  readonly backend?: boolean;
  /** Writes one part directly into the folder. */
  readonly flat?: boolean;
  /** Synthesizes with this backing, and adds what moves the objects to it. */
  readonly backing?: Backing;
  /** Writes commands for an engine that has the blocks, too. */
  readonly commands?: boolean;
  /** A file with the state of the only part. */
  readonly state?: string;
  readonly json?: boolean;
}

export async function exportParts(folder: string, options: ExportOptions): Promise<void> {
  const { backing } = options;
  if (backing !== undefined) {
    const { exportMoves } = await import("./backing-export.js");
    return exportMoves(folder, { ...options, backing });
  }
  refuseWithoutBacking(options);
  const parts = await synthesizeParts(options);
  if (parts === undefined) {
    process.exitCode = FAILURE;
    return;
  }
  const targets = targetFolders(parts, folder, options);
  for (const part of parts) {
    const target = targets.get(part) ?? "";
    await exportPart(part, target, options.backend);
    process.stdout.write(`${part.name}: ${shownFolder(target)}\n`);
  }
}

/** @throws Problem `option-conflict` */
function refuseWithoutBacking({ commands, state, json }: ExportOptions): void {
  const [first] = Object.entries({ commands, state, json }).filter(([, value]) => value !== undefined);
  if (first === undefined) return;
  throw problem("option-conflict", {
    why: `--${first[0]} is about moving objects to another backing, and --backing is missing.`,
    fix: `Add --backing published or --backing bitlift, or leave --${first[0]} out.`,
  });
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
