/** What the name of an integration promises: id and webhook URL stay when the name stays. And who holds the name already. */
import { problem, warning, type BitbucketProduct } from "../../domain";
import type { Cause } from "../../diagnostics";
import { UNKNOWN, type Report, type Unknown } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import type { KnownIntegration } from "./memory";
import { textOf } from "./usage";

/** What the plan of a create may show as known. */
export interface Promised {
  readonly id: string | Unknown;
  readonly webhookUrl: string | Unknown;
}

const NOTHING_KNOWN: Promised = { id: UNKNOWN, webhookUrl: UNKNOWN };

/** A new integration, as far as its plan is decided. */
export interface Newcomer {
  readonly name: string | Unknown;
  readonly isDefault: boolean | Unknown;
}

/**
 * What is known of an integration that is about to be created. This process's memory goes first; where it is silent, Spacelift is
 * asked, once per name. A failed look is a warning, and everything is unknown.
 */
export async function promisedBy(api: Clients, product: BitbucketProduct, newcomer: Newcomer, report: Report): Promise<Promised> {
  const { name, isDefault } = newcomer;
  if (name === UNKNOWN || isDefault === UNKNOWN) return NOTHING_KNOWN;
  const remembered = api.integrations.recall(product, name);
  if (remembered !== undefined) return promise(remembered, isDefault);
  try {
    const holder = await lookFor(api, product, name);
    if (holder === null) return NOTHING_KNOWN;
    if (!api.integrations.manages(product, holder.id)) report.add(warning("duplicate-integration-name", nameTaken(name, holder.id)));
    return promise(holder, isDefault);
  } catch (failure) {
    report.add(
      warning("integration-lookup-failed", {
        why: `Whether there is an integration "${name}" already could not be found out: ${textOf(failure)}`,
        fix: "The plan shows its id and webhook URL as unknown. The apply asks again.",
      }),
    );
    return NOTHING_KNOWN;
  }
}

/** Nobody outside knows whether a default's URL carries its name, so the URL is promised only while `is_default` stays. */
function promise(known: KnownIntegration, isDefault: boolean): Promised {
  return { id: known.id, webhookUrl: known.isDefault === isDefault && known.webhookUrl !== null ? known.webhookUrl : UNKNOWN };
}

function lookFor(api: Clients, product: BitbucketProduct, name: string): Promise<KnownIntegration | null> {
  return api.integrations.once(product, name, async () => {
    const found = await api.spacelift.integrations[product].findByName(name);
    if (found === null) return null;
    return found.state === "hidden"
      ? { id: found.listing.id, webhookUrl: null, isDefault: found.listing.isDefault }
      : { id: found.integration.id, webhookUrl: found.integration.webhookUrl, isDefault: found.integration.isDefault };
  });
}

/** Warns when a second default is planned and the first does not belong to this configuration. */
export async function warnOfSecondDefault(api: Clients, product: BitbucketProduct, newcomer: Newcomer, report: Report): Promise<void> {
  if (newcomer.isDefault !== true) return;
  const holder = await api.spacelift.integrations[product].findDefault().catch(() => null);
  if (holder !== null && !api.integrations.manages(product, holder.id))
    report.add(warning("duplicate-default", secondDefault(holder.name, holder.id)));
}

/** Right before a create. @throws Problem `duplicate-integration-name`, `duplicate-default`. */
export async function refuseTaken(api: Clients, product: BitbucketProduct, name: string, isDefault: boolean): Promise<void> {
  const listed = await api.spacelift.integrations[product].list({ fresh: true });
  const namesake = listed.find((one) => one.name === name);
  if (namesake !== undefined) throw problem("duplicate-integration-name", nameTaken(name, namesake.id));
  const holder = listed.find((one) => one.isDefault);
  if (isDefault && holder !== undefined) throw problem("duplicate-default", secondDefault(holder.name, holder.id));
}

function nameTaken(name: string, id: string): Cause {
  return {
    why: `Spacelift has an integration "${name}" (${id}) already; names are unique per product.`,
    fix:
      `To manage that one, run: terraform import <address> ${id}. If it is in this state under another address, add: moved { from = <old address>, to = <this address> }. ` +
      "If this change replaces it under the same name, the old one has to go first: replacementOrder destroy-first (no create_before_destroy); " +
      "if the engine only marked it as tainted, terraform untaint keeps it. Otherwise choose another name.",
    at: ["name"],
  };
}

function secondDefault(name: string, id: string): Cause {
  return {
    why: `"${name}" (${id}) is the default integration of this product; an account has one.`,
    fix: `Make this one Space-level (is_default = false), or import the existing one: terraform import <address> ${id}.`,
    at: ["is_default"],
  };
}
