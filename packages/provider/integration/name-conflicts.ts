/** Conflicts with an existing integration: its name is unique per product, and an account has one default integration per product. */
import { problem, warning, type BitbucketProduct } from "../../domain";
import type { Cause } from "../../diagnostics";
import type { Report } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import type { PendingIntegration } from "./predicted-values";

/** Warns if a second default integration is planned and the first one is not in the state. */
export async function warnOfSecondDefault(
  api: Clients,
  product: BitbucketProduct,
  pending: PendingIntegration,
  report: Report,
): Promise<void> {
  if (pending.isDefault !== true) return;
  const existing = await api.spacelift.integrations[product].findDefault().catch(() => null);
  if (existing !== null && !api.knownIntegrations.manages(product, existing.id))
    report.add(warning("duplicate-default", secondDefault(existing.name, existing.id)));
}

/** Called right before a create. @throws Problem `duplicate-integration-name`, `duplicate-default` */
export async function requireFreeName(api: Clients, product: BitbucketProduct, name: string, isDefault: boolean): Promise<void> {
  const existing = await api.spacelift.integrations[product].list({ fresh: true });
  const namesake = existing.find((integration) => integration.name === name);
  if (namesake !== undefined) throw problem("duplicate-integration-name", nameTaken(name, namesake.id));
  const currentDefault = existing.find((integration) => integration.isDefault);
  if (isDefault && currentDefault !== undefined) throw problem("duplicate-default", secondDefault(currentDefault.name, currentDefault.id));
}

export function nameTaken(name: string, id: string): Cause {
  return {
    why: `Spacelift already has an integration named "${name}" (${id}). Names are unique per product.`,
    fix:
      `To manage the existing integration, run: terraform import <address> ${id}. If it is in this state under another address, add: moved { from = <old address>, to = <this address> }. ` +
      "If this change replaces it under the same name, delete the old one first: set replacementOrder to destroy-first (no create_before_destroy). " +
      "If the integration is only marked as tainted, keep it with terraform untaint. Otherwise, choose another name.",
    at: ["name"],
  };
}

function secondDefault(name: string, id: string): Cause {
  return {
    why: `"${name}" (${id}) is already the default integration of this product. An account has only one.`,
    fix: `Make this integration Space-level (is_default = false), or import the existing one: terraform import <address> ${id}.`,
    at: ["is_default"],
  };
}
