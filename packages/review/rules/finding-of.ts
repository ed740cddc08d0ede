/** Builds findings, and the phrases that several rules use. */
import type { FindingCode } from "../catalog";
import { NOBODY, type Affected, type Finding, type Severity, type Subject } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import type { Concerned } from "./consumers";

interface Parts {
  readonly severity: Severity;
  readonly what: string;
  readonly todo?: string | undefined;
  readonly affected?: Affected;
  readonly details?: readonly string[];
  readonly acceptable?: boolean;
}

/** By default, a finding can be accepted. */
export function finding(code: FindingCode, subject: Subject, parts: Parts): Finding {
  const { severity, what, todo, affected = NOBODY, details = [], acceptable = true } = parts;
  const { consumers, unnamed, caveat, repositories, spaces } = affected;
  return { code, severity, subject, what, affected: { consumers, unnamed, caveat, repositories, spaces }, todo, details, acceptable };
}

/** Somebody is known to lose something, or nobody knows: danger. Otherwise the lesser severity. */
export function severityFor(concerned: Concerned, otherwise: Severity): Severity {
  return concerned.consumers.length + concerned.unnamed > 0 || !concerned.isKnown ? "danger" : otherwise;
}

export function withRepositories<A extends Affected>(affected: A, webhooks: readonly PlannedResource[]): A {
  return { ...affected, repositories: [...new Set(webhooks.map(({ label, address }) => label ?? address))].sort() };
}

/** `1 webhook`, `2 webhooks` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `2 stacks and 1 module`; undefined if there are none. */
export function consumersText({ consumers, unnamed }: Affected): string | undefined {
  const stacks = consumers.filter(({ kind }) => kind === "stack").length;
  const modules = consumers.length - stacks;
  const parts = [
    ...(stacks > 0 ? [count(stacks, "stack")] : []),
    ...(modules > 0 ? [count(modules, "module")] : []),
    ...(unnamed > 0 ? [`${unnamed} more`] : []),
  ];
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

/** One consumer `loses`, several `lose`. */
export function verb({ consumers, unnamed }: Affected, one: string, several: string): string {
  return consumers.length + unnamed === 1 ? one : several;
}

export function quoted(name: string): string {
  return JSON.stringify(name);
}

/** A value of an attribute, short enough for a sentence. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "string" ? quoted(value) : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
