/** The sandbox as a whole: services that know each other, and the environment that points at them. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "node:tls";
import { type Sandbox, type Seed, startSandbox } from "../index";
import { DEFAULT_SEED } from "../seed.default";
import { parseSeed, SEED_SCHEMA } from "../seed";
import { fingerprint } from "../../domain";
import { callControlPath, type Json, querySpacelift, requireVariable, sendJson, startTestSandbox, stopTestSandboxes } from "./test-sandbox";

const ROOT = join(__dirname, "../../..");
const HOOKS = "/repositories/acme-workspace/infrastructure/hooks";
const AT = { workspace: "acme-workspace", repository: "infrastructure" };
const EVENTS = ["repo:push", "pullrequest:created", "pullrequest:fulfilled"];

afterEach(stopTestSandboxes);

function bitbucket(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<Json> {
  return sendJson(`${requireVariable(sandbox, "BITBUCKET_API_URL")}${path}`, {
    method,
    headers: { authorization: `Bearer ${requireVariable(sandbox, "BITBUCKET_ACCESS_TOKEN")}` },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

const CREATE =
  "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id webhookUrl webhookSecret}}";

/** Creates an integration with the token for Spacelift, and attaches the stack "Infrastructure" to it. */
async function integrate(sandbox: Sandbox, token = requireVariable(sandbox, "SPACELIFT_BITBUCKET_TOKEN")) {
  const customInput = { name: "Platform", isDefault: false, spaceID: "platform", labels: [], description: "" };
  const input = { email: "spacelift@acme.example", apiToken: token, customInput };
  const { bitbucketCloudIntegrationCreateV2: integration } = await querySpacelift(sandbox, CREATE, { input });
  const stack = { name: "Infrastructure", branch: "main", administrative: false, space: "platform", provider: "BITBUCKET_CLOUD" };
  const source = { namespace: "acme-workspace", repository: "infrastructure", vcsIntegrationId: integration.id };
  await querySpacelift(sandbox, 'mutation($input:StackInput!){stackUpdate(id:"infrastructure",input:$input){id}}', {
    input: { ...stack, ...source },
  });
  return integration as { id: string; webhookUrl: string; webhookSecret: string };
}

describe("from an integration to a run", () => {
  it("only a correctly signed push starts a run", async () => {
    const sandbox = await startTestSandbox();
    const { webhookUrl: url, webhookSecret: secret } = await integrate(sandbox);
    const hook = await bitbucket(sandbox, "POST", HOOKS, { url, events: EVENTS, secret });
    const runs = async () => (await callControlPath(sandbox, "SPACELIFT", "runs")).map((run: Json) => [run.stack, run.type, run.branch]);

    const pushed = await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
    expect(pushed.deliveries).toMatchObject([{ outcome: "delivered", attempts: [{ status: 200 }] }]);
    expect(await runs()).toEqual([["infrastructure", "TRACKED", "main"]]);
    const [delivery] = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(delivery).toMatchObject({ event: "repo:push", signature: "valid", repository: "acme-workspace/infrastructure" });

    for (const wrong of [null, "another secret"]) {
      await bitbucket(sandbox, "PUT", `${HOOKS}/${encodeURIComponent(hook.uuid as string)}`, { url, events: EVENTS, secret: wrong });
      const rejected = await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
      expect(rejected.deliveries).toMatchObject([{ attempts: [{ status: 401 }] }]);
    }
    expect(await runs()).toHaveLength(1);
  });

  it("a new pull request starts a proposed run, and its merge a tracked run", async () => {
    const sandbox = await startTestSandbox();
    const { webhookUrl: url, webhookSecret: secret } = await integrate(sandbox);
    await bitbucket(sandbox, "POST", HOOKS, { url, events: EVENTS, secret });
    const { id } = await callControlPath(sandbox, "BITBUCKET_CLOUD", "pull-request", { ...AT, action: "created", source: "feature" });
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "pull-request", { ...AT, action: "merged", id });
    const runs = await callControlPath(sandbox, "SPACELIFT", "runs");
    expect(runs.map((run: Json) => [run.type, run.branch])).toEqual([
      ["PROPOSED", "feature"],
      ["TRACKED", "main"],
    ]);
    const deliveries = await callControlPath(sandbox, "SPACELIFT", "deliveries");
    expect(deliveries.map((delivery: Json) => [delivery.event, delivery.signature])).toEqual([
      ["repo:push", "valid"],
      ["pullrequest:created", "valid"],
      ["repo:push", "valid"],
      ["pullrequest:fulfilled", "valid"],
    ]);
  });

  it("both logs show the fingerprint of the secret, never the secret", async () => {
    const sandbox = await startTestSandbox();
    const { webhookUrl: url, webhookSecret: secret } = await integrate(sandbox);
    await bitbucket(sandbox, "POST", HOOKS, { url, events: EVENTS, secret });
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
    for (const service of ["SPACELIFT", "BITBUCKET_CLOUD"] as const) {
      const shown = JSON.stringify([await callControlPath(sandbox, service, "requests"), await callControlPath(sandbox, service, "state")]);
      expect([service, shown.includes(fingerprint(secret)), shown.includes(secret)]).toEqual([service, true, false]);
    }
  });

  it.each<[string, string, RegExp | null]>([
    ["the token for Spacelift passes", "sandbox-token-for-spacelift", null],
    ["an unknown token fails", "unknown", /refused/],
  ])("Spacelift's test of the integration checks the credential with Bitbucket: %s", async (_, token, complaint) => {
    const sandbox = await startTestSandbox();
    const { id } = await integrate(sandbox, token);
    const test = querySpacelift(sandbox, "mutation($id:ID){bitbucketCloudIntegrationTest(id:$id)}", { id });
    if (complaint === null) expect(await test).toEqual({ bitbucketCloudIntegrationTest: "OK" });
    else await expect(test).rejects.toThrow(complaint);
  });
});

