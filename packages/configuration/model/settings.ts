/** Building blocks of the model: texts, keys, names of variables, and maps that accept only known keys. */
import { z } from "zod";
import { BACKINGS } from "../../domain";

// A message of a pattern continues a sentence that starts with the key: `"space" of integration "payments"` + `is …`.

const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** `isVariableName` of packages/domain as a pattern, so that editors can check it. A test compares the two. */
const VARIABLE = /^(?!(?=[A-Za-z]*[0-9])[A-Za-z0-9]{20,}$)[A-Za-z_][A-Za-z0-9_]*$/;
const REPOSITORY = /^~?[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/;
const NAMESPACE = /^~?[A-Za-z0-9._-]+$/;

export const KEY_FORM = 'A key starts with a letter and contains only letters, digits, "-" and "_"';

export const text = z.string().min(1, "is empty");

/** Spacelift makes IDs from names, and does not document which characters stay. A name has spaces, and a URL has slashes. */
const ID = /^[^\s/{}]+$/;

/** A text of one form. A value of another type gets the same message, because quoting would not make it fit. */
export function formed(form: RegExp, message: string) {
  return z.string(message).regex(form, message);
}

export const spaceliftId = formed(
  ID,
  "is not an ID. Write what stands at the end of its URL in Spacelift. For a name, write name instead of id",
);

export const key = z
  .string()
  .regex(KEY, `is not a key. ${KEY_FORM}`)
  .meta({ id: "key", description: `${KEY_FORM}.` });

export const spaceReference = formed(KEY, "is not the key of a Space. Write root, or a key under spaces").meta({
  id: "spaceReference",
  description: "`root`, or the key of a Space in the file.",
  examples: ["root", "payments"],
});

export const labels = z
  .array(z.string())
  .meta({ id: "labels", description: "Labels for searches and policies.", examples: [["managed-by-bitlift"]] });

export const variable = formed(VARIABLE, "does not look like the name of an environment variable").meta({
  id: "variable",
  examples: ["PAYMENTS_BITBUCKET_API_TOKEN"],
});

export const repositoryName = formed(
  REPOSITORY,
  "does not name a repository. Write <workspace>/<repository>, or <PROJECT>/<repository> on Bitbucket Data Center",
).meta({ id: "repositoryName", description: "A repository by its slugs.", examples: ["acme-workspace/infrastructure"] });

export const namespaceName = z.string().regex(NAMESPACE, "does not name a workspace or project");

/** The former key of a Space or integration, or of a set, which without a key has that of its workspace or project. */
export const formerKey = formed(KEY, `was never a key. ${KEY_FORM}`);
export const formerSetKey = formed(NAMESPACE, "was never the key of a set, a workspace or a project");

/** What the values of a backing are, for its descriptions. */
export const BACKING_VALUES =
  "`bitlift` is Bitlift's own provider. `published` stands for spacelift-io/spacelift, DrFaust92/bitbucket and gavinbunney/bitbucketserver, which can do less, and store the secrets of webhooks in the state.";

export const backing = z.enum(BACKINGS).optional();

/** @param item What a former key or name looks like. */
export function previously(former: string, item: z.ZodString = text) {
  return z
    .array(item)
    .optional()
    .meta({ description: `${former} Synthesis writes a moved block for each, so that a changed key changes no object.` });
}

/** A map that accepts only these keys. */
export function settings<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape) {
  return z.strictObject(shape);
}

/** In the JSON Schema: exactly one of these sets of keys. The rules report it in words. */
export function oneOf(...alternatives: readonly (readonly string[])[]): { oneOf: readonly { required: readonly string[] }[] } {
  return { oneOf: alternatives.map((required) => ({ required })) };
}
