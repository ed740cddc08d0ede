/** The trigger of a replacement with CDK Terrain: terraform_data, which every engine contains. */
import { DataResource, propertyAccess, Token } from "cdktn";
import type { Construct } from "constructs";
import type { ReplacementTrigger, TriggerValues } from "./replacement-trigger";

export function createReplacementTrigger(scope: Construct, id: string, { values, ignored }: TriggerValues): ReplacementTrigger {
  const { friendlyUniqueId, fqn } = new DataResource(scope, id, {
    triggersReplace: values,
    ...(ignored.length === 0 ? {} : { lifecycle: { ignoreChanges: ignored.map((name) => `triggers_replace.${name}`) } }),
  });
  const address = `${DataResource.tfResourceType}.${friendlyUniqueId}`;
  return {
    address,
    addressOf: (name) => `${address}.triggers_replace.${name}`,
    valueOf: (name) => Token.asString(propertyAccess(fqn, ["triggers_replace", name])),
  };
}
