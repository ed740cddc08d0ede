/** What people have to do after `bitlift init`. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Pipeline } from "./files";
import type { Packages } from "./host";
import type { PackageManager } from "./package-manager";

/** Commands and sentences, in order. */
export function nextSteps(
  target: string,
  pipeline: Pipeline,
  { install, lockFile, run }: PackageManager,
  packages: Packages,
): readonly string[] {
  const relativePath = relative(process.cwd(), target);
  const folder = relativePath.startsWith("..") ? target : relativePath;
  return [
    ...(folder === "" ? [] : [`cd ${quoted(folder)}`]),
    ...(isInstalled(target, packages) ? [] : [install]),
    `Edit bitlift.yaml, and check it:      ${run} bitlift validate`,
    `Set the variables that the comments in bitlift.yaml name. Without an account, run ${run} bitlift sandbox in another shell: it prints them.`,
    `See what would change:                ${run} bitlift plan`,
    `Apply it after the answer "yes":      ${run} bitlift apply`,
    ...PIPELINE_STEPS[pipeline],
    ...(pipeline === "none" ? [] : [`Commit everything, ${lockFile} too.`]),
  ];
}

const PIPELINE_STEPS: Readonly<Record<Pipeline, readonly string[]>> = {
  bitbucket: [
    "Before the pipeline runs, set state.backend in bitlift.yaml, and variables in the settings of the repository: keys that can only read, and BITLIFT_REVIEW_TOKEN. The keys that may change things are variables of the deployment environment production.",
  ],
  spacelift: [
    "Before Spacelift runs it, give the stack a runner image with Node.js, and set the variables in a context. Spacelift stores the state. A plan policy can deny what the review finds.",
  ],
  none: [],
};

function isInstalled(target: string, { dependencies, devDependencies }: Packages): boolean {
  const names = Object.keys({ ...dependencies, ...devDependencies });
  return names.every((name) => existsSync(join(target, "node_modules", name)));
}

/** The text as one word of a shell. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
