/** Prints an error that ended a command. */
import { bugs, version } from "../../package.json";
import { Problem, renderText } from "../diagnostics";
import { codePage } from "../engine";
import { isWrongUse } from "./catalog";
import { FAILURE, INTERNAL_ERROR, USAGE_ERROR } from "./exit-codes";

/** @returns the exit code */
export function reportFailure(thrown: unknown): number {
  const exitCode = exitCodeOf(thrown);
  if (thrown instanceof Problem) process.stderr.write(`${renderText(thrown.diagnostic, codePage)}\n`);
  else if (isSystemError(thrown)) process.stderr.write(`Error: ${thrown.message}\n`);
  else process.stderr.write(internalErrorText(thrown));
  return exitCode;
}

export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof Problem) return isWrongUse(thrown.diagnostic.code) ? USAGE_ERROR : FAILURE;
  return isSystemError(thrown) ? FAILURE : INTERNAL_ERROR;
}

/** A file or program that the command needs cannot be used: no permission, no space, a folder instead of a file. */
function isSystemError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && "syscall" in thrown && "code" in thrown;
}

function internalErrorText(thrown: unknown): string {
  const isAsked = (process.env["BITLIFT_STACK"] ?? "") !== "";
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const stack = isAsked && thrown instanceof Error ? `${thrown.stack ?? text}\n` : "";
  const how = isAsked ? "the text below" : "the output of the same command with the variable BITLIFT_STACK=1";
  return `Error: This is a bug in bitlift ${version}. ${text}\nPlease report it at ${bugs} with ${how}.\n${stack}`;
}
