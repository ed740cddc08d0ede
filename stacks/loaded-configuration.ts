/** Reads the file that the app builds. Findings become one error, with the text that people see. */
import { resolve } from "node:path";
import { validationError } from "../lib";
import { readConfigurationSync, renderFindings, type Configuration, type ReadOptions } from "../packages/configuration";
import { contextKeyFaults, FILE_GUIDE } from "../packages/domain";

/** The name of the file beside `cdktf.json`. */
const DEFAULT_PATH = "bitlift.yaml";

/** Names the file whose warnings the command `bitlift` has already printed, before it started the app. */
const CHECKED_FILE_VARIABLE = "BITLIFT_CHECKED_FILE";

/** Names the backing with which the command `bitlift export --backing` synthesizes the file, whatever it says. */
const BACKING_VARIABLE = "BITLIFT_BACKING";

/**
 * Reads and checks `bitlift.yaml` and the files that it includes. Prints warnings to stderr.
 * @param path The path of the file. By default, the text `bitlift` under `context` in `cdktf.json`, or `bitlift.yaml` beside it.
 * @throws Problem `configuration-invalid` with all findings as its message.
 */
export function loadConfiguration(path: string = pathIn(contextOfProcess())): Configuration {
  const file = resolve(path);
  const { configuration, findings } = readConfigurationSync(file, { backing: forcedBacking() });
  const text = findings.length === 0 ? "" : renderFindings(findings, "text").trimEnd();
  if (configuration === undefined || findings.some(({ severity }) => severity === "error")) throw invalid(text);
  if (text !== "" && process.env[CHECKED_FILE_VARIABLE] !== file) process.stderr.write(`${text}\n`);
  return configuration;
}

/** The path in `context.bitlift`. @throws Problem `configuration-invalid` if it is not a path. */
export function pathIn(context: unknown): string {
  if (context === undefined) return DEFAULT_PATH;
  if (typeof context === "string" && context.trim() !== "") return context;
  const what = typeof context === "object" && context !== null ? "contains the configuration itself" : "is not the path of a file";
  throw validationError("configuration-invalid", {
    why: `context.bitlift in cdktf.json ${what}, which this version reads from bitlift.yaml.`,
    fix: `Move it into the file bitlift.yaml beside cdktf.json, as described in ${FILE_GUIDE}, and remove context.bitlift.`,
  });
}

function forcedBacking(): ReadOptions["backing"] {
  const backing = process.env[BACKING_VARIABLE];
  return backing === "bitlift" || backing === "published" ? backing : undefined;
}

/** What the CLI of CDKTF passes on from `cdktf.json`. @throws Problem `value-not-allowed` for a misspelled key */
function contextOfProcess(): unknown {
  const json = process.env["CDKTF_CONTEXT_JSON"];
  if (json === undefined || json === "") return undefined;
  const context = JSON.parse(json) as { readonly bitlift?: unknown };
  // Synthesis checks the keys too, but a misspelled path would be reported as a missing file before.
  const [fault] = contextKeyFaults(context);
  if (fault !== undefined) throw validationError("value-not-allowed", { why: fault.why, fix: fault.fix });
  return context.bitlift;
}

/** Each finding names its place, cause and fix, so the text of a Problem would only repeat them. */
function invalid(text: string): Error {
  const error = validationError("configuration-invalid", { why: text, fix: "Correct the file." });
  error.message = text;
  return error;
}
