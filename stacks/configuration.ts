/** Reads the configuration of the app. */
import { validationError } from "../lib";
import type { Configuration } from "./configuration-model";
import { checkConfiguration } from "./configuration-problems";

export type { Configuration } from "./configuration-model";

/**
 * Checks `context.bitlift` of cdktf.json.
 * @throws Problem `configuration-invalid` with all problems of the configuration.
 */
export function readConfiguration(value: unknown): Configuration {
  if (value === undefined) {
    throw validationError("configuration-invalid", {
      why: "context.bitlift is not set. The cdktf command passes the context of cdktf.json to the app, so the context is missing if you start the app without cdktf.",
      fix: "Set context.bitlift in cdktf.json, and run cdktf synth or cdktf deploy.",
    });
  }
  const result = checkConfiguration(value);
  if ("configuration" in result) return result.configuration;
  const { problems } = result;
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  throw validationError("configuration-invalid", {
    why: `context.bitlift in cdktf.json has ${count}:\n${problems.map((problem) => `- ${problem}`).join("\n")}`,
    fix: "Correct cdktf.json. stacks/configuration.schema.json describes every setting.",
  });
}
