// Resolvers of integrations: the account's list, and the operations that Bitbucket Cloud and Data Center have alike.
import { require } from "./access";
import { Refusal } from "./errors";
import {
  accountAddress,
  attachableIn,
  createIntegration,
  type Credential,
  deleteIntegration,
  findIntegration,
  listedIntegration,
  listIntegrations,
  type NewIntegration,
  readIntegration,
  regenerateSecret,
  type Settings,
  updateIntegration,
} from "./integrations";
import { asCaller, orAbsent } from "./resolve";
import { type Fields, search, type SearchInput } from "./search";
import { branchesOf, repositoriesOf, type SourceCode, testConnection } from "./source-code";
import { type BitbucketProvider, type Integration, isBitbucket, type Scope, type VcsProvider } from "./state";
import { changedView, integrationView, listedView } from "./views";

/** CustomVCSInput; the flat V2 input has the same fields beside the credential. */
interface CustomInput extends Omit<NewIntegration, "space"> {
  readonly spaceID?: string | null;
  readonly spaceId?: string | null;
  readonly space?: string | null;
}

/** CustomVCSUpdateInput, nested or flat. */
interface CustomUpdateInput extends Omit<Settings, "space"> {
  readonly id?: string | null;
  readonly spaceID?: string | null;
  readonly spaceId?: string | null;
  readonly space?: string | null;
}

interface Id {
  readonly id?: string | null;
}

type Nesting<Custom> = Partial<Custom> & {
  readonly email?: string | null;
  readonly apiToken?: string | null;
  readonly customInput?: Custom | null;
};

interface Hosts {
  readonly apiHost: string;
  readonly userFacingHost: string;
  readonly username?: string | null;
  readonly accessToken?: string | null;
}

const SEARCHABLE: Fields<Integration> = {
  name: (one) => [one.name],
  provider: (one) => [one.provider],
  isDefault: (one) => [one.isDefault],
  space: (one) => [one.spaceId],
  label: (one) => one.labels,
};

export function integrationRoutes(sourceCode: SourceCode | undefined) {
  return {
    vcsIntegrations: asCaller((scope) => listIntegrations(scope).map((one) => listedView(scope, one))),
    vcsIntegration: asCaller((scope, { provider, id }: Id & { provider: VcsProvider }) => {
      const integration = listedIntegration(scope, provider, id);
      return orAbsent(scope, integration === undefined ? null : listedView(scope, integration));
    }),
    searchVCSIntegrations: asCaller((scope, { input }: { input: SearchInput }) => {
      const page = search(listIntegrations(scope), input, SEARCHABLE);
      return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: listedView(scope, node) })) };
    }),
    attachableVCSIntegrationsForProviderInSpace: asCaller((scope, { id, provider }: { id: string; provider: VcsProvider }) =>
      attachableIn(scope, id, provider).map((one) => listedView(scope, one)),
    ),
    vcsIntegrationTest: asCaller((scope, { provider, id }: Id & { provider: VcsProvider }) => {
      const integration = isBitbucket(provider) ? managed(scope, provider, id) : undefined;
      return integration === undefined
        ? orAbsent(scope, null)
        : { status: testConnection({ account: scope.account, sourceCode }, integration) ?? "OK" };
    }),
    integrationsCount: asCaller((scope) => {
      const count = (provider: BitbucketProvider): number => listIntegrations(scope).filter((one) => one.provider === provider).length;
      const others = {
        aws: 0,
        azure: 0,
        azureDevOps: 0,
        github: 0,
        gitlab: 0,
        slack: 0,
        vcsAgentPools: scope.account.agentPools.size,
        webhooks: 0,
        ai: 0,
      };
      return { ...others, bitbucketCloud: count("BITBUCKET_CLOUD"), bitbucketDatacenter: count("BITBUCKET_DATACENTER") };
    }),
    repositories: asCaller((scope, args: { provider?: VcsProvider | null; vcsIntegrationID?: string | null; filter?: string | null }) =>
      repositoriesOf(
        { account: scope.account, sourceCode },
        usable(scope, args.provider ?? null, args.vcsIntegrationID),
        args.filter ?? "",
      ),
    ),
    branches: asCaller((scope, args: { provider: VcsProvider; namespace: string; repository: string; vcsIntegrationID?: string | null }) =>
      branchesOf(
        { account: scope.account, sourceCode },
        usable(scope, args.provider, args.vcsIntegrationID),
        args.namespace,
        args.repository,
      ),
    ),
    ...cloudRoutes,
    ...datacenterRoutes,
    ...sharedRoutes("bitbucketCloud", "BITBUCKET_CLOUD", sourceCode),
    ...sharedRoutes("bitbucketDatacenter", "BITBUCKET_DATACENTER", sourceCode),
  };
}

