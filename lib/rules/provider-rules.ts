/** Rules about which provider manages what: one of the same stack, since an engine knows no other. */
import { TerraformStack } from "cdktf";
import type { Declarations } from "../declarations";
import type { Finding } from "./finding";

export function* providersOfOtherStacks({ integrations, spaces, webhooks, namespaces }: Declarations): Generator<Finding> {
  const managed = [
    ...[...integrations, ...spaces].map((construct) => ({ construct, provider: construct.provider })),
    ...[...webhooks, ...namespaces].map((construct) => ({
      construct,
      provider: construct.props.provider ?? construct.integration.provider,
    })),
  ];
  for (const { construct, provider } of managed) {
    const stack = TerraformStack.of(construct);
    if (provider === undefined || TerraformStack.of(provider) === stack) continue;
    yield {
      construct,
      why: `Its provider is ${provider.node.path}, of another stack, and Terraform takes providers of the same stack alone.`,
      fix: `Make a BitliftProvider in the stack ${stack.node.path}, and pass it as provider.`,
    };
  }
}
