/** Rule: a construct uses a provider of its own stack, because Terraform cannot use a provider of another one. */
import { TerraformStack } from "../host";
import type { Declarations, ManagedConstruct } from "./declarations";
import type { Finding } from "./finding";

export function* providersOfOtherStacks(declarations: Declarations): Generator<Finding> {
  for (const { construct, provider } of managedConstructs(declarations)) {
    const stack = TerraformStack.of(construct);
    if (provider === undefined || TerraformStack.of(provider) === stack) continue;
    yield {
      construct,
      why: `Its provider ${provider.node.path} belongs to another stack. Terraform can use only providers of the same stack.`,
      fix: `Create a BitliftProvider in the stack ${stack.node.path}, and pass it as provider.`,
    };
  }
}

function managedConstructs({ integrations, spaces, webhooks, namespaceWebhooks }: Declarations) {
  return [
    ...[...integrations, ...spaces].map((construct: ManagedConstruct) => ({ construct, provider: construct.provider })),
    ...[...webhooks, ...namespaceWebhooks].map((construct) => ({
      construct,
      provider: construct.props.provider ?? construct.integration.provider,
    })),
  ];
}
