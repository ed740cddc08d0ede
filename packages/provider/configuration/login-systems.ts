/** The systems to which the provider logs in: one block of the provider configuration each. */
import { PRODUCT_TITLES, PROVIDER_LOGINS, type CredentialForm, type DiagnosticCode } from "../../domain";
import { PROVIDER_VARIABLES } from "./provider-variables";

/** The name of a block, which also names the login: `bitbucket_cloud`. */
export type LoginName = keyof typeof PROVIDER_LOGINS;

export interface LoginSystem {
  readonly name: LoginName;
  /** For messages. */
  readonly title: string;
  readonly forms: readonly CredentialForm[];
  /** The argument with the address to which the credential is sent. */
  readonly address: string;
  /** The address if neither the block nor the environment names one. */
  readonly defaultAddress: string | null;
  /** The variable of each argument. */
  readonly variables: Readonly<Record<string, string>>;
  readonly codes: { readonly notConfigured: DiagnosticCode; readonly conflict: DiagnosticCode };
  /** What the credential must be allowed to do, or where it already exists; complete sentences. */
  readonly hint: string;
}

export const LOGIN_SYSTEMS: Readonly<Record<LoginName, LoginSystem>> = {
  spacelift: {
    name: "spacelift",
    title: "Spacelift",
    forms: PROVIDER_LOGINS.spacelift,
    address: "endpoint",
    defaultAddress: null,
    variables: PROVIDER_VARIABLES.spacelift,
    codes: { notConfigured: "spacelift-not-configured", conflict: "spacelift-credentials-conflict" },
    hint: "The endpoint is the URL of the account, such as https://<account>.app.spacelift.io. Inside a Spacelift run, SPACELIFT_API_TOKEN is already set.",
  },
  bitbucket_cloud: {
    name: "bitbucket_cloud",
    title: PRODUCT_TITLES.cloud,
    forms: PROVIDER_LOGINS.bitbucket_cloud,
    address: "base_url",
    defaultAddress: "https://api.bitbucket.org/2.0",
    variables: PROVIDER_VARIABLES.bitbucket_cloud,
    codes: { notConfigured: "bitbucket-cloud-not-configured", conflict: "bitbucket-credentials-conflict" },
    hint: "The credential must have administrator access to the repositories, to read, create, and delete webhooks, and to read repositories and pull requests.",
  },
  bitbucket_datacenter: {
    name: "bitbucket_datacenter",
    title: PRODUCT_TITLES.datacenter,
    forms: PROVIDER_LOGINS.bitbucket_datacenter,
    address: "url",
    defaultAddress: null,
    variables: PROVIDER_VARIABLES.bitbucket_datacenter,
    codes: { notConfigured: "bitbucket-datacenter-not-configured", conflict: "bitbucket-credentials-conflict" },
    hint: "The token is an HTTP access token with REPO_ADMIN on the repositories.",
  },
};

/** The arguments that a login with this form needs. A token of Spacelift names its account itself. */
export function requiredArguments({ name, address }: LoginSystem, { fields }: CredentialForm): readonly string[] {
  return name === "bitbucket_datacenter" ? [address, ...fields] : fields;
}

/** The fields of a form without the address, which is not a part of the credential. */
export function credentialFields({ address }: LoginSystem, { fields }: CredentialForm): readonly string[] {
  return fields.filter((field) => field !== address);
}

/** Whether the argument contains a secret. */
export function isSecret({ forms }: LoginSystem, argument: string): boolean {
  return forms.some(({ secret }) => secret === argument);
}
