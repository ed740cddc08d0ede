/** Collects the props that must be a Credential, for the rules about secrets. */
import type { IConstruct } from "constructs";
import { camelCase, INTEGRATION_CREDENTIALS, PROVIDER_LOGINS, type CredentialForm } from "../../packages/domain";
import type { Declarations, IntegrationDeclaration } from "./declarations";

/** A prop that must be a Credential. */
export interface SecretProp {
  readonly construct: IConstruct;
  /** The prop with its path, such as `credential.apiToken`. */
  readonly name: string;
  /** An untyped program can pass any value. */
  readonly value: unknown;
}

/** A prop of a provider with a login. */
export type LoginProp = "spacelift" | "bitbucketCloud" | "bitbucketDatacenter";

/** The forms of each login. */
export const LOGIN_PROPS: Readonly<Record<LoginProp, readonly CredentialForm[]>> = {
  spacelift: PROVIDER_LOGINS.spacelift,
  bitbucketCloud: PROVIDER_LOGINS.bitbucket_cloud,
  bitbucketDatacenter: PROVIDER_LOGINS.bitbucket_datacenter,
};

export const LOGIN_NAMES: readonly LoginProp[] = ["spacelift", "bitbucketCloud", "bitbucketDatacenter"];

/** All props of an app that must be a Credential and have a value. */
export function* secretProps({ integrations, providers }: Declarations): Generator<SecretProp> {
  for (const construct of integrations) {
    const path = construct.product === "cloud" ? "credential." : "";
    const secrets = secretsOf(INTEGRATION_CREDENTIALS[construct.product]);
    for (const [name, value] of givenFields(credentialOf(construct), secrets)) yield { construct, name: `${path}${name}`, value };
  }
  for (const construct of providers) {
    for (const login of LOGIN_NAMES) {
      const secrets = secretsOf(LOGIN_PROPS[login]);
      for (const [name, value] of givenFields(construct.props[login], secrets)) yield { construct, name: `${login}.${name}`, value };
    }
  }
}

/** The object with the credential of an integration: `credential` on Bitbucket Cloud, the props themselves on Bitbucket Data Center. */
export function credentialOf({ product, props }: IntegrationDeclaration): unknown {
  return product === "cloud" ? props.credential : props;
}

/** The named fields that have a value, in the order of the names. */
export function givenFields(object: unknown, names: readonly string[]): readonly (readonly [name: string, value: unknown])[] {
  if (typeof object !== "object" || object === null) return [];
  return names
    .map((name) => [name, (object as Readonly<Record<string, unknown>>)[name]] as const)
    .filter(([, value]) => value !== undefined && value !== "");
}

function secretsOf(forms: readonly CredentialForm[]): readonly string[] {
  return [...new Set(forms.map(({ secret }) => camelCase(secret)))];
}
