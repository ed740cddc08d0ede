/** `bitlift explain`: what the file makes of one key or repository. */
import { explain } from "../../configuration";
import { problem } from "../catalog";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { paintFor, usesColor, type ColorOption } from "../terminal";
import { filePath } from "../validate/command";
import { explanationText } from "./text";

export interface ExplainOptions extends ColorOption {
  readonly json?: boolean;
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
      why: `${configuration.files.join(", ")} ${configuration.files.length === 1 ? "has" : "have"} no "${query}".`,
      fix: "Use the key of a Space, an integration or a server as it is written in the file, or a repository as <workspace>/<repository> or <PROJECT>/<repository>.",
    });
  }
  const text =
    options.json === true
      ? JSON.stringify(explanation, null, 2)
      : explanationText(explanation, paintFor(usesColor(process.stdout, options)));
  process.stdout.write(`${text}\n`);
}
