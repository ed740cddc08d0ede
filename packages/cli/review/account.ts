/** Who uses what, from Spacelift, if the environment has a key. A review never fails because of it. */
import type { ReviewInput } from "../../review";
import { requireAllowedHost, Spacelift, type Consumer, type SpaceliftCredentials } from "../../clients";
import { remoteSettings, type Environment } from "./remote";

type Account = NonNullable<ReviewInput["account"]>;

/** @returns undefined without a key, or after a failure, which `note` gets */
export async function readAccount(environment: Environment, note: (text: string) => void): Promise<Account | undefined> {
  const credentials = credentialsOf(environment);
  if (credentials === undefined) return undefined;
  try {
    if ("endpoint" in credentials)
      requireAllowedHost({ value: credentials.endpoint, name: "SPACELIFT_API_KEY_ENDPOINT", at: [] }, environment);
    const spacelift = new Spacelift(credentials, remoteSettings({ caCertificate: environment["SPACELIFT_CA_CERTIFICATE"] }));
    const [usage, spaces, listed] = await Promise.all([
      spacelift.usage.ofAllIntegrations(),
      spacelift.spaces.list(),
      spacelift.listIntegrations(),
    ]);
    const integrations = listed.flatMap(({ id, provider, isDefault, spaceId }) => {
      const product = PRODUCTS[provider];
      return product === undefined ? [] : [{ product, id, isDefault, spaceId }];
    });
    const consumers = usage.consumers.flatMap(knownConsumer);
    const hidden = usage.hiddenSpaces.length;
    const caveat = usage.complete === true ? undefined : hidden > 0 ? caveatOf(hidden) : "The API key may not see every Space.";
    return { consumers: { consumers, caveat, integrations }, spaces };
  } catch (thrown) {
    note(`Spacelift does not say which stacks and modules use what: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return undefined;
  }
}

function caveatOf(hidden: number): string {
  return `The API key does not see ${hidden} ${hidden === 1 ? "Space" : "Spaces"}, which may contain more stacks and modules.`;
}

function credentialsOf({
  SPACELIFT_API_KEY_ENDPOINT: endpoint,
  SPACELIFT_API_KEY_ID: apiKeyId,
  SPACELIFT_API_KEY_SECRET: apiKeySecret,
  SPACELIFT_API_TOKEN: apiToken,
}: Environment): SpaceliftCredentials | undefined {
  if (endpoint && apiKeyId && apiKeySecret) return { endpoint, apiKeyId, apiKeySecret };
  return apiToken ? { apiToken } : undefined;
}

const PRODUCTS: Readonly<Record<string, "cloud" | "datacenter">> = { BITBUCKET_CLOUD: "cloud", BITBUCKET_DATACENTER: "datacenter" };

function knownConsumer({ kind, id, name, spaceId, namespace, repository, integrationId, provider }: Consumer) {
  const product = PRODUCTS[provider];
  if (product === undefined || integrationId === null) return [];
  return [{ kind, id, name, product, integrationId, spaceId, namespace, repository }];
}
