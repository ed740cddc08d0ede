/** Prints an error that ended a command. */
import { Problem, renderText } from "../diagnostics";
import { codePage } from "../engine";
import { isWrongUse } from "./catalog";
import { FAILURE, INTERNAL_ERROR, USAGE_ERROR } from "./exit-codes";

/** @returns the exit code */
export function reportFailure(thrown: unknown): number {
  if (!(thrown instanceof Problem)) {
    process.stderr.write(`Error: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    return INTERNAL_ERROR;
  }
  process.stderr.write(`${renderText(thrown.diagnostic, codePage)}\n`);
  return isWrongUse(thrown.diagnostic.code) ? USAGE_ERROR : FAILURE;
}
