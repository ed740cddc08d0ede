// The emulated Bitbucket Cloud: REST API 2.0, the token endpoint, and webhook deliveries.
import { includesLevel } from "../../core/access-level";
import type { Clock } from "../../core/clock";
import type { CodeHost, ReadableRepository, ReaderCredential } from "../../core/code-host";
import type { Route, SandboxRequest, SandboxResponse, Service } from "../../core/service";
import { accountOperations } from "./account-routes";
import { buildStatusOperations } from "./build-status-routes";
import { commentOperations } from "./comment-routes";
import { createControlPaths } from "./control";
import { type Credential, Credentials, isResponse, findMissingScopes } from "./credentials";
import { createDeliveries } from "./deliveries";
import { errors } from "./errors";
import { createInitialState } from "./initial-state";
import { createRemovedRoutes, notImplementedRoutes } from "./not-implemented";
import { createOauthRoute, TOKEN_ENDPOINT } from "./oauth";
import { createRoute, type Operation } from "./operation";
import { findAccessLevel } from "./permissions";
import { Pipelines } from "./pipelines";
import { pullRequestOperations } from "./pull-request-routes";
import { RateLimits } from "./rate-limit";
import { reportOperations } from "./report-routes";
import { repositoryChanges } from "./repository-changes";
import { repositoryOperations } from "./repository-routes";
import { SCOPES } from "./scopes";
import { type BitbucketCloudSeed, parseBitbucketCloudSeed } from "./seed";
import type { State } from "./state";
import { defaultSwitches, setSwitches, type Switches } from "./switches";
import { webhookOperations } from "./webhook-routes";

export { BITBUCKET_CLOUD_SEED_SCHEMA, type BitbucketCloudSeed, type SeedCredential } from "./seed";

export interface BitbucketCloudOptions {
  readonly clock: Clock;
  /** The origin of this service, available once it listens. */
  origin(): string;
  /** The origins of the paired Spacelift: webhooks may point there, and only deliveries there are actually sent. */
  paired(): readonly string[];
  /** The address of the proxy of Pipelines, if the sandbox has one. */
  pipelinesProxy?(): string;
  readonly seed: BitbucketCloudSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
}

export interface BitbucketCloud extends Service, CodeHost {
  /** What the proxy of Pipelines needs. */
  readonly pipelines: { readonly token: string; readonly links: () => "http" | "https" };
}

export const OPERATIONS: readonly Operation[] = [
  ...webhookOperations,
  ...repositoryOperations,
  ...repositoryChanges,
  ...pullRequestOperations,
  ...commentOperations,
  ...buildStatusOperations,
  ...reportOperations,
  ...accountOperations,
];

const METHODS_WITH_BODY = new Set(["POST", "PUT"]);

export function createBitbucketCloud(options: BitbucketCloudOptions): BitbucketCloud {
  const switches = defaultSwitches();
  setSwitches(switches, options.switches ?? {});
  let seed = parseBitbucketCloudSeed(options.seed);
  const state = createState(options, seed, switches);
  const deliveries = createDeliveries(state);
  const restart = (): void => {
    Object.assign(state, createObjects(seed, state));
    state.rates.clear();
    state.pipelines.clear();
    deliveries.clear();
  };
  return {
    name: "bitbucket-cloud",
    routes: createRoutes(state),
    control: createControlPaths(state, deliveries),
    before: (request, route) => authenticateFirst(request, route, state),
    handleUnmatched: () => errors.pathNotFound(),
    reset: () => {
      Object.assign(switches, defaultSwitches());
      setSwitches(switches, options.switches ?? {});
      restart();
    },
    seed: (data) => {
      seed = parseBitbucketCloudSeed(data);
      restart();
    },
    switches: (values) => {
      setSwitches(switches, values);
      return { ...switches };
    },
    pipelines: { token: state.pipelines.credential.token, links: () => switches["proxy-links"] },
    ...createCodeHost(state),
  };
}

function createState(options: BitbucketCloudOptions, seed: BitbucketCloudSeed, switches: Switches): State {
  const { clock } = options;
  const pipelines = new Pipelines();
  return {
    ...createObjects(seed, { clock, switches, pipelines }),
    rates: new RateLimits(clock, switches),
    pipelines,
    switches,
    clock,
    origin: () => options.origin(),
    pipelinesProxy: () => options.pipelinesProxy?.() ?? "",
    paired: () => options.paired(),
  };
}

function createObjects(
  seed: BitbucketCloudSeed,
  { clock, switches, pipelines }: Pick<State, "clock" | "switches" | "pipelines">,
): Pick<State, "store" | "credentials"> {
  const { store, credentials } = createInitialState(seed, clock);
  return { store, credentials: new Credentials([...credentials, pipelines.credential], clock, switches) };
}

function createRoutes(state: State): readonly Route[] {
  return [
    createOauthRoute(state),
    ...OPERATIONS.map((operation) => createRoute(operation, state)),
    ...createRemovedRoutes(state),
    ...notImplementedRoutes,
  ];
}

/** Rejects an invalid credential before any other check, even for an unknown path. */
function authenticateFirst(request: SandboxRequest, route: Route | undefined, state: State): SandboxResponse | undefined {
  if (route?.pattern === TOKEN_ENDPOINT) return undefined;
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  if (isResponse(caller)) return caller;
  const hasLength = request.headers["content-length"] !== undefined;
  return METHODS_WITH_BODY.has(request.method) && !hasLength ? errors.lengthRequired() : undefined;
}

function createCodeHost(state: State): CodeHost {
  return {
    checkCredential: (credential) => {
      const caller = authenticateReader(state, credential);
      return typeof caller === "string" ? caller : undefined;
    },
    listReadable: (credential) => {
      const caller = authenticateReader(state, credential);
      return typeof caller === "string" ? [] : listReadable(state, caller);
    },
  };
}

/** The caller, or why the credential cannot read code. */
function authenticateReader(state: State, { email, username, credential }: ReaderCredential): Credential | string {
  const caller = state.credentials.login(email ?? username ?? "", credential);
  if (isResponse(caller)) return "bitbucket refused the credential";
  return findMissingScopes(caller, SCOPES.repository) === undefined ? caller : "the credential has no scope for reading repositories";
}

function listReadable(state: State, caller: Credential): readonly ReadableRepository[] {
  return state.store.workspaces.flatMap(({ slug, repositories }) =>
    [...repositories.values()]
      .filter((repository) => includesLevel(findAccessLevel(caller, repository), "read"))
      .map((repository) => ({ namespace: slug, repository: repository.slug, branches: [...repository.branches.keys()] })),
  );
}
