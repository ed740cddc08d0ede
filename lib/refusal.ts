/** A Problem whose message says everything: CDKTF and Node print nothing but the message and where it was thrown. */
import type { IConstruct } from "constructs";
import { Problem, renderText, type Cause } from "../packages/diagnostics";
import { problem, type DiagnosticCode } from "../packages/domain";

/**
 * What a construct or the synthesis throws when it cannot go on.
 * @param construct The construct at which something is wrong; its path comes first, as it does before a finding.
 */
export function refusal(code: DiagnosticCode, cause: Cause, construct?: IConstruct): Problem {
  const thrown = problem(code, cause);
  const text = renderText(thrown.diagnostic);
  thrown.message = construct === undefined ? text : `${construct.node.path}: ${text}`;
  // Node prints the fields of an error that nobody catches below its text: the same once more.
  for (const field of Object.keys(thrown)) Object.defineProperty(thrown, field, { enumerable: false });
  return thrown;
}

/** What `make` makes; where it refuses what it was given, the refusal says for which construct. */
export function refusedAt<T>(construct: IConstruct, make: () => T): T {
  try {
    return make();
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    throw refusal(thrown.diagnostic.code as DiagnosticCode, thrown.diagnostic, construct);
  }
}

/** The text for a person, where what was thrown is a refusal; an app prints it without a stack trace. Undefined for anything else. */
export function refusalText(thrown: unknown): string | undefined {
  return thrown instanceof Problem ? thrown.message : undefined;
}
