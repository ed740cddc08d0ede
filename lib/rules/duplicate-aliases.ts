/** Rule: the providers of a stack have different aliases, and only one has none. */
import { TerraformStack } from "../host";
import { duplicates } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* duplicateAliases({ providers }: Declarations): Generator<Finding> {
  for (const [first, construct] of duplicates(
    providers,
    (provider) => `${TerraformStack.of(provider).node.path} ${provider.props.alias ?? ""}`,
  )) {
    const { alias } = construct.props;
    yield {
      construct,
      why: `${first.node.path} ${alias === undefined ? "is already the provider without an alias" : `already has the alias ${alias}`} in this stack.`,
      fix: "Set another alias, and pass this provider to the constructs that it manages.",
    };
  }
}
