/** The requirements of gavinbunney's unmodified provider on the emulated Bitbucket Data Center, tested one by one. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { findDatacenterFieldProblems } from "./bitbucket-datacenter-required-fields";
import { authorizationOf, createDatacenterSeed } from "./bitbucket-datacenter-scenario-setup";
import { callControlPath } from "./control-path";
import { isObject } from "./graphql-response";
import { parseJson, send } from "./http-client";

const API = "/rest/api/1.0";
const WEBHOOKS = `${API}/projects/ABC/repos/alpha/webhooks`;
const EVENTS = ["repo:refs_changed", "pr:opened", "pr:merged"];
/** The dates are Go's zero time, which the provider always sends. */
const WEBHOOK = {
  name: "ci",
  createdDate: -62135596800,
  updatedDate: -62135596800,
  url: "https://ci.example.com/hook",
  active: true,
  events: EVENTS,
  configuration: {},
};

interface RestResponse {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { "bitbucket-datacenter": createDatacenterSeed("") } });
});
afterEach(() => sandbox.stop());

/** Sends the request like the provider: without Accept, with preemptive Basic and X-Atlassian-Token, on a separate connection. */
async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RestResponse> {
  const received = await send({
    method,
    url: `${sandbox.bitbucketDatacenter.origin}${path}`,
    headers: {
      "user-agent": "Go-http-client/1.1",
      connection: "close",
      "accept-encoding": "gzip",
      "x-atlassian-token": "no-check",
      authorization: authorizationOf("owner"),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const parsed = parseJson(received);
  const { status = 0, text = "" } = received ?? {};
  return { status, text, type: received?.headers["content-type"] ?? "", body: isObject(parsed) ? parsed : {} };
}

const as = (name: string): Record<string, string> => ({ authorization: authorizationOf(name) });
const switches = (values: Readonly<Record<string, string>>) =>
  callControlPath(sandbox.bitbucketDatacenter.origin, "POST", "switches", values);

/** Returns its path. */
async function createWebhook(changes: object = {}, collection = WEBHOOKS): Promise<string> {
  const { status, body } = await call("POST", collection, { ...WEBHOOK, ...changes });
  expect([status, findDatacenterFieldProblems("POST", WEBHOOKS, body)]).toEqual([201, []]);
  return `${collection}/${String(body["id"])}`;
}

const { active: _, ...WITHOUT_ACTIVE } = WEBHOOK;

const REQUIREMENTS: readonly (readonly [requirement: string, check: () => Promise<void>])[] = [
  [
    "accepts preemptive Basic, and explains a rejection in errors[].message",
    async () => {
      const path = await createWebhook();
      const wrong = await call("GET", path, undefined, as("revoked"));
      const reader = await call("GET", path, undefined, as("reader"));
      const messages = [wrong, reader].map(({ status, body }) => [status, (body["errors"] as { message: string }[])[0]?.message]);
      expect(messages).toEqual([
        [401, "Authentication failed. Please check your credentials and try again."],
        [401, "You are not permitted to access this resource"],
      ]);
    },
  ],
  [
    "responds with JSON without Accept, and with a list of errors for every error",
    async () => {
      const responses = [await call("POST", WEBHOOKS, WEBHOOK), await call("GET", WEBHOOKS), await call("GET", `${API}/projects/ABC`)];
      for (const { status, type } of responses) expect([status < 300, type]).toEqual([true, "application/json; charset=utf-8"]);
      const rejected: readonly (readonly [number, RestResponse])[] = [
        [400, await call("POST", WEBHOOKS, { ...WEBHOOK, events: [] })],
        [401, await call("GET", WEBHOOKS, undefined, as("revoked"))],
        [401, await call("POST", WEBHOOKS, WEBHOOK, as("reader"))],
        [404, await call("GET", `${API}/projects/NOPE`)],
        [404, await call("GET", `${API}/projects/ABC/repos/nope/webhooks`)],
        [404, await call("GET", `${WEBHOOKS}/99`)],
        [409, await call("POST", `${API}/projects`, { name: "Other", key: "ABC" })],
        [501, await call("GET", `${API}/projects/ABC/repos/alpha/commits`)],
      ];
      for (const [expected, { status, type, body }] of rejected) {
        expect([status, type, Array.isArray(body["errors"])]).toEqual([expected, "application/json; charset=utf-8", true]);
      }
      const route = await call("GET", `${API}/no/such/address`);
      expect([route.status, route.body["status-code"]]).toEqual([404, 404]);
    },
  ],
  [
    "accepts one connection per webhook, ten at a time, and returns each webhook immediately after its creation",
    async () => {
      const urls = Array.from({ length: 60 }, (__, index) => `https://ci.example.com/${index}`);
      const ids = new Set<string>();
      const worker = async (): Promise<void> => {
        for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
          const path = await createWebhook({ url });
          ids.add(path);
          expect((await call("GET", path)).body["url"]).toBe(url);
        }
      };
      await Promise.all(Array.from({ length: 10 }, worker));
      expect(ids.size).toBe(60);
      expect((await call("GET", `${WEBHOOKS}/`)).status).toBe(404);
    },
  ],
  [
    "returns ids and dates as whole numbers, and ignores dates in requests",
    async () => {
      const { body } = await call("GET", await createWebhook());
      expect(findDatacenterFieldProblems("GET", `${WEBHOOKS}/1`, body)).toEqual([]);
      for (const date of [body["createdDate"], body["updatedDate"]]) expect(date).toBeGreaterThan(1_700_000_000_000);
      await switches({ version: "10.0" });
      expect(findDatacenterFieldProblems("GET", `${WEBHOOKS}/1`, (await call("GET", `${WEBHOOKS}/1`)).body)).toEqual([]);
    },
  ],
  [
    "keeps the order of events, unless a switch says otherwise",
    async () => {
      for (const events of [EVENTS, [...EVENTS].reverse(), ["pr:merged", "repo:refs_changed", "pr:opened"]]) {
        expect((await call("GET", await createWebhook({ events }))).body["events"]).toEqual(events);
      }
      await switches({ "event-order": "random" });
      const orders = [(await call("GET", `${WEBHOOKS}/1`)).text, (await call("GET", `${WEBHOOKS}/1`)).text];
      expect(orders[0]).not.toBe(orders[1]);
    },
  ],
  [
    "returns the secret in clear text, replaces it, and removes it with an empty configuration",
    async () => {
      const path = await createWebhook({ configuration: { secret: "first" } });
      expect((await call("GET", path)).body["configuration"]).toEqual({ secret: "first" });
      expect((await call("PUT", path, { ...WEBHOOK, configuration: { secret: "second" } })).status).toBe(200);
      expect((await call("GET", path)).body["configuration"]).toEqual({ secret: "second" });
      await call("PUT", path, WEBHOOK);
      expect((await call("GET", path)).body["configuration"]).toEqual({});
    },
  ],
  [
    "defaults active to true if it is absent, when creating and when updating",
    async () => {
      const path = await createWebhook({ active: undefined });
      expect((await call("GET", path)).body["active"]).toBe(true);
      await call("PUT", path, { ...WITHOUT_ACTIVE, url: "https://ci.example.com/two" });
      expect((await call("GET", path)).body).toMatchObject({ active: true, url: "https://ci.example.com/two" });
    },
  ],
  [
    "resets certificate verification and credentials if an update does not send them",
    async () => {
      const path = await createWebhook({ sslVerificationRequired: false, credentials: { username: "ci", password: "p" } });
      expect((await call("GET", path)).body).toMatchObject({ sslVerificationRequired: false, credentials: { username: "ci" } });
      await call("PUT", path, WEBHOOK);
      const { body } = await call("GET", path);
      expect([body["sslVerificationRequired"], body["credentials"]]).toEqual([true, undefined]);
    },
  ],
  [
    "lists webhooks by age without a query, so that an import finds the first one with a name",
    async () => {
      for (const name of ["other", "ci", "ci"]) await createWebhook({ name });
      const { body } = await call("GET", WEBHOOKS);
      expect(findDatacenterFieldProblems("GET", WEBHOOKS, body)).toEqual([]);
      expect((body["values"] as { id: number; name: string }[]).map(({ id, name }) => [id, name])).toEqual([
        [1, "other"],
        [2, "ci"],
        [3, "ci"],
      ]);
    },
  ],
  [
    "accepts a raw tilde for a personal project",
    async () => {
      const path = await createWebhook({}, `${API}/projects/~sam/repos/alpha/webhooks`);
      expect((await call("GET", path)).status).toBe(200);
      expect((await call("DELETE", path)).status).toBe(204);
    },
  ],
  [
    "creates, updates and deletes projects and repositories with the bodies of the provider",
    async () => {
      const project = `${API}/projects/NEW`;
      const repository = `${project}/repos/beta`;
      const steps: readonly (readonly [method: string, path: string, body: unknown, status: number])[] = [
        ["POST", `${API}/projects`, { name: "New project", key: "NEW" }, 201],
        ["GET", project, undefined, 200],
        ["POST", `${project}/repos`, { name: "beta", forkable: true, links: {} }, 201],
        ["GET", repository, undefined, 200],
        ["PUT", project, { name: "New project", key: "NEW", description: "second" }, 200],
        ["PUT", repository, { name: "beta", slug: "beta", description: "second", forkable: true, links: {} }, 200],
      ];
      for (const [method, path, sent, expected] of steps) {
        const { status, body } = await call(method, path, sent);
        expect([method, path, status, findDatacenterFieldProblems(method, path, body)]).toEqual([method, path, expected, []]);
      }
      expect((await call("GET", repository)).body).toMatchObject({ description: "second", project: { description: "second" } });
      const lfs = await call("GET", "/rest/git-lfs/admin/projects/NEW/repos/beta/enabled");
      expect([lfs.status, lfs.text]).toEqual([404, ""]);
      expect((await call("DELETE", repository)).status).toBe(202);
      expect((await call("DELETE", project)).status).toBe(204);
      expect((await call("GET", repository)).status).toBe(404);
    },
  ],
  [
    "returns plug-in hooks in pages, and the version of the server",
    async () => {
      for (const path of [`${API}/projects/ABC/repos/alpha/settings/hooks`, `${API}/application-properties`]) {
        const { status, body } = await call("GET", path);
        expect([path, status, findDatacenterFieldProblems("GET", path, body)]).toEqual([path, 200, []]);
      }
    },
  ],
  [
    "redirects a PUT with 307 after a rename if the switch says so",
    async () => {
      const path = await createWebhook();
      const { origin } = sandbox.bitbucketDatacenter;
      await switches({ renamed: "redirect" });
      await callControlPath(origin, "POST", "repository", { project: "ABC", repository: "alpha", change: "rename", to: "newname" });
      const moved = await send({
        method: "PUT",
        url: `${origin}${path}`,
        headers: { "content-type": "application/json", authorization: authorizationOf("owner") },
        body: JSON.stringify(WEBHOOK),
      });
      expect([moved?.status, moved?.headers.location]).toEqual([307, `${origin}${path.replace("/alpha/", "/newname/")}`]);
    },
  ],
];

it.each(REQUIREMENTS)("%s", async (_requirement, check) => {
  await check();
});
