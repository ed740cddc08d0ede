// The emulated Bitbucket Cloud: REST 2.0, the token endpoint, and deliveries of webhooks.
import type { Clock } from "../../core/clock";
import { atLeast } from "../../core/access-level";
import type { Route, SandboxRequest, SandboxResponse, Service } from "../../core/service";
import type { CodeHost, ReaderCredential } from "../../core/code-host";
import { accountOperations } from "./account-routes";
import { createControlPaths } from "./control";
import { Credentials, isResponse, missingScopes } from "./credentials";
import { accessLevel } from "./permissions";
import { createDeliveries } from "./deliveries";
import { errors } from "./errors";
import { webhookOperations } from "./webhook-routes";
import { createOauthRoute, TOKEN_ENDPOINT } from "./oauth";
import { createRoute, type Operation } from "./operation";
import type { State } from "./state";
import { RateLimits } from "./rate-limit";
import { repositoryChanges } from "./repository-changes";
import { repositoryOperations } from "./repository-routes";
import { SCOPES } from "./scopes";
import { type BitbucketCloudSeed, parseBitbucketCloudSeed, createInitialState } from "./seed";
import { defaultSwitches, setSwitches } from "./switches";
import { createRemovedRoutes, notImplementedRoutes } from "./not-implemented";

export { BITBUCKET_CLOUD_SEED_SCHEMA, type BitbucketCloudSeed, type SeedCredential } from "./seed";

export interface BitbucketCloudOptions {
  readonly clock: Clock;
  /** The origin of this service, once it listens. */
  origin(): string;
  /** The origins of the paired Spacelift: webhooks may point there, and deliveries go there for real. */
  paired(): readonly string[];
  readonly seed: BitbucketCloudSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
}

export type BitbucketCloud = Service & CodeHost;

export const OPERATIONS: readonly Operation[] = [...webhookOperations, ...repositoryOperations, ...repositoryChanges, ...accountOperations];

const METHODS_WITH_BODY = new Set(["POST", "PUT"]);

export function createBitbucketCloud(options: BitbucketCloudOptions): BitbucketCloud {
  const { clock } = options;
  const switches = defaultSwitches();
  setSwitches(switches, options.switches ?? {});
  let seed = parseBitbucketCloudSeed(options.seed);
  const fresh = () => {
    const { store, credentials } = createInitialState(seed, clock);
    return { store, credentials: new Credentials(credentials, clock, switches) };
  };
  const rates = new RateLimits(clock, switches);
  const state: State = { ...fresh(), rates, switches, clock, origin: () => options.origin(), paired: () => options.paired() };
  const deliveries = createDeliveries(state);
  const restart = (): void => {
    Object.assign(state, fresh());
    rates.clear();
    deliveries.clear();
  };

  const reader = ({ email, username, credential }: ReaderCredential) => {
    const found = state.credentials.login(email ?? username ?? "", credential);
    if (isResponse(found)) return "bitbucket refused the credential";
    return missingScopes(found, SCOPES.repository) === undefined ? found : "the credential has no scope for reading repositories";
  };

  return {
    name: "bitbucket-cloud",
    routes: [
      createOauthRoute(state),
      ...OPERATIONS.map((operation) => createRoute(operation, state)),
      ...createRemovedRoutes(state),
      ...notImplementedRoutes,
    ],
    control: createControlPaths(state, deliveries),
    before: (request, route) => before(request, route, state),
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
    checkCredential: (given) => {
      const found = reader(given);
      return typeof found === "string" ? found : undefined;
    },
    listReadable: (given) => {
      const found = reader(given);
      if (typeof found === "string") return [];
      return state.store.workspaces.flatMap((workspace) =>
        [...workspace.repositories.values()]
          .filter((repository) => atLeast(accessLevel(found, repository), "read"))
          .map((repository) => ({ namespace: workspace.slug, repository: repository.slug, branches: [...repository.branches.keys()] })),
      );
    },
  };
}

/** A bad credential comes before everything else, an unknown address included. */
function before(request: SandboxRequest, route: Route | undefined, state: State): SandboxResponse | undefined {
  if (route?.pattern === TOKEN_ENDPOINT) return undefined;
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  if (isResponse(caller)) return caller;
  const lengthless = request.headers["content-length"] === undefined;
  return METHODS_WITH_BODY.has(request.method) && lengthless ? errors.lengthRequired() : undefined;
}
