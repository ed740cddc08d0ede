/** Webhook deliveries of Bitbucket Cloud: signatures, the runs of a push, and events that are only recorded. */
import { createClock } from "../../../core/clock";
import { listen } from "../../../core/listen";
import { createPayments, createStack, deliverTo, type RunningSpacelift, sign, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
let hook: Record<string, string>;
beforeEach(async () => {
  spacelift = await startSpacelift();
  hook = await createPayments(spacelift);
});
afterEach(() => spacelift.stop());

const change = (branch: string, hash: string, type = "branch") => ({ old: null, new: { type, name: branch, target: { hash } } });
const push = (changes: readonly unknown[], repository = "acme-workspace/infra") =>
  JSON.stringify({ repository: { full_name: repository }, push: { changes } });

function deliver(
  body: string,
  options: { url?: string; secret?: string | null; event?: string; header?: string } = {},
): Promise<readonly [status: number, text: string]> {
  const { url = hook["webhookUrl"] ?? "", secret = hook["webhookSecret"] ?? "", event = "repo:push", header } = options;
  return deliverTo(url, body, { event, secret, header });
}

async function runs(): Promise<unknown[]> {
  const found = (await spacelift.get("runs")) as Record<string, unknown>[];
  return found.map(({ stack, type, branch, commit, integration }) => [stack, type, branch, commit, integration]);
}

async function lastDelivery(): Promise<Record<string, unknown>> {
  return ((await spacelift.get("deliveries")) as Record<string, unknown>[]).at(-1) ?? {};
}

describe("a push", () => {
  beforeEach(async () => {
    await createStack(spacelift);
  });

  it("starts a tracked run on the stack's branch and a proposed run on other branches", async () => {
    expect(await deliver(push([change("main", "aaa"), change("feature", "bbb")]))).toEqual([200, ""]);
    expect(await runs()).toEqual([
      ["payments-prod", "TRACKED", "main", "aaa", "payments"],
      ["payments-prod", "PROPOSED", "feature", "bbb", "payments"],
    ]);
    expect(await lastDelivery()).toMatchObject({
      account: "acme",
      integration: "payments",
      event: "repo:push",
      repository: "acme-workspace/infra",
      signature: "valid",
      status: 200,
      effect: { runs: [expect.any(String), expect.any(String)] },
    });
  });

  it("starts one run per stack and commit, even if it is delivered repeatedly", async () => {
    for (let time = 0; time < 3; time++) await deliver(push([change("main", "aaa")]));
    expect(await runs()).toHaveLength(1);
    expect((await lastDelivery())["effect"]).toEqual({ runs: [], note: "these commits already have runs" });
  });

  it("starts a tracked run for a commit that has only a proposed run", async () => {
    await deliver(push([change("feature", "aaa")]));
    await deliver(push([change("main", "aaa")]));
    expect((await runs()).map((run) => (run as string[])[1])).toEqual(["PROPOSED", "TRACKED"]);
  });

  it("starts a run for every stack of the repository", async () => {
    await createStack(spacelift, { name: "Staging", branch: "next" });
    await deliver(push([change("next", "ccc")], "ACME-workspace/Infra"));
    expect(await runs()).toEqual([
      ["payments-prod", "PROPOSED", "next", "ccc", "payments"],
      ["staging", "TRACKED", "next", "ccc", "payments"],
    ]);
  });

  it.each([
    ["a tag", push([change("v1", "aaa", "tag")]), "no branch has a new head"],
    ["a deleted branch", push([{ old: {}, new: null }]), "no branch has a new head"],
    ["another repository", push([change("main", "aaa")], "acme-workspace/other"), "no stack with this repository uses the integration"],
    ["a body that is not JSON", "hello", "the body is not JSON"],
    ["JSON of a different shape", "[1]", "no branch has a new head"],
  ])("starts no run for %s", async (_, body, note) => {
    expect(await deliver(body)).toEqual([200, ""]);
    expect(await runs()).toEqual([]);
    expect((await lastDelivery())["effect"]).toEqual({ runs: [], note });
  });

  it("starts no run for a stack that is detached or uses another integration", async () => {
    const other = await createPayments(spacelift, { name: "Other" });
    const options = { url: other["webhookUrl"] ?? "", secret: other["webhookSecret"] ?? "" };
    await deliver(push([change("main", "aaa")]), options);
    await spacelift.request('mutation{bitbucketCloudIntegrationDelete(id:"payments"){id}}');
    hook = await createPayments(spacelift);
    expect((await deliver(push([change("main", "bbb")])))[0]).toBe(200);
    expect(await runs()).toEqual([]);
  });
});

describe("a signature", () => {
  it.each([
    ["of another secret", { secret: "x" }, "invalid", "invalid signature"],
    ["of another body", { header: sign("x", "y") }, "invalid", "invalid signature"],
    ["without its algorithm", { header: "abc" }, "invalid", "invalid signature"],
    ["that is missing", { secret: null }, "missing", "missing signature"],
  ])("%s is rejected with 401", async (_, options, verdict, text) => {
    await createStack(spacelift);
    expect(await deliver(push([change("main", "aaa")]), options)).toEqual([401, text]);
    expect(await runs()).toEqual([]);
    expect(await lastDelivery()).toMatchObject({ signature: verdict, status: 401, effect: { runs: [], note: text } });
  });

  it("covers the raw body", async () => {
    const body = '{ "repository" : {"full_name":"a/b"},\n"push":{"changes":[]}, "text":"é" }';
    expect(await deliver(body)).toEqual([200, ""]);
    expect((await deliver(`${body} `, { header: sign(hook["webhookSecret"] ?? "", body) }))[0]).toBe(401);
  });

  it("can be missing, but not invalid, if the switch unsigned allows it", async () => {
    await createStack(spacelift);
    await spacelift.post("switches", { unsigned: "accept" });
    expect((await deliver(push([change("main", "aaa")]), { secret: null }))[0]).toBe(200);
    expect(await runs()).toHaveLength(1);
    expect((await deliver(push([change("main", "bbb")]), { secret: "wrong" }))[0]).toBe(401);
  });

  it("is not required for a ping, which starts no run", async () => {
    expect(await deliver('{"test":true}', { secret: null, event: "diagnostics:ping" })).toEqual([200, ""]);
    expect((await lastDelivery())["effect"]).toEqual({ runs: [], note: "ping" });
  });

  it("of the old secret is rejected as soon as a new secret exists", async () => {
    const query = 'mutation{bitbucketCloudIntegrationRegenerateWebhookSecret(id:"payments"){webhookSecret}}';
    const { webhookSecret } = (await spacelift.request(query)).data.bitbucketCloudIntegrationRegenerateWebhookSecret;
    expect((await deliver(push([])))[0]).toBe(401);
    expect((await deliver(push([]), { secret: webhookSecret }))[0]).toBe(200);
  });
});

it.each(["pullrequest:created", "pullrequest:fulfilled"])("records %s", async (event) => {
  const pullrequest = { id: 7, source: { branch: { name: "feature" } }, destination: { branch: { name: "main" } } };
  await deliver(JSON.stringify({ repository: { full_name: "acme-workspace/infra" }, pullrequest }), { event });
  expect((await lastDelivery())["effect"]).toEqual({ runs: [], pullRequest: { event, id: "7", source: "feature", target: "main" } });
});

it("accepts events that start no run", async () => {
  expect(await deliver("{}", { event: "issue:created" })).toEqual([200, ""]);
  expect((await lastDelivery())["effect"]).toEqual({ runs: [], note: "this event starts no run" });
});

describe("an address", () => {
  const base = (): string => (hook["webhookUrl"] ?? "").replace(/\/integration\/.*/, "");

  it("without an existing integration or account, or without a slug, is 404", async () => {
    const unknown = [`${base()}/integration/other`, base(), base().replace(/[^/]+$/, "01H00000000000000000000000")];
    for (const url of unknown) expect(await deliver(push([]), { url })).toEqual([404, "404 page not found"]);
  });

  it("survives a reset of the sandbox", async () => {
    await spacelift.post("reset", {});
    expect((await createPayments(spacelift))["webhookUrl"]).toBe(hook["webhookUrl"]);
  });

  it("of the account belongs to the default integration if the switch says so", async () => {
    const main = await createPayments(spacelift, { name: "Main", spaceID: "root", isDefault: true });
    const secret = main["webhookSecret"] ?? "";
    expect((await deliver(push([]), { url: main["webhookUrl"] ?? "", secret }))[0]).toBe(200);
    await spacelift.post("switches", { "default-url": "account" });
    expect((await deliver(push([]), { url: base(), secret }))[0]).toBe(200);
    expect((await deliver(push([]), { url: main["webhookUrl"] ?? "", secret }))[0]).toBe(404);
    expect((await deliver(push([])))[0]).toBe(200);
  });
});

it("shows no secrets in state, deliveries, runs and requests", async () => {
  await deliver(push([change("main", "aaa")]));
  await spacelift.request(`mutation{bitbucketCloudIntegrationUpdateV2(input:{apiToken:"literal-token",customInput:{id:"payments"}}){id}}`);
  const shown = await Promise.all(["state", "deliveries", "runs", "requests"].map((path) => spacelift.get(path)));
  const text = JSON.stringify(shown);
  for (const secret of [hook["webhookSecret"] ?? "", "root-secret", "literal-token", await spacelift.login()]) {
    expect(text.includes(secret)).toBe(false);
  }
  expect(text).toMatch(/"webhookSecret":"sha256:[0-9a-f]{16}"/);
});

it("accepts deliveries on a separate origin, which serves nothing else", async () => {
  const own = await listen(spacelift.spacelift.deliveries, { clock: createClock() });
  const url = (hook["webhookUrl"] ?? "").replace(spacelift.origin, own.origin);
  expect((await deliver(push([]), { url }))[0]).toBe(200);
  expect((await deliver(push([]), { url, secret: "x" }))[0]).toBe(401);
  expect(await spacelift.get("deliveries")).toHaveLength(2);
  expect((await fetch(`${own.origin}/acme/graphql`, { method: "POST", body: '{"query":"{spaces{id}}"}' })).status).toBe(404);
  await own.stop();
});
