/** What Bitbucket Data Center's emulator must have for gavinbunney's provider to run on it unchanged, each by itself. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { datacenterNeeds } from "./bitbucket-datacenter-required-fields";
import { authorizationOf, datacenterAtTheStart } from "./bitbucket-datacenter-scenario-setup";
import { isObject } from "./graphql-response";
import { control, jsonOf, send } from "./http-client";

const API = "/rest/api/1.0";
const WEBHOOKS = `${API}/projects/ABC/repos/alpha/webhooks`;
const EVENTS = ["repo:refs_changed", "pr:opened", "pr:merged"];
/** The dates are Go's zero time, which is sent always. */
const WEBHOOK = {
  name: "ci",
  createdDate: -62135596800,
  updatedDate: -62135596800,
  url: "https://ci.example.com/hook",
  active: true,
  events: EVENTS,
  configuration: {},
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { "bitbucket-datacenter": datacenterAtTheStart("") } });
});
afterEach(() => sandbox.stop());

/** As the provider does: no Accept, Basic in advance, the header against forged requests on every method, and a connection of its own. */
async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
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
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const parsed = jsonOf(received);
  const { status = 0, text = "" } = received ?? {};
  return { status, text, type: received?.headers["content-type"] ?? "", body: isObject(parsed) ? parsed : {} };
}

const as = (name: string): Record<string, string> => ({ authorization: authorizationOf(name) });
const switches = (values: Readonly<Record<string, string>>) => control(sandbox.bitbucketDatacenter.origin, "POST", "switches", values);

/** Its path. */
async function created(changes: object = {}, collection = WEBHOOKS): Promise<string> {
  const { status, body } = await call("POST", collection, { ...WEBHOOK, ...changes });
  expect([status, datacenterNeeds("POST", WEBHOOKS, body)]).toEqual([201, []]);
  return `${collection}/${String(body["id"])}`;
}

const { active: _, ...WITHOUT_ACTIVE } = WEBHOOK;

