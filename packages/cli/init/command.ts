/** `bitlift init`: writes a working project. It overwrites nothing and runs nothing. */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { paintFor, usesColor, type ColorOption } from "../terminal";
import { PACKAGES, projectFiles, type Pipeline } from "./files";

export interface InitOptions extends ColorOption {
  readonly pipeline: Pipeline;
}

export async function init(folder: string | undefined, { pipeline, ...options }: InitOptions): Promise<void> {
  const target = resolve(folder ?? ".");
  const paint = paintFor(usesColor(process.stdout, options));
  for (const [name, text] of Object.entries(projectFiles(pipeline))) {
    const path = join(target, name);
    const exists = existsSync(path);
    if (!exists) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    process.stdout.write(`${exists ? paint.yellow("exists ") : paint.green("written")}  ${name}${exists ? ", left as it is" : ""}\n`);
  }
  process.stdout.write(nextSteps(target, await missingPackages(target)));
}

/** Packages that package.json does not name: an existing one is not changed. */
async function missingPackages(target: string): Promise<readonly string[]> {
  const manifest = JSON.parse(await readFile(join(target, "package.json"), "utf8").catch(() => "{}")) as {
    readonly dependencies?: object;
    readonly devDependencies?: object;
  };
  const named = { ...manifest.devDependencies, ...manifest.dependencies };
  return Object.entries(PACKAGES)
    .filter(([name]) => !(name in named))
    .map(([name, version]) => `${name}@${version}`);
}

function nextSteps(target: string, missing: readonly string[]): string {
  const folder = relative(process.cwd(), target);
  const installed = existsSync(join(target, "node_modules/bitlift"));
  const install = missing.length > 0 ? `npm install --save-exact ${missing.join(" ")}` : installed ? undefined : "npm install";
  const steps = [
    ...(folder === "" ? [] : [`cd ${folder}`]),
    ...(install === undefined ? [] : [install]),
    "Edit bitlift.yaml, then check it:      npx bitlift validate",
    "Set the credentials that the comments in bitlift.yaml name.",
    "See what would change:                 npx bitlift plan",
    'Apply it after the answer "yes":       npx bitlift apply',
  ];
  return `\nNext steps:\n${steps.map((step, index) => `  ${index + 1}. ${step}\n`).join("")}`;
}
