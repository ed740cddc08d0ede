/** An integration for Bitbucket Data Center in Spacelift's own provider, with the rules of this package written out for the engine. */
import { createReplacementTrigger, Op, Token, type TerraformResourceLifecycle } from "../host";
import type { Construct } from "constructs";
import { ROOT_SPACE_ID } from "../../packages/domain";
import type { BitliftProvider } from "../bitlift-provider";
import { credentialArguments, type Credential } from "../credential";
import type { IntegrationConfig } from "../declared-integration";
import { BitbucketDatacenterIntegration } from "../providers/spacelift/bitbucket-datacenter-integration";
import type { PublishedSource } from "./published-source";
import { declareProvider, publishedProvider } from "./published-providers";
import { checkUrl } from "./url-check";
import { noteStoredSecrets } from "./stored-secrets";

/** The arguments that only integrations for Bitbucket Data Center have. */
interface DatacenterArguments {
  readonly apiHost: string;
  readonly userFacingHost: string;
  readonly username: string;
  readonly accessToken: Credential;
  readonly provider: BitliftProvider | undefined;
}

/** The resource, and what its webhooks need. */
interface PublishedIntegration extends PublishedSource {
  readonly resource: BitbucketDatacenterIntegration;
}

/** Below the integration, like constructs of the app, which hardly have such a name. */
const IDENTITY_ID = "BitliftIdentity";

/**
 * Spacelift's own provider updates the name and the default flag in place, and neither change reaches Spacelift. A trigger with both values
 * replaces the integration instead.
 */
export function createPublishedIntegration(
  scope: Construct,
  id: string,
  { labels = [], isDefault = false, ...config }: IntegrationConfig,
  { accessToken, provider, ...hosts }: DatacenterArguments,
): PublishedIntegration {
  const token = credentialArguments(accessToken);
  const { name, spaceId, description, vcsChecks, useGitCheckout, dependsOn, lifecycle } = config;
  const values = { name, is_default: String(isDefault) };
  const trigger = createReplacementTrigger(scope, IDENTITY_ID, { values, ignored: ignoredOf(values, lifecycle) }, (...declaration) =>
    declareProvider(scope, ...declaration),
  );
  const resource = new BitbucketDatacenterIntegration(scope, id, {
    name,
    isDefault,
    // The provider ignores the removal of these, so they are always written.
    spaceId,
    labels,
    description,
    vcsChecks,
    useGitCheckout,
    ...hosts,
    accessTokenWo: token.writeOnly,
    accessTokenWoVersion: token.version,
    provider: publishedProvider(scope, "spacelift", provider),
    dependsOn,
    lifecycle: {
      ...lifecycle,
      replaceTriggeredBy: [trigger.address, ...(lifecycle?.replaceTriggeredBy ?? [])],
      precondition: [defaultInRoot(trigger.valueOf("is_default"), spaceId), ...(lifecycle?.precondition ?? [])],
    },
  });
  const secret = resource.webhookSecret;
  noteStoredSecrets(scope);
  if (!isDefault) checkUrl(scope, resource);
  return { resource, secret, nameAddress: trigger.addressOf("name") };
}

/** What the integration ignores must not replace it. */
function ignoredOf(values: object, { ignoreChanges = [] }: TerraformResourceLifecycle = {}): readonly string[] {
  return Object.keys(values).filter((name) => ignoreChanges === "all" || ignoreChanges.includes(name));
}

type Precondition = NonNullable<TerraformResourceLifecycle["precondition"]>[number];

function defaultInRoot(isDefault: string, spaceId: string): Precondition {
  // An ID of the app is compared here: in an expression, its quotes would end the text.
  const isInRoot = Token.isUnresolved(spaceId) ? Op.eq(spaceId, ROOT_SPACE_ID) : spaceId === ROOT_SPACE_ID;
  return {
    condition: Op.or(Op.neq(isDefault, "true"), isInRoot),
    errorMessage: "A default integration must be in the root Space.",
  };
}

/**
 * What a Cloud integration becomes, so that the app is built to its end. A rule refuses it, because Spacelift's own provider has no resource for it.
 */
export function createUnsupportedIntegration(
  scope: Construct,
  id: string,
  { name, spaceId }: IntegrationConfig,
  provider: BitliftProvider | undefined,
): PublishedIntegration {
  const hosts = { apiHost: "", userFacingHost: "", username: "" };
  const config = { name, spaceId, isDefault: false, ...hosts, provider: publishedProvider(scope, "spacelift", provider) };
  const resource = new BitbucketDatacenterIntegration(scope, id, config);
  return { resource, secret: resource.webhookSecret, nameAddress: undefined };
}
