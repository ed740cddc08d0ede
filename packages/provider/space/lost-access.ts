/** Names the stacks and modules that lose access to their integration because a Space changes, or the integration moves to another one. */
import { problem, VCS_PROVIDERS, warning, type BitbucketProduct } from "../../domain";
import { failedAs, type Diagnostic } from "../../diagnostics";
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { Consumer, ListedIntegration } from "../../clients";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";
import { describeCaveat, describeConsumer } from "../integration/consumers";
import { canUse, treeOf, type SpaceTree } from "./space-tree";

/** An integration that moves to another Space. */
interface IntegrationMove {
  readonly product: BitbucketProduct;
  readonly id: string;
  readonly name: string;
  readonly spaceId: string | Unknown;
}

/** A Space that moves below another one, or that no longer inherits. */
interface SpaceMove {
  readonly id: string;
  readonly name: string;
  readonly parentSpaceId: string | Unknown;
  readonly inheritEntities: boolean | Unknown;
  /** The argument that changes. */
  readonly argument: "parent_space_id" | "inherit_entities";
}

export type AccessChange = { readonly integration: IntegrationMove } | { readonly space: SpaceMove };

interface Loss {
  readonly consumer: Consumer;
  readonly integration: ListedIntegration;
}

interface Losses {
  readonly losses: readonly Loss[];
  readonly complete: boolean | null;
  readonly caveat: string;
}

const MAX_NAMED = 20;

/** Stands for a Space that the plan creates. It contains nothing yet, and inherits nothing. */
const NEW_SPACE_ID = "";

/**
 * The warning of a plan. It never fails the plan, because another change of the same apply may move the consumers. Each change is compared with
 * the Spaces as they are now, without the other changes of the plan.
 */
export async function warnOfLostAccess(api: Clients, change: AccessChange): Promise<Diagnostic | undefined> {
  const subject = describeChange(change);
  let found: Losses;
  try {
    found = await api.look("spacelift", () => findLosses(api, change, false));
  } catch (failure) {
    return warning("integration-usage-unknown", {
      why: `Could not read which stacks and modules lose access to an integration by ${subject}: ${failureMessage(failure)}`,
      fix: "The apply sends the change, and Spacelift rejects it if a stack or module would lose access.",
    });
  }
  if (found.losses.length > 0) {
    const verb = isUnknown(change) ? "may remove" : "removes";
    return warning("consumers-lose-access", {
      why: `${capitalize(subject)} ${verb} ${listLosses(found.losses)}. Spacelift rejects such a change while they use the integration.${found.caveat}`,
      fix: adviceFor(change),
      at: argumentOf(change),
    });
  }
  if (found.complete === true) return undefined;
  return warning("integration-usage-unknown", {
    why: `No stack or module is known to lose access to an integration by ${subject}.${found.caveat}`,
    fix: "Plan with a key that has admin access to the root Space, or check in Spacelift which stacks and modules use an integration there.",
  });
}

/** What to throw if Spacelift rejects the change: the failure, with the names of those who would lose access. */
export async function explainRejection(api: Clients, change: AccessChange, failure: unknown): Promise<unknown> {
  if (!failedAs(failure, "bad-input")) return failure;
  const found = await findLosses(api, change, true).catch(() => undefined);
  if (found === undefined || found.losses.length === 0) return failure;
  const why = `${failure.diagnostic.why} ${capitalize(describeChange(change))} would remove ${listLosses(found.losses)}.${found.caveat}`;
  return problem("consumers-lose-access", { why, fix: adviceFor(change), at: argumentOf(change) }, { kind: "bad-input", cause: failure });
}

