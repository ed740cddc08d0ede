/** The identity of an object: the attributes that name it in an import, as one ID or one by one, and in the engine's state. */
import { required, type Attributes } from "./attributes";
import { UNKNOWN, type ObjectValue, type Value } from "./value";

/** What a declaration states about identities. */
interface Identified {
  readonly attributes: Attributes;
  readonly identity: readonly string[];
  readonly importId?: { readonly format?: string; readonly complete?: unknown };
}

/** The attributes of the identity itself: all of them text. */
export function identityAttributes({ attributes, identity }: Identified): Attributes {
  return Object.fromEntries(identity.map((name) => [name, required.string(attributes[name]?.description ?? "")]));
}

/** Whether an `import` block may leave out this attribute, because the provider can find its value. */
export function isOptionalForImport({ identity, importId }: Identified, name: string): boolean {
  return importId?.complete !== undefined && name === identity.at(-1);
}

/** The form of the import ID, for people: `<workspace>/<repository>`. */
export function importIdFormat({ identity, importId }: Identified): string {
  return importId?.format ?? identity.map((name) => `<${name}>`).join("/");
}

/** The form of an import ID that leaves out the last attribute; undefined if the provider cannot find it. */
export function shortImportIdFormat(declaration: Identified): string | undefined {
  const { identity, importId } = declaration;
  if (importId?.complete === undefined) return undefined;
  return importIdFormat(declaration)
    .split("/")
    .slice(0, identity.length - 1)
    .join("/");
}

/** The identity of an object; undefined if one of its values is null or UNKNOWN. */
export function identityOf({ identity }: Identified, object: ObjectValue | null): ObjectValue | undefined {
  if (object === null) return undefined;
  const values = identity.map((name): [string, Value] => [name, object[name] ?? null]);
  return values.some(([, value]) => value === null || value === UNKNOWN) ? undefined : Object.fromEntries(values);
}

/**
 * The identity in a plan. Of a new object, undefined if it is known after apply: Terraform 1.15 cannot show a plan with an unknown identity as
 * JSON. An update keeps the prior identity until the apply returns the new one.
 */
export function plannedIdentity(
  declaration: Identified,
  change: { readonly prior: ObjectValue | null; readonly planned: ObjectValue | null; readonly replaces: boolean },
): ObjectValue | undefined {
  const { prior, planned, replaces } = change;
  const identity = identityOf(declaration, planned ?? prior);
  return replaces ? identity : (identity ?? identityOf(declaration, prior));
}
