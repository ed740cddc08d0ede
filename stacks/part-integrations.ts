/** The integrations of a part, managed or existing, and the webhooks that deliver to them. */
import type { Construct } from "constructs";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  type BitbucketCloudCredential,
  type BitbucketIntegrationBase,
  type BitliftProvider,
  type VcsChecks,
} from "../lib";
import {
  integrationAddress,
  integrationConstructId,
  type CloudIntegrationEntry,
  type DatacenterIntegrationEntry,
  type IntegrationEntry,
} from "../packages/configuration";
import { TRIGGER_TYPE } from "../lib/host";
import { triggerAddress } from "../packages/domain";
import type { MovedAddresses } from "./moved-addresses";
import type { PartSpaces } from "./part-spaces";
import { addRepositories } from "./integration-repositories";
import type { Secrets } from "./secrets";

/** What the integrations of a part refer to. */
export interface PartContext {
  readonly spaces: PartSpaces;
  readonly secrets: Secrets;
  /** By key of the server. */
  readonly servers: ReadonlyMap<string, BitliftProvider>;
  readonly moved: MovedAddresses;
}

/** Declares an integration with its webhooks. */
export function addIntegration(scope: Construct, entry: IntegrationEntry, context: PartContext): BitbucketIntegrationBase {
  const { product, key, backing, previously, existing } = entry;
  const create = product === "cloud" ? createCloudIntegration : createDatacenterIntegration;
  // The discriminant selects the function of the entry's own type.
  const integration = (create as CreateIntegration)(scope, entry, context);
  if (existing === undefined) {
    const formerAddresses = previously.map((former) => integrationAddress(product, former, backing));
    const address = integrationAddress(product, key, backing);
    context.moved.add(formerAddresses, address);
    if (backing === "published") context.moved.add(formerAddresses.map(triggerOf), triggerOf(address));
  }
  addRepositories(integration, entry, context.moved);
  return integration;
}

const triggerOf = (address: string) => triggerAddress(TRIGGER_TYPE, address);

type CreateIntegration = (scope: Construct, entry: IntegrationEntry, context: PartContext) => BitbucketIntegrationBase;

function createCloudIntegration(scope: Construct, entry: CloudIntegrationEntry, context: PartContext): BitbucketIntegrationBase {
  const { key, backing, existing, credential } = entry;
  const id = integrationConstructId(key);
  if (existing !== undefined) {
    if ("default" in existing) return BitbucketCloudIntegration.fromDefault(scope, id, { backing });
    if ("name" in existing) return BitbucketCloudIntegration.fromIntegrationName(scope, id, existing.name, { backing });
    return BitbucketCloudIntegration.fromIntegrationId(scope, id, existing.id, { backing });
  }
  if (credential === undefined) throw incomplete(key, "credential");
  return new BitbucketCloudIntegration(scope, id, {
    ...sharedProps(entry, context),
    credential: cloudCredential(credential, context.secrets),
  });
}

function createDatacenterIntegration(scope: Construct, entry: DatacenterIntegrationEntry, context: PartContext): BitbucketIntegrationBase {
  const { key, backing, existing, credential, server, apiHost, userFacingHost } = entry;
  const id = integrationConstructId(key);
  const provider = server === undefined ? undefined : context.servers.get(server);
  if (existing !== undefined) {
    if ("default" in existing) return BitbucketDatacenterIntegration.fromDefault(scope, id, { backing, provider });
    if ("name" in existing) return BitbucketDatacenterIntegration.fromIntegrationName(scope, id, existing.name, { backing, provider });
    return BitbucketDatacenterIntegration.fromIntegrationId(scope, id, existing.id, { backing, provider });
  }
  if (credential === undefined) throw incomplete(key, "credential");
  return new BitbucketDatacenterIntegration(scope, id, {
    ...sharedProps(entry, context),
    apiHost,
    userFacingHost,
    username: credential.username,
    accessToken: context.secrets.credential(credential.token),
    provider,
  });
}

function sharedProps(entry: IntegrationEntry, { spaces }: PartContext) {
  const { name, backing, description, useGitCheckout, secretRotation, detachProtection, replacementOrder, labels } = entry;
  return {
    name,
    description,
    useGitCheckout,
    backing,
    // The rules accept that published providers do not protect what the file does not ask to protect.
    detachProtection: backing === "published" && detachProtection ? undefined : detachProtection,
    replacementOrder,
    isDefault: entry.default ? true : undefined,
    space: spaces.resolve(entry.space),
    labels: labels.length === 0 ? undefined : labels,
    // The parser accepts only these.
    vcsChecks: entry.vcsChecks as VcsChecks,
    webhookSecretRotation: secretRotation,
  };
}

function cloudCredential(credential: NonNullable<CloudIntegrationEntry["credential"]>, secrets: Secrets): BitbucketCloudCredential {
  if ("email" in credential) return { email: credential.email, apiToken: secrets.credential(credential.token) };
  return { username: credential.username, appPassword: secrets.credential(credential.appPassword) };
}

function incomplete(key: string, field: string): Error {
  return new Error(`The configuration has no ${field} for the integration ${key}.`);
}