describe("with TLS", () => {
  it("webhooks reach Spacelift only if they skip the certificate verification", async () => {
    const sandbox = await startTestSandbox({ tls: true });
    const { webhookUrl: url, webhookSecret: secret } = await integrate(sandbox);
    expect(url.startsWith(`${sandbox.spacelift.webhooksOrigin}/`)).toBe(true);
    expect(new URL(url).protocol).toBe("https:");
    const hook = await bitbucket(sandbox, "POST", HOOKS, { url, events: EVENTS, secret });
    const verified = await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
    expect(verified.deliveries).toMatchObject([
      { outcome: "failed", attempts: [{ status: 0, error: expect.stringMatching(/self-signed/) }] },
    ]);
    const body = { url, events: EVENTS, skip_cert_verification: true };
    await bitbucket(sandbox, "PUT", `${HOOKS}/${encodeURIComponent(hook.uuid as string)}`, body);
    const skipped = await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
    expect(skipped.deliveries).toMatchObject([{ outcome: "delivered", attempts: [{ status: 200 }] }]);
    expect(await callControlPath(sandbox, "SPACELIFT", "runs")).toHaveLength(1);
  });

  it("Spacelift's log and faults include deliveries", async () => {
    const sandbox = await startTestSandbox({ tls: true });
    const { webhookUrl: url, webhookSecret: secret } = await integrate(sandbox);
    await bitbucket(sandbox, "POST", HOOKS, { url, events: EVENTS, secret, skip_cert_verification: true });
    await callControlPath(sandbox, "SPACELIFT", "faults", { operation: "delivery", kind: "status", status: 404 });
    const statuses = async () => {
      const { deliveries } = await callControlPath(sandbox, "BITBUCKET_CLOUD", "push", { ...AT, branch: "main" });
      return (deliveries as { attempts: { status: number }[] }[]).flatMap(({ attempts }) => attempts.map(({ status }) => status));
    };
    expect([await statuses(), await statuses()]).toEqual([[404], [200]]);
    const log = (await callControlPath(sandbox, "SPACELIFT", "requests?operation=delivery")) as { status: number; marks: string[] }[];
    expect(log.map(({ status, marks }) => [status, marks])).toEqual([
      [404, ["fault"]],
      [200, []],
    ]);
  });

  it("the certificate is valid for 127.0.0.1 for a client that trusts it", async () => {
    const sandbox = await startTestSandbox({ tls: true });
    const { port } = new URL(sandbox.spacelift.webhooksOrigin);
    const handshake = (ca?: string) =>
      new Promise<{ pem: string; authorized: boolean; names: string | undefined }>((resolve, reject) => {
        const socket = connect({ host: "127.0.0.1", port: Number(port), rejectUnauthorized: false, ca }, () => {
          const certificate = socket.getPeerX509Certificate();
          resolve({ pem: certificate?.toString() ?? "", authorized: socket.authorized, names: certificate?.subjectAltName });
          socket.destroy();
        });
        socket.once("error", reject);
      });
    const first = await handshake();
    expect([first.authorized, first.names]).toEqual([false, "IP Address:127.0.0.1, DNS:localhost"]);
    expect((await handshake(first.pem)).authorized).toBe(true);
  });
});

