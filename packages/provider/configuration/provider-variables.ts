/** The environment variables that configure the provider. */

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variable of each setting, by block. `limits` are arguments of the provider block itself. */
export const PROVIDER_VARIABLES = {
  spacelift: {
    endpoint: "SPACELIFT_API_KEY_ENDPOINT",
    api_key_id: "SPACELIFT_API_KEY_ID",
    api_key_secret: "SPACELIFT_API_KEY_SECRET",
    api_token: "SPACELIFT_API_TOKEN",
    ca_certificate: "SPACELIFT_CA_CERTIFICATE",
  },
  bitbucket_cloud: {
    access_token: "BITBUCKET_ACCESS_TOKEN",
    email: "BITBUCKET_EMAIL",
    api_token: "BITBUCKET_API_TOKEN",
    username: "BITBUCKET_USERNAME",
    password: "BITBUCKET_PASSWORD",
    base_url: "BITBUCKET_API_URL",
    ca_certificate: "BITBUCKET_CA_CERTIFICATE",
  },
  bitbucket_datacenter: {
    url: "BITBUCKET_DATACENTER_URL",
    access_token: "BITBUCKET_DATACENTER_TOKEN",
    username: "BITBUCKET_DATACENTER_USERNAME",
    password: "BITBUCKET_DATACENTER_PASSWORD",
    ca_certificate: "BITBUCKET_DATACENTER_CA_CERTIFICATE",
  },
  limits: {
    rate_limit_max_wait: "BITLIFT_RATE_LIMIT_MAX_WAIT",
    request_timeout: "BITLIFT_REQUEST_TIMEOUT",
    max_concurrent_requests: "BITLIFT_MAX_CONCURRENT_REQUESTS",
    look_before_create: "BITLIFT_LOOK_BEFORE_CREATE",
  },
} as const;

const CREDENTIAL_VARIABLES: readonly string[] = [
  PROVIDER_VARIABLES.spacelift,
  PROVIDER_VARIABLES.bitbucket_cloud,
  PROVIDER_VARIABLES.bitbucket_datacenter,
].flatMap((group) => Object.values(group));

/** Whether the provider reads its own credentials from the variable. */
export function isProviderVariable(name: string): boolean {
  return CREDENTIAL_VARIABLES.includes(name);
}
