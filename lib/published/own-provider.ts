/** Which providers a stack needs besides those of its objects: Bitlift's own, the published ones, or both. */
import { TerraformDataSource, TerraformResource, type TerraformStack } from "../host";
import type { IConstruct } from "constructs";
import { BACKING_CONTEXT } from "./backing-context";
import { usesPublished } from "./provider-holder";

/** A stack without objects keeps the provider of its backing, because the engine needs it to delete what was there. */
export function needsOwnProvider(stack: TerraformStack): boolean {
  if (hasOwnObjects(stack)) return true;
  return !usesPublished(stack) && stack.node.tryGetContext(BACKING_CONTEXT) !== "published";
}

/** The same for published providers that no object needs now. With an object of this backing, the others that were there can be deleted, too. */
export function keepsPublishedProviders(stack: TerraformStack): boolean {
  return usesPublished(stack) || !hasOwnObjects(stack);
}

function hasOwnObjects(stack: TerraformStack): boolean {
  return stack.node.findAll().some(isOwn);
}

function isOwn(construct: IConstruct): boolean {
  if (!TerraformResource.isTerraformResource(construct) && !TerraformDataSource.isTerraformDataSource(construct)) return false;
  return construct.terraformGeneratorMetadata?.providerName === "bitlift";
}
