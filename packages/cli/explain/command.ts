/** `bitlift explain`: what the file declares for one key or repository. */
import { explain, nearest } from "../../configuration";
import { problem } from "../catalog";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { paintFor, usesColor, type ColorOption } from "../terminal";
import { filePath } from "../validate/command";
import { findDeployed, type Deployed } from "./deployed";
import { explanationText } from "./text";

export interface ExplainOptions extends ColorOption {
  readonly json?: boolean;
  /** Ask the backend and Spacelift where no state is on this machine. */
  readonly online?: boolean;
  /** Path of bitlift.yaml. */
  readonly file?: string;
}

/** @throws Problem `key-unknown` */
export async function explainKey(query: string, options: ExplainOptions): Promise<void> {
  const configuration = await readCheckedConfiguration(filePath(options.file), options);
  if (configuration === undefined) {
    process.exitCode = FAILURE;
    return;
  }
  const explanation = explain(configuration, query);
  if (explanation === undefined) {
    throw problem("key-unknown", {
      why: `${configuration.files.join(", ")} ${configuration.files.length === 1 ? "has" : "have"} no "${query}".${nearest(configuration, query)}`,
      fix: "Use the key of a Space, an integration or a server as it is written in the file, or a repository as <workspace>/<repository> or <PROJECT>/<repository>.",
    });
  }
  const { deployed, notes } = await findDeployed(configuration, explanation.found, options.online === true);
  const complete = { ...explanation, found: explanation.found.map((facts, index) => ({ ...facts, ...known(deployed[index]) })) };
  for (const note of notes) process.stderr.write(`Note: ${note}\n`);
  const text =
    options.json === true ? JSON.stringify(complete, null, 2) : explanationText(complete, paintFor(usesColor(process.stdout, options)));
  process.stdout.write(`${text}\n`);
}

function known(deployed: Deployed | undefined): { readonly deployed?: Deployed } {
  return deployed === undefined ? {} : { deployed };
}
