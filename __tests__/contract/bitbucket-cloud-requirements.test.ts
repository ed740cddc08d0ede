/** What Bitbucket Cloud's emulator must have for drfaust92's provider to run on it unchanged, each by itself. */
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { authorizationOf, bitbucketAtTheStart, CONSUMER, SECRET } from "./bitbucket-cloud-scenario-setup";
import { cloudNeeds } from "./bitbucket-cloud-required-fields";
import { isObject } from "./graphql-response";
import { jsonOf, send } from "./http-client";

const HOOKS = "/2.0/repositories/acme/alpha/hooks";
const TOKENS = "/site/oauth2/access_token";
const HOOK = {
  url: "https://ci.example.com/hook",
  description: "ci",
  active: true,
  skip_cert_verification: true,
  events: ["repo:push", "pullrequest:updated"],
  secret: "",
};
const FORM = { "content-type": "application/x-www-form-urlencoded", host: "bitbucket.org" };

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { "bitbucket-cloud": bitbucketAtTheStart("") } });
});
afterEach(() => sandbox.stop());

/** As the hand-written client: no Accept, and a connection of its own. */
async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const received = await send({
    method,
    url: `${sandbox.bitbucketCloud.origin}${path}`,
    headers: {
      host: "api.bitbucket.org",
      "user-agent": "Go-http-client/1.1",
      connection: "close",
      "accept-encoding": "gzip",
      authorization: authorizationOf("owner") ?? "",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const parsed = jsonOf(received);
  return { status: received?.status ?? 0, type: received?.headers["content-type"] ?? "", body: isObject(parsed) ? parsed : {} };
}

const as = (name: string): Record<string, string> => ({ authorization: authorizationOf(name) ?? "" });

async function createdHook(changes: object = {}): Promise<string> {
  const { status, body } = await call("POST", HOOKS, { ...HOOK, ...changes });
  expect(status).toBe(201);
  return `${HOOKS}/${encodeURIComponent(String(body["uuid"]))}`;
}

const MUSTS: readonly (readonly [number: number, must: string, check: () => Promise<void>])[] = [
  [
    1,
    "serves both of Bitbucket's hosts from one origin",
    async () => {
      const token = await call("POST", TOKENS, "grant_type=client_credentials", { ...FORM, ...as("consumer") });
      expect(token.status).toBe(200);
      const bearer = { authorization: `Bearer ${String(token.body["access_token"])}` };
      for (const host of ["api.bitbucket.org", "bitbucket.org", "127.0.0.1"]) {
        expect((await call("GET", "/2.0/repositories/acme/alpha", undefined, { ...bearer, host })).status).toBe(200);
      }
    },
  ],
  [
    2,
    "answers JSON without being asked for it, and every error with an error key",
    async () => {
      const bodies = [await call("POST", HOOKS, HOOK), await call("GET", HOOKS), await call("GET", "/2.0/hook_events/repository")];
      for (const { status, type } of bodies) expect([status < 300, type]).toEqual([true, "application/json; charset=utf-8"]);
      const refused: readonly (readonly [number, Answer])[] = [
        [400, await call("POST", HOOKS, { ...HOOK, url: "" })],
        [400, await call("POST", HOOKS, "{")],
        [401, await call("GET", HOOKS, undefined, as("revoked"))],
        [401, await call("GET", HOOKS, undefined, as("scopeless"))],
        [403, await call("GET", HOOKS, undefined, as("narrow"))],
        [403, await call("POST", HOOKS, HOOK, as("reader"))],
        [404, await call("GET", HOOKS, undefined, as("stranger"))],
        [404, await call("GET", "/2.0/no/such/address")],
        [404, await call("GET", `${HOOKS}/%7B00000000-0000-4000-8000-000000000000%7D`)],
        [410, await call("GET", "/2.0/workspaces")],
        [501, await call("GET", "/2.0/repositories/acme/alpha/forks")],
      ];
      for (const [wanted, { status, type, body }] of refused) {
        expect([status, type, "error" in body]).toEqual([wanted, "application/json; charset=utf-8", true]);
      }
    },
  ],
  [
    3,
    "takes a connection per webhook, ten at a time, and shows each straight after it was made",
    async () => {
      const hooks = Array.from({ length: 60 }, (_, index) => `https://ci.example.com/${index}`);
      const worker = async (): Promise<void> => {
        for (let url = hooks.shift(); url !== undefined; url = hooks.shift()) {
          expect((await call("GET", await createdHook({ url }))).body["url"]).toBe(url);
        }
      };
      await Promise.all(Array.from({ length: 10 }, worker));
      expect((await call("GET", `${HOOKS}?pagelen=100`)).body["values"]).toHaveLength(60);
      expect((await call("GET", `${HOOKS}/`)).status).toBe(404);
    },
  ],
  [
    4,
    "returns skip_cert_verification and history_enabled, and takes an empty secret for none",
    async () => {
      const path = await createdHook({ secret: "s".repeat(20), history_enabled: true });
      const first = await call("GET", path);
      expect(cloudNeeds("GET", path, first.body)).toEqual([]);
      expect(first.body).toMatchObject({ skip_cert_verification: true, history_enabled: true, secret_set: true });
      // It is sent only when it is true, so a PUT without it must switch it off.
      expect((await call("PUT", path, { ...HOOK, active: false, skip_cert_verification: false })).status).toBe(200);
      const second = { active: false, skip_cert_verification: false, history_enabled: false, secret_set: false };
      expect((await call("GET", path)).body).toMatchObject(second);
    },
  ],
  [
    5,
    "has the routes and fields that a repository needs, and takes its zero values",
    async () => {
      const path = "/2.0/repositories/acme/beta";
      const zero = "0001-01-01T00:00:00Z";
      const body = { type: "", created_on: zero, updated_on: zero, name: "beta", project: { key: "ABC" }, scm: "git" };
      expect((await call("POST", path, body)).status).toBeLessThan(300);
      expect((await call("PUT", `${path}/pipelines_config`, { type: "" })).body).toMatchObject({ enabled: false });
      const read = await call("GET", path);
      expect(cloudNeeds("GET", path, read.body)).toEqual([]);
      // A false boolean is left out, and times that nobody means are ignored.
      expect(read.body).toMatchObject({ is_private: false, project: { key: "ABC" }, created_on: expect.stringMatching(/^20/) as string });
      for (const part of ["pipelines_config", "override-settings"]) {
        const settings = await call("GET", `${path}/${part}`);
        expect([part, settings.status, cloudNeeds("GET", `${path}/${part}`, settings.body)]).toEqual([part, 200, []]);
      }
    },
  ],
  [
    7,
    "gives tokens for key and secret in the header, or in the form when there is no header",
    async () => {
      const headerless = async (secret: string): Promise<Answer> => {
        const body = `client_id=${CONSUMER}&client_secret=${encodeURIComponent(secret)}&grant_type=client_credentials`;
        const received = await send({ method: "POST", url: `${sandbox.bitbucketCloud.origin}${TOKENS}`, headers: FORM, body });
        return { status: received?.status ?? 0, type: "", body: jsonOf(received) as Answer["body"] };
      };
      const inHeader = (name: string, body = "grant_type=client_credentials"): Promise<Answer> =>
        call("POST", TOKENS, body, { ...FORM, ...as(name) });
      const answers = [await inHeader("consumer"), await headerless(SECRET)];
      for (const { status, body } of answers) expect([status, cloudNeeds("POST", TOKENS, body)]).toEqual([200, []]);
      const both = `client_id=${CONSUMER}&client_secret=${SECRET}&grant_type=client_credentials`;
      const refused = [await inHeader("unknown-consumer"), await headerless("wrong"), await inHeader("unknown-consumer", both)];
      for (const { status, body } of refused) expect([status, body["error"]]).toEqual([401, "invalid_client"]);
    },
  ],
];

it.each(MUSTS)("%i: %s", async (_number, _must, check) => {
  await check();
});

it("has a row for each that is not about Data Center", () => {
  expect(MUSTS.map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 7]);
});
