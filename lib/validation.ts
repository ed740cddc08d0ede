/** Registers constructs for validation. The rules check the whole app before any stack is written. */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Declarations, DeclaredConstructs } from "./rules/declarations";
import { findingsIn } from "./rules/rule-table";

type Group = keyof DeclaredConstructs;

const groupOf = new WeakMap<IConstruct, Group>();
const registeredApps = new WeakSet<IConstruct>();
const validatedStacks = new WeakSet<TerraformStack>();

/** Includes a construct in the validation of its app. */
export function register<G extends Group>(group: G, construct: DeclaredConstructs[G]): void {
  groupOf.set(construct, group);
  const { root } = construct.node;
  if (!registeredApps.has(root)) {
    registeredApps.add(root);
    // CDKTF writes stacks in the order of their creation, and must not write an earlier stack if the app is invalid.
    for (const construct of root.node.findAll()) if (TerraformStack.isStack(construct)) validateAppWith(construct);
  }
  validateAppWith(TerraformStack.of(construct));
}

/** Adds the validation of the whole app to a stack. */
function validateAppWith(stack: TerraformStack): void {
  if (validatedStacks.has(stack)) return;
  validatedStacks.add(stack);
  stack.node.addValidation({ validate: () => [...findingsIn(declarationsIn(stack.node.root))] });
}

/** Collects the registered constructs from the construct tree. */
function declarationsIn(root: IConstruct): Declarations {
  const constructs = root.node.findAll();
  // `register` accepts only constructs of the group's type.
  const inGroup = <G extends Group>(group: G) =>
    constructs.filter((construct) => groupOf.get(construct) === group) as DeclaredConstructs[G][];
  const integrations = inGroup("integrations");
  const allIntegrations = [...integrations, ...inGroup("existingIntegrations")];
  return {
    providers: inGroup("providers"),
    spaces: inGroup("spaces"),
    integrations,
    webhooks: inGroup("webhooks"),
    namespaceWebhooks: inGroup("namespaceWebhooks"),
    repeatedAdditions: allIntegrations.flatMap((integration) =>
      integration.repeatedAdditions.map((addition) => ({ integration, ...addition })),
    ),
    stackSources: allIntegrations.flatMap((integration) => integration.stackSources.map((source) => ({ integration, ...source }))),
  };
}
