/** User names that only git accepts, given as the user of a login to the REST API. */
import type { ErrorMessages, ErrorRule } from "./error-rules";

const FIX: Readonly<Record<string, { readonly cloud: string; readonly datacenter: string }>> = {
  "x-token-auth": {
    cloud: "Set the access token alone: BITBUCKET_ACCESS_TOKEN, or access_token_env of the bitbucket_cloud block, without a user name.",
    datacenter:
      "Set the HTTP access token alone: BITBUCKET_DATACENTER_TOKEN, or access_token_env of the bitbucket_datacenter block, without a user name.",
  },
  "x-bitbucket-api-token-auth": {
    cloud:
      "Set the email address of the Atlassian account and the API token: BITBUCKET_EMAIL with BITBUCKET_API_TOKEN, or email with api_token_env in the bitbucket_cloud block.",
    datacenter:
      "Set an HTTP access token of this server: BITBUCKET_DATACENTER_TOKEN, or access_token_env of the bitbucket_datacenter block. An API token of Atlassian works only with Bitbucket Cloud.",
  },
};

/** For both products; precedes all other advice about a rejected login. */
export function gitUserNameRule<Body extends ErrorMessages>(product: "cloud" | "datacenter"): ErrorRule<Body> {
  return {
    when: ({ status, connection }) => [401, 403].includes(status) && adviceFor(connection.user) !== undefined,
    code: "remote-unauthenticated",
    kind: "not-permitted",
    reason: ({ connection }) => `"${connection.user ?? ""}" is a user name for git. The REST API does not accept it.`,
    fix: ({ connection }) => adviceFor(connection.user)?.[product] ?? "",
  };
}

function adviceFor(user: string | null) {
  return user === null ? undefined : FIX[user.trim().toLowerCase()];
}
