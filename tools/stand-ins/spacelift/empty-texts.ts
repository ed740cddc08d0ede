/** The texts that the published provider for Spacelift refuses if they are empty. */
import type { Value } from "../../../packages/terraform-plugin";
import type { Values } from "../runtime/sdk-plan";

/** The provider's error for the first empty text, also within a list. @param names may include an attribute of a block: `bitbucket_cloud.namespace` */
export function emptyText(config: Values, names: readonly string[]): string | undefined {
  const name = names.find((candidate) => textsAt(config, candidate.split(".")).includes(""));
  return name === undefined ? undefined : `[{{} ${name}}] must not be an empty string`;
}

function textsAt(values: Values, [name = "", ...rest]: readonly string[]): readonly Value[] {
  const value = values[name] ?? null;
  if (!Array.isArray(value)) return [value];
  return rest.length === 0 ? (value as readonly Value[]) : (value as readonly Values[]).flatMap((block) => textsAt(block, rest));
}
