/** The lifecycle of a resource: what the user declares, and the order of a replacement. */
import { Lazy, TerraformStack, Token, type ITerraformDependable, type TerraformResource, type TerraformResourceLifecycle } from "./host";
import { Construct, type IConstruct } from "constructs";
import { mostSimilar } from "../packages/domain";
import type { IBitbucketIntegration, ReplacementOrder } from "./integration-reference";
import { reportFinding } from "./validation";

/** The order that `createBeforeDestroy` of a lifecycle stands for. Undefined if it does not say. */
export function orderIn(lifecycle: TerraformResourceLifecycle | undefined): ReplacementOrder | undefined {
  if (lifecycle?.createBeforeDestroy === undefined) return undefined;
  return lifecycle.createBeforeDestroy ? "create-first" : "destroy-first";
}

/** The lifecycle with the order of a replacement. Undefined if there is nothing to write. */
export function lifecycleIn(order: ReplacementOrder, lifecycle?: TerraformResourceLifecycle): TerraformResourceLifecycle | undefined {
  const { createBeforeDestroy: _, ...rest } = lifecycle ?? {};
  const merged = order === "create-first" ? { ...rest, createBeforeDestroy: true } : rest;
  return Object.keys(merged).length === 0 ? undefined : withReferences(merged);
}

/** The lifecycle with plain references in `replaceTriggeredBy`. CDKTF would write them as templates, which the engine rejects there. */
export function withReferences(lifecycle: TerraformResourceLifecycle): TerraformResourceLifecycle {
  const { replaceTriggeredBy } = lifecycle;
  return replaceTriggeredBy === undefined ? lifecycle : { ...lifecycle, replaceTriggeredBy: replaceTriggeredBy.map(referenceTo) };
}

function referenceTo(trigger: ITerraformDependable | string): string {
  if (typeof trigger === "string" && !Token.isUnresolved(trigger)) return trigger;
  return Lazy.stringValue({
    produce: (context) => {
      context.suppressBraces = true;
      return typeof trigger === "string" ? trigger : trigger.fqn;
    },
  });
}

/** Reports two different orders of a replacement of one integration. */
export function reportOrderConflict(
  construct: IConstruct,
  order: ReplacementOrder | undefined,
  lifecycle?: TerraformResourceLifecycle,
): void {
  const other = orderIn(lifecycle);
  if (order === undefined || other === undefined || order === other) return;
  reportFinding("value-not-allowed", {
    construct,
    why: `replacementOrder is "${order}", but lifecycle.createBeforeDestroy is ${other === "create-first"}, which is the opposite.`,
    fix: "Remove createBeforeDestroy from lifecycle.",
  });
}

/** Reports a webhook that would be replaced in another order than its integration. The engine would apply the order of the webhook to both. */
export function reportOrderOfWebhook(
  construct: IConstruct,
  { replacementOrder, node }: IBitbucketIntegration,
  lifecycle?: TerraformResourceLifecycle,
): void {
  const order = orderIn(lifecycle);
  if (order === undefined || order === replacementOrder) return;
  reportFinding("value-not-allowed", {
    construct,
    why: `lifecycle.createBeforeDestroy is ${order === "create-first"}, but ${node.path} is replaced ${replacementOrder}, and its webhooks are replaced in the same order.`,
    fix: `Remove createBeforeDestroy from lifecycle. For an integration of this app, set its replacementOrder to "${order}" instead.`,
  });
}

/** Reports what the engine would reject in the lifecycle of a resource. */
export function reportUnusableLifecycle(construct: IConstruct, resource: TerraformResource, lifecycle?: TerraformResourceLifecycle): void {
  if (lifecycle === undefined) return;
  reportUnknownArguments(construct, resource, lifecycle);
  reportTriggersOfOtherStacks(construct, lifecycle);
}

/** A name in `ignoreChanges` may be that of a prop, but the engine expects the name of an argument. */
function reportUnknownArguments(
  construct: IConstruct,
  resource: TerraformResource,
  { ignoreChanges: ignored }: TerraformResourceLifecycle,
): void {
  if (ignored === undefined || ignored === "all") return;
  // CDKTF has no public list of the arguments of a resource.
  const known = Object.keys((resource as unknown as { synthesizeAttributes(): object }).synthesizeAttributes());
  for (const name of ignored) {
    if (known.includes(name.split(/[.[]/, 1)[0] ?? "")) continue;
    const similar = mostSimilar(
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      known,
    );
    reportFinding("value-not-allowed", {
      construct,
      why: `lifecycle.ignoreChanges contains ${JSON.stringify(name)}, which is not an argument of ${resource.terraformResourceType}.`,
      fix: similar === undefined ? `Use one of: ${known.join(", ")}.` : `Write ${similar}.`,
    });
  }
}

function reportTriggersOfOtherStacks(construct: IConstruct, { replaceTriggeredBy = [] }: TerraformResourceLifecycle): void {
  const stack = TerraformStack.of(construct);
  for (const trigger of replaceTriggeredBy) {
    if (!Construct.isConstruct(trigger) || TerraformStack.of(trigger) === stack) continue;
    reportFinding("value-not-allowed", {
      construct,
      why: `lifecycle.replaceTriggeredBy contains ${trigger.node.path}, which belongs to another stack. Terraform accepts only objects of the same stack.`,
      fix: "Remove it.",
    });
  }
}
