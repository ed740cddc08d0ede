/** Deliveries of Bitbucket Data Center, and agent pools for its private hosts. */
import { createStack, deliverTo, type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
let hook: { readonly webhookURL: string; readonly webhookSecret: string };

const CREATE = `mutation($apiHost:String!$customInput:CustomVCSInput){bitbucketDatacenterIntegrationCreate(
  apiHost:$apiHost userFacingHost:"https://bitbucket.acme.example" username:"reader" accessToken:"token" customInput:$customInput
){id webhookURL webhookSecret}}`;

async function integrate(name: string, apiHost = "https://bitbucket.acme.example"): Promise<typeof hook> {
  const response = await spacelift.request(CREATE, { apiHost, customInput: { name, spaceID: "team", isDefault: false } });
  if (response.errors.length > 0) throw new Error(response.errors.map((error) => error.message).join("; "));
  return response.data.bitbucketDatacenterIntegrationCreate as typeof hook;
}

beforeEach(async () => {
  spacelift = await startSpacelift();
  hook = await integrate("Payments");
  await createStack(spacelift, { provider: "BITBUCKET_DATACENTER", namespace: "PAY", repository: "ledger" });
});
afterEach(() => spacelift.stop());

const deliver = (body: unknown, event: string, options: { secret?: string | null; url?: string } = {}) =>
  deliverTo(options.url ?? hook.webhookURL, JSON.stringify(body), {
    event,
    secret: options.secret === undefined ? hook.webhookSecret : options.secret,
  });

const runs = async () =>
  ((await spacelift.get("runs")) as Record<string, unknown>[]).map(({ type, branch, commit }) => [type, branch, commit]);
const lastDelivery = async () => ((await spacelift.get("deliveries")) as Record<string, unknown>[]).at(-1) ?? {};

const repository = (project: string, slug: string) => ({ slug, id: 7, project: { key: project, id: 1, type: "NORMAL" } });
const change = (branch: string, toHash: string, type: "ADD" | "UPDATE" | "DELETE" = "UPDATE", kind = "BRANCH") => ({
  ref: { id: `refs/heads/${branch}`, displayId: branch, type: kind },
  refId: `refs/heads/${branch}`,
  fromHash: "0".repeat(40),
  toHash,
  type,
});
const push = (changes: readonly unknown[], at = repository("PAY", "ledger")) => ({
  eventKey: "repo:refs_changed",
  date: "2026-03-01T10:00:00+0000",
  actor: { name: "dev" },
  repository: at,
  changes,
});
const pullRequest = (eventKey: string, updatedDate: unknown) => ({
  eventKey,
  pullRequest: {
    id: 12,
    updatedDate,
    fromRef: { id: "refs/heads/feature", displayId: "feature", type: "BRANCH", repository: repository("~ADA", "fork") },
    toRef: { id: "refs/heads/main", displayId: "main", type: "BRANCH", repository: repository("PAY", "ledger") },
  },
});

describe("repo:refs_changed", () => {
  it("starts a tracked run on the stack's branch and a proposed run on other branches", async () => {
    expect(await deliver(push([change("main", "aaa"), change("feature/x", "bbb", "ADD")]), "repo:refs_changed")).toEqual([200, ""]);
    expect(await runs()).toEqual([
      ["TRACKED", "main", "aaa"],
      ["PROPOSED", "feature/x", "bbb"],
    ]);
    expect(await lastDelivery()).toMatchObject({
      provider: "BITBUCKET_DATACENTER",
      integration: "payments",
      event: "repo:refs_changed",
      repository: "PAY/ledger",
      signature: "valid",
      status: 200,
    });
  });

  it.each([
    ["named in a different case", "pay", "Ledger", 1],
    ["of another project", "PLAT", "ledger", 0],
  ])("of a repository %s starts %s runs", async (_, project, slug, count) => {
    await deliver(push([change("main", "aaa")], repository(project, slug)), "repo:refs_changed");
    expect(await runs()).toHaveLength(count);
  });

  it.each([
    ["a deleted branch", change("main", "0".repeat(40), "DELETE")],
    ["a tag", change("v1", "aaa", "ADD", "TAG")],
  ])("starts no run for %s", async (_, change) => {
    expect(await deliver(push([change]), "repo:refs_changed")).toEqual([200, ""]);
    expect(await runs()).toEqual([]);
    expect((await lastDelivery())["effect"]).toEqual({ runs: [], note: "no branch has a new head" });
  });

  it("starts no run for a Bitbucket Cloud integration with the same name", async () => {
    const url = hook.webhookURL.replace("bitbucket_datacenter", "bitbucket-cloud");
    expect((await deliver(push([change("main", "aaa")]), "repo:refs_changed", { url }))[0]).toBe(404);
    expect(await runs()).toEqual([]);
  });
});

describe("pull requests", () => {
  it.each([
    ["milliseconds", 1772359200000],
    ["text, as from version 10", "2026-03-01T10:00:00.000Z"],
  ])("are recorded with the target repository; times as %s", async (_, updated) => {
    expect(await deliver(pullRequest("pr:from_ref_updated", updated), "pr:from_ref_updated")).toEqual([200, ""]);
    expect(await lastDelivery()).toMatchObject({ repository: "PAY/ledger" });
    expect((await lastDelivery())["effect"]).toEqual({
      runs: [],
      pullRequest: { event: "pr:from_ref_updated", id: "12", source: "feature", target: "main", updated: "2026-03-01T10:00:00.000Z" },
    });
  });
});

describe("a signature", () => {
  it.each<[string, string | null, string]>([
    ["missing", null, "missing signature"],
    ["wrong", "another secret", "invalid signature"],
  ])("that is %s is rejected, regardless of the switch for Bitbucket Cloud", async (verdict, secret, text) => {
    await spacelift.post("switches", { unsigned: "accept" });
    expect(await deliver(push([change("main", "aaa")]), "repo:refs_changed", { secret })).toEqual([401, text]);
    expect(await runs()).toEqual([]);
    expect((await lastDelivery())["signature"]).toBe(verdict === "missing" ? "missing" : "invalid");
  });

  it("is not required for a ping, which starts no run", async () => {
    expect(await deliver({ test: true }, "diagnostics:ping", { secret: null })).toEqual([200, ""]);
    expect((await lastDelivery())["effect"]).toEqual({ runs: [], note: "ping" });
  });
});

it("uses its own spelling in webhook addresses, and responds with 404 to an unknown address", async () => {
  expect(hook.webhookURL).toMatch(new RegExp(`^${spacelift.origin}/bitbucket_datacenter/[0-9A-Z]{26}/integration/payments$`));
  expect(await deliver({}, "pr:opened", { url: `${hook.webhookURL}-not` })).toEqual([404, "404 page not found"]);
});

it.each(["replaces", "keeps"])("an update with an empty token %s the stored token, depending on the switch", async (form) => {
  await spacelift.post("switches", { "empty-token": form });
  const held = async () => (await spacelift.get("state")).accounts[0].integrations[0].credential as string;
  const before = await held();
  const update =
    'mutation{bitbucketDatacenterIntegrationUpdate(apiHost:"https://b.example",userFacingHost:"https://b.example",accessToken:"",customInput:{id:"payments"}){id}}';
  expect((await spacelift.request(update)).errors).toEqual([]);
  expect(await held()).toBe(form === "keeps" ? before : "");
});

describe("a private:// host", () => {
  const test = (id: string) => spacelift.request("mutation($id:ID){bitbucketDatacenterIntegrationTest(id:$id)}", { id });
  const said = async (id: string) => {
    const { data, errors } = await test(id);
    return errors[0]?.message ?? (data.bitbucketDatacenterIntegrationTest as unknown);
  };

  it("is accepted unchecked on creation, and needs its agent pool when Spacelift connects", async () => {
    await integrate("Private", "private://office/bitbucket");
    expect(await said("private")).toBe('the account has no VCS agent pool "office"');
    const list = '{repositories(provider:BITBUCKET_DATACENTER,vcsIntegrationID:"private"){id}}';
    expect((await spacelift.request('mutation{vcsAgentPoolCreate(name:"office"){id}}')).errors).toEqual([]);
    expect(await said("private")).toBe("OK");
    expect((await spacelift.request(list)).data).toEqual({ repositories: [] });
  });

  it("uses an agent pool of the seed", async () => {
    const agentPools = [{ name: "office", description: "Rack 4" }];
    const integrations = [{ provider: "BITBUCKET_DATACENTER", name: "Private", apiHost: "private://office" }];
    await spacelift.post("seed", {
      accounts: [{ name: "acme", keys: [{ id: "ROOT", secret: "root-secret", admin: true }], integrations, agentPools }],
    });
    expect((await spacelift.request("{vcsAgentPools{name description}}")).data.vcsAgentPools).toEqual(agentPools);
    expect(await said("private")).toBe("OK");
  });
});
