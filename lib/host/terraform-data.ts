/** The trigger of a replacement with CDK Terrain: terraform_data, which every engine contains. */
import { DataResource, propertyAccess, Token } from "cdktn";
import type { Construct } from "constructs";
import type { ReplacementTrigger } from "./replacement-trigger";

/** @param values The values that the resource stores. It is replaced when one of them changes. */
export function createReplacementTrigger(scope: Construct, id: string, values: Record<string, string>): ReplacementTrigger {
  const { friendlyUniqueId, fqn } = new DataResource(scope, id, { triggersReplace: values });
  const address = `${DataResource.tfResourceType}.${friendlyUniqueId}`;
  return {
    address,
    addressOf: (name) => `${address}.triggers_replace.${name}`,
    valueOf: (name) => Token.asString(propertyAccess(fqn, ["triggers_replace", name])),
  };
}
