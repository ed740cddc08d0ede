/** The trigger of a replacement with CDK Terrain: terraform_data, which every engine contains. */
import { DataResource, propertyAccess, Token } from "cdktn";
import type { Construct } from "constructs";
import type { ReplacementTrigger, TriggerValues } from "./replacement-trigger";

/** The type of the trigger. */
export const TRIGGER_TYPE = "terraform_data";

export function createReplacementTrigger(
  scope: Construct,
  id: string,
  { name: terraformName, values, ignored }: TriggerValues,
): ReplacementTrigger {
  const trigger = new DataResource(scope, id, {
    triggersReplace: values,
    ...(ignored.length === 0 ? {} : { lifecycle: { ignoreChanges: ignored.map((name) => `triggers_replace.${name}`) } }),
  });
  trigger.overrideLogicalId(terraformName);
  const address = `${TRIGGER_TYPE}.${terraformName}`;
  return {
    moveFrom: (from) => trigger.moveFromId(from),
    address,
    addressOf: (name) => `${address}.triggers_replace.${name}`,
    valueOf: (name) => Token.asString(propertyAccess(trigger.fqn, ["triggers_replace", name])),
  };
}
