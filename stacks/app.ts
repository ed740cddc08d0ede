/** The app of `bitlift.yaml`: reads the file, builds one stack for each part, and synthesizes them. */
import { App } from "../lib/host";
import { validationError, validationErrorText } from "../lib";
import type { Configuration, Part } from "../packages/configuration";
import { BitbucketStack } from "./bitbucket-stack";
import { loadConfiguration } from "./loaded-configuration";
import { asWritten } from "./plain-texts";

/** Options of `synthesizeApp`. */
export interface AppOptions {
  /**
   * The path of the file.
   * @default - the text `bitlift` under `context` in `cdktf.json`, or `bitlift.yaml` beside it
   */
  readonly path?: string;
}

/**
 * Synthesizes the app: every part of the file, or those that `BITLIFT_PARTS` names, separated by commas. If the file is invalid, prints the
 * findings to stderr without a stack trace and sets exit code 1. Any other error is a bug and is thrown.
 */
export function synthesizeApp({ path }: AppOptions = {}): void {
  try {
    const configuration = loadConfiguration(path);
    const app = new App();
    addStacks(app, configuration, requestedParts(configuration));
    // `synth` runs the same validations but wraps the findings in an error of its own. Each stack reports those of the whole app.
    const findings = new Set(app.node.findAll().flatMap(({ node }) => node.validate()));
    if (findings.size > 0) fail(asWritten([...findings].join("\n")));
    else app.synth();
  } catch (thrown) {
    const text = validationErrorText(thrown);
    if (text === undefined) throw thrown;
    fail(text);
  }
}

/** The order of `cdktf deploy` follows from the dependencies of the stacks. They exchange no values. */
function addStacks(app: App, configuration: Configuration, parts: readonly Part[]): void {
  const stacks = new Map(parts.map((part) => [part.name, new BitbucketStack(app, part.name, configuration, part)]));
  for (const stack of stacks.values()) {
    for (const name of stack.part.after) {
      const earlier = stacks.get(name);
      if (earlier !== undefined) stack.addDependency(earlier);
    }
  }
}

function requestedParts({ parts }: Configuration): readonly Part[] {
  const names = (process.env["BITLIFT_PARTS"] ?? "").split(",").filter((name) => name !== "");
  if (names.length === 0) return parts;
  const unknown = names.filter((name) => parts.every((part) => part.name !== name));
  if (unknown.length === 0) return parts.filter(({ name }) => names.includes(name));
  throw validationError("value-not-allowed", {
    why: `BITLIFT_PARTS names ${unknown.join(", ")}, which the file does not have.`,
    fix: `Use names of parts: ${parts.map(({ name }) => name).join(", ")}.`,
  });
}

function fail(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
