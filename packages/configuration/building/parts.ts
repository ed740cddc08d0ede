/** Splits the configuration into parts, in an order in which they can be applied. */
import type { Backend, IntegrationEntry, Part, SpaceEntry } from "../configuration";
import type { Draft, FileDraft } from "../draft";
import type { Document } from "../model/document";
import { ONLY_PART, SPACES_PART } from "../rules/parts";
import { PART_PLACEHOLDER } from "../rules/state";
import { given } from "./located";

interface Entries {
  readonly spaces: ReadonlyMap<string, SpaceEntry>;
  readonly integrations: ReadonlyMap<string, IntegrationEntry>;
}

export function partsFrom({ main }: FileDraft, { spaces, integrations }: Entries): readonly Part[] {
  const managed = [...spaces.values()].filter(({ existing }) => existing === undefined).map(({ key }) => key);
  const groups = groupsOf(main.parts, [...integrations.keys()]);
  if (groups === undefined) {
    return [{ name: ONLY_PART, backend: backendOf(main, ONLY_PART), spaces: managed, integrations: [...integrations.keys()], after: [] }];
  }
  const spacePart: readonly Part[] =
    managed.length === 0 && groups.length > 0
      ? []
      : [{ name: SPACES_PART, backend: backendOf(main, SPACES_PART), spaces: managed, integrations: [], after: [] }];
  return [
    ...spacePart,
    ...groups.map(({ name, keys }) => ({
      name,
      backend: backendOf(main, name),
      spaces: [],
      integrations: keys,
      after: keys.some((key) => needsManagedSpace(integrations.get(key), spaces)) ? [SPACES_PART] : [],
    })),
  ];
}

function groupsOf(
  parts: Draft<Document>["parts"],
  integrations: readonly string[],
): readonly { name: string; keys: readonly string[] }[] | undefined {
  if (parts === undefined || parts === "none") return undefined;
  if (parts === "integration") return integrations.map((key) => ({ name: key, keys: [key] }));
  return given(parts).map(({ name = "", integrations: keys }) => ({ name, keys: given(keys) }));
}

/** Whether the Space of an integration, or one on the way to it by name, is created by this configuration. */
function needsManagedSpace(integration: IntegrationEntry | undefined, spaces: ReadonlyMap<string, SpaceEntry>): boolean {
  let key = integration?.existing === undefined ? (integration?.space ?? "root") : "root";
  for (let steps = 0; steps <= spaces.size; steps++) {
    const space = spaces.get(key);
    if (space === undefined) return false;
    if (space.existing === undefined) return true;
    if ("id" in space.existing) return false;
    key = space.existing.parent;
  }
  return false;
}

function backendOf({ state }: Draft<Document>, part: string): Backend | undefined {
  const [entry] = Object.entries(state?.backend ?? {});
  if (entry === undefined) return undefined;
  const [type, backendArguments = {}] = entry;
  return { type, arguments: replaced(backendArguments, part) as Readonly<Record<string, unknown>> };
}

function replaced(value: unknown, part: string): unknown {
  if (typeof value === "string") return value.replaceAll(PART_PLACEHOLDER, part);
  if (Array.isArray(value)) return value.map((item) => replaced(item, part));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaced(entry, part)]));
}
