/** The credential forms of the provider and of its integrations: the fields of each form, its secret, and the order of precedence. */

/** One way to log in. All fields are required together. They have the names of Terraform arguments; {@link camelCase} converts them to props. */
export interface CredentialForm {
  readonly fields: readonly string[];
  /** The field that must never appear in a message, a log, or a synthesized file. */
  readonly secret: string;
}

/** How the provider logs in to each system, by provider block. In the environment, an earlier form takes precedence over a later one. */
export const PROVIDER_LOGINS = {
  spacelift: [
    { fields: ["endpoint", "api_key_id", "api_key_secret"], secret: "api_key_secret" },
    { fields: ["api_token"], secret: "api_token" },
  ],
  bitbucket_cloud: [
    { fields: ["access_token"], secret: "access_token" },
    { fields: ["email", "api_token"], secret: "api_token" },
    { fields: ["username", "password"], secret: "password" },
  ],
  bitbucket_datacenter: [
    { fields: ["access_token"], secret: "access_token" },
    { fields: ["username", "password"], secret: "password" },
  ],
} as const satisfies Readonly<Record<string, readonly CredentialForm[]>>;

/** How Spacelift logs in to Bitbucket through an integration, by product. An integration uses exactly one form. */
export const INTEGRATION_CREDENTIALS = {
  cloud: [
    { fields: ["email", "api_token"], secret: "api_token" },
    { fields: ["username", "app_password"], secret: "app_password" },
  ],
  datacenter: [{ fields: ["username", "access_token"], secret: "access_token" }],
} as const satisfies Readonly<Record<string, readonly CredentialForm[]>>;

/** `api_key_secret` as a type: `apiKeySecret`. */
export type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

/** `camelCase("api_key_secret")` is `apiKeySecret`. */
export function camelCase<Name extends string>(name: Name): CamelCase<Name> {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()) as CamelCase<Name>;
}

/** The values of a form, by camelCase name. For a union of forms, a union of objects. */
export type CompleteCredential<Form extends CredentialForm> = Form extends CredentialForm
  ? { readonly [Name in Form["fields"][number] as CamelCase<Name>]: string }
  : never;

/** The forms whose fields all have a value, in order of precedence, each with its values by camelCase name. */
export function completeCredentials<Form extends CredentialForm>(
  forms: readonly Form[],
  values: Readonly<Partial<Record<Form["fields"][number], string | null>>>,
): readonly CompleteCredential<Form>[] {
  const valueByField = new Map<string, unknown>(Object.entries(values));
  return forms
    .filter(({ fields }) => fields.every((field) => valueByField.get(field) != null))
    .map(
      ({ fields }) => Object.fromEntries(fields.map((field) => [camelCase(field), valueByField.get(field)])) as CompleteCredential<Form>,
    );
}

/** Whether the given fields, in any order, are all fields of one form and no others. */
export function areExactlyOneForm(forms: readonly CredentialForm[], given: readonly string[]): boolean {
  return forms.some(({ fields }) => fields.length === given.length && fields.every((field) => given.includes(field)));
}

/** The forms as text for a message: `access_token; email with api_token; username with password`. */
export function describeForms(forms: readonly CredentialForm[], nameOf: (field: string) => string = (field) => field): string {
  return forms
    .map(({ fields: [first = "", ...rest] }) =>
      [nameOf(first), rest.map(nameOf).join(" and ")].filter((part) => part !== "").join(" with "),
    )
    .join("; ");
}
