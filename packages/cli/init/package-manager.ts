/** Which package manager a project uses, and its commands. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn";
  readonly lockFile: string;
  readonly install: string;
  /** In a pipeline: exactly what the lock file says. */
  readonly installLocked: string;
  /** Before a command of a package. */
  readonly run: string;
}

export const NPM: PackageManager = {
  name: "npm",
  lockFile: "package-lock.json",
  install: "npm install",
  installLocked: "npm ci",
  run: "npx",
};

const OTHERS: readonly PackageManager[] = [
  {
    name: "pnpm",
    lockFile: "pnpm-lock.yaml",
    install: "pnpm install",
    installLocked: "pnpm install --frozen-lockfile",
    run: "pnpm exec",
  },
  { name: "yarn", lockFile: "yarn.lock", install: "yarn install", installLocked: "yarn install --frozen-lockfile", run: "yarn" },
];

/** A lock file decides; without one, the program that runs this command, which says so in `npm_config_user_agent`. */
export function packageManagerOf(target: string, environment: NodeJS.ProcessEnv = process.env): PackageManager {
  const locked = [NPM, ...OTHERS].find(({ lockFile }) => existsSync(join(target, lockFile)));
  if (locked !== undefined) return locked;
  const [agent] = (environment["npm_config_user_agent"] ?? "").split("/");
  return OTHERS.find(({ name }) => name === agent) ?? NPM;
}

/** Text that was written for npm. Npm keeps its cache between runs of a pipeline; for the others, `packages` comes with every run. */
export function inCommandsOf({ name, installLocked, run }: PackageManager, text: string): string {
  if (name === "npm") return text;
  return text
    .replace(/^definitions:\n {2}caches:\n(?: {4}.*\n)+\n/m, "")
    .replaceAll(/^ +caches:\n +- npm\n/gm, "")
    .replaceAll(/^( *- )npm ci$/gm, `$1npm install --global ${name}\n$1${installLocked}`)
    .replaceAll("npx ", `${run} `);
}
