/** Conflicts with an existing integration: its name is unique per product, and an account has one default integration per product. */
import { haveSameSlug, integrationSlug, problem, warning, type BitbucketProduct } from "../../domain";
import type { Cause } from "../../diagnostics";
import { UNKNOWN, type Report } from "../../terraform-plugin";
import type { IntegrationListing } from "../../clients";
import type { Clients } from "../configuration/clients";
import { importAdvice, MOVE_ADVICE } from "../existing-object";
import type { PendingIntegration } from "./predicted-values";

type Named = Pick<IntegrationListing, "id" | "name">;

/** Warns if the create will fail because of an integration that is not in the state. `predictValues` warns of one with the same name. */
export async function warnOfConflicts(api: Clients, product: BitbucketProduct, pending: PendingIntegration, report: Report): Promise<void> {
  const { name, isDefault } = pending;
  // The apply looks again, and `predictValues` reports a failed lookup.
  const existing = await listOnce(api, product).catch(() => []);
  const sameId = existing.find((integration) => name !== UNKNOWN && integration.name !== name && integration.id === integrationSlug(name));
  if (name !== UNKNOWN && sameId !== undefined && !(await api.knownIntegrations.manages(product, sameId.id)))
    report.add(warning("duplicate-integration-name", nameTaken(name, sameId)));
  const currentDefault = isDefault === true ? existing.find((integration) => integration.isDefault) : undefined;
  if (currentDefault !== undefined && !(await api.knownIntegrations.manages(product, currentDefault.id)))
    report.add(warning("duplicate-default", secondDefault(currentDefault)));
}

/** One request per process. Rejects also if Spacelift is not configured. */
async function listOnce(api: Clients, product: BitbucketProduct): Promise<readonly IntegrationListing[]> {
  return api.look("spacelift", () => api.spacelift.integrations[product].list());
}

/** Called right before a create. @throws Problem `duplicate-integration-name`, `duplicate-default` */
export async function requireFreeName(api: Clients, product: BitbucketProduct, name: string, isDefault: boolean): Promise<void> {
  const existing = await api.spacelift.integrations[product].list({ fresh: true });
  const namesake = existing.find((integration) => haveSameSlug(integration.name, name));
  if (namesake !== undefined) throw problem("duplicate-integration-name", nameTaken(name, namesake));
  const currentDefault = existing.find((integration) => integration.isDefault);
  if (isDefault && currentDefault !== undefined) throw problem("duplicate-default", secondDefault(currentDefault));
}

export function nameTaken(name: string, existing: Named): Cause {
  const { id } = existing;
  const why =
    existing.name === name
      ? `Spacelift already has an integration named "${name}" (${id}). Names are unique per product.`
      : `Spacelift already has an integration named "${existing.name}" (${id}), and derives the same ID from "${name}". IDs are unique per product.`;
  return {
    why,
    fix:
      `${importAdvice("the existing integration", id)} If it is in this state under another address, ${MOVE_ADVICE}. ` +
      "If this change replaces it under the same name, delete the old one first: remove create_before_destroy; in an app with constructs, set replacementOrder to destroy-first. " +
      "If the integration is only marked as tainted, keep it with terraform untaint. Otherwise, choose another name.",
    at: ["name"],
  };
}

function secondDefault({ name, id }: Named): Cause {
  return {
    why: `"${name}" (${id}) is already the default integration of this product. An account has only one.`,
    fix:
      `${importAdvice("the existing integration", id)} If it is in this state under another address, ${MOVE_ADVICE}. ` +
      "Otherwise, make this integration Space-level (is_default = false).",
    at: ["is_default"],
  };
}