async function findLosses(api: Clients, change: AccessChange, fresh: boolean): Promise<Losses> {
  const { spacelift } = api;
  const [usage, spaces, listed] = await Promise.all([
    spacelift.usage.ofAllIntegrations({ fresh }),
    spacelift.spaces.list(),
    spacelift.listIntegrations({ fresh }),
  ]);
  const { consumers, complete, hiddenSpaces } = usage;
  const integrations = new Map(listed.map((integration) => [keyOf(integration.provider, integration.id), integration]));
  const before = treeOf(spaces);
  const losses = consumers.flatMap((consumer) => {
    const integration = integrations.get(keyOf(consumer.provider, consumer.integrationId ?? ""));
    return integration !== undefined && losesAccess(consumer, integration, before, change) ? [{ consumer, integration }] : [];
  });
  return { losses, complete, caveat: describeCaveat(spacelift.keyName, complete, hiddenSpaces) };
}

/** A default integration is available in every Space. If a Space on the way is not visible, the caveat says so. */
function losesAccess({ spaceId }: Consumer, integration: ListedIntegration, before: SpaceTree, change: AccessChange): boolean {
  if (integration.isDefault || integration.spaceId === null || spaceId === null) return false;
  if ("integration" in change) {
    const { product, id, spaceId: newSpaceId } = change.integration;
    if (keyOf(integration.provider, integration.id) !== keyOf(VCS_PROVIDERS[product], id)) return false;
    return canUse(before, spaceId, newSpaceId === UNKNOWN ? NEW_SPACE_ID : newSpaceId) === false;
  }
  return (
    canUse(before, spaceId, integration.spaceId) === true && canUse(treeAfter(before, change.space), spaceId, integration.spaceId) === false
  );
}

function treeAfter(before: SpaceTree, { id, parentSpaceId, inheritEntities }: SpaceMove): SpaceTree {
  const moved = { parentSpaceId: parentSpaceId === UNKNOWN ? NEW_SPACE_ID : parentSpaceId, inheritEntities: inheritEntities === true };
  return new Map([...before, [NEW_SPACE_ID, { parentSpaceId: null, inheritEntities: false }], [id, moved]]);
}

/** An ID is unique only within its VCS provider. */
function keyOf(provider: string, id: string): string {
  return `${provider} ${id}`;
}

function isUnknown(change: AccessChange): boolean {
  if ("integration" in change) return change.integration.spaceId === UNKNOWN;
  return change.space.parentSpaceId === UNKNOWN || change.space.inheritEntities === UNKNOWN;
}

function argumentOf(change: AccessChange): readonly string[] {
  return ["integration" in change ? "space_id" : change.space.argument];
}

/** As part of a sentence: "By moving …, these lose access". */
function describeChange(change: AccessChange): string {
  if ("integration" in change) {
    const { id, name, spaceId } = change.integration;
    return `moving the integration "${name}" (${id}) to ${describeSpace(spaceId)}`;
  }
  const { id, name, parentSpaceId, inheritEntities } = change.space;
  const inherits = inheritEntities === UNKNOWN ? "known after apply" : String(inheritEntities);
  return `placing the Space "${name}" (${id}) below ${describeSpace(parentSpaceId)} with inherit_entities = ${inherits}`;
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function describeSpace(id: string | Unknown): string {
  return id === UNKNOWN ? "a Space that is known after apply" : `the Space "${id}"`;
}

/** By integration: names the first 20, and counts the others. */
function listLosses(losses: readonly Loss[]): string {
  const byIntegration = new Map<string, string[]>();
  for (const { consumer, integration } of losses.slice(0, MAX_NAMED)) {
    const title = `"${integration.name}" (${integration.id})`;
    byIntegration.set(title, [...(byIntegration.get(title) ?? []), describeConsumer(consumer)]);
  }
  const named = [...byIntegration].map(([title, consumers]) => `access to ${title} for ${consumers.join(", ")}`).join("; ");
  const more = losses.length - MAX_NAMED;
  return more > 0 ? `${named}; and ${more} more` : named;
}

function adviceFor(change: AccessChange): string {
  return "integration" in change
    ? "First attach them to another integration, or set space_id to their own Space, or to a Space from which theirs inherits (inherit_entities = true)."
    : "First attach them to an integration that they can still use afterward, or move the integration to their own Space, or keep parent_space_id and inherit_entities.";
}
