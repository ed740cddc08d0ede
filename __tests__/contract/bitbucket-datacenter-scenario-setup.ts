/** What the scenarios of gavinbunney's provider assume: the server, the callers, and the existing webhooks. */
import type { BitbucketDatacenterSeed } from "../../packages/sandbox";

/** Replaces every redacted value, including passwords. */
export const SECRET = "a-secret-in-place-of-a-redacted-one";

/** The Authorization header of a caller. */
export function authorizationOf(as: string): string {
  const [user, password] = as === "revoked" ? ["owner", "a former password"] : [as, `password of ${as}`];
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

const webhook = (name = "ci") => ({
  name,
  url: "https://ci.example.com/hook",
  events: ["repo:refs_changed", "pr:opened", "pr:merged"],
  secret: SECRET,
});

interface ScenarioSetup {
  /** How many webhooks the server had before, so that the next id is the recorded one. */
  readonly earlierWebhooks: number;
  /** On ABC/alpha, in this order. */
  readonly webhooks?: readonly ReturnType<typeof webhook>[];
  /** Sent to the control path before the scenario. */
  readonly commands?: readonly ControlCommand[];
}

/** Name of a control path, and its body. */
export type ControlCommand = readonly [path: string, body: unknown];

const rename = (repository: string, to: string): ControlCommand => ["repository", { project: "ABC", repository, change: "rename", to }];
const switches = (values: Readonly<Record<string, string>>): ControlCommand => ["switches", values];

const SETUPS: Readonly<Record<string, ScenarioSetup>> = {
  "webhook lifecycle, secret": { earlierWebhooks: 2 },
  "webhook, context path and trailing slash": { earlierWebhooks: 3 },
  "webhook, project ~user": { earlierWebhooks: 4 },
  "webhook import": {
    earlierWebhooks: 40,
    webhooks: [webhook("other"), webhook(), webhook(), ...Array.from({ length: 25 }, (_, index) => webhook(`n${index}`))],
  },
  "webhook faults on read": { earlierWebhooks: 5, webhooks: [webhook()] },
  "webhook, active=false on create": { earlierWebhooks: 8 },
  redirects: { earlierWebhooks: 39, webhooks: [webhook()], commands: [rename("alpha", "newname")] },
  "secret missing from the read after create": { earlierWebhooks: 41 },
  "two webhooks of one name": { earlierWebhooks: 42, webhooks: [webhook()] },
};

export const CONTEXT_PATHS: Readonly<Record<string, string>> = { "webhook, context path and trailing slash": "/ctx" };

const USERS = [
  { name: "owner", password: "password of owner", global: "ADMIN" },
  { name: "sam", repositories: [{ slug: "alpha" }] },
] as const;

export function createDatacenterSeed(scenario: string): BitbucketDatacenterSeed {
  const { earlierWebhooks: before = 0, webhooks = [] } = SETUPS[scenario] ?? {};
  const earlier = Array.from({ length: before }, (_, index) => webhook(`earlier ${index}`));
  return {
    contextPath: CONTEXT_PATHS[scenario],
    projects: [
      { key: "EARLIER", hooks: earlier },
      { key: "ABC", name: "Abc", repositories: [{ slug: "alpha", hooks: webhooks }] },
    ],
    users: [...USERS, { name: "reader", password: "password of reader", access: { ABC: "read" } }],
  };
}

/** Commands for the control path before the scenario. */
export function initialCommands(scenario: string): readonly ControlCommand[] {
  return SETUPS[scenario]?.commands ?? [];
}

/** By exchange: changes by others just before it. */
export const COMMANDS_BEFORE: Readonly<Record<number, readonly ControlCommand[]>> = {
  // A server that is too old for webhooks, then one before 8.0.
  200: [switches({ version: "5.3" })],
  201: [switches({ version: "9.4" })],
  208: [switches({ "event-order": "random" })],
  209: [switches({ "event-order": "kept" })],
  217: [switches({ version: "5.16" })],
  218: [switches({ version: "9.4" })],
  225: [rename("alpha", "elsewhere")],
  226: [rename("elsewhere", "alpha")],
  245: [["seed", { projects: [], users: USERS }]],
  259: [switches({ renamed: "redirect" })],
  263: [rename("newname", "alpha")],
};

/** Exchanges whose redirect comes from the emulated server, although the recording needed a fault. */
export const SERVER_REDIRECTS: ReadonlySet<number> = new Set([259, 260]);

/** By exchange: the values that the step tests, if types are not enough. */
export const EXPECTED_VALUES: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
  177: { events: ["pr:opened"], url: "https://ci.example.com/hook2" },
  182: { configuration: { secret: SECRET } },
  185: { configuration: {} },
  193: { isLastPage: false },
  194: { id: 42, name: "ci" },
  195: { size: 25, isLastPage: false, nextPageStart: 25 },
  217: { id: 6, scopeType: undefined, sslVerificationRequired: undefined },
  232: { isLastPage: true },
  242: { id: 9, active: true },
  246: { key: "ABC", name: "Alpha project" },
  251: { description: "second" },
  253: { slug: "alpha", description: "second" },
  262: { url: "https://ci.example.com/307" },
  265: { id: 44 },
  266: { id: 44, url: "https://ci.example.com/other" },
};
