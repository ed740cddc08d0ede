// Resolvers of integrations: the lists over all integrations, and the operations of Bitbucket Cloud and Data Center.
import { requireLevel } from "./access";
import { SpaceliftError } from "./errors";
import {
  type CustomInput,
  type CustomUpdateInput,
  type HostInput,
  normalizeToken,
  resolveSpace,
  toCredential,
  toHostCredential,
  type V2Input,
} from "./integration-input";
import {
  buildAccountUrl,
  createIntegration,
  type Credential,
  deleteIntegration,
  findIntegration,
  findListedIntegration,
  listAttachable,
  listIntegrations,
  readIntegration,
  regenerateSecret,
  updateIntegration,
} from "./integrations";
import { authenticated, orNotFound } from "./resolver";
import { search, type SearchInput } from "./search";
import { INTEGRATION_FIELDS } from "./search-fields";
import { listBranches, listRepositories, type SourceCode, testConnection } from "./source-code";
import { type BitbucketProvider, type Integration, isBitbucket, type Scope, type VcsProvider } from "./state";
import { serializeChangedIntegration, serializeIntegration, serializeListedIntegration } from "./serializers";

interface Id {
  readonly id?: string | null;
}

export function createIntegrationResolvers(sourceCode: SourceCode | undefined) {
  return {
    ...listResolvers,
    ...createSourceResolvers(sourceCode),
    ...cloudResolvers,
    ...datacenterResolvers,
    ...createProductResolvers("bitbucketCloud", "BITBUCKET_CLOUD", sourceCode),
    ...createProductResolvers("bitbucketDatacenter", "BITBUCKET_DATACENTER", sourceCode),
  };
}

const listResolvers = {
  vcsIntegrations: authenticated((scope) => listIntegrations(scope).map((integration) => serializeListedIntegration(scope, integration))),
  vcsIntegration: authenticated((scope, { provider, id }: Id & { provider: VcsProvider }) => {
    const integration = findListedIntegration(scope, provider, id);
    return orNotFound(scope, integration === undefined ? null : serializeListedIntegration(scope, integration));
  }),
  searchVCSIntegrations: authenticated((scope, { input }: { input: SearchInput }) => {
    const page = search(listIntegrations(scope), input, INTEGRATION_FIELDS);
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: serializeListedIntegration(scope, node) })) };
  }),
  attachableVCSIntegrationsForProviderInSpace: authenticated((scope, { id, provider }: { id: string; provider: VcsProvider }) =>
    listAttachable(scope, id, provider).map((integration) => serializeListedIntegration(scope, integration)),
  ),
  integrationsCount: authenticated((scope) => {
    const count = (provider: BitbucketProvider): number =>
      listIntegrations(scope).filter((integration) => integration.provider === provider).length;
    const others = { aws: 0, azure: 0, azureDevOps: 0, github: 0, gitlab: 0, slack: 0, webhooks: 0, ai: 0 };
    return {
      ...others,
      vcsAgentPools: scope.account.agentPools.size,
      bitbucketCloud: count("BITBUCKET_CLOUD"),
      bitbucketDatacenter: count("BITBUCKET_DATACENTER"),
    };
  }),
};

/** The operations that read from Bitbucket. */
function createSourceResolvers(sourceCode: SourceCode | undefined) {
  return {
    vcsIntegrationTest: authenticated((scope, { provider, id }: Id & { provider: VcsProvider }) => {
      const integration = isBitbucket(provider) ? findAdministeredIntegration(scope, provider, id) : undefined;
      if (integration === undefined) return orNotFound(scope, null);
      return { status: testConnection({ account: scope.account, sourceCode }, integration) ?? "OK" };
    }),
    repositories: authenticated(
      (scope, args: { provider?: VcsProvider | null; vcsIntegrationID?: string | null; filter?: string | null }) => {
        const integration = findVisibleIntegration(scope, args.provider ?? null, args.vcsIntegrationID);
        return listRepositories({ account: scope.account, sourceCode }, integration, args.filter ?? "");
      },
    ),
    branches: authenticated(
      (scope, args: { provider: VcsProvider; namespace: string; repository: string; vcsIntegrationID?: string | null }) => {
        const integration = findVisibleIntegration(scope, args.provider, args.vcsIntegrationID);
        return listBranches({ account: scope.account, sourceCode }, integration, args.namespace, args.repository);
      },
    ),
  };
}

