/** What an engine prints with -json, and what a plan's JSON says, as the scenarios read it. */
import { bitlift, RAISED_ANYWHERE } from "../../packages/provider";

/** A diagnostic as the engine prints it with -json. */
export interface Said {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly attribute?: string;
}

export interface Change {
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly unknown: Record<string, unknown>;
  readonly importing: boolean;
}

export interface Ran {
  readonly code: number;
  readonly said: readonly Said[];
  /** Both streams. */
  readonly output: string;
  readonly stdout: string;
}

export interface Planned extends Ran {
  readonly file: string;
  readonly json: string;
  /** All but no-ops, data reads and plain moves. */
  readonly changes: readonly Change[];
}

/** What the engine did with one object: `apply_start`, `apply_complete`, `apply_errored`. */
export interface Told {
  readonly type: string;
  readonly address: string;
  readonly action: string;
}

/** A plan's changes, from `show -json`. */
export function changesOf(json: string): readonly Change[] {
  interface Entry {
    address: string;
    type: string;
    mode: string;
    change: {
      actions: string[];
      before: Change["before"];
      after: Change["after"];
      after_unknown: Record<string, unknown>;
      importing?: unknown;
    };
  }
  const { resource_changes: entries = [] } = JSON.parse(json) as { resource_changes?: Entry[] };
  return entries
    .filter(({ mode, change }) => mode === "managed" && (change.actions.join() !== "no-op" || change.importing !== undefined))
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      before: change.before,
      after: change.after,
      unknown: change.after_unknown,
      importing: change.importing !== undefined,
    }));
}

export function diagnosticsIn(output: string): readonly Said[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith('{"@level"'))
    .map(
      (line) =>
        JSON.parse(line) as {
          type?: string;
          diagnostic?: { severity: Said["severity"]; summary: string; detail: string; address?: string; snippet?: { code?: string } };
        },
    )
    .flatMap(({ type, diagnostic }) => {
      if (type !== "diagnostic" || diagnostic === undefined) return [];
      const { severity, summary, detail, address, snippet } = diagnostic;
      return [
        {
          severity,
          summary,
          detail,
          ...(address === undefined ? {} : { address }),
          ...(snippet?.code === undefined ? {} : { attribute: snippet.code.trim() }),
        },
      ];
    });
}

/** What the engine told of its work, from -json lines; the last line may still be incomplete. */
export function toldIn(output: string): readonly Told[] {
  const lines = output.split("\n").slice(0, -1);
  return lines
    .filter((line) => line.startsWith('{"@level"') && line.includes('"hook"'))
    .flatMap((line) => {
      const { type, hook } = JSON.parse(line) as { type: string; hook?: { resource?: { addr: string }; action?: string } };
      return hook?.resource === undefined ? [] : [{ type, address: hook.resource.addr, action: hook.action ?? "" }];
    });
}

/** The stable code at the end of a diagnostic: `duplicate-space-name`; empty for those of the engine. */
export function codeOf(said: Said): string {
  return /\(([a-z-]+)\)\s*$/.exec(said.detail)?.[1] ?? "";
}

/** What was said about one of our objects without being in its declaration: `bitlift_space: duplicate-integration-name`. */
export function undeclaredIn(said: readonly Said[]): readonly string[] {
  return said.flatMap(({ address, detail }) => {
    const [, data, type] = /^(data\.)?bitlift_(\w+)\./.exec(address ?? "") ?? [];
    const code = /\(([a-z-]+)\)\s*$/.exec(detail)?.[1];
    if (type === undefined || code === undefined || RAISED_ANYWHERE.some((one) => one === code)) return [];
    const declared = (data === undefined ? bitlift.resources : bitlift.dataSources).find((one) => one.type === type);
    return declared?.raises?.some((one) => one === code) === true ? [] : [`${data ?? ""}bitlift_${type}: ${code}`];
  });
}

/** Where two objects of a change differ, names only. */
export function differences(change: Change | undefined): readonly string[] {
  if (change === undefined) return [];
  const names = new Set([...Object.keys(change.before ?? {}), ...Object.keys(change.after ?? {}), ...Object.keys(change.unknown)]);
  return [...names]
    .filter(
      (name) =>
        change.unknown[name] === true || JSON.stringify(change.before?.[name] ?? null) !== JSON.stringify(change.after?.[name] ?? null),
    )
    .sort();
}

/** Errors among what was said, as `summary: detail`. */
export function errors(ran: Ran): readonly string[] {
  return ran.said.filter((one) => one.severity === "error").map((one) => `${one.summary}: ${one.detail}`);
}

export function warnings(ran: Ran): readonly string[] {
  return ran.said.filter((one) => one.severity === "warning").map((one) => `${one.summary}: ${one.detail}`);
}
