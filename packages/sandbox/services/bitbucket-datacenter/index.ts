// The emulated Bitbucket Data Center: its REST API, and deliveries of webhooks.
import type { Clock } from "../../core/clock";
import { atLeast } from "../../core/access-level";
import type { Route, SandboxRequest, SandboxResponse, Service } from "../../core/service";
import type { CodeHost, ReadableRepository } from "../../core/code-host";
import { compileRoutes } from "../../core/routing";
import { branchOperations } from "./branch-routes";
import { createControlPaths } from "./control";
import { type Caller, isResponse } from "./credentials";
import { createDeliveries } from "./deliveries";
import { errors } from "./errors";
import { withResponseHeaders } from "./response-headers";
import { webhookOperations } from "./webhook-routes";
import { invocationOperations } from "./invocation-routes";
import { Invocations } from "./invocations";
import { frameworkErrorFor } from "./content-negotiation";
import { type Operation, createRoutes, type State } from "./operation";
import { accessLevel } from "./permissions";
import { projectOperations } from "./project-routes";
import { pullRequestOperations } from "./pull-request-routes";
import { RateLimits } from "./rate-limit";
import { repositoryChanges } from "./repository-changes";
import { repositoryOperations } from "./repository-routes";
import { type BitbucketDatacenterSeed, parseBitbucketDatacenterSeed } from "./seed";
import { createInitialState } from "./initial-state";
import { serverOperations } from "./server-routes";
import { settingsOperations } from "./settings-routes";
import { defaultSwitches, setSwitches } from "./switches";
import { tokenOperations } from "./token-routes";
import { notImplementedRoutes } from "./not-implemented";

export { BITBUCKET_DATACENTER_SEED_SCHEMA, type BitbucketDatacenterSeed } from "./seed";

export interface BitbucketDatacenterOptions {
  readonly clock: Clock;
  /** The origin of this service, once it listens. */
  origin(): string;
  /** The origins of the paired Spacelift: deliveries go there for real. */
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
  ...settingsOperations,
  ...tokenOperations,
];

export function createBitbucketDatacenter(options: BitbucketDatacenterOptions): BitbucketDatacenter {
  const { clock } = options;
  const switches = defaultSwitches();
  setSwitches(switches, options.switches ?? {});
  let seed = parseBitbucketDatacenterSeed(options.seed);
  const contextPath = seed.contextPath ?? "";
  const base = (): string => `${options.origin()}${contextPath}`;
  const fresh = () => createInitialState(seed, { clock, switches, base });
  const rates = new RateLimits(clock, switches);
  const invocations = new Invocations();
  const state: State = {
    ...fresh(),
    rates,
    invocations,
    switches,
    clock,
    contextPath,
    responseCount: 0,
    base,
    paired: () => options.paired(),
  };
  const deliveries = createDeliveries(state);
  const restart = (): void => {
    Object.assign(state, fresh());
    rates.clear();
    deliveries.clear();
  };
  const routes = OPERATIONS.flatMap((operation) => createRoutes(operation, state));
  const find = compileRoutes(routes);
  const elsewhere = ({ method, path }: SandboxRequest): boolean =>
    ["GET", "POST", "PUT", "DELETE"].some((other) => other !== method && find(other, path) !== undefined);

  return {
    name: "bitbucket-datacenter",
    contextPath,
    routes: [...routes, ...notImplementedRoutes(contextPath)],
    control: createControlPaths(state, deliveries),
    before: (request, route) => before(request, route, state),
    handleUnmatched: (request) => unknownAddress(request, { state, elsewhere: elsewhere(request) }),
    reset: () => {
      Object.assign(switches, defaultSwitches());
      setSwitches(switches, options.switches ?? {});
      restart();
    },
    seed: (data) => {
      const next = parseBitbucketDatacenterSeed(data);
      if ((next.contextPath ?? "") !== contextPath) {
        throw new Error(`The context path is ${JSON.stringify(contextPath)} and cannot change while the sandbox runs.`);
      }
      seed = next;
      restart();
    },
    switches: (values) => {
      setSwitches(switches, values);
      return { ...switches };
    },
    checkCredential: (reader) =>
      isResponse(state.credentials.authenticateReader(reader)) ? "bitbucket refused the credential" : undefined,
    listReadable: (reader) => {
      const caller = state.credentials.authenticateReader(reader);
      return isResponse(caller) ? [] : readable(state, caller);
    },
  };
}

function readable(state: State, caller: Caller): readonly ReadableRepository[] {
  return state.store.repositories
    .filter((repository) => atLeast(accessLevel(caller, repository), "read"))
    .map(({ project, slug, branches }) => ({ namespace: project.key, repository: slug, branches: [...branches.keys()] }));
}

/** A bad credential comes before everything else, an unknown address included; then the rate limit, which counts all that has a credential. */
function before(request: SandboxRequest, _route: Route | undefined, state: State): SandboxResponse | undefined {
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  if (isResponse(caller)) return withResponseHeaders(caller, undefined, state);
  const wait = state.rates.take(caller);
  return wait === undefined ? undefined : withResponseHeaders(errors.rateLimited(wait), caller, state);
}

/** Below /rest the REST framework responses; everything else is a page for people. */
function unknownAddress(
  request: SandboxRequest,
  { state, elsewhere }: { readonly state: State; readonly elsewhere: boolean },
): SandboxResponse {
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  const known = isResponse(caller) ? undefined : caller;
  if (request.path.startsWith(`${state.contextPath}/rest/`))
    return withResponseHeaders(frameworkErrorFor(elsewhere ? 405 : 404, request), known, state);
  const page = "<!doctype html><html><head><title>404</title></head><body><h1>Page not found</h1></body></html>";
  return withResponseHeaders({ status: 404, headers: { "content-type": "text/html;charset=UTF-8" }, body: page }, known, state);
}