/** The operations that differ only in their names. */
function createProductResolvers(name: string, provider: BitbucketProvider, sourceCode: SourceCode | undefined) {
  return {
    [`${name}Integration`]: authenticated((scope, { id }: Id) =>
      orNotFound(scope, serializeIntegration(scope, readIntegration(scope, provider, id))),
    ),
    [`${name}IntegrationDelete`]: authenticated((scope, { id }: Id) => {
      const integration = deleteIntegration(scope, provider, id);
      return orNotFound(scope, serializeChangedIntegration(scope, integration));
    }),
    [`${name}IntegrationRegenerateWebhookSecret`]: authenticated((scope, { id }: Id) =>
      orNotFound(scope, serializeChangedIntegration(scope, regenerateSecret(scope, provider, id))),
    ),
    [`${name}IntegrationTest`]: authenticated((scope, { id }: Id) => {
      const integration = findAdministeredIntegration(scope, provider, id);
      if (integration === undefined) return orNotFound(scope, null);
      const problem = testConnection({ account: scope.account, sourceCode }, integration);
      if (problem !== undefined) throw new SpaceliftError(problem);
      return "OK";
    }),
    [`${name}WebhooksEndpoint`]: authenticated((scope) => buildAccountUrl(scope, provider)),
  };
}

interface AppPasswordInput<Custom> {
  readonly username: string;
  readonly appPassword?: string | null;
  readonly customInput?: Custom | null;
}

const cloudResolvers = {
  bitbucketCloudIntegrationCreate: authenticated(
    (scope, { username, appPassword, customInput }: AppPasswordInput<CustomInput> & { appPassword: string }) =>
      create(scope, "BITBUCKET_CLOUD", customInput, { username, email: null, credential: appPassword }),
  ),
  bitbucketCloudIntegrationCreateV2: authenticated((scope, { input }: { input: V2Input<CustomInput> }) => {
    const { email, apiToken, customInput, ...flat } = input;
    const custom = flat.name === undefined ? customInput : { ...flat, name: flat.name };
    return create(scope, "BITBUCKET_CLOUD", custom, { email: email ?? "", username: null, credential: apiToken ?? "" });
  }),
  bitbucketCloudIntegrationUpdate: authenticated((scope, { username, appPassword, customInput }: AppPasswordInput<CustomUpdateInput>) =>
    update(scope, "BITBUCKET_CLOUD", customInput, { username, email: null, ...toCredential(appPassword) }),
  ),
  bitbucketCloudIntegrationUpdateV2: authenticated((scope, { input }: { input: V2Input<CustomUpdateInput> }) => {
    const { email, apiToken, customInput, ...flat } = input;
    const login = email === null || email === undefined ? {} : { email, username: null };
    return update(scope, "BITBUCKET_CLOUD", customInput ?? flat, { ...login, ...toCredential(apiToken) });
  }),
};

const datacenterResolvers = {
  bitbucketDatacenterIntegrationCreate: authenticated(
    (scope, { customInput, ...hosts }: HostInput & { customInput?: CustomInput | null }) =>
      create(scope, "BITBUCKET_DATACENTER", customInput, toHostCredential(hosts)),
  ),
  bitbucketDatacenterIntegrationUpdate: authenticated(
    (scope, { customInput, ...hosts }: HostInput & { customInput?: CustomUpdateInput | null }) => {
      const accessToken = normalizeToken(scope, hosts.accessToken);
      return update(scope, "BITBUCKET_DATACENTER", customInput, toHostCredential({ ...hosts, accessToken }));
    },
  ),
};

/** Assumed: without `customInput`, a creation makes the default integration, as it did when an account could have only one. */
function create(scope: Scope, provider: BitbucketProvider, input: CustomInput | null | undefined, credential: Credential) {
  if (input === null || input === undefined) scope.mark("emptyId");
  const name = provider === "BITBUCKET_CLOUD" ? "Bitbucket Cloud Default" : "Bitbucket Data Center";
  const defaultInput: CustomInput = { name, isDefault: true };
  return serializeChangedIntegration(scope, createIntegration(scope, provider, resolveSpace(input ?? defaultInput), credential));
}

function update(scope: Scope, provider: BitbucketProvider, input: CustomUpdateInput | null | undefined, credential: Credential) {
  return serializeChangedIntegration(
    scope,
    updateIntegration(scope, provider, { id: input?.id, settings: resolveSpace(input ?? {}), credential }),
  );
}

/** For connection tests, which require an admin. */
function findAdministeredIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration !== undefined) requireLevel(scope, "admin", integration.spaceId);
  return integration;
}

/** For reading repositories, which every caller who sees the integration can do. */
function findVisibleIntegration(scope: Scope, provider: VcsProvider | null, id: string | null | undefined): Integration | undefined {
  return provider === null ? undefined : findListedIntegration(scope, provider, id);
}
