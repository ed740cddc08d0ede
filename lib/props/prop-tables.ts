/** The types of all props and options, checked when the app runs. The compiler requires an entry for every prop. */
import { BACKINGS, isSlugPattern, slugPatternFix, VCS_CHECKS } from "../../packages/domain";
import type { BitbucketCloudCredential, BitbucketCloudIntegrationProps } from "../bitbucket-cloud-integration";
import type { BitbucketDatacenterIntegrationProps } from "../bitbucket-datacenter-integration";
import type { BitliftProviderProps } from "../bitlift-provider";
import type { VariableCredentialOptions } from "../credential";
import type { IntegrationProps } from "../declared-integration";
import { dependencies, lifecycle } from "./dependency-types";
import type { ExistingIntegrationOptions } from "../existing-integration";
import type { AddRepositoriesOfOptions, AddRepositoryOptions, StackSourceOptions } from "../integration";
import type { BitbucketCloudLogin, BitbucketDatacenterLogin, SpaceliftLogin } from "../logins";
import type { NamespaceWebhooksOptions, NamespaceWebhooksProps } from "../namespace-webhooks";
import { event, integration, isRepository, provider, repository, space } from "./object-types";
import {
  anything,
  duration,
  filledText,
  flag,
  known,
  knownFilledText,
  knownFlag,
  knownText,
  listOf,
  objectWith,
  oneOf,
  text,
  textList,
  textThat,
  wholeNumberFrom,
} from "./plain-types";
import type { RepositoryWebhookProps } from "../repository-webhook";
import type { SpaceProps } from "../space";
import { rejected, required, type PropTable, type ValueType } from "./value-type";
import type { RepositoryWebhookOptions } from "../webhook-options";

/** The rules about secrets check these, because a message must not contain a text instead of a secret. */
const secret = anything;
/** The rules about credentials, hosts and URLs report if one of these is missing. */
const checkedText = text;
const synthesisFlag: ValueType = known(knownFlag, "the rules between integrations and Spaces are checked at synthesis");
const name = required(filledText("Set the name, as a text."));

/** A slug or a pattern. A text of another form would select nothing. */
const slug: ValueType = {
  ...knownText,
  check: (prop, value) => {
    if (isRepository(value)) return rejected(prop, value, `Write its slug: ${JSON.stringify(value.slug)}.`);
    return known(textThat(isSlugPattern, slugPatternFix)).check(prop, value);
  },
};

const backing = known(oneOf(BACKINGS));

const TERRAFORM = { dependsOn: dependencies, lifecycle } as const;

const SPACELIFT_LOGIN: PropTable<SpaceliftLogin> = {
  endpoint: text,
  apiKeyId: text,
  apiKeySecret: secret,
  apiToken: secret,
  caCertificate: text,
};

const CLOUD_LOGIN: PropTable<BitbucketCloudLogin> = {
  accessToken: secret,
  email: text,
  apiToken: secret,
  username: text,
  password: secret,
  baseUrl: text,
  caCertificate: text,
};

const DATACENTER_LOGIN: PropTable<BitbucketDatacenterLogin> = {
  url: checkedText,
  caCertificate: text,
  accessToken: secret,
  username: text,
  password: secret,
};

const CLOUD_CREDENTIAL: PropTable<BitbucketCloudCredential> = {
  email: checkedText,
  apiToken: secret,
  username: checkedText,
  appPassword: secret,
};

const LOGIN_FIX = "Pass an object with the fields of the login. Secrets are Credentials.";

const ALIAS_FIX = "Use letters, digits, underscores, and hyphens, and start with a letter.";

export const STACK_SOURCE_OPTIONS: PropTable<StackSourceOptions> = { repository: anything, space };

export const PROVIDER_PROPS: PropTable<BitliftProviderProps> = {
  alias: known(
    textThat(
      (alias) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(alias),
      () => ALIAS_FIX,
    ),
  ),
  spacelift: objectWith(SPACELIFT_LOGIN, LOGIN_FIX),
  bitbucketCloud: objectWith(CLOUD_LOGIN, LOGIN_FIX),
  bitbucketDatacenter: objectWith(DATACENTER_LOGIN, LOGIN_FIX),
  rateLimitMaxWait: duration,
  requestTimeout: duration,
  maxConcurrentRequests: wholeNumberFrom(1),
  lookBeforeCreate: wholeNumberFrom(0),
  pluginPath: knownText,
};

export const SPACE_PROPS: PropTable<SpaceProps> = {
  name,
  parent: space,
  inheritEntities: synthesisFlag,
  description: text,
  labels: textList,
  provider,
  backing,
  ...TERRAFORM,
};

const INTEGRATION_PROPS: PropTable<IntegrationProps> = {
  name,
  isDefault: synthesisFlag,
  space,
  labels: textList,
  description: text,
  vcsChecks: oneOf(VCS_CHECKS),
  useGitCheckout: flag,
  webhookSecretRotation: text,
  detachProtection: flag,
  replacementOrder: known(oneOf(["create-first", "destroy-first"])),
  provider,
  backing,
  ...TERRAFORM,
};

export const CLOUD_INTEGRATION_PROPS: PropTable<BitbucketCloudIntegrationProps> = {
  ...INTEGRATION_PROPS,
  credential: objectWith(CLOUD_CREDENTIAL, 'Pass { email, apiToken: Credential.fromEnvironment("<variable name>") }.'),
};

export const DATACENTER_INTEGRATION_PROPS: PropTable<BitbucketDatacenterIntegrationProps> = {
  ...INTEGRATION_PROPS,
  apiHost: checkedText,
  userFacingHost: checkedText,
  username: checkedText,
  accessToken: secret,
};

export const EXISTING_INTEGRATION_OPTIONS: PropTable<ExistingIntegrationOptions> = { provider, backing, dependsOn: dependencies };

export const VARIABLE_CREDENTIAL_OPTIONS: PropTable<VariableCredentialOptions> = { version: text, description: text };

const WEBHOOK_OPTIONS: PropTable<RepositoryWebhookOptions> = {
  title: text,
  additionalEvents: listOf(event, "event", "Pass a TypeScript array of events of WebhookEvent."),
  active: flag,
  skipCertificateVerification: flag,
  verifyCertificate: flag,
  adoptExisting: flag,
  ...TERRAFORM,
};

export const ADD_REPOSITORIES_OPTIONS = WEBHOOK_OPTIONS;

export const ADD_REPOSITORY_OPTIONS: PropTable<AddRepositoryOptions> = { ...WEBHOOK_OPTIONS, constructId: knownFilledText };

export const WEBHOOK_PROPS: PropTable<RepositoryWebhookProps> = {
  ...WEBHOOK_OPTIONS,
  repository: required(repository),
  integration: required(integration),
  provider,
};

const NAMESPACE_WEBHOOKS_OPTIONS: PropTable<NamespaceWebhooksOptions> = {
  ...WEBHOOK_OPTIONS,
  project: text,
  query: text,
  role: text,
  match: listOf(slug, "slug", "Pass a TypeScript array of slugs."),
  except: listOf(slug, "slug", "Pass a TypeScript array of slugs."),
};

export const ADD_REPOSITORIES_OF_OPTIONS: PropTable<AddRepositoriesOfOptions> = {
  ...NAMESPACE_WEBHOOKS_OPTIONS,
  constructId: knownFilledText,
};

export const NAMESPACE_WEBHOOKS_PROPS: PropTable<NamespaceWebhooksProps> = {
  ...NAMESPACE_WEBHOOKS_OPTIONS,
  namespace: required(text),
  integration: required(integration),
  provider,
};
