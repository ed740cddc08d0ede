/** From which resources the attributes of a resource take their values, by the configuration in the plan. */
import type { ConfigurationModuleDocument } from "./plan-document";
import { kindOf } from "./resource-kinds";

/** Attributes that name another of Bitlift's objects. */
const REFERRING = ["parent_space_id", "space_id", "integration_id"];

type References = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** Only for the root module, where CDKTF writes everything. */
export function readReferences(module: ConfigurationModuleDocument | undefined): References {
  const references = new Map<string, Readonly<Record<string, readonly string[]>>>();
  for (const { address, type = "", expressions = {} } of module?.resources ?? []) {
    if (address === undefined || kindOf(type) === undefined) continue;
    const found = REFERRING.flatMap((name) => {
      const { references: names = [] } = (expressions[name] ?? {}) as { readonly references?: readonly string[] };
      return names.length === 0 ? [] : [[name, names] as const];
    });
    if (found.length > 0) references.set(address, Object.fromEntries(found));
  }
  return references;
}

/** The address without indexes, as the configuration has it: `a.b["x"]` is an instance of `a.b`. */
export function withoutIndex(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}
