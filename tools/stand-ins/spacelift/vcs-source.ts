/** Where a stack or module reads its code: one block of its resource, and two fields of the API. */
import type { ResourceData } from "../runtime/resource-data";
import { published } from "../runtime/catalog";
import type { PlanRules, Values } from "../runtime/sdk-plan";

/** The blocks that this program supports, with the provider's name in the API. */
const BLOCKS = { bitbucket_cloud: "BITBUCKET_CLOUD", bitbucket_datacenter: "BITBUCKET_DATACENTER" } as const;
const NAMES = Object.keys(BLOCKS) as readonly (keyof typeof BLOCKS)[];
const UNSUPPORTED = ["azure_devops", "github_enterprise", "gitlab", "raw_git", "showcase", "spacelift_repo"];

/** An attribute that each block requires. */
export const NAMESPACES: readonly string[] = NAMES.map((name) => `${name}.namespace`);

export interface VcsInput {
  readonly provider: string;
  readonly namespace: string | null;
  readonly vcsIntegrationId: string | null;
}

/** Part of the response for a stack or a module. */
export interface VcsResponse {
  readonly provider: string | null;
  readonly namespace: string | null;
  readonly vcsIntegration: { readonly id: string; readonly isDefault: boolean | null } | null;
}

export function vcsInput(data: ResourceData): VcsInput {
  const other = UNSUPPORTED.find((name) => data.block(name) !== undefined);
  if (other !== undefined) throw published(`This program stands in for the published provider, and does not support the block ${other}.`);
  const name = NAMES.find((block) => data.block(block) !== undefined);
  const block = name === undefined ? undefined : data.block(name);
  if (name === undefined || block === undefined) return { provider: "GITHUB", namespace: null, vcsIntegrationId: null };
  return { provider: BLOCKS[name], namespace: block.text("namespace"), vcsIntegrationId: block.textOrNull("id") };
}

/** The block of the response. @param detached the block if no integration is attached */
export function vcsValues({ provider, namespace, vcsIntegration }: VcsResponse, detached: readonly Values[]): Values {
  const name = NAMES.find((block) => BLOCKS[block] === provider);
  if (name === undefined) return {};
  if (vcsIntegration === null) return { [name]: detached };
  return { [name]: [{ id: vcsIntegration.id, namespace: namespace ?? "", is_default: vcsIntegration.isDefault ?? false }] };
}

/** A block without an id keeps the id of the default integration. */
export const keepDefaultIntegration: NonNullable<PlanRules["suppress"]> = (planned, { prior, config }) => {
  for (const name of NAMES) {
    const [block] = (planned[name] ?? []) as readonly Values[];
    const [old] = (prior[name] ?? []) as readonly Values[];
    const [written] = (config[name] ?? []) as readonly Values[];
    const isUnset = (written?.["id"] ?? "") === "";
    if (block !== undefined && isUnset && old?.["is_default"] === true) planned[name] = [{ ...block, id: old["id"] ?? null }];
  }
};

/** Only one of these blocks is allowed. */
export function conflictOfSources(config: Values): string | undefined {
  const used = [...NAMES, ...UNSUPPORTED].filter((name) => Array.isArray(config[name]) && config[name].length > 0);
  return used.length > 1 ? `"${used[0] ?? ""}": conflicts with ${used.slice(1).join(", ")}` : undefined;
}
