/** Building blocks of the configuration model: texts, keys, and objects that accept only known settings. */
import { z } from "zod";
import { PRODUCT_TITLES, type BitbucketProduct } from "../packages/domain";
import { describeUnknownSettings } from "./unknown-settings";

// A message continues a sentence that starts with the path of the setting: "spaces.payments.name" + "is empty."

export const KEY_FORMAT = 'A key starts with a letter and contains only letters, digits, "-" and "_"';
const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** `isVariableName` of packages/domain as a pattern, so that editors can check it. A test compares the two. */
const VARIABLE = /^(?!(?=[A-Za-z]*[0-9])[A-Za-z0-9]{20,}$)[A-Za-z_][A-Za-z0-9_]*$/;
const REPOSITORY = /^~?[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

export const text = z.string().min(1, "is empty.").meta({ id: "text" });
export const labels = z.array(z.string()).meta({ id: "labels" });
export const key = z
  .string()
  .regex(KEY, { error: ({ input }) => `is ${JSON.stringify(input)}. ${KEY_FORMAT}.` })
  .meta({ id: "key" });
export const spaceKey = z.string().regex(KEY, {
  error: ({ input }) => `is ${JSON.stringify(input)}. ${KEY_FORMAT}. To reference an existing Space, use {"id": …}.`,
});
// The messages of `variable` and `email` must not contain the value, because it may be a secret.
export const variable = z
  .string()
  .regex(
    VARIABLE,
    "does not look like the name of an environment variable. If it is the secret itself, remove it and rotate the secret. A long name that contains digits needs an underscore.",
  )
  .meta({ id: "variable" });
export const email = z.string().regex(EMAIL, "is not an email address, such as spacelift@acme.example.");

export const repositoryName = z
  .string()
  .regex(REPOSITORY, {
    error: ({ input }) =>
      `is ${JSON.stringify(input)}, not <workspace>/<repository> (Bitbucket Cloud) or <PROJECT>/<repository> (Bitbucket Data Center).`,
  })
  .meta({ id: "repository" });

/** An object that accepts only these settings. */
export function settings<Shape extends Readonly<Record<string, z.ZodType>>>(shape: Shape) {
  const names = Object.keys(shape).filter((name) => !isMisplaced(shape[name]));
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? describeUnknownSettings(issue.keys, names) : undefined),
  });
}

/** A setting that exists elsewhere, with a message that explains why it is not allowed here. */
export function misplaced(message: string) {
  return z.never(message).optional();
}

function isMisplaced(setting: z.ZodType | undefined): boolean {
  return setting instanceof z.ZodOptional && setting.unwrap() instanceof z.ZodNever;
}

/** A setting that exists only for the other product. */
export function otherProductOnly(other: BitbucketProduct) {
  return misplaced(
    other === "datacenter"
      ? `is a setting of ${PRODUCT_TITLES.datacenter}, but this integration is for ${PRODUCT_TITLES.cloud}. Remove it, or set "product" to "datacenter".`
      : `is a setting of ${PRODUCT_TITLES.cloud}, but this integration is for ${PRODUCT_TITLES.datacenter}. Remove it.`,
  );
}
