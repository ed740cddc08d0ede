/** Whether a stack needs Bitlift's own provider, or only the published ones. */
import { TerraformDataSource, TerraformResource, type TerraformStack } from "../host";
import type { IConstruct } from "constructs";
import { BACKING_CONTEXT } from "./backing-context";
import { hasPublishedProviders } from "./provider-holder";

/** A stack without objects keeps the provider of its backing, because the engine needs it to delete what was there. */
export function needsOwnProvider(stack: TerraformStack): boolean {
  if (stack.node.findAll().some(isOwn)) return true;
  return !hasPublishedProviders(stack) && stack.node.tryGetContext(BACKING_CONTEXT) !== "published";
}

function isOwn(construct: IConstruct): boolean {
  if (!TerraformResource.isTerraformResource(construct) && !TerraformDataSource.isTerraformDataSource(construct)) return false;
  return construct.terraformGeneratorMetadata?.providerName === "bitlift";
}
