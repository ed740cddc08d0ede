/** Starts an emulated Bitbucket Data Center for a test, which sends it requests over HTTP. */
import { type Clock, createClock } from "../../../core/clock";
import { type BitbucketDatacenterSeed, createBitbucketDatacenter } from "../../../services/bitbucket-datacenter";
import { type ListeningService, startService } from "../../listening-service";
import { type RequestOptions, sendRequest, type TestResponse } from "../../send-request";

export { basic } from "../../send-request";

export const SEED: BitbucketDatacenterSeed = {
  projects: [
    {
      key: "PLAT",
      name: "Platform",
      repositories: [
        { slug: "infra", name: "Infra" },
        { slug: "billing", defaultBranch: "trunk" },
        { slug: "empty", defaultBranch: null },
        { slug: "handbook", public: true },
        { slug: "attic", archived: true },
      ],
    },
    { key: "WEB", name: "Website", repositories: [{ slug: "site" }] },
    { key: "OPEN", name: "Open source", public: true, repositories: [{ slug: "tool" }] },
  ],
  users: [
    { name: "root", displayName: "Root", password: "root-password", global: "ADMIN" },
    { name: "ada", displayName: "Ada", password: "ada-password", access: { PLAT: "admin" }, repositories: [{ slug: "dotfiles" }] },
    { name: "rex", displayName: "Rex", password: "rex-password", access: { PLAT: "read", "PLAT/billing": "admin" } },
    { name: "out", displayName: "Outsider", password: "out-password", access: { "WEB/site": "write" } },
    { name: "maker", password: "maker-password", global: "PROJECT_CREATE" },
    { name: "guest", password: "guest-password", licensed: false },
    { name: "bot" },
  ],
  tokens: [
    { token: "admin", user: "ada", permissions: ["PROJECT_ADMIN"] },
    { token: "root-token", user: "root", permissions: ["PROJECT_ADMIN"] },
    { token: "reader", user: "ada", permissions: ["REPO_READ"] },
    { token: "repo-admin", user: "ada", permissions: ["PROJECT_READ", "REPO_ADMIN"] },
    { token: "more-than-rex", user: "rex", permissions: ["PROJECT_ADMIN"] },
    { token: "of-project", project: "PLAT", permissions: ["PROJECT_ADMIN"] },
    { token: "of-project-repositories", project: "PLAT", permissions: ["REPO_ADMIN"] },
    { token: "of-repository", repository: "PLAT/infra", permissions: ["REPO_ADMIN"] },
    { token: "of-repository-reader", repository: "PLAT/infra", permissions: ["REPO_READ"] },
    { token: "unlicensed", user: "guest", permissions: ["REPO_ADMIN"] },
    { token: "short-lived", user: "ada", permissions: ["PROJECT_ADMIN"], expires: "2020-01-01T00:00:00Z" },
  ],
};

export interface DatacenterTestService extends ListeningService {
  /** @param path below /rest/api/1.0, or the whole path if it starts with /rest or /plugins */
  request(method: string, path: string, options?: RequestOptions): Promise<TestResponse>;
}

export interface DatacenterOptions {
  readonly seed?: BitbucketDatacenterSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly paired?: readonly string[];
  /** Only the control path advances the clock. */
  readonly stoppedClock?: boolean;
}

export async function startDatacenter({
  seed = SEED,
  switches,
  paired = [],
  stoppedClock = false,
}: DatacenterOptions = {}): Promise<DatacenterTestService> {
  const clock = stoppedClock ? createStoppedClock(Date.now()) : createClock();
  const service = await startService((origin) => createBitbucketDatacenter({ clock, seed, switches, origin, paired: () => paired }), clock);
  const base = `${service.origin}${seed.contextPath ?? ""}`;
  return {
    ...service,
    request: (method, path, options) => {
      const prefix = /^\/(rest|plugins)\//.test(path) ? "" : "/rest/api/1.0";
      return sendRequest(`${base}${prefix}${path}`, method, options);
    },
  };
}

function createStoppedClock(start: number): Clock {
  const time = { ahead: 0 };
  return {
    now: () => start + time.ahead,
    advance: (seconds) => {
      time.ahead += seconds * 1000;
    },
    reset: () => {
      time.ahead = 0;
    },
  };
}

export const HOOK = { name: "One", url: "https://hooks.example/one", active: true, events: ["repo:refs_changed", "pr:opened"] };
