/** From which resources the attributes of a resource take their values, by the configuration in the plan. */
import type { ConfigurationModuleDocument } from "./plan-document";
import { ownName } from "./published-attributes";
import { kindInState, kindOf } from "./resource-kinds";

/** Attributes that name another of Bitlift's objects. A published webhook names its integration only by the URL. */
const REFERRING = ["parent_space_id", "space_id", "integration_id"];

type References = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** Only for the root module, where CDKTF writes everything. */
export function readReferences(module: ConfigurationModuleDocument | undefined): References {
  const references = new Map<string, Readonly<Record<string, readonly string[]>>>();
  for (const { address, type = "", expressions = {} } of module?.resources ?? []) {
    const kind = kindOf(type);
    if (address === undefined || kind === undefined) continue;
    const isPublishedWebhook = kind.kind === "webhook" && kind.backing === "published";
    const found = Object.entries(expressions).flatMap(([attribute, expression]) => {
      const { references: names = [] } = (expression ?? {}) as { readonly references?: readonly string[] };
      if (isPublishedWebhook && ownName(type, attribute) === "webhook_url") {
        const integrations = names.filter(isIntegration);
        return integrations.length === 0 ? [] : [["integration_id", integrations] as const];
      }
      return names.length === 0 || !REFERRING.includes(attribute) ? [] : [[attribute, names] as const];
    });
    if (found.length > 0) references.set(address, Object.fromEntries(found));
  }
  return references;
}

/** The address without indexes, as the configuration has it: `a.b["x"]` is an instance of `a.b`. */
export function withoutIndex(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "");
}

function isIntegration(reference: string): boolean {
  return kindInState(reference.replace(/^data\./, "").replace(/\..*$/s, ""))?.kind === "integration";
}
