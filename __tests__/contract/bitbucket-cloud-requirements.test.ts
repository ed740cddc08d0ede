/** The requirements of drfaust92's unmodified provider on the emulated Bitbucket Cloud, tested one by one. */
import { type Sandbox, startSandbox } from "../../packages/sandbox";
import { findCloudFieldProblems } from "./bitbucket-cloud-required-fields";
import { authorizationOf, CONSUMER, createCloudSeed, SECRET } from "./bitbucket-cloud-scenario-setup";
import { isObject } from "./graphql-response";
import { parseJson, send } from "./http-client";

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

interface RestResponse {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ seed: { "bitbucket-cloud": createCloudSeed("") } });
});
afterEach(() => sandbox.stop());

/** Sends the request like the provider: without Accept, on a separate connection. */
async function call(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<RestResponse> {
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
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
  const parsed = parseJson(received);
  return { status: received?.status ?? 0, type: received?.headers["content-type"] ?? "", body: isObject(parsed) ? parsed : {} };
}

const as = (name: string): Record<string, string> => ({ authorization: authorizationOf(name) ?? "" });

async function createWebhook(changes: object = {}): Promise<string> {
  const { status, body } = await call("POST", HOOKS, { ...HOOK, ...changes });
  expect(status).toBe(201);
  return `${HOOKS}/${encodeURIComponent(String(body["uuid"]))}`;
}

const REQUIREMENTS: readonly (readonly [number: number, requirement: string, check: () => Promise<void>])[] = [
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
    "responds with JSON without Accept, and with an error key for every error",
    async () => {
      const bodies = [await call("POST", HOOKS, HOOK), await call("GET", HOOKS), await call("GET", "/2.0/hook_events/repository")];
      for (const { status, type } of bodies) expect([status < 300, type]).toEqual([true, "application/json; charset=utf-8"]);
      const rejected: readonly (readonly [number, RestResponse])[] = [
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
      for (const [expected, { status, type, body }] of rejected) {
        expect([status, type, "error" in body]).toEqual([expected, "application/json; charset=utf-8", true]);
      }
    },
  ],
  [
    3,
    "accepts one connection per webhook, ten at a time, and returns each webhook immediately after its creation",
    async () => {
      const hooks = Array.from({ length: 60 }, (_, index) => `https://ci.example.com/${index}`);
      const worker = async (): Promise<void> => {
        for (let url = hooks.shift(); url !== undefined; url = hooks.shift()) {
          expect((await call("GET", await createWebhook({ url }))).body["url"]).toBe(url);
        }
      };
      await Promise.all(Array.from({ length: 10 }, worker));
      expect((await call("GET", `${HOOKS}?pagelen=100`)).body["values"]).toHaveLength(60);
      expect((await call("GET", `${HOOKS}/`)).status).toBe(404);
    },
  ],
  [
    4,
    "returns skip_cert_verification and history_enabled, and treats an empty secret as no secret",
    async () => {
      const path = await createWebhook({ secret: "s".repeat(20), history_enabled: true });
      const first = await call("GET", path);
      expect(findCloudFieldProblems("GET", path, first.body)).toEqual([]);
      expect(first.body).toMatchObject({ skip_cert_verification: true, history_enabled: true, secret_set: true });
      // The provider sends history_enabled only if it is true, so a PUT without it must switch it off.
      expect((await call("PUT", path, { ...HOOK, active: false, skip_cert_verification: false })).status).toBe(200);
      const second = { active: false, skip_cert_verification: false, history_enabled: false, secret_set: false };
      expect((await call("GET", path)).body).toMatchObject(second);
    },
  ],
  [
    5,
    "has the routes and fields that a repository resource requires, and accepts its zero values",
    async () => {
      const path = "/2.0/repositories/acme/beta";
      const zero = "0001-01-01T00:00:00Z";
      const body = { type: "", created_on: zero, updated_on: zero, name: "beta", project: { key: "ABC" }, scm: "git" };
      expect((await call("POST", path, body)).status).toBeLessThan(300);
      expect((await call("PUT", `${path}/pipelines_config`, { type: "" })).body).toMatchObject({ enabled: false });
      const read = await call("GET", path);
      expect(findCloudFieldProblems("GET", path, read.body)).toEqual([]);
      // The provider omits a false boolean, and sends times without a meaning.
      expect(read.body).toMatchObject({ is_private: false, project: { key: "ABC" }, created_on: expect.stringMatching(/^20/) as string });
      for (const part of ["pipelines_config", "override-settings"]) {
        const settings = await call("GET", `${path}/${part}`);
        expect([part, settings.status, findCloudFieldProblems("GET", `${path}/${part}`, settings.body)]).toEqual([part, 200, []]);
      }
    },
  ],
  [
    7,
    "issues tokens for key and secret in the header, or in the form if there is no header",
    async () => {
      const requestByForm = async (secret: string): Promise<RestResponse> => {
        const body = `client_id=${CONSUMER}&client_secret=${encodeURIComponent(secret)}&grant_type=client_credentials`;
        const received = await send({ method: "POST", url: `${sandbox.bitbucketCloud.origin}${TOKENS}`, headers: FORM, body });
        return { status: received?.status ?? 0, type: "", body: parseJson(received) as RestResponse["body"] };
      };
      const requestByHeader = (name: string, body = "grant_type=client_credentials"): Promise<RestResponse> =>
        call("POST", TOKENS, body, { ...FORM, ...as(name) });
      const responses = [await requestByHeader("consumer"), await requestByForm(SECRET)];
      for (const { status, body } of responses) expect([status, findCloudFieldProblems("POST", TOKENS, body)]).toEqual([200, []]);
      const both = `client_id=${CONSUMER}&client_secret=${SECRET}&grant_type=client_credentials`;
      const rejected = [
        await requestByHeader("unknown-consumer"),
        await requestByForm("wrong"),
        await requestByHeader("unknown-consumer", both),
      ];
      for (const { status, body } of rejected) expect([status, body["error"]]).toEqual([401, "invalid_client"]);
    },
  ],
];

it.each(REQUIREMENTS)("%i: %s", async (_number, _requirement, check) => {
  await check();
});

it("covers all requirements, except the one about Data Center", () => {
  expect(REQUIREMENTS.map(([number]) => number)).toEqual([1, 2, 3, 4, 5, 7]);
});