/** The operations that differ in nothing but their name. */
function sharedRoutes(name: string, provider: BitbucketProvider, sourceCode: SourceCode | undefined) {
  return {
    [`${name}Integration`]: asCaller((scope, { id }: Id) => orAbsent(scope, integrationView(scope, readIntegration(scope, provider, id)))),
    [`${name}IntegrationDelete`]: asCaller((scope, { id }: Id) => {
      const integration = deleteIntegration(scope, provider, id);
      return orAbsent(scope, changedView(scope, integration));
    }),
    [`${name}IntegrationRegenerateWebhookSecret`]: asCaller((scope, { id }: Id) =>
      orAbsent(scope, changedView(scope, regenerateSecret(scope, provider, id))),
    ),
    [`${name}IntegrationTest`]: asCaller((scope, { id }: Id) => {
      const integration = managed(scope, provider, id);
      if (integration === undefined) return orAbsent(scope, null);
      const complaint = testConnection({ account: scope.account, sourceCode }, integration);
      if (complaint !== undefined) throw new Refusal(complaint);
      return "OK";
    }),
    [`${name}WebhooksEndpoint`]: asCaller((scope) => accountAddress(scope, provider)),
  };
}

const cloudRoutes = {
  bitbucketCloudIntegrationCreate: asCaller((scope, args: { username: string; appPassword: string; customInput?: CustomInput | null }) =>
    created(scope, "BITBUCKET_CLOUD", args.customInput, { username: args.username, email: null, credential: args.appPassword }),
  ),
  bitbucketCloudIntegrationCreateV2: asCaller((scope, { input }: { input: Nesting<CustomInput> }) => {
    const { email, apiToken, customInput, ...flat } = input;
    const custom = flat.name === undefined ? customInput : { ...flat, name: flat.name };
    return created(scope, "BITBUCKET_CLOUD", custom, { email: email ?? "", username: null, credential: apiToken ?? "" });
  }),
  bitbucketCloudIntegrationUpdate: asCaller(
    (scope, args: { username: string; appPassword?: string | null; customInput?: CustomUpdateInput | null }) =>
      updated(scope, "BITBUCKET_CLOUD", args.customInput, { username: args.username, email: null, ...secret(args.appPassword) }),
  ),
  bitbucketCloudIntegrationUpdateV2: asCaller((scope, { input }: { input: Nesting<CustomUpdateInput> }) => {
    const { email, apiToken, customInput, ...flat } = input;
    const address = email === null || email === undefined ? {} : { email, username: null };
    return updated(scope, "BITBUCKET_CLOUD", customInput ?? flat, { ...address, ...secret(apiToken) });
  }),
};

const datacenterRoutes = {
  bitbucketDatacenterIntegrationCreate: asCaller((scope, { customInput, ...hosts }: Hosts & { customInput?: CustomInput | null }) =>
    created(scope, "BITBUCKET_DATACENTER", customInput, hostsOf(hosts)),
  ),
  bitbucketDatacenterIntegrationUpdate: asCaller((scope, { customInput, ...hosts }: Hosts & { customInput?: CustomUpdateInput | null }) =>
    updated(scope, "BITBUCKET_DATACENTER", customInput, hostsOf({ ...hosts, accessToken: keptIfEmpty(scope, hosts.accessToken) })),
  ),
};

/** Without an input of its own a create makes the default integration, as before there were several. Assumed. */
function created(scope: Scope, provider: BitbucketProvider, input: CustomInput | null | undefined, credential: Credential) {
  if (input === null || input === undefined) scope.mark("emptyId");
  const fallback: CustomInput = {
    name: provider === "BITBUCKET_CLOUD" ? "Bitbucket Cloud Default" : "Bitbucket Data Center",
    isDefault: true,
  };
  return changedView(scope, createIntegration(scope, provider, withSpace(input ?? fallback), credential));
}

function updated(scope: Scope, provider: BitbucketProvider, input: CustomUpdateInput | null | undefined, credential: Credential) {
  return changedView(scope, updateIntegration(scope, provider, input?.id, withSpace(input ?? {}), credential));
}

/** The Space has three spellings. */
function withSpace<Input extends { spaceID?: string | null; spaceId?: string | null; space?: string | null }>(
  input: Input,
): Input & { space: string | null | undefined } {
  return { ...input, space: input.spaceID ?? input.spaceId ?? input.space };
}

/** Null keeps the stored one. */
function secret(given: string | null | undefined): Credential {
  return given === null || given === undefined ? {} : { credential: given };
}

function keptIfEmpty({ switches }: Scope, token: string | null | undefined): string | null | undefined {
  return token === "" && switches["empty-token"] === "keeps" ? null : token;
}

function hostsOf({ apiHost, userFacingHost, username, accessToken }: Hosts): Credential {
  return { apiHost, userFacingHost, username: username ?? null, ...secret(accessToken) };
}

/** For tests of the connection: admins only. */
function managed(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration !== undefined) require(scope, "admin", integration.spaceId);
  return integration;
}

/** For looking into repositories: whoever sees the integration. */
function usable(scope: Scope, provider: VcsProvider | null, id: string | null | undefined): Integration | undefined {
  return provider === null ? undefined : listedIntegration(scope, provider, id);
}