const MUSTS: readonly (readonly [must: string, check: () => Promise<void>])[] = [
  [
    "takes Basic sent in advance, and names what is wrong with it in errors[].message",
    async () => {
      const path = await created();
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
    "answers JSON without being asked for it, and every error in the envelope",
    async () => {
      const answers = [await call("POST", WEBHOOKS, WEBHOOK), await call("GET", WEBHOOKS), await call("GET", `${API}/projects/ABC`)];
      for (const { status, type } of answers) expect([status < 300, type]).toEqual([true, "application/json; charset=utf-8"]);
      const refused: readonly (readonly [number, Answer])[] = [
        [400, await call("POST", WEBHOOKS, { ...WEBHOOK, events: [] })],
        [401, await call("GET", WEBHOOKS, undefined, as("revoked"))],
        [401, await call("POST", WEBHOOKS, WEBHOOK, as("reader"))],
        [404, await call("GET", `${API}/projects/NOPE`)],
        [404, await call("GET", `${API}/projects/ABC/repos/nope/webhooks`)],
        [404, await call("GET", `${WEBHOOKS}/99`)],
        [409, await call("POST", `${API}/projects`, { name: "Other", key: "ABC" })],
        [501, await call("GET", `${API}/projects/ABC/repos/alpha/commits`)],
      ];
      for (const [wanted, { status, type, body }] of refused) {
        expect([status, type, Array.isArray(body["errors"])]).toEqual([wanted, "application/json; charset=utf-8", true]);
      }
      const route = await call("GET", `${API}/no/such/address`);
      expect([route.status, route.body["status-code"]]).toEqual([404, 404]);
    },
  ],
  [
    "takes a connection per webhook, ten at a time, and shows each straight after it was made",
    async () => {
      const urls = Array.from({ length: 60 }, (__, index) => `https://ci.example.com/${index}`);
      const ids = new Set<string>();
      const worker = async (): Promise<void> => {
        for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
          const path = await created({ url });
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
    "gives whole numbers as ids and dates, and ignores the dates that are sent",
    async () => {
      const { body } = await call("GET", await created());
      expect(datacenterNeeds("GET", `${WEBHOOKS}/1`, body)).toEqual([]);
      for (const date of [body["createdDate"], body["updatedDate"]]) expect(date).toBeGreaterThan(1_700_000_000_000);
      await switches({ version: "10.0" });
      expect(datacenterNeeds("GET", `${WEBHOOKS}/1`, (await call("GET", `${WEBHOOKS}/1`)).body)).toEqual([]);
    },
  ],
  [
    "keeps the order of events, unless a switch says otherwise",
    async () => {
      for (const events of [EVENTS, [...EVENTS].reverse(), ["pr:merged", "repo:refs_changed", "pr:opened"]]) {
        expect((await call("GET", await created({ events }))).body["events"]).toEqual(events);
      }
      await switches({ "event-order": "random" });
      const orders = [(await call("GET", `${WEBHOOKS}/1`)).text, (await call("GET", `${WEBHOOKS}/1`)).text];
      expect(orders[0]).not.toBe(orders[1]);
    },
  ],
  [
    "shows the secret in clear text, replaces it, and removes it with an empty configuration",
    async () => {
      const path = await created({ configuration: { secret: "first" } });
      expect((await call("GET", path)).body["configuration"]).toEqual({ secret: "first" });
      expect((await call("PUT", path, { ...WEBHOOK, configuration: { secret: "second" } })).status).toBe(200);
      expect((await call("GET", path)).body["configuration"]).toEqual({ secret: "second" });
      await call("PUT", path, WEBHOOK);
      expect((await call("GET", path)).body["configuration"]).toEqual({});
    },
  ],
  [
    "takes active to be true where it is not sent, on create and on update",
    async () => {
      const path = await created({ active: undefined });
      expect((await call("GET", path)).body["active"]).toBe(true);
      await call("PUT", path, { ...WITHOUT_ACTIVE, url: "https://ci.example.com/two" });
      expect((await call("GET", path)).body).toMatchObject({ active: true, url: "https://ci.example.com/two" });
    },
  ],
  [
    "resets what an update does not send: the verification of certificates, and the credentials",
    async () => {
      const path = await created({ sslVerificationRequired: false, credentials: { username: "ci", password: "p" } });
      expect((await call("GET", path)).body).toMatchObject({ sslVerificationRequired: false, credentials: { username: "ci" } });
      await call("PUT", path, WEBHOOK);
      const { body } = await call("GET", path);
      expect([body["sslVerificationRequired"], body["credentials"]]).toEqual([true, undefined]);
    },
  ],
  [
    "lists webhooks by age without a query, so that the first of a name is found on import",
    async () => {
      for (const name of ["other", "ci", "ci"]) await created({ name });
      const { body } = await call("GET", WEBHOOKS);
      expect(datacenterNeeds("GET", WEBHOOKS, body)).toEqual([]);
      expect((body["values"] as { id: number; name: string }[]).map(({ id, name }) => [id, name])).toEqual([
        [1, "other"],
        [2, "ci"],
        [3, "ci"],
      ]);
    },
  ],
  [
    "takes a raw tilde for a personal project",
    async () => {
      const path = await created({}, `${API}/projects/~sam/repos/alpha/webhooks`);
      expect((await call("GET", path)).status).toBe(200);
      expect((await call("DELETE", path)).status).toBe(204);
    },
  ],
  [
    "creates, changes and deletes projects and repositories with the bodies that are sent",
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
      for (const [method, path, sent, wanted] of steps) {
        const { status, body } = await call(method, path, sent);
        expect([method, path, status, datacenterNeeds(method, path, body)]).toEqual([method, path, wanted, []]);
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
    "has plug-in hooks in pages, and the server's version",
    async () => {
      for (const path of [`${API}/projects/ABC/repos/alpha/settings/hooks`, `${API}/application-properties`]) {
        const { status, body } = await call("GET", path);
        expect([path, status, datacenterNeeds("GET", path, body)]).toEqual([path, 200, []]);
      }
    },
  ],
  [
    "moves a PUT on with 307 when a repository was renamed, under the switch",
    async () => {
      const path = await created();
      const { origin } = sandbox.bitbucketDatacenter;
      await switches({ renamed: "redirect" });
      await control(origin, "POST", "repository", { project: "ABC", repository: "alpha", change: "rename", to: "newname" });
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

it.each(MUSTS)("%s", async (_must, check) => {
  await check();
});
