/** Runs a handler: whatever it throws becomes a diagnostic, and no secret leaves with it. */
import { error } from "../catalog";
import { Problem, type Diagnostic } from "../../diagnostics";
import { PartiallyCreated } from "../resource";
import { redact } from "../schema/secrets";
import type { Findings } from "./findings";
import type { Session } from "./session";

/** What is being done, for messages: `create of bitlift_space`. */
export interface Attempt {
  readonly what: string;
  /** Texts that the message of an unexpected exception must not repeat. Asked for only when there is one. */
  readonly secrets: () => readonly string[];
}

export type Outcome<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly thrown: unknown };

export async function attempt<T>(session: Session, findings: Findings, about: Attempt, run: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { done: true, value: await run() };
  } catch (thrown) {
    findings.add(explain(session, about, thrown));
    return { done: false, thrown };
  }
}

function explain(session: Session, about: Attempt, thrown: unknown): Diagnostic {
  if (thrown instanceof Problem || thrown instanceof PartiallyCreated) return thrown.diagnostic;
  const failure = errorLike(thrown);
  if (session.stopped && failure?.name === "AbortError") {
    return error("operation-canceled", {
      why: `The ${about.what} was stopped because the engine asked for it.`,
      fix: "Run the same command again; the next plan shows what is left to do.",
    });
  }
  const secrets = [...session.secrets, ...about.secrets()];
  const text = redact(failure?.message ?? "something that is no Error was thrown", secrets);
  session.log.warn("a handler threw an unexpected exception", {
    operation: about.what,
    exception: redact(failure?.stack ?? text, secrets),
  });
  return internal(`The ${about.what} failed unexpectedly: ${text}`);
}

/** By shape: what a signal throws when it is aborted is no Error in every realm. */
function errorLike(thrown: unknown): (Partial<Pick<Error, "name" | "stack">> & Pick<Error, "message">) | undefined {
  if (typeof thrown !== "object" || thrown === null || !("message" in thrown) || typeof thrown.message !== "string") return undefined;
  return thrown as Error;
}

/** A mistake of the provider itself. */
export function internal(why: string, at: readonly (string | number)[] = []): Diagnostic {
  return error("internal", { why, fix: "Report it, with the log that TF_LOG_PROVIDER=debug writes to standard error.", at });
}
