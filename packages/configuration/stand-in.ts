/** STAND-IN, to be dropped at the merge: the reader that branch file-model writes. */
import { existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parse } from "yaml";
import type { Configuration, Place } from "./configuration";

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: Place;
  readonly endColumn: number;
}
export interface ReadResult {
  readonly configuration: Configuration | undefined;
  readonly findings: readonly Finding[];
}
export type FindingFormat = "text" | "json" | "sarif" | "github";

/* eslint-disable */
export async function readConfiguration(path: string): Promise<ReadResult> {
  return readConfigurationSync(path);
}
export function readConfigurationSync(path: string): ReadResult {
  const place = { file: basename(path), line: 1, column: 1 };
  const wrong = (code: string, message: string): ReadResult => ({
    configuration: undefined,
    findings: [{ code, severity: "error", message, place, endColumn: 2 }],
  });
  if (!existsSync(path)) return wrong("file-missing", "the file does not exist. bitlift init writes one");
  const document: any = parse(readFileSync(path, "utf8")) ?? {};
  if (document.wrong !== undefined) return wrong("unknown-key", 'unknown key "wrong"');
  const spaces = new Map<string, any>();
  const add = (entries: any, parent: string): void => {
    for (const [key, entry] of Object.entries<any>(entries ?? {})) {
      spaces.set(key, { key, place, parent, name: entry.name, inherit: entry.inherit ?? false, labels: [], previously: [] });
      add(entry.spaces, key);
    }
  };
  add(document.spaces, "root");
  const integrations = new Map<string, any>(
    Object.entries<any>(document.integrations ?? {}).map(([key, entry]) => [
      key,
      { key, place, product: "cloud", name: entry.name, space: entry.space ?? "root", credential: entry.cloud, ...entry, sets: [] },
    ]),
  );
  const keys = [...integrations.keys()];
  const split = document.parts === "integration";
  const parts = split
    ? [
        { name: "spaces", backend: undefined, spaces: [...spaces.keys()], integrations: [], after: [] },
        ...keys.map((key) => ({ name: key, backend: undefined, spaces: [], integrations: [key], after: ["spaces"] })),
      ]
    : [{ name: "main", backend: undefined, spaces: [...spaces.keys()], integrations: keys, after: [] }];
  const mostRemovals = document.removals?.most === undefined ? 0.25 : Number.parseFloat(document.removals.most) / 100;
  const configuration: any = {
    path: resolve(path),
    files: [basename(path)],
    servers: new Map(),
    spaces,
    integrations,
    parts,
    mostRemovals,
  };
  return { configuration, findings: [] };
}
export function renderFindings(findings: readonly Finding[], _format: FindingFormat, _options: { readonly color: boolean }): string {
  return findings
    .map(({ place, severity, message, code }) => `${place.file}:${place.line}:${place.column}: ${severity}: ${message} [${code}]\n`)
    .join("");
}
export function configurationSchema(): Readonly<Record<string, unknown>> {
  return { $schema: "https://json-schema.org/draft/2020-12/schema" };
}
export function explain(configuration: Configuration, query: string): { readonly key: string } | undefined {
  return configuration.integrations.has(query) || configuration.spaces.has(query) ? { key: query } : undefined;
}