describe("the environment", () => {
  it("has one form of Bitbucket credential, a Spacelift key, and all control paths", async () => {
    const sandbox = await startTestSandbox();
    expect(Object.keys(sandbox.environment).sort()).toEqual([
      "BITBUCKET_ACCESS_TOKEN",
      "BITBUCKET_API_URL",
      "BITBUCKET_DATACENTER_TOKEN",
      "BITBUCKET_DATACENTER_URL",
      "BITLIFT_SANDBOX_BITBUCKET_CLOUD_URL",
      "BITLIFT_SANDBOX_BITBUCKET_DATACENTER_URL",
      "BITLIFT_SANDBOX_SPACELIFT_URL",
      "SPACELIFT_API_KEY_ENDPOINT",
      "SPACELIFT_API_KEY_ID",
      "SPACELIFT_API_KEY_SECRET",
      "SPACELIFT_BITBUCKET_DATACENTER_TOKEN",
      "SPACELIFT_BITBUCKET_TOKEN",
    ]);
    expect(requireVariable(sandbox, "SPACELIFT_API_KEY_ENDPOINT")).toBe(sandbox.spacelift.account("acme"));
    expect(requireVariable(sandbox, "BITBUCKET_API_URL")).toBe(sandbox.bitbucketCloud.apiUrl);
    expect((await querySpacelift(sandbox, "{stacks{id}}")).stacks.map((stack: Json) => stack.id)).toContain("infrastructure");
    expect((await bitbucket(sandbox, "GET", "/repositories/acme-workspace?role=admin")).size).toBeGreaterThanOrEqual(4);
  });

  const scopes = ["read:webhook:bitbucket"];
  const api = { kind: "api-token", email: "a@b.example", token: "api", scopes, access: {} } as const;
  const app = { kind: "app-password", username: "u", token: "app", scopes: [], access: {} } as const;
  it.each<[string, NonNullable<Seed["bitbucket-cloud"]>["credentials"], Record<string, string>]>([
    ["an API token", [app, api], { BITBUCKET_EMAIL: "a@b.example", BITBUCKET_API_TOKEN: "api", SPACELIFT_BITBUCKET_TOKEN: "api" }],
    ["an app password", [app], { BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "app" }],
    ["nothing", [], {}],
  ])("uses %s if the seed has nothing better", async (_, credentials, expected) => {
    const sandbox = await startTestSandbox({ seed: { "bitbucket-cloud": { workspaces: [], credentials } } });
    const shown = Object.entries(sandbox.environment).filter(([name]) => /BITBUCKET/.test(name) && !/DATACENTER|_URL$/.test(name));
    expect(Object.fromEntries(shown)).toEqual(expected);
  });

  const ada = { name: "ada", password: "of-ada", global: "ADMIN" } as const;
  const dev = { name: "dev", password: "of-dev", access: { APP: "write" } } as const;
  const token = { token: "of-the-manager", user: "ada", permissions: ["REPO_ADMIN"] } as const;
  it.each<[string, Omit<NonNullable<Seed["bitbucket-datacenter"]>, "projects">, Record<string, string>]>([
    ["a token", { users: [ada], tokens: [token] }, { BITBUCKET_DATACENTER_TOKEN: "of-the-manager" }],
    [
      "an administrator of the whole server",
      { users: [dev, ada] },
      { BITBUCKET_DATACENTER_USERNAME: "ada", BITBUCKET_DATACENTER_PASSWORD: "of-ada" },
    ],
    [
      "an administrator of a project",
      { users: [dev, { name: "lead", password: "of-lead", access: { APP: "admin" } }] },
      { BITBUCKET_DATACENTER_USERNAME: "lead", BITBUCKET_DATACENTER_PASSWORD: "of-lead" },
    ],
    ["no credential", { users: [dev] }, {}],
  ])("uses %s on Data Center if the seed has nothing better", async (_, logins, expected) => {
    const sandbox = await startTestSandbox({ seed: { "bitbucket-datacenter": { projects: [{ key: "APP" }], ...logins } } });
    const shown = Object.entries(sandbox.environment).filter(([name]) => /^BITBUCKET_DATACENTER/.test(name) && !name.endsWith("_URL"));
    expect(Object.fromEntries(shown)).toEqual(expected);
  });
});

