/** Rules: what a construct uses belongs to its own app, and the variable of a Credential to its own stack. CDKTF would write references that nothing provides. */
import { TerraformStack } from "../host";
import { Construct, type IConstruct } from "constructs";
import { variableOf } from "../credential-source";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { secretProps } from "./secrets";

export function* constructsOfOtherApps({ spaces, integrations, webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  const uses: readonly (readonly [construct: IConstruct, name: string, used: unknown, fix: string])[] = [
    ...spaces.map((space) => [space, "parent", space.parentSpace, SPACE_FIX] as const),
    ...integrations.map((integration) => [integration, "space", integration.space, SPACE_FIX] as const),
    ...[...webhooks, ...namespaceWebhooks].map((webhook) => [webhook, "integration", webhook.integration, INTEGRATION_FIX] as const),
  ];
  for (const [construct, name, used, fix] of uses) {
    if (!Construct.isConstruct(used) || used.node.root === construct.node.root) continue;
    yield { construct, why: `${name} is ${used.node.path} of another app, and an app cannot refer to the stacks of another one.`, fix };
  }
}

export const SPACE_FIX = "Write Space.fromSpaceId(…) with its ID.";
export const INTEGRATION_FIX = "Write fromIntegrationId(…) of its class with its ID.";

export function* variablesOfOtherStacks(declarations: Declarations): Generator<Finding> {
  for (const { construct, name, value } of secretProps(declarations)) {
    const variable = variableOf(value);
    const stack = TerraformStack.of(construct);
    if (variable === undefined || TerraformStack.of(variable) === stack) continue;
    yield {
      construct,
      why: `${name} reads the variable ${variable.node.path} of another stack. Terraform would pass the secret on through the state of that stack.`,
      fix: `Call Credential.fromVariable(…) with a scope in the stack ${stack.node.path}.`,
    };
  }
}
