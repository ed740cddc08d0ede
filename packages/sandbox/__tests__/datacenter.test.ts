/** The sandbox as a whole, with Bitbucket Data Center: from an integration to a run, https, the environment, the seed. */
import { Agent, request } from "node:https";
import type { Sandbox } from "../index";
import { DEFAULT_SEED } from "../seed.default";
import { parseSeed } from "../seed";
import { fingerprint } from "../../domain";
import { callControlPath, type Json, querySpacelift, requireVariable, sendJson, startTestSandbox, stopTestSandboxes } from "./test-sandbox";

afterEach(stopTestSandboxes);

const HOOKS = "/projects/PAY/repos/ledger/webhooks";
const AT = { project: "PAY", repository: "ledger" };
const EVENTS = ["repo:refs_changed", "pr:opened", "pr:merged"];

function bitbucket(sandbox: Sandbox, method: string, path: string, body?: unknown, token = "BITBUCKET_DATACENTER_TOKEN"): Promise<Json> {
  return sendJson(`${requireVariable(sandbox, "BITBUCKET_DATACENTER_URL")}/rest/api/latest${path}`, {
    method,
    headers: { authorization: `Bearer ${requireVariable(sandbox, token)}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

const CREATE = `mutation($apiHost:String!$username:String$accessToken:String!$customInput:CustomVCSInput){
  bitbucketDatacenterIntegrationCreate(apiHost:$apiHost userFacingHost:"https://bitbucket.acme.example" username:$username accessToken:$accessToken
    customInput:$customInput){id webhookURL webhookSecret}}`;

interface CreatedIntegration {
  readonly id: string;
  readonly webhookURL: string;
  readonly webhookSecret: string;
}

/** Creates an integration with the token for Spacelift, and attaches the stack "Ledger" to it. */
async function integrate(
  sandbox: Sandbox,
  changes: { apiHost?: string; username?: string; accessToken?: string } = {},
): Promise<CreatedIntegration> {
  const credential = {
    apiHost: sandbox.bitbucketDatacenter.url,
    username: "spacelift-reader",
    accessToken: requireVariable(sandbox, "SPACELIFT_BITBUCKET_DATACENTER_TOKEN"),
    ...changes,
  };
  const customInput = { name: "Server", isDefault: false, spaceID: "platform", labels: [], description: "" };
  const { bitbucketDatacenterIntegrationCreate: integration } = await querySpacelift(sandbox, CREATE, { ...credential, customInput });
  const stack = { name: "Ledger", branch: "main", administrative: false, space: "platform-production", provider: "BITBUCKET_DATACENTER" };
  const source = { namespace: "PAY", repository: "ledger", vcsIntegrationId: integration.id };
  await querySpacelift(sandbox, 'mutation($input:StackInput!){stackUpdate(id:"ledger",input:$input){id}}', {
    input: { ...stack, ...source },
  });
  return integration as CreatedIntegration;
}

const hook = (sandbox: Sandbox, { webhookURL: url, webhookSecret: secret }: CreatedIntegration, changes: object = {}) =>
  bitbucket(sandbox, "POST", HOOKS, { name: "Spacelift", url, events: EVENTS, configuration: { secret }, ...changes });

const runs = async (sandbox: Sandbox) =>
  (await callControlPath(sandbox, "SPACELIFT", "runs")).map((run: Json) => [run.stack, run.type, run.branch]) as unknown[];

describe("from an integration to a run", () => {
  it("a signed push starts a run; without the secret, Bitbucket delivers and Spacelift rejects", async () => {
    const sandbox = await startTestSandbox();
    const integration = await integrate(sandbox);
    const { id } = await hook(sandbox, integration);
    const pushed = await callControlPath(sandbox, "BITBUCKET_DATACENTER", "push", { ...AT, branch: "main" });
    expect(pushed.deliveries).toMatchObject([{ outcome: "delivered", attempts: [{ status: 200 }] }]);
    expect(await runs(sandbox)).toEqual([["ledger", "TRACKED", "main"]]);
    const [delivery] = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(delivery).toMatchObject({
      provider: "BITBUCKET_DATACENTER",
      event: "repo:refs_changed",
      signature: "valid",
      repository: "PAY/ledger",
    });

    await bitbucket(sandbox, "PUT", `${HOOKS}/${String(id)}`, { url: integration.webhookURL, events: EVENTS });
    const rejected = await callControlPath(sandbox, "BITBUCKET_DATACENTER", "push", { ...AT, branch: "main" });
    expect(rejected.deliveries).toMatchObject([{ attempts: [{ status: 401 }] }]);
    expect(await runs(sandbox)).toHaveLength(1);
  });

  it("a new pull request starts a proposed run, and its merge a tracked run", async () => {
    const sandbox = await startTestSandbox();
    await hook(sandbox, await integrate(sandbox));
    const { id } = await callControlPath(sandbox, "BITBUCKET_DATACENTER", "pull-request", { ...AT, action: "created", source: "feature" });
    await callControlPath(sandbox, "BITBUCKET_DATACENTER", "pull-request", { ...AT, action: "merged", id });
    expect(await runs(sandbox)).toEqual([
      ["ledger", "PROPOSED", "feature"],
      ["ledger", "TRACKED", "main"],
    ]);
    const deliveries = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(deliveries.map((delivery: Json) => [delivery.event, delivery.signature])).toEqual([
      ["repo:refs_changed", "valid"],
      ["pr:opened", "valid"],
      ["repo:refs_changed", "valid"],
      ["pr:merged", "valid"],
    ]);
    const updated = deliveries.map((delivery: Json) => delivery.effect.pullRequest?.updated).filter((time: unknown) => time !== undefined);
    expect(updated).toEqual([expect.stringMatching(/Z$/), expect.stringMatching(/Z$/)]);
  });

  it("a webhook of the project starts runs for each repository of the project, also on version 10", async () => {
    const sandbox = await startTestSandbox({ switches: { "bitbucket-datacenter": { version: "10.2" } } });
    const { webhookURL: url, webhookSecret: secret } = await integrate(sandbox);
    await bitbucket(sandbox, "POST", "/projects/PAY/webhooks", { url, events: EVENTS, configuration: { secret } });
    for (const repository of ["billing", "ledger"]) {
      await callControlPath(sandbox, "BITBUCKET_DATACENTER", "push", { namespace: "pay", repository, branch: "main" });
    }
    const deliveries = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(deliveries.map((delivery: Json) => delivery.repository)).toEqual(["PAY/billing", "PAY/ledger"]);
    expect(await runs(sandbox)).toEqual([["ledger", "TRACKED", "main"]]);
  });

  it("a test of the webhook address reaches Spacelift unsigned and starts no run", async () => {
    const sandbox = await startTestSandbox();
    const { webhookURL: url } = await integrate(sandbox);
    const tested = await bitbucket(sandbox, "POST", `${HOOKS}/test?url=${encodeURIComponent(url)}`);
    expect(tested.response.status).toBe(200);
    const [ping] = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(ping).toMatchObject({ event: "diagnostics:ping", signature: "missing", status: 200, effect: { runs: [], note: "ping" } });
  });

  it("both logs show the fingerprint of the secret, never the secret", async () => {
    const sandbox = await startTestSandbox();
    const integration = await integrate(sandbox);
    await hook(sandbox, integration);
    await callControlPath(sandbox, "BITBUCKET_DATACENTER", "push", { ...AT, branch: "main" });
    for (const service of ["SPACELIFT", "BITBUCKET_DATACENTER"] as const) {
      const shown = JSON.stringify([await callControlPath(sandbox, service, "requests"), await callControlPath(sandbox, service, "state")]);
      const { webhookSecret: secret } = integration;
      expect([service, shown.includes(fingerprint(secret)), shown.includes(secret)]).toEqual([service, true, false]);
    }
  });
});

describe("reading from Bitbucket", () => {
  const TEST = "mutation($id:ID){bitbucketDatacenterIntegrationTest(id:$id)}";
  const BRANCHES =
    'query($id:ID$namespace:String!){branches(provider:BITBUCKET_DATACENTER,namespace:$namespace,repository:"Ledger",vcsIntegrationID:$id)}';

  it.each<[string, object, RegExp | null]>([
    ["the reader's name and token", {}, null],
    ["a slash at the end of the host", { slash: true }, null],
    ["another user's name", { username: "dev" }, /refused the credential/],
    ["an unknown token", { accessToken: "unknown" }, /refused the credential/],
    ["another host", { apiHost: "https://bitbucket.acme.example" }, /bitbucket\.acme\.example could not be reached/],
    ["a pool that does not exist", { apiHost: "private://office" }, /no VCS agent pool/],
  ])("depends on the host and the credential: %s", async (_, changes, complaint) => {
    const sandbox = await startTestSandbox();
    const given = "slash" in changes ? { apiHost: `${sandbox.bitbucketDatacenter.url}/` } : changes;
    const { id } = await integrate(sandbox, given);
    if (complaint === null) expect(await querySpacelift(sandbox, TEST, { id })).toEqual({ bitbucketDatacenterIntegrationTest: "OK" });
    else await expect(querySpacelift(sandbox, TEST, { id })).rejects.toThrow(complaint);
  });

  it("through an agent pool needs the pool and the credential", async () => {
    const sandbox = await startTestSandbox();
    const { id } = await integrate(sandbox, { apiHost: "private://office/bitbucket" });
    await querySpacelift(sandbox, 'mutation{vcsAgentPoolCreate(name:"office"){id}}');
    expect(await querySpacelift(sandbox, TEST, { id })).toEqual({ bitbucketDatacenterIntegrationTest: "OK" });
    expect((await querySpacelift(sandbox, BRANCHES, { id, namespace: "pay" })).branches).toEqual(["main"]);
  });

  it("returns the repositories that the credential can read, by project key, without personal ones", async () => {
    const sandbox = await startTestSandbox();
    const { id } = await integrate(sandbox);
    const query = "query($id:ID){repositories(provider:BITBUCKET_DATACENTER,vcsIntegrationID:$id){id namespace}}";
    const { repositories } = await querySpacelift(sandbox, query, { id });
    expect(repositories.map((repository: Json) => `${String(repository.namespace)}/${String(repository.id)}`)).toEqual([
      "PLAT/infrastructure",
      "PLAT/networking",
      "PLAT/terraform-aws-network",
      "PAY/billing",
      "PAY/ledger",
    ]);
    await expect(querySpacelift(sandbox, BRANCHES, { id, namespace: "PLAT" })).rejects.toThrow("PLAT/Ledger could not be read");
  });
});

describe("with TLS for Data Center", () => {
  it("its address is https, and works for clients that trust the certificate", async () => {
    const sandbox = await startTestSandbox({ datacenterTls: true });
    const { url, origin, certificate } = sandbox.bitbucketDatacenter;
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/bitbucket$/);
    expect(sandbox.environment).toMatchObject({
      BITBUCKET_DATACENTER_URL: url,
      BITBUCKET_DATACENTER_CA_CERTIFICATE: certificate,
      BITLIFT_SANDBOX_BITBUCKET_DATACENTER_URL: `${origin}/_sandbox`,
    });
    expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    const get = (ca?: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const agent = new Agent({ ca, keepAlive: false });
        request(`${url}/rest/api/latest/application-properties`, { agent }, (response) => {
          response.resume().once("end", () => resolve(response.statusCode));
        })
          .once("error", reject)
          .end();
      });
    await expect(get()).rejects.toThrow("self-signed certificate");
    expect(await get(certificate)).toBe(200);
  });

  it("the other services stay on http", async () => {
    const sandbox = await startTestSandbox({ datacenterTls: true });
    const origins = [sandbox.spacelift.origin, sandbox.spacelift.webhooksOrigin, sandbox.bitbucketCloud.origin];
    expect(origins.every((origin) => origin.startsWith("http://"))).toBe(true);
    expect((await startTestSandbox()).bitbucketDatacenter.certificate).toBeUndefined();
  });
});

describe("the environment", () => {
  it("has the address with the context path and without /rest, and a token that can manage webhooks", async () => {
    const sandbox = await startTestSandbox();
    const { origin, url } = sandbox.bitbucketDatacenter;
    expect([requireVariable(sandbox, "BITBUCKET_DATACENTER_URL"), url]).toEqual([url, `${origin}/bitbucket`]);
    expect((await bitbucket(sandbox, "GET", HOOKS)).size).toBe(0);
    expect((await bitbucket(sandbox, "GET", "/projects/PLAT/webhooks")).size).toBe(0);
    await expect(bitbucket(sandbox, "GET", HOOKS, undefined, "SPACELIFT_BITBUCKET_DATACENTER_TOKEN")).rejects.toThrow(
      "AuthorisationException",
    );
  });

  const READER = { token: "r", user: "u", permissions: ["REPO_READ"] } as const;
  it.each<[string, readonly object[], Record<string, string>]>([
    ["no token", [], {}],
    ["a reader's token only", [READER], { SPACELIFT_BITBUCKET_DATACENTER_TOKEN: "r" }],
    [
      "a repository's token first",
      [{ token: "a", repository: "P/r", permissions: ["REPO_ADMIN"] }, { token: "p", project: "P", permissions: ["PROJECT_READ"] }, READER],
      { BITBUCKET_DATACENTER_TOKEN: "a", SPACELIFT_BITBUCKET_DATACENTER_TOKEN: "r" },
    ],
  ])("of a seed with %s", async (_, tokens, expected) => {
    const seed = { "bitbucket-datacenter": { projects: [{ key: "P", repositories: [{ slug: "r" }] }], users: [{ name: "u" }], tokens } };
    const sandbox = await startTestSandbox({ seed: parseSeed(seed) });
    const given = Object.entries(sandbox.environment).filter(([name]) => /DATACENTER_TOKEN$/.test(name));
    expect(Object.fromEntries(given)).toEqual(expected);
    expect(sandbox.bitbucketDatacenter.url).toBe(sandbox.bitbucketDatacenter.origin);
  });
});

describe("the default seed", () => {
  it("has stacks for Data Center without an integration, on existing repositories", async () => {
    const sandbox = await startTestSandbox();
    const { stacks } = await querySpacelift(sandbox, "{stacks{id provider namespace repository vcsDetached}}");
    const own = stacks.filter((stack: Json) => stack.provider === "BITBUCKET_DATACENTER");
    expect(own.map((stack: Json) => [stack.id, stack.vcsDetached])).toEqual([
      ["network-datacenter", true],
      ["ledger", true],
    ]);
    for (const { namespace, repository } of own) {
      expect((await bitbucket(sandbox, "GET", `/projects/${String(namespace)}/repos/${String(repository)}`)).slug).toBe(repository);
    }
  });

  it("is valid, and each part can be replaced separately", () => {
    const own = { projects: [{ key: "APP" }] };
    expect(parseSeed({ "bitbucket-datacenter": own })).toEqual({ ...DEFAULT_SEED, "bitbucket-datacenter": own });
    expect(() => parseSeed({ "bitbucket-datacenter": { projects: [{ key: "a b" }] } })).toThrow(
      '$["bitbucket-datacenter"].projects[0].key must match pattern',
    );
  });
});
