/** Conflicts between the integrations of one plan: two of them with the same name or ID, or two default integrations. */
import { error, haveSameSlug, integrationSlug, PRODUCT_TITLES, warning, type BitbucketProduct } from "../../domain";
import type { Cause } from "../../diagnostics";
import { UNKNOWN } from "../../terraform-plugin";
import type { PlannedObject } from "../planned-names";
import type { DeleteContext, PlanContext } from "../resource-handlers";
import type { IntegrationViews } from "./integration-attributes";

const DEFAULT_KEY = "default";

const nameKey = (name: string) => `name ${integrationSlug(name)}`;

/** Called for a create. Two creates cannot both succeed; an object that is in place may be removed by another change of the same apply. */
export function reportCreateConflicts(product: BitbucketProduct, context: PlanContext<IntegrationViews>): void {
  const { draft, api, report, replacedPrivateState, applying } = context;
  const { name, is_default: isDefault } = draft;
  const planned = api.knownIntegrations.planned[product];
  if (name !== UNKNOWN) {
    const [other] = planned.create(nameKey(name), name, replacedPrivateState);
    // During an apply, the create itself looks up the name.
    if (other !== undefined && !applying)
      report.add((isCertain(name, other) ? error : warning)("duplicate-integration-name", nameConflict(product, name, other)));
  }
  if (isDefault === true) {
    const [other] = planned.create(DEFAULT_KEY, name === UNKNOWN ? "" : name, replacedPrivateState);
    if (other !== undefined && !applying)
      report.add((other.id === null ? error : warning)("duplicate-default", defaultConflict(product, other)));
  }
}

/** Called if the plan leaves the integration in place. Warns of a create that came earlier and takes the same. */
export function reportKeptConflicts(
  product: BitbucketProduct,
  { api, report, privateState, applying }: PlanContext<IntegrationViews>,
  { id, name, is_default: isDefault }: IntegrationViews["stored"],
): void {
  if (id === null || name === null) return;
  const planned = api.knownIntegrations.planned[product];
  const kept = { id, name };
  const [sameName] = planned.keep(nameKey(name), name, id, privateState);
  if (sameName !== undefined && !applying) report.add(warning("duplicate-integration-name", nameConflict(product, sameName.name, kept)));
  const [sameDefault] = isDefault === true ? planned.keep(DEFAULT_KEY, name, id, privateState) : [];
  if (sameDefault !== undefined && !applying) report.add(warning("duplicate-default", defaultConflict(product, kept)));
}

/** Called if the plan replaces the integration. Warns if replacements of one plan exchange their names: no order of them succeeds. */
export function reportExchangedNames(
  product: BitbucketProduct,
  { draft, api, report, applying }: PlanContext<IntegrationViews>,
  { name: from }: IntegrationViews["stored"],
): void {
  const { name: to } = draft;
  if (applying || from === null || to === UNKNOWN || haveSameSlug(from, to)) return;
  const exchanged = api.knownIntegrations.planned[product].rename({ from, to, fromKey: nameKey(from), toKey: nameKey(to) });
  if (exchanged === undefined) return;
  const renames = exchanged.map((rename) => `"${rename.from}" becomes "${rename.to}"`).join(", ");
  report.add(
    warning("duplicate-integration-name", {
      why: `This plan exchanges the names of ${PRODUCT_TITLES[product]} integrations: ${renames}. A name is free only after its integration has been deleted, so each replacement waits for another one, and the apply fails.`,
      fix: `Give "${from}" a name that is not in use, and apply. Then give it the name "${to}", and apply again.`,
      at: ["name"],
    }),
  );
}

/** Called if the plan deletes or replaces the integration. */
export function releaseNames(product: BitbucketProduct, { api, prior }: DeleteContext<IntegrationViews>): void {
  if (prior.id !== null) api.knownIntegrations.planned[product].release(prior.id);
}

function isCertain(name: string, other: PlannedObject): boolean {
  return other.id === null && haveSameSlug(name, other.name);
}

function nameConflict(product: BitbucketProduct, name: string, other: PlannedObject): Cause {
  const title = `${PRODUCT_TITLES[product]} integration`;
  const isSame = other.name === name;
  const created = isSame
    ? `This plan creates two ${title}s named "${name}".`
    : `This plan creates the ${title}s "${other.name}" and "${name}".`;
  const kept = `This plan creates the ${title} "${name}" and keeps ${isSame ? "the existing one" : `the existing "${other.name}"`} (${other.id ?? ""}).`;
  const derives = haveSameSlug(name, other.name) ? "derives" : "probably derives";
  const rule = isSame
    ? "Names are unique per product."
    : `Spacelift ${derives} the same ID "${integrationSlug(name)}" from both names, and IDs are unique per product.`;
  return {
    why: `${other.id === null ? created : kept} ${rule}`,
    fix: "Give one of the two another name, or remove one of them.",
    at: ["name"],
  };
}

function defaultConflict(product: BitbucketProduct, other: PlannedObject): Cause {
  const title = `default ${PRODUCT_TITLES[product]} integration`;
  return {
    why:
      other.id === null
        ? `This plan creates two ${title}s. An account has only one.`
        : `This plan creates a ${title} and keeps the existing one, "${other.name}" (${other.id}). An account has only one.`,
    fix: "Make one of the two Space-level (is_default = false).",
    at: ["is_default"],
  };
}
