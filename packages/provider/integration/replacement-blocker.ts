/** Stops a replacement that would delete the old integration and then fail to create the new one. */
import { haveSameSlug, problem, PRODUCT_TITLES, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type PrivateState } from "../../terraform-plugin";
import type { Generation } from "../../clients";
import type { Clients } from "../configuration/clients";
import type { DeclaredCredential } from "../credentials/credential-arguments";
import type { IntegrationViews } from "./integration-attributes";

/** Key in the planned private state of a create. The create removes it, so only the delete half of a replacement reads it. */
const REQUIREMENTS_KEY = "create";

/** What the create half needs. */
interface CreateRequirements {
  /** The environment variable that contains the token; null for write-only arguments. */
  readonly variable: string | null;
  readonly generation: Generation | null;
  readonly name: string | null;
  readonly isDefault: boolean;
  readonly spaceId: string | null;
}

/** Called while the create half is planned. */
export function recordCreateRequirements(
  privateState: PrivateState,
  credential: DeclaredCredential | undefined,
  draft: Pick<IntegrationViews["draft"], "name" | "is_default" | "space_id">,
): void {
  const requirements: CreateRequirements = {
    variable: credential?.source.type === "env" ? credential.source.variable : null,
    generation: credential?.generation ?? null,
    name: draft.name === UNKNOWN ? null : draft.name,
    isDefault: draft.is_default === true,
    spaceId: draft.space_id === UNKNOWN ? null : draft.space_id,
  };
  privateState.set(REQUIREMENTS_KEY, requirements);
}

export function clearCreateRequirements(privateState: PrivateState): void {
  privateState.delete(REQUIREMENTS_KEY);
}

/**
 * Called before the delete half does anything. A plain delete has no recorded requirements and passes.
 * @throws Problem `replacement-blocked`, before anything has changed
 */
export async function refuseBlockedReplacement(
  api: Clients,
  product: BitbucketProduct,
  privateState: PrivateState,
  old: { readonly id: string; readonly name: string },
): Promise<void> {
  const requirements = privateState.get(REQUIREMENTS_KEY);
  if (!isCreateRequirements(requirements)) return;
  const blocker = await findBlocker(api, product, requirements, old.id);
  if (blocker === undefined) return;
  throw problem("replacement-blocked", {
    why: `"${old.name}" (${old.id}) would be deleted first, and creating its replacement would fail: ${blocker} Nothing has been changed.`,
    fix: "Correct this and apply again. If another change of the same apply corrects it, just apply again. If the integration is only marked as tainted, keep it with terraform untaint.",
  });
}

/** The private state of an object contains only what this provider wrote. */
function isCreateRequirements(value: unknown): value is CreateRequirements {
  return typeof value === "object" && value !== null;
}

/** Why the create would fail, as a sentence. */
async function findBlocker(
  api: Clients,
  product: BitbucketProduct,
  { variable, generation, name, isDefault, spaceId }: CreateRequirements,
  oldId: string,
): Promise<string | undefined> {
  if (variable !== null && !api.environment[variable]) return `the environment variable ${variable}, which contains its token, is not set.`;
  const integrations = api.spacelift.integrations[product];
  if (generation !== null && !(await integrations.supports(generation)))
    return `this Spacelift server has no mutation for ${mutationSubject(product, generation)}.`;
  const others = (await integrations.list({ fresh: true })).filter((integration) => integration.id !== oldId);
  const namesake = others.find((integration) => name !== null && haveSameSlug(integration.name, name));
  if (namesake !== undefined) return `the name "${namesake.name}" is already used by ${namesake.id}.`;
  const currentDefault = others.find((integration) => integration.isDefault);
  if (isDefault && currentDefault !== undefined)
    return `"${currentDefault.name}" (${currentDefault.id}) is already the default integration.`;
  const needsSpace = spaceId !== null && spaceId !== ROOT_SPACE_ID;
  if (needsSpace && (await api.spacelift.spaces.get(spaceId)) === null) return `no Space with the ID "${spaceId}" exists.`;
  return undefined;
}

function mutationSubject(product: BitbucketProduct, generation: Generation): string {
  if (product === "datacenter") return `integrations with ${PRODUCT_TITLES.datacenter}`;
  return generation === "v2" ? "API tokens" : "app passwords";
}
