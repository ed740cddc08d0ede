/** A replacement that destroys first must not end with nothing: what the create half needs, the delete half checks. */
import { problem, PRODUCT_TITLES, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type PrivateData } from "../../terraform-plugin";
import type { Generation } from "../../clients";
import type { Clients } from "../configuration/clients";
import type { WrittenCredential } from "../credentials/credential";

/** Key in the planned private data of a create. Create removes it, so only the delete half of a replacement ever sees it. */
const KEY = "create";

interface Needs {
  /** Environment variable that the create reads; null for write-only arguments. */
  readonly variable: string | null;
  readonly generation: Generation | null;
  readonly name: string | null;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

/** Called while the create half is planned. */
export function recordForDelete(
  planned: PrivateData,
  credential: WrittenCredential | undefined,
  draft: { readonly name: unknown; readonly is_default: unknown; readonly space_id: unknown },
): void {
  const needs: Needs = {
    variable: credential?.source.kind === "env" ? credential.source.variable : null,
    generation: credential?.form.generation ?? null,
    name: draft.name === UNKNOWN ? null : String(draft.name),
    isDefault: draft.is_default === true,
    spaceId: typeof draft.space_id === "string" ? draft.space_id : null,
  };
  planned.set(KEY, needs);
}

/**
 * Called before the delete half does anything. A plain delete brings no such data and passes.
 * @throws Problem `replacement-blocked` while nothing has changed.
 */
export async function refuseHopelessReplacement(
  api: Clients,
  product: BitbucketProduct,
  planned: PrivateData,
  old: { readonly id: string; readonly name: string },
): Promise<void> {
  const needs = planned.get(KEY) as Needs | undefined;
  if (needs === undefined) return;
  const reason = await hopeless(api, product, needs, old.id);
  if (reason === undefined) return;
  throw problem("replacement-blocked", {
    why: `"${old.name}" (${old.id}) would be deleted first, and creating it anew would fail: ${reason} Nothing has been changed.`,
    fix: "Put that right and apply again; where another change of the same apply does it, just apply again. If the object was only marked as tainted, terraform untaint keeps it.",
  });
}

async function hopeless(api: Clients, product: BitbucketProduct, needs: Needs, oldId: string): Promise<string | undefined> {
  if (needs.variable !== null && !api.environment[needs.variable])
    return `the environment variable ${needs.variable}, which holds its token, is not set.`;
  const { spaces } = api.spacelift;
  const integrations = api.spacelift.integrations[product];
  if (needs.generation !== null && !(await integrations.supports(needs.generation))) {
    const cloud = needs.generation === "v2" ? "API tokens" : "app passwords";
    return `this Spacelift server has no mutation for ${product === "cloud" ? cloud : `integrations with ${PRODUCT_TITLES[product]}`}.`;
  }
  const others = (await integrations.list({ fresh: true })).filter((one) => one.id !== oldId);
  const namesake = others.find((one) => one.name === needs.name);
  if (namesake !== undefined) return `the name "${namesake.name}" is taken by ${namesake.id}.`;
  const holder = others.find((one) => one.isDefault);
  if (needs.isDefault && holder !== undefined) return `"${holder.name}" (${holder.id}) is the default integration.`;
  if (needs.spaceId !== null && needs.spaceId !== ROOT_SPACE_ID && (await spaces.get(needs.spaceId)) === null)
    return `there is no Space with the id "${needs.spaceId}".`;
  return undefined;
}
