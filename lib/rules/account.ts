/** Identifies the Spacelift account of a construct, as far as synthesis knows it. */
import { TerraformStack } from "../host";
import type { Declarations, ManagedConstruct, ProviderDeclaration } from "./declarations";

/**
 * Returns the same text for constructs of the same account. Several Bitbucket Data Center servers have one provider each but share an
 * account. Therefore, providers with the same endpoint count as one account, and so do all providers of a stack that log in from the environment.
 */
export function accountOf(construct: ManagedConstruct, { providers }: Declarations): string {
  const stack = TerraformStack.of(construct);
  const isDefault = (provider: ProviderDeclaration) => provider.props.alias === undefined && TerraformStack.of(provider) === stack;
  const login = (construct.provider ?? providers.find(isDefault))?.props.spacelift;
  if (login?.endpoint !== undefined) return login.endpoint.toLowerCase().replace(/\/+$/, "");
  if (login?.apiToken !== undefined) return `${stack.node.path} ${JSON.stringify(login.apiToken)}`;
  return `${stack.node.path} environment`;
}
