/** The arguments of the published providers, from the login of a `BitliftProvider`. What they cannot take is refused by the rules in rules/backing.ts. */
import { credentialArguments } from "../credential";
import type { BitbucketCloudLogin, BitbucketDatacenterLogin, SpaceliftLogin } from "../logins";

/** A published provider, by the name of its type. */
export type PublishedSystem = "spacelift" | "bitbucket" | "bitbucketserver";

/** The logins of a provider. */
export interface LoginProps {
  readonly alias?: string;
  readonly spacelift?: SpaceliftLogin;
  readonly bitbucketCloud?: BitbucketCloudLogin;
  readonly bitbucketDatacenter?: BitbucketDatacenterLogin;
}

/** The props of the provider's generated class. The environment of the published provider gives what is missing. */
export function publishedLogin(system: PublishedSystem, props: LoginProps = {}): Readonly<Record<string, string | undefined>> {
  if (system === "spacelift") {
    const { endpoint, apiKeyId, apiKeySecret, apiToken } = props.spacelift ?? {};
    return { apiKeyEndpoint: endpoint, apiKeyId, apiKeySecret: valueOf(apiKeySecret), apiToken: valueOf(apiToken) };
  }
  if (system === "bitbucket") {
    const { accessToken, email, apiToken, username, password } = props.bitbucketCloud ?? {};
    return { oauthToken: valueOf(accessToken), username: email ?? username, password: valueOf(apiToken ?? password) };
  }
  const { url, username, password } = props.bitbucketDatacenter ?? {};
  return { server: url, username, password: valueOf(password) };
}

/** The reference to the variable of a secret. Undefined if the provider reads it from its environment. */
function valueOf(secret: unknown): string | undefined {
  return credentialArguments(secret).writeOnly;
}