describe("several sandboxes in one process", () => {
  it("share no ports, state, clock, switches or webhook deliveries", async () => {
    const [first, second] = await Promise.all([
      startTestSandbox(),
      startTestSandbox({ switches: { "bitbucket-cloud": { "put-absent": "merge" } } }),
    ]);
    expect(first.bitbucketCloud.origin).not.toBe(second.bitbucketCloud.origin);
    await bitbucket(first, "POST", HOOKS, { url: "https://hooks.example/x", events: EVENTS });
    expect((await bitbucket(second, "GET", HOOKS)).size).toBe(0);
    await callControlPath(first, "BITBUCKET_CLOUD", "clock", { advanceSeconds: 86_400 });
    expect(Date.parse((await callControlPath(second, "SPACELIFT", "clock")).now as string)).toBeLessThan(Date.now() + 60_000);
    expect((await callControlPath(first, "BITBUCKET_CLOUD", "switches"))["put-absent"]).toBe("reject");
    expect((await callControlPath(second, "BITBUCKET_CLOUD", "switches"))["put-absent"]).toBe("merge");
    const foreign = `${second.spacelift.origin}/webhooks`;
    await expect(bitbucket(first, "POST", HOOKS, { url: foreign, events: EVENTS })).rejects.toThrow("internal address");
  });

  it("stop separately, and then do not respond", async () => {
    const sandbox = await startSandbox();
    await sandbox.stop();
    await expect(fetch(`${sandbox.bitbucketCloud.apiUrl}/hook_events`)).rejects.toThrow();
    await expect(fetch(sandbox.spacelift.account("acme"))).rejects.toThrow();
  });

  it("have one clock for all services", async () => {
    const sandbox = await startTestSandbox();
    await callControlPath(sandbox, "BITBUCKET_CLOUD", "clock", { advanceSeconds: 86_400 });
    expect(Date.parse((await callControlPath(sandbox, "SPACELIFT", "clock")).now as string)).toBeGreaterThan(Date.now() + 86_000_000);
  });
});

describe("the seed", () => {
  it("is described by seed.schema.json for editors", async () => {
    const path = join(ROOT, "packages/sandbox/seed.schema.json");
    const expected = `${JSON.stringify(SEED_SCHEMA, null, 2)}\n`;
    if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(path, expected);
    // Compared as data, because the formatter breaks lines differently.
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual(JSON.parse(expected));
  });

  it("with one part keeps the default of the others", () => {
    expect(parseSeed({})).toEqual(DEFAULT_SEED);
    const own = { accounts: [{ name: "globex", keys: [] }] };
    expect(parseSeed({ spacelift: own })).toEqual({ ...DEFAULT_SEED, spacelift: own });
  });

  it.each<[string, unknown, string]>([
    [
      "an unknown part",
      { bitbucket: {} },
      '$ has an unknown field "bitbucket". Known fields: $schema, spacelift, bitbucket-cloud, bitbucket-datacenter',
    ],
    [
      "a key without a secret",
      { spacelift: { accounts: [{ name: "a", keys: [{ id: "k" }] }] } },
      '$.spacelift.accounts[0].keys[0] needs "secret"',
    ],
    ["a bad slug", { "bitbucket-cloud": { workspaces: [{ slug: "A B" }] } }, '$["bitbucket-cloud"].workspaces[0].slug must match pattern'],
  ])("is rejected with the JSON path: %s", (_, seed, message) => {
    expect(() => parseSeed(seed)).toThrow(message);
  });

  it("that contradicts itself starts no server", async () => {
    const seed = { spacelift: { accounts: [{ name: "a", keys: [], stacks: [{ ...STACK, space: "nowhere" }] }] } };
    await expect(startSandbox({ seed })).rejects.toThrow("nowhere");
  });
});

const STACK = { id: "s", name: "s", provider: "BITBUCKET_CLOUD", namespace: "n", repository: "r" } as const;
