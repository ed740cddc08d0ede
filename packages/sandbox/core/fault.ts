// One fault as POST /_sandbox/faults takes it: an operation, and what goes wrong with its calls.
import { validateHeaderName, validateHeaderValue } from "node:http";

const FAULT_KINDS = [
  "status",
  "delay",
  "reset-before",
  "reset-after",
  "hold",
  "truncated",
  "content-type",
  "html",
  "wrong-shape",
  "redirect",
  "slow-body",
] as const;

type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  /** A route's operation name, a GraphQL root field, or `METHOD /pattern`; `*` for every call. */
  readonly operation: string;
  readonly kind: FaultKind;
  /** The first matching call that fails, counted from 1. */
  readonly nth?: number;
  /** How many matching calls fail in a row, starting with `nth`. Default: 1. */
  readonly times?: number;
  /** For `status` (default 500), `html` (default 200), `redirect` (default 307), and `content-type` (default: the status of the real response). */
  readonly status?: number;
  /** For `status` and `wrong-shape`: a JSON value, or a string that is sent unchanged. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** For `delay` and `slow-body`. Default: 1000. */
  readonly milliseconds?: number;
  /** For `redirect`. */
  readonly location?: string;
}

const FIELDS = ["operation", "kind", "nth", "times", "status", "body", "headers", "milliseconds", "location"];

/** @throws Error that names the invalid field and its valid values */
export function parseFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("A fault must be a JSON object.");
  const fault = value as Record<string, unknown>;
  const unknown = Object.keys(fault).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown field "${unknown}" of a fault. Known fields: ${FIELDS.join(", ")}.`);
  const { operation, kind, nth, times, milliseconds, status, headers, location } = fault;
  if (typeof operation !== "string" || operation === "") throw new Error('A fault needs "operation", a non-empty string.');
  if (!FAULT_KINDS.includes(kind as FaultKind)) throw new Error(`"kind" of a fault must be one of: ${FAULT_KINDS.join(", ")}.`);
  requireWholeNumber("nth", nth, { least: 1 });
  requireWholeNumber("times", times, { least: 1 });
  requireWholeNumber("milliseconds", milliseconds, { least: 0 });
  requireWholeNumber("status", status, { least: 200, most: 599 });
  if (headers !== undefined && !areHeaders(headers)) throw new Error('"headers" of a fault must map header names to strings.');
  if (kind === "redirect" && typeof location !== "string") throw new Error('A fault of kind "redirect" needs "location".');
  return value as Fault;
}

function requireWholeNumber(name: string, value: unknown, { least, most }: { readonly least: number; readonly most?: number }): void {
  if (value === undefined) return;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= (most ?? value)) return;
  const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new Error(`"${name}" of a fault must be a whole number ${range}.`);
}

function areHeaders(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, text]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, String(text));
      return typeof text === "string";
    } catch {
      return false;
    }
  });
}
