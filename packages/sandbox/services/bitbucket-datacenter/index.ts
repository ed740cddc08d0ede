// The emulated Bitbucket Data Center: its REST API and webhook deliveries.
import { includesLevel } from "../../core/access-level";
import type { Clock } from "../../core/clock";
import type { CodeHost, ReadableRepository } from "../../core/code-host";
import { compileRoutes } from "../../core/routing";
import type { Route, SandboxRequest, SandboxResponse, Service } from "../../core/service";
import { branchOperations } from "./branch-routes";
import { buildStatusOperations } from "./build-status-routes";
import { commentOperations } from "./comment-routes";
import { createFrameworkError } from "./content-negotiation";
import { createControlPaths } from "./control";
import { type Caller, isResponse } from "./credentials";
import { createDeliveries } from "./deliveries";
import { errors } from "./errors";
import { createInitialState } from "./initial-state";
import { invocationOperations } from "./invocation-routes";
import { Invocations } from "./invocations";
import { notImplementedRoutes } from "./not-implemented";
import { createRoutes, type Operation } from "./operation";
import { findAccessLevel } from "./permissions";
import { projectOperations } from "./project-routes";
import { pullRequestOperations } from "./pull-request-routes";
import { RateLimits } from "./rate-limit";
import { reportOperations } from "./report-routes";
import { repositoryChanges } from "./repository-changes";
import { repositoryOperations } from "./repository-routes";
import { withResponseHeaders } from "./response-headers";
import { type BitbucketDatacenterSeed, parseBitbucketDatacenterSeed } from "./seed";
import { serverOperations } from "./server-routes";
import { settingsOperations } from "./settings-routes";
import type { State } from "./state";
import { defaultSwitches, setSwitches, type Switches } from "./switches";
import { tokenOperations } from "./token-routes";
import { webhookOperations } from "./webhook-routes";

export { BITBUCKET_DATACENTER_SEED_SCHEMA, type BitbucketDatacenterSeed } from "./seed";

export interface BitbucketDatacenterOptions {
  readonly clock: Clock;
  /** The origin of this service, available once it listens. */
  origin(): string;
  /** The origins of the paired Spacelift: only deliveries there are actually sent. */
  paired(): readonly string[];
  readonly seed: BitbucketDatacenterSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
}

export interface BitbucketDatacenter extends Service, CodeHost {
  /** Below the origin: "/bitbucket", or "". */
  readonly contextPath: string;
}

export const OPERATIONS: readonly Operation[] = [
  ...serverOperations,
  ...webhookOperations,
  ...invocationOperations,
  ...projectOperations,
  ...repositoryOperations,
  ...repositoryChanges,
  ...branchOperations,
  ...pullRequestOperations,
  ...commentOperations,
  ...buildStatusOperations,
  ...reportOperations,
  ...settingsOperations,
  ...tokenOperations,
];

const NOT_FOUND_PAGE = "<!doctype html><html><head><title>404</title></head><body><h1>Page not found</h1></body></html>";

export function createBitbucketDatacenter(options: BitbucketDatacenterOptions): BitbucketDatacenter {
  const switches = defaultSwitches();
  setSwitches(switches, options.switches ?? {});
  let seed = parseBitbucketDatacenterSeed(options.seed);
  const state = createState(options, seed, switches);
  const deliveries = createDeliveries(state);
  const restart = (): void => {
    Object.assign(state, createInitialState(seed, state));
    state.rates.clear();
    deliveries.clear();
  };
  const routes = OPERATIONS.flatMap((operation) => createRoutes(operation, state));
  return {
    name: "bitbucket-datacenter",
    contextPath: state.contextPath,
    routes: [...routes, ...notImplementedRoutes(state.contextPath)],
    control: createControlPaths(state, deliveries),
    before: (request) => authenticateFirst(request, state),
    handleUnmatched: createUnmatchedHandler(routes, state),
    reset: () => {
      Object.assign(switches, defaultSwitches());
      setSwitches(switches, options.switches ?? {});
      restart();
    },
    seed: (data) => {
      const newSeed = parseBitbucketDatacenterSeed(data);
      requireSameContextPath(newSeed, state.contextPath);
      seed = newSeed;
      restart();
    },
    switches: (values) => {
      setSwitches(switches, values);
      return { ...switches };
    },
    ...createCodeHost(state),
  };
}

function createState(options: BitbucketDatacenterOptions, seed: BitbucketDatacenterSeed, switches: Switches): State {
  const { clock } = options;
  const contextPath = seed.contextPath ?? "";
  const base = (): string => `${options.origin()}${contextPath}`;
  return {
    ...createInitialState(seed, { clock, switches, base }),
    rates: new RateLimits(clock, switches),
    invocations: new Invocations(),
    switches,
    clock,
    contextPath,
    responseCount: 0,
    base,
    paired: () => options.paired(),
  };
}

function requireSameContextPath(seed: BitbucketDatacenterSeed, contextPath: string): void {
  if ((seed.contextPath ?? "") === contextPath) return;
  throw new Error(`The context path is ${JSON.stringify(contextPath)} and cannot change while the sandbox runs.`);
}

function createCodeHost(state: State): CodeHost {
  return {
    checkCredential: (credential) =>
      isResponse(state.credentials.authenticateReader(credential)) ? "bitbucket refused the credential" : undefined,
    listReadable: (credential) => {
      const caller = state.credentials.authenticateReader(credential);
      return isResponse(caller) ? [] : listReadable(state, caller);
    },
  };
}

function listReadable(state: State, caller: Caller): readonly ReadableRepository[] {
  return state.store.repositories
    .filter((repository) => includesLevel(findAccessLevel(caller, repository), "read"))
    .map(({ project, slug, branches }) => ({ namespace: project.key, repository: slug, branches: [...branches.keys()] }));
}

/** Rejects an invalid credential before any other check, even for an unknown path. Then counts every request that has a credential. */
function authenticateFirst(request: SandboxRequest, state: State): SandboxResponse | undefined {
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  if (isResponse(caller)) return withResponseHeaders(caller, undefined, state);
  const waitSeconds = state.rates.take(caller);
  return waitSeconds === undefined ? undefined : withResponseHeaders(errors.rateLimited(waitSeconds), caller, state);
}

/** Below /rest, the REST framework responds: 405 if the path exists with another method. Other paths are web pages. */
function createUnmatchedHandler(routes: readonly Route[], state: State): (request: SandboxRequest) => SandboxResponse {
  const find = compileRoutes(routes);
  const hasOtherMethod = ({ method, path }: SandboxRequest): boolean =>
    ["GET", "POST", "PUT", "DELETE"].some((candidate) => candidate !== method && find(candidate, path) !== undefined);
  return (request) => {
    const authenticated = state.credentials.authenticate(request.headers["authorization"]);
    const caller = isResponse(authenticated) ? undefined : authenticated;
    const response = request.path.startsWith(`${state.contextPath}/rest/`)
      ? createFrameworkError(hasOtherMethod(request) ? 405 : 404, request)
      : { status: 404, headers: { "content-type": "text/html;charset=UTF-8" }, body: NOT_FOUND_PAGE };
    return withResponseHeaders(response, caller, state);
  };
}
