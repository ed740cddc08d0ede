/** Writing to a path that the user gave: what the file system refuses becomes a message that names the path and where it comes from. */
import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { problem } from "./catalog";

/** Where a command writes. */
interface OutputPlace {
  readonly path: string;
  /** Where the path comes from, such as `--plan-dir`. */
  readonly setting: string;
}

/** What is in the way of a folder: something else with its name, or with the name of a folder around it. */
export function obstacleTo(folder: string): string | undefined {
  const path = resolve(folder);
  if (existsSync(path)) return statSync(path).isDirectory() ? undefined : path;
  return dirname(path) === path ? undefined : obstacleTo(dirname(path));
}

/** Checks a folder, which need not exist, before something that takes time. @throws Problem `output-not-written` */
export function requireFolder({ path, setting }: OutputPlace): void {
  const obstacle = obstacleTo(path);
  if (obstacle === undefined) return;
  const reason = obstacle === resolve(path) ? "which is not a folder" : `but ${shown(obstacle)} is not a folder`;
  throw problem("output-not-written", {
    why: `${setting} is ${shown(path)}, ${reason}.`,
    fix: `Name another folder, which need not exist, or move ${shown(obstacle)} away.`,
  });
}

/** The same for a file. @throws Problem `output-not-written` */
export function requireFile({ path, setting }: OutputPlace): void {
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw problem("output-not-written", { why: `${setting} is ${shown(path)}, which is a folder.`, fix: "Name a file in it." });
  }
  requireFolder({ path: dirname(path), setting: `The folder of ${setting}` });
}

/** Writes into a folder. @throws Problem `output-not-written` if the file system refuses it */
export async function writing<T>(place: OutputPlace, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    const { syscall, message } = thrown as NodeJS.ErrnoException;
    if (syscall === undefined) throw thrown;
    requireFolder(place);
    throw problem("output-not-written", {
      why: `${place.setting} is ${shown(place.path)}, and the system refuses to write there: ${message}.`,
      fix: "Make room for it and make it writable, or name another folder, and run the command again.",
    });
  }
}

/** Relative to the working directory, if it is in it. */
function shown(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === "" || inside.startsWith("..") ? resolve(path) : inside;
}
