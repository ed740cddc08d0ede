/** The trigger of a replacement with CDKTF: a null_resource of the package `@cdktf/provider-null`, which only apps with it need. */
import { createRequire } from "node:module";
import type * as NullPackage from "@cdktf/provider-null";
import { propertyAccess, Token } from "cdktf";
import type { Construct } from "constructs";
import { validationError } from "../validation-error";
import type { DeclareProvider, ReplacementTrigger, TriggerValues } from "./replacement-trigger";

/** The type of the trigger. */
export const TRIGGER_TYPE = "null_resource";

/**
 * @param declareProvider Declares the provider of the resource, unless the stack already has it.
 * @throws Problem `package-missing` if `@cdktf/provider-null` is not installed.
 */
export function createReplacementTrigger(
  scope: Construct,
  id: string,
  { name: terraformName, values, ignored }: TriggerValues,
  declareProvider: DeclareProvider,
): ReplacementTrigger {
  const { provider, resource } = nullPackage();
  declareProvider("null", (providers, name) => new provider.NullProvider(providers, name));
  const trigger = new resource.Resource(scope, id, {
    triggers: values,
    ...(ignored.length === 0 ? {} : { lifecycle: { ignoreChanges: ignored.map((name) => `triggers["${name}"]`) } }),
  });
  trigger.overrideLogicalId(terraformName);
  const address = `${TRIGGER_TYPE}.${terraformName}`;
  return {
    moveFrom: (from) => trigger.moveFromId(from),
    address,
    addressOf: (name) => `${address}.triggers["${name}"]`,
    valueOf: (name) => Token.asString(propertyAccess(trigger.fqn, ["triggers", name])),
  };
}

function nullPackage(): typeof NullPackage {
  try {
    // The package is an optional peer, so it is loaded when an app needs it.
    return createRequire(__filename)("@cdktf/provider-null") as typeof NullPackage;
  } catch {
    throw validationError("package-missing", {
      why: "With published backing, an integration for Bitbucket Data Center needs a null_resource, and the package @cdktf/provider-null is not installed.",
      fix: "Run npm install @cdktf/provider-null@11.",
    });
  }
}
