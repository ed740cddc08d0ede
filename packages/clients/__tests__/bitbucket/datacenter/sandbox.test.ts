/** The client against the emulated Bitbucket Data Center, in every variant of a server. */
import { createBitbucketDatacenter, type BitbucketDatacenterSeed, createClock, listen, type Listening } from "../../../../sandbox";
import { fingerprint, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../../../domain";
import { BitbucketDatacenter, type DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import type { WebhookInput } from "../../../bitbucket/repository-webhooks";
import { LogLines, settings } from "../../http/stub-server";
import { problemOf } from "./fixture";

const URL_OF_PROJECT_HOOK = "https://hooks.example/project";
const SEED: BitbucketDatacenterSeed = {
  contextPath: "/bitbucket",
  projects: [
    {
      key: "PAY",
      repositories: [{ slug: "app" }, { slug: "empty", defaultBranch: null }, { slug: "old", archived: true }, { slug: "secret" }],
      hooks: [{ url: URL_OF_PROJECT_HOOK, events: ["repo:refs_changed"], secret: "project-secret" }],
    },
    { key: "OPS", repositories: [{ slug: "tools" }] },
  ],
  users: [
    {
      name: "ci",
      password: "ci-password",
      access: { "PAY/app": "admin", "PAY/empty": "read", "PAY/old": "admin", OPS: "admin" },
      repositories: [{ slug: "dotfiles" }],
    },
    { name: "reader", access: { PAY: "read" } },
    { name: "unlicensed", licensed: false, password: "no-license" },
  ],
  tokens: [
    { token: "BBDC-admin", user: "ci", permissions: ["REPO_ADMIN"] },
    { token: "BBDC-reader", user: "reader", permissions: ["REPO_READ"] },
    { token: "BBDC-app", repository: "PAY/app", permissions: ["REPO_ADMIN"] },
    { token: "BBDC-old", user: "ci", permissions: ["REPO_ADMIN"], expires: "2020-01-01T00:00:00Z" },
  ],
};
const ADMIN: DatacenterCredentials = { accessToken: "BBDC-admin" };
const app = { namespace: "PAY", repository: "app" };
const input: WebhookInput = {
  url: "https://spacelift.example/webhooks/bitbucket-datacenter/payments",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:refs_changed", "pr:opened"],
  verifyCertificate: true,
};

let listening: Listening | undefined;

afterEach(async () => {
  await listening?.stop();
  listening = undefined;
});

type Client = (credentials?: DatacenterCredentials, log?: LogLines) => BitbucketDatacenter;

async function start(switches: Readonly<Record<string, unknown>> = {}): Promise<Client> {
  const clock = createClock();
  let origin = "";
  const service = createBitbucketDatacenter({ clock, origin: () => origin, paired: () => [], seed: SEED, switches });
  listening = await listen(service, { clock });
  ({ origin } = listening);
  return (credentials = ADMIN, log = new LogLines()) =>
    new BitbucketDatacenter(credentials, `${origin}/bitbucket`, { ...settings({ log }), caCertificate: null });
}

/** Uses the control path of the emulator. */
async function control(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${listening?.origin ?? ""}/_sandbox/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Method and path of the requests since the last call, without the common prefix. */
function newRequests(): readonly string[] {
  const lines = (listening?.log.read() ?? []).map(({ method, path }) => `${method} ${path.replace("/bitbucket/rest/api/1.0", "")}`);
  const recent = lines.slice(seenRequests);
  seenRequests = lines.length;
  return recent;
}
let seenRequests = 0;
beforeEach(() => {
  seenRequests = 0;
});

const secretSet = (secret: string) => ({ is: "set", fingerprint: fingerprint(secret) });

describe.each<[string, Readonly<Record<string, unknown>>, { projectWebhooks: string; verifies: boolean | null }]>([
  ["9.4", {}, { projectWebhooks: "seen", verifies: false }],
  ["5.16", { version: "5.16" }, { projectWebhooks: "unseen", verifies: null }],
  ["6.10", { version: "6.10" }, { projectWebhooks: "unseen", verifies: null }],
  ["7.21", { version: "7.21" }, { projectWebhooks: "unseen", verifies: null }],
  ["8.19", { version: "8.19" }, { projectWebhooks: "seen", verifies: false }],
  ["10.0", { version: "10.0", "rest-timestamps": "iso" }, { projectWebhooks: "seen", verifies: false }],
  [
    "9.4 without a list that includes webhooks of the project",
    { "webhook-search": "absent" },
    { projectWebhooks: "unseen", verifies: false },
  ],
  ["9.4 that responds to a create with 200", { "create-status": "200" }, { projectWebhooks: "seen", verifies: false }],
  ["9.4 that responds to a create without the configuration", { "create-answer": "bare" }, { projectWebhooks: "seen", verifies: false }],
  [
    "9.4 with random order and gaps",
    { "event-order": "random", "page-starts": "gaps", "page-limit": 1 },
    { projectWebhooks: "seen", verifies: false },
  ],
  ["9.4 that resets certificate verification", { "verification-after-put": "off" }, { projectWebhooks: "seen", verifies: false }],
])("on release %s", (_name, switches, { projectWebhooks, verifies }) => {
  it("a webhook is created, replaced, and removed", async () => {
    const log = new LogLines();
    const client = await start(switches);
    const { webhooks } = client(ADMIN, log);
    const listRepositoryWebhooks = async () => (await webhooks.list(app)).filter(({ scope }) => scope === "repository");
    expect(await listRepositoryWebhooks()).toEqual([]);
    expect(webhooks.projectWebhooks(app)).toBe(projectWebhooks);
    const created = await webhooks.create(app, input, "first-secret");
    expect(created).toMatchObject({
      url: input.url,
      title: input.title,
      active: true,
      scope: "repository",
      secret: secretSet("first-secret"),
    });
    expect([...created.events].sort()).toEqual([...input.events].sort());
    expect(await listRepositoryWebhooks()).toMatchObject([{ id: created.id, secret: secretSet("first-secret") }]);
    const changed = { ...input, title: "Another", active: false, events: ["pr:merged"], verifyCertificate: false };
    const replaced = await webhooks.replace(app, created.id, changed, "second-secret", created.passthrough);
    expect(replaced).toMatchObject({
      id: created.id,
      title: "Another",
      active: false,
      events: ["pr:merged"],
      verifiesCertificate: verifies,
      secret: secretSet("second-secret"),
    });
    expect(await listRepositoryWebhooks()).toMatchObject([{ id: created.id, title: "Another", secret: secretSet("second-secret") }]);
    expect(await webhooks.remove(app, created.id)).toBe("removed");
    expect(await webhooks.remove(app, created.id)).toBe("absent");
    expect(await webhooks.remove({ ...app, repository: "nowhere" }, created.id)).toBe("repository-absent");
    expect(await webhooks.remove({ namespace: "NONE", repository: "app" }, created.id)).toBe("repository-absent");
    expect((await problemOf(webhooks.replace(app, created.id, input, "third-secret"))).diagnostic.code).toBe("webhook-not-found");
    for (const secret of ["first-secret", "second-secret", "third-secret", "project-secret", "BBDC-admin"])
      expect(log.text()).not.toContain(secret);
  });
});

it("a lookup finds a webhook that the server stored before it reported the create as failed", async () => {
  const { webhooks } = (await start({ "create-answer": "late-400" }))();
  const failure = await problemOf(webhooks.create(app, input, "the-secret"));
  expect(failure.execution).toBe("unknown");
  expect(await webhooks.list(app)).toMatchObject([{ url: input.url, secret: secretSet("the-secret") }, { scope: "project" }]);
});

it("keeps the settings of other tools, including their password", async () => {
  const { webhooks } = (await start())();
  const { origin } = listening ?? { origin: "" };
  const address = `${origin}/bitbucket/rest/api/1.0/projects/PAY/repos/app/webhooks`;
  const headers = { authorization: "Bearer BBDC-admin", "content-type": "application/json" };
  const manualWebhook = {
    name: "Created manually",
    url: input.url,
    events: ["pr:deleted"],
    configuration: { createdBy: "bitbucket", secret: "manual-secret" },
    credentials: { username: "receiver", password: "receiver-password" },
  };
  const { id } = (await (await fetch(address, { method: "POST", headers, body: JSON.stringify(manualWebhook) })).json()) as { id: number };
  // The emulator shows passwords as fingerprints.
  const password = async () => /"password":"[^"]+"/.exec(await (await fetch(`${origin}/_sandbox/state`)).text())?.[0] ?? "none";
  const before = await password();
  const [found] = await webhooks.list(app);
  await webhooks.replace(app, String(id), input, "ours", found?.passthrough);
  expect(before).not.toBe("none");
  expect(await password()).toBe(before);
  expect(await (await fetch(`${address}/${id}`, { headers })).json()).toMatchObject({
    name: input.title,
    configuration: { createdBy: "bitbucket", secret: "ours" },
    credentials: { username: "receiver" },
  });
});

it.each(["contiguous", "gaps"])("lists more webhooks than fit on one page if pages are %s", async (starts) => {
  const { webhooks } = (await start({ "page-limit": 10, "page-starts": starts }))();
  for (let index = 0; index < 24; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${index}` }, "s3cret-value");
  newRequests();
  expect(new Set((await webhooks.list(app)).map((hook) => hook.url)).size).toBe(25);
  expect(newRequests()).toHaveLength(3);
});

it.each<[string, DatacenterCredentials, { namespace: string; repository: string }, string, string]>([
  ["an unknown token", { accessToken: "BBDC-unknown" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_TOKEN"],
  ["an expired token", { accessToken: "BBDC-old" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_TOKEN"],
  ["a wrong password", { username: "ci", password: "wrong" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_PASSWORD"],
  ["a user without a license", { username: "unlicensed", password: "no-license" }, app, "remote-permission-denied", "no license"],
  [
    "missing admin permission",
    { accessToken: "BBDC-reader" },
    app,
    "remote-permission-denied",
    "belongs to reader, who is not permitted to do this",
  ],
  ["an unknown repository", ADMIN, { namespace: "PAY", repository: "nowhere" }, "repository-not-found", "PAY/nowhere does not exist"],
  ["an unknown project", ADMIN, { namespace: "NONE", repository: "app" }, "repository-not-found", "NONE does not exist"],
])("explains %s", async (_name, credentials, repository, code, words) => {
  const client = await start();
  const failure = await problemOf(client(credentials).webhooks.list(repository));
  expect(failure.diagnostic.code).toBe(code);
  expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
});

it.each<[string, Readonly<Record<string, unknown>>, DatacenterCredentials, string]>([
  ["disabled Basic authentication", { "basic-login": "refuse" }, { username: "ci", password: "ci-password" }, "HTTP access token"],
  ["a required captcha", { "captcha-after": 1 }, { username: "ci", password: "wrong" }, "captcha"],
])("also explains %s", async (_name, switches, credentials, words) => {
  const { webhooks } = (await start(switches))(credentials);
  await problemOf(webhooks.list(app));
  const { diagnostic } = await problemOf(webhooks.list(app));
  expect(diagnostic.code).toBe("remote-unauthenticated");
  expect(`${diagnostic.why} ${diagnostic.fix}`).toContain(words);
});

it.each<[string, DatacenterCredentials]>([
  ["username and password", { username: "ci", password: "ci-password" }],
  ["the token of the repository", { accessToken: "BBDC-app" }],
])("manages webhooks with %s", async (_name, credentials) => {
  const { webhooks } = (await start())(credentials);
  const created = await webhooks.create(app, input, "s3cret-value");
  expect(await webhooks.remove(app, created.id)).toBe("removed");
});

it("reports an address without the context path", async () => {
  await start();
  const elsewhere = new BitbucketDatacenter(ADMIN, listening?.origin ?? "", { ...settings(), caCertificate: null });
  const failure = await problemOf(elsewhere.webhooks.list(app));
  expect(failure.diagnostic.code).toBe("remote-response-invalid");
  expect(failure.diagnostic.fix).toContain("is the address of Bitbucket Data Center");
});

it("names an event that the release does not support", async () => {
  const { webhooks } = (await start({ version: "6.10" }))();
  const events = REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key);
  const failure = await problemOf(webhooks.create(app, { ...input, events }, "s3cret-value"));
  expect(failure.diagnostic.why).toContain("pr:from_ref_updated");
  expect(failure.diagnostic.fix).toContain("7.0");
  expect(failure.execution).toBe("no");
});

it("supports a personal repository, which belongs to the project of its owner", async () => {
  const { webhooks, repositories } = (await start())();
  const dotfiles = { namespace: "~ci", repository: "dotfiles" };
  const created = await webhooks.create(dotfiles, input, "s3cret-value");
  expect(await webhooks.list(dotfiles)).toMatchObject([{ id: created.id }]);
  expect(await repositories.list("~ci")).toMatchObject([{ namespace: "~ci", slug: "dotfiles" }]);
  expect(await repositories.list("~ci", { role: "REPO_ADMIN" })).toMatchObject([{ slug: "dotfiles" }]);
});

describe("repositories of a project", () => {
  it.each<[string, { query?: string; role?: string }, readonly string[]]>([
    ["that are visible to the credential", {}, ["app", "empty"]],
    ["by a part of their name", { query: "mpt" }, ["empty"]],
    ["with admin permission", { role: "REPO_ADMIN" }, ["app"]],
    ["with read permission", { role: "REPO_READ" }, ["app", "empty"]],
    ["with write permission, by a part of their name", { role: "REPO_WRITE", query: "mpt" }, []],
  ])("%s", async (_name, filter, expected) => {
    const { repositories } = (await start({ "page-limit": 1 }))();
    expect((await repositories.list("pay", filter)).map(({ slug }) => slug)).toEqual(expected);
  });

  it.each([{}, { role: "REPO_ADMIN" }])("of an unknown project are an error with %j", async (filter) => {
    const { repositories } = (await start())();
    expect((await problemOf(repositories.list("NONE", filter))).diagnostic.code).toBe("repository-not-found");
  });
});

describe("a repository that was renamed", () => {
  it.each(["not-found", "redirect"])("is found by its id if its old name leads to %s", async (renamed) => {
    const { repositories } = (await start({ renamed }))();
    const before = await repositories.byName(app);
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect(await repositories.byId(before?.id ?? "", app)).toMatchObject({ id: before?.id, namespace: "PAY", slug: "payments" });
  });

  it("is gone under its old name, like its webhook, if that leads to not-found", async () => {
    const { webhooks } = (await start())();
    const created = await webhooks.create(app, input, "s3cret-value");
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect((await problemOf(webhooks.list(app))).kind).toBe("gone");
    expect(await webhooks.remove(app, created.id)).toBe("repository-absent");
  });

  it("is read and changed under its new name if the old one redirects", async () => {
    const { webhooks } = (await start({ renamed: "redirect" }))();
    const created = await webhooks.create(app, input, "s3cret-value");
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect(await webhooks.list(app)).toMatchObject([{ id: created.id, repositoryName: "PAY/payments" }, { scope: "project" }]);
    expect(await webhooks.replace(app, created.id, { ...input, title: "Moved" }, "s3cret-value", created.passthrough)).toMatchObject({
      title: "Moved",
    });
    expect(await webhooks.remove(app, created.id)).toBe("removed");
  });
});

it.each([
  [{}, "9.4.0"],
  [{ version: "6.10" }, "6.10.0"],
])("reads the version of the server with %j", async (switches, version) => {
  expect(await (await start(switches))().serverVersion()).toBe(version);
});

it("waits for a rate limit", async () => {
  const log = new LogLines();
  const { webhooks } = (await start({ "rate-limit": "on", "rate-capacity": 2, "rate-fill": 5 }))(ADMIN, log);
  for (let index = 0; index < 4; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${index}` }, "s3cret-value");
  expect(log.lines.filter(({ level }) => level === "info").length).toBeGreaterThan(0);
  expect(newRequests().filter((line) => line.startsWith("POST")).length).toBeGreaterThan(4);
});

it.each([
  ["was executed", "reset-after", 1],
  ["was not executed", "reset-before", 0],
])("the execution of a create whose response is lost is unknown, and a lookup shows that it %s", async (_name, kind, count) => {
  const { webhooks } = (await start())();
  await control("faults", { operation: "createRepositoryHook", kind });
  expect((await problemOf(webhooks.create(app, input, "s3cret-value"))).execution).toBe("unknown");
  expect((await webhooks.list(app)).filter(({ url }) => url === input.url)).toHaveLength(count);
});
