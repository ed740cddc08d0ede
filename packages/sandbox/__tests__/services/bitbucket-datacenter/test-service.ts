/** An emulated Bitbucket Data Center for one test, spoken to over real HTTP. */
import { type BitbucketDatacenterSeed, createBitbucketDatacenter } from "../../../services/bitbucket-datacenter";
import { type Clock, createClock } from "../../../core/clock";
import { listen, type Listening } from "../../../core/listen";
import { type TestResponse, sendRequest, type RequestOptions } from "../../send-request";

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

export interface Datacenter {
  readonly origin: string;
  /** Method and path below /rest/api/1.0, or from the origin when it starts with /rest or /plugins. */
  ask(method: string, path: string, options?: RequestOptions): Promise<TestResponse>;
  /** The control path: GET without a body, else POST; throws when it refuses. */
  control(path: string, body?: unknown): Promise<any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  stop(): Promise<void>;
}

export interface DatacenterOptions {
  readonly seed?: BitbucketDatacenterSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly paired?: readonly string[];
  /** Moves by the control path only. */
  readonly stoppedClock?: boolean;
}

export async function startDatacenter({
  seed = SEED,
  switches,
  paired = [],
  stoppedClock = false,
}: DatacenterOptions = {}): Promise<Datacenter> {
  const clock = stoppedClock ? clockAt(Date.now()) : createClock();
  const started: { listening?: Listening } = {};
  const origin = (): string => started.listening?.origin ?? "";
  started.listening = await listen(createBitbucketDatacenter({ clock, seed, switches, origin, paired: () => paired }), { clock });
  const below = /^\/(rest|plugins|_sandbox)\//;
  const context = seed.contextPath ?? "";
  return {
    origin: origin(),
    ask: (method, path, options) => sendRequest(`${origin()}${context}${below.test(path) ? "" : "/rest/api/1.0"}${path}`, method, options),
    control: async (path, body) => {
      const answer = await sendRequest(`${origin()}/_sandbox/${path}`, body === undefined ? "GET" : "POST", { as: null, body });
      if (answer.status !== 200) throw new Error(`${String(answer.status)}: ${String(answer.body?.error ?? answer.text)}`);
      return answer.body;
    },
    stop: () => started.listening?.stop() ?? Promise.resolve(),
  };
}

function clockAt(start: number): Clock {
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
