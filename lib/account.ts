/** Which Spacelift account a construct lives in, as far as it can be told at synthesis. */
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { Declarations } from "./declarations";

/**
 * Two providers that log in to one address are one account, and so are all of a stack that log in from the environment: several
 * Bitbucket Data Center servers have a provider each, and one account.
 */
export function accountOf(construct: IConstruct & { readonly provider: BitliftProvider | undefined }, { providers }: Declarations): string {
  const stack = TerraformStack.of(construct);
  const isDefault = (provider: BitliftProvider) => provider.props.alias === undefined && TerraformStack.of(provider) === stack;
  const login = (construct.provider ?? providers.find(isDefault))?.props.spacelift;
  if (login === undefined) return `${stack.node.path} environment`;
  if ("endpoint" in login) return login.endpoint.toLowerCase().replace(/\/+$/, "");
  return `${stack.node.path} ${JSON.stringify(login.apiToken)}`;
}
