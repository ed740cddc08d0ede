/** Rules: an account has one default integration per product, and integration names are unique per product. */
import { Token } from "cdktf";
import { certainSlug, PRODUCT_TITLES } from "../../packages/domain";
import { accountOf } from "./account";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import { duplicates, type Finding } from "./finding";

export function* duplicateDefaults(declarations: Declarations): Generator<Finding> {
  const defaults = declarations.integrations.filter(({ props }) => props.isDefault === true);
  for (const [first, construct] of duplicates(defaults, (integration) => scopeOf(integration, declarations))) {
    yield {
      construct,
      why: `${first.node.path} is already the default integration of this account for ${PRODUCT_TITLES[construct.product]}. Spacelift allows one.`,
      fix: "Set isDefault to false on one of the two, or pass the provider of another account.",
    };
  }
}

export function* duplicateNames(declarations: Declarations): Generator<Finding> {
  const named = declarations.integrations.filter(({ props }) => typeof props.name === "string" && !Token.isUnresolved(props.name));
  const keyOf = (integration: IntegrationDeclaration) => `${scopeOf(integration, declarations)} ${certainSlug(integration.props.name)}`;
  for (const [first, construct] of duplicates(named, keyOf)) {
    yield {
      construct,
      why: `"${construct.props.name}" and "${first.props.name}" (${first.node.path}) result in the same ID, which Spacelift derives from the name.`,
      fix: "Rename one of the two.",
    };
  }
}

/** Names and defaults are unique within a product of an account. */
function scopeOf(integration: IntegrationDeclaration, declarations: Declarations): string {
  return `${accountOf(integration, declarations)} ${integration.product}`;
}
