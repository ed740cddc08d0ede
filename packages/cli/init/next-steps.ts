/** What people have to do after `bitlift init`. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { PACKAGES, type Pipeline } from "./files";

/** What an existing package.json names. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Commands and sentences, in order. */
export function nextSteps(target: string, manifest: Manifest, pipeline: Pipeline): readonly string[] {
  const relativePath = relative(process.cwd(), target);
  const folder = relativePath.startsWith("..") ? target : relativePath;
  return [
    ...(folder === "" ? [] : [`cd ${quoted(folder)}`]),
    ...installations(target, manifest),
    "Edit bitlift.yaml, and check it:      npx bitlift validate",
    "Set the variables that the comments in bitlift.yaml name. Without an account, run npx bitlift sandbox in another shell: it prints them.",
    "See what would change:                npx bitlift plan",
    'Apply it after the answer "yes":      npx bitlift apply',
    ...PIPELINE_STEPS[pipeline],
  ];
}

const PIPELINE_STEPS: Readonly<Record<Pipeline, readonly string[]>> = {
  bitbucket: [
    "Before the pipeline runs, set state.backend in bitlift.yaml, and the variables in the settings of the repository.",
    "Commit everything, package-lock.json too.",
  ],
  spacelift: [
    "Before Spacelift runs it, give the stack a runner image with Node.js, and set the variables in a context. Spacelift stores the state.",
    "Commit everything, package-lock.json too.",
  ],
  none: [],
};

/** The commands that install what is not installed. Only npm changes an existing package.json. */
function installations(target: string, manifest: Manifest): readonly string[] {
  const named = { ...manifest.devDependencies, ...manifest.dependencies };
  const commandFor = (options: string, packages: Readonly<Record<string, string>>) => {
    const missing = Object.entries(packages).filter(([name]) => !(name in named));
    return missing.length === 0 ? [] : [`npm install ${options} ${missing.map(([name, version]) => `${name}@${version}`).join(" ")}`];
  };
  const commands = [
    ...commandFor("--save-exact", PACKAGES.dependencies),
    ...commandFor("--save-dev --save-exact", PACKAGES.devDependencies),
  ];
  if (commands.length > 0) return commands;
  const names = Object.keys({ ...PACKAGES.dependencies, ...PACKAGES.devDependencies });
  return names.every((name) => existsSync(join(target, "node_modules", name))) ? [] : ["npm install"];
}

/** The text as one word of a shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
