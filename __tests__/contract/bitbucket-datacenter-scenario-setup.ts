/** What the scenarios of gavinbunney's provider assume: the server, who asks, and the webhooks that exist already. */
import type { BitbucketDatacenterSeed } from "../../packages/sandbox";

/** In place of every redacted value, passwords included. */
export const SECRET = "a-secret-in-place-of-a-redacted-one";

/** The Authorization of `as`. */
export function authorizationOf(as: string): string {
  const [user, password] = as === "revoked" ? ["owner", "a password of before"] : [as, `password of ${as}`];
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

const webhook = (name = "ci") => ({
  name,
  url: "https://ci.example.com/hook",
  events: ["repo:refs_changed", "pr:opened", "pr:merged"],
  secret: SECRET,
});

interface Beginning {
  /** How many webhooks the server has had before, so that the next id is the recorded one. */
  readonly before: number;
  /** On ABC/alpha, in this order. */
  readonly webhooks?: readonly ReturnType<typeof webhook>[];
  /** Orders for the control path: where, and what. */
  readonly orders?: readonly Order[];
}

/** Name of a control path, and its body. */
export type Order = readonly [path: string, body: unknown];

const rename = (repository: string, to: string): Order => ["repository", { project: "ABC", repository, change: "rename", to }];
const switches = (values: Readonly<Record<string, string>>): Order => ["switches", values];

const BEGINNINGS: Readonly<Record<string, Beginning>> = {
  "webhook lifecycle, secret": { before: 2 },
  "webhook, context path and trailing slash": { before: 3 },
  "webhook, project ~user": { before: 4 },
  "webhook import": {
    before: 40,
    webhooks: [webhook("other"), webhook(), webhook(), ...Array.from({ length: 25 }, (_, index) => webhook(`n${index}`))],
  },
  "webhook faults on read": { before: 5, webhooks: [webhook()] },
  "webhook, active=false on create": { before: 8 },
  redirects: { before: 39, webhooks: [webhook()], orders: [rename("alpha", "newname")] },
  "secret missing from the read after create": { before: 41 },
  "two webhooks of one name": { before: 42, webhooks: [webhook()] },
};

export const CONTEXT_PATHS: Readonly<Record<string, string>> = { "webhook, context path and trailing slash": "/ctx" };

const PEOPLE = [
  { name: "owner", password: "password of owner", global: "ADMIN" },
  { name: "sam", repositories: [{ slug: "alpha" }] },
] as const;

export function datacenterAtTheStart(scenario: string): BitbucketDatacenterSeed {
  const { before = 0, webhooks = [] } = BEGINNINGS[scenario] ?? {};
  const earlier = Array.from({ length: before }, (_, index) => webhook(`earlier ${index}`));
  const contextPath = CONTEXT_PATHS[scenario];
  return {
    ...(contextPath === undefined ? {} : { contextPath }),
    projects: [
      { key: "EARLIER", hooks: earlier },
      { key: "ABC", name: "Abc", repositories: [{ slug: "alpha", hooks: webhooks }] },
    ],
    users: [...PEOPLE, { name: "reader", password: "password of reader", access: { ABC: "read" } }],
  };
}

/** What somebody does before the scenario. */
export function ordersAtTheStart(scenario: string): readonly Order[] {
  return BEGINNINGS[scenario]?.orders ?? [];
}

/** By exchange: what somebody else does just before it. */
export const MEANWHILE: Readonly<Record<number, readonly Order[]>> = {
  // A server that is too old for webhooks, then one of before 8.0.
  200: [switches({ version: "5.3" })],
  201: [switches({ version: "9.4" })],
  208: [switches({ "event-order": "random" })],
  209: [switches({ "event-order": "kept" })],
  217: [switches({ version: "5.16" })],
  218: [switches({ version: "9.4" })],
  225: [rename("alpha", "elsewhere")],
  226: [rename("elsewhere", "alpha")],
  245: [["seed", { projects: [], users: PEOPLE }]],
  259: [switches({ renamed: "redirect" })],
  263: [rename("newname", "alpha")],
};

/** By exchange: redirects that the server makes by itself, where the recording needed a fault. */
export const OWN_REDIRECTS: ReadonlySet<number> = new Set([259, 260]);

/** By exchange: what the step is about, when types do not tell it. */
export const POINTS: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
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
