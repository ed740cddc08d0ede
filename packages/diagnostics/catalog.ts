/** A catalog: the diagnostic codes of one package with their summaries, and the functions that raise them. */
import type { Cause, Diagnostic } from "./diagnostic";
import { Problem, type FailureDetails } from "./problem";

/** Section titles, each with its codes; each code has a summary (sentence case, without a period). */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The codes of all sections. */
export type CodeIn<S extends Sections> = { [Title in keyof S]: keyof S[Title] & string }[keyof S];

/** The diagnostics of one package. The compiler rejects a code that the catalog does not list. */
export interface Catalog<Code extends string> {
  /** The sections as passed to `defineCatalog`, without the common codes. For reference pages. */
  readonly sections: Sections;
  /** The summary of every code, including the common ones. */
  readonly summaries: Readonly<Record<Code, string>>;
  /** A diagnostic that stops the operation. */
  readonly error: (code: Code, cause: Cause) => Diagnostic<Code>;
  /** A diagnostic that people see while the operation continues. */
  readonly warning: (code: Code, cause: Cause) => Diagnostic<Code>;
  /** Wraps the diagnostic of `error` in an Error to throw: `throw problem("space-not-found", { why, fix })`. */
  readonly problem: (code: Code, cause: Cause, details?: FailureDetails) => Problem;
}

/** Codes that any package may raise. Every catalog includes them. */
export const COMMON_SECTIONS = {
  "Values and arguments": {
    "value-missing": "A required value is missing",
    "value-not-allowed": "The value is not allowed",
  },
  "Internal errors": {
    internal: "An internal error occurred",
    "operation-canceled": "The operation was canceled",
  },
} as const satisfies Sections;

export type CommonCode = CodeIn<typeof COMMON_SECTIONS>;

/** Builds a catalog from the sections of one package, and adds the common codes. */
export function defineCatalog<const S extends Sections>(sections: S): Catalog<CodeIn<S> | CommonCode> {
  type Code = CodeIn<S> | CommonCode;
  const summaries = Object.assign({}, ...Object.values(COMMON_SECTIONS), ...Object.values(sections)) as Readonly<Record<Code, string>>;
  const error = (code: Code, { why, fix, at = [] }: Cause): Diagnostic<Code> => ({
    code,
    severity: "error",
    summary: summaries[code],
    why,
    fix,
    at,
  });
  return {
    sections,
    summaries,
    error,
    warning: (code, cause) => ({ ...error(code, cause), severity: "warning" }),
    problem: (code, cause, details) => new Problem(error(code, cause), details),
  };
}
