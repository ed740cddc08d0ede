/** Runs a handler, and converts anything that it throws to a diagnostic without secrets. */
import { Problem, type Diagnostic } from "../../diagnostics";
import { error } from "../catalog";
import { PartiallyCreated } from "../resource";
import type { Mismatch } from "../schema/conform";
import { redact } from "../schema/secrets";
import type { Diagnostics } from "./diagnostics";
import type { Session } from "./session";

/** The operation that a handler carries out, for messages. */
export interface Operation {
  /** Like `create of bitlift_space`. */
  readonly name: string;
  /** Texts that the message of an unexpected exception must not contain. Called only after an exception. */
  readonly secrets: () => readonly string[];
}

export type HandlerResult<T> = { readonly succeeded: true; readonly value: T } | { readonly succeeded: false; readonly thrown: unknown };

export async function runHandler<T>(
  session: Session,
  diagnostics: Diagnostics,
  operation: Operation,
  handler: () => T | Promise<T>,
): Promise<HandlerResult<T>> {
  try {
    return { succeeded: true, value: await session.activity.run(handler) };
  } catch (thrown) {
    diagnostics.add(toDiagnostic(session, operation, thrown));
    return { succeeded: false, thrown };
  }
}

function toDiagnostic(session: Session, operation: Operation, thrown: unknown): Diagnostic {
  if (thrown instanceof Problem || thrown instanceof PartiallyCreated) return thrown.diagnostic;
  const exception = asErrorLike(thrown);
  if (session.isStopped && exception?.name === "AbortError") {
    return error("operation-canceled", {
      why: `The engine requested a stop, so the ${operation.name} was canceled.`,
      fix: "Run the same command again. The next plan shows what remains to be done.",
    });
  }
  const secrets = [...session.secrets, ...operation.secrets()];
  const text = redact(exception?.message ?? "a value that is not an Error was thrown", secrets);
  session.log.warn("a handler threw an unexpected exception", {
    operation: operation.name,
    exception: redact(exception?.stack ?? text, secrets),
  });
  return internalError(`The ${operation.name} failed unexpectedly: ${text}`);
}

/** Checks the shape: the exception of an aborted signal is not an instance of Error in every realm. */
function asErrorLike(thrown: unknown): (Partial<Pick<Error, "name" | "stack">> & Pick<Error, "message">) | undefined {
  if (typeof thrown !== "object" || thrown === null || !("message" in thrown) || typeof thrown.message !== "string") return undefined;
  return thrown as Error;
}

/** Returns an error that the provider itself causes. */
export function internalError(why: string, at: readonly (string | number)[] = []): Diagnostic {
  const fix = "Report this error with the provider's log: run the command with TF_LOG_PROVIDER=debug and save its standard error.";
  return error("internal", { why, fix, at });
}

/** Returns one error for each part of a handler's result that does not match the schema. */
export function mismatchErrors(subject: string, mismatches: readonly Mismatch[]): readonly Diagnostic[] {
  return mismatches.map(({ at, text }) => internalError(`The ${subject} does not match the schema: \`${at.join(".")}\` ${text}.`, at));
}
