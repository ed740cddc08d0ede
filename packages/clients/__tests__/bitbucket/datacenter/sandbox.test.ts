/** The client against the emulated Bitbucket Data Center, in every form that a server may have. */
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
    { name: "nobody", licensed: false, password: "no-licence" },
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

async function play(switches: Readonly<Record<string, unknown>> = {}): Promise<Client> {
  const clock = createClock();
  let origin = "";
  const service = createBitbucketDatacenter({ clock, origin: () => origin, paired: () => [], seed: SEED, switches });
  listening = await listen(service, { clock });
  ({ origin } = listening);
  return (credentials = ADMIN, log = new LogLines()) =>
    new BitbucketDatacenter(credentials, `${origin}/bitbucket`, { ...settings({ log }), caCertificate: null });
}

/** The control path of the emulator. */
async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${listening?.origin ?? ""}/_sandbox/${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Method and path of the requests since the last call, without what all have in common. */
function requests(): readonly string[] {
  const all = (listening?.log.read() ?? []).map(({ method, path }) => `${method} ${path.replace("/bitbucket/rest/api/1.0", "")}`);
  const fresh = all.slice(read);
  read = all.length;
  return fresh;
}
let read = 0;
beforeEach(() => {
  read = 0;
});

const set = (secret: string) => ({ is: "set", fingerprint: fingerprint(secret) });

describe.each<[string, Readonly<Record<string, unknown>>, { inherits: string; verifies: boolean | null }]>([
  ["9.4", {}, { inherits: "seen", verifies: false }],
  ["5.16", { version: "5.16" }, { inherits: "unseen", verifies: null }],
  ["6.10", { version: "6.10" }, { inherits: "unseen", verifies: null }],
  ["7.21", { version: "7.21" }, { inherits: "unseen", verifies: null }],
  ["8.19", { version: "8.19" }, { inherits: "seen", verifies: false }],
  ["10.0", { version: "10.0", "rest-timestamps": "iso" }, { inherits: "seen", verifies: false }],
  ["9.4 that has no list with webhooks of the project", { "webhook-search": "absent" }, { inherits: "unseen", verifies: false }],
  ["9.4 that answers a create with 200", { "create-status": "200" }, { inherits: "seen", verifies: false }],
  ["9.4 that answers a create without the configuration", { "create-answer": "bare" }, { inherits: "seen", verifies: false }],
  ["9.4 that shuffles", { "event-order": "random", "page-starts": "gaps", "page-limit": 1 }, { inherits: "seen", verifies: false }],
  ["9.4 that forgets verification", { "verification-after-put": "off" }, { inherits: "seen", verifies: false }],
])("on release %s", (_name, switches, { inherits, verifies }) => {
  it("a webhook lives, changes and goes", async () => {
    const log = new LogLines();
    const client = await play(switches);
    const { webhooks } = client(ADMIN, log);
    const own = async () => (await webhooks.list(app)).filter(({ scope }) => scope === "repository");
    expect(await own()).toEqual([]);
    expect(webhooks.inherits(app)).toBe(inherits);
    const made = await webhooks.create(app, input, "first-secret");
    expect(made).toMatchObject({ url: input.url, title: input.title, active: true, scope: "repository", secret: set("first-secret") });
    expect([...made.events].sort()).toEqual([...input.events].sort());
    expect(await own()).toMatchObject([{ id: made.id, secret: set("first-secret") }]);
    const changed = { ...input, title: "Another", active: false, events: ["pr:merged"], verifyCertificate: false };
    const now = await webhooks.replace(app, made.id, changed, "second-secret", made.carried);
    expect(now).toMatchObject({
      id: made.id,
      title: "Another",
      active: false,
      events: ["pr:merged"],
      verifiesCertificate: verifies,
      secret: set("second-secret"),
    });
    expect(await own()).toMatchObject([{ id: made.id, title: "Another", secret: set("second-secret") }]);
    expect(await webhooks.remove(app, made.id)).toBe("removed");
    expect(await webhooks.remove(app, made.id)).toBe("absent");
    expect(await webhooks.remove({ ...app, repository: "nowhere" }, made.id)).toBe("repository-absent");
    expect(await webhooks.remove({ namespace: "NONE", repository: "app" }, made.id)).toBe("repository-absent");
    expect((await problemOf(webhooks.replace(app, made.id, input, "third-secret"))).diagnostic.code).toBe("webhook-not-found");
    for (const secret of ["first-secret", "second-secret", "third-secret", "project-secret", "BBDC-admin"])
      expect(log.text()).not.toContain(secret);
  });
});

it("a create of which the server says late that it failed has happened, and a look finds it", async () => {
  const { webhooks } = (await play({ "create-answer": "late-400" }))();
  const failure = await problemOf(webhooks.create(app, input, "the-secret"));
  expect(failure.execution).toBe("unknown");
  expect(await webhooks.list(app)).toMatchObject([{ url: input.url, secret: set("the-secret") }, { scope: "project" }]);
});

it("what other tools have set stays, their password too", async () => {
  const { webhooks } = (await play())();
  const { origin } = listening ?? { origin: "" };
  const address = `${origin}/bitbucket/rest/api/1.0/projects/PAY/repos/app/webhooks`;
  const headers = { authorization: "Bearer BBDC-admin", "content-type": "application/json" };
  const foreign = {
    ...{ name: "By hand", url: input.url, events: ["pr:deleted"], configuration: { createdBy: "bitbucket", secret: "by-hand" } },
    credentials: { username: "receiver", password: "receiver-password" },
  };
  const { id } = (await (await fetch(address, { method: "POST", headers, body: JSON.stringify(foreign) })).json()) as { id: number };
  // The emulator shows passwords as fingerprints.
  const password = async () => /"password":"[^"]+"/.exec(await (await fetch(`${origin}/_sandbox/state`)).text())?.[0] ?? "none";
  const before = await password();
  const [found] = await webhooks.list(app);
  await webhooks.replace(app, String(id), input, "ours", found?.carried);
  expect(before).not.toBe("none");
  expect(await password()).toBe(before);
  expect(await (await fetch(`${address}/${String(id)}`, { headers })).json()).toMatchObject({
    name: input.title,
    configuration: { createdBy: "bitbucket", secret: "ours" },
    credentials: { username: "receiver" },
  });
});

it.each(["contiguous", "gaps"])("more webhooks than a page come all where pages are %s", async (starts) => {
  const { webhooks } = (await play({ "page-limit": 10, "page-starts": starts }))();
  for (let index = 0; index < 24; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, "s3cret-value");
  requests();
  expect(new Set((await webhooks.list(app)).map((hook) => hook.url)).size).toBe(25);
  expect(requests()).toHaveLength(3);
});

it.each<[string, DatacenterCredentials, { namespace: string; repository: string }, string, string]>([
  ["an unknown token", { accessToken: "BBDC-unknown" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_TOKEN"],
  ["an expired token", { accessToken: "BBDC-old" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_TOKEN"],
  ["a wrong password", { username: "ci", password: "wrong" }, app, "remote-unauthenticated", "BITBUCKET_DATACENTER_PASSWORD"],
  ["a user without licence", { username: "nobody", password: "no-licence" }, app, "remote-permission-denied", "no licence"],
  ["no admin rights", { accessToken: "BBDC-reader" }, app, "remote-permission-denied", "that of reader, who may not do this"],
  ["an unknown repository", ADMIN, { namespace: "PAY", repository: "nowhere" }, "repository-not-found", "PAY/nowhere does not exist"],
  ["an unknown project", ADMIN, { namespace: "NONE", repository: "app" }, "repository-not-found", "NONE does not exist"],
])("%s is explained", async (_name, credentials, repository, code, words) => {
  const client = await play();
  const failure = await problemOf(client(credentials).webhooks.list(repository));
  expect(failure.diagnostic.code).toBe(code);
  expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
});

it.each<[string, Readonly<Record<string, unknown>>, DatacenterCredentials, string]>([
  ["Basic authentication is switched off", { "basic-login": "refuse" }, { username: "ci", password: "ci-password" }, "HTTP access token"],
  ["a captcha is wanted", { "captcha-after": 1 }, { username: "ci", password: "wrong" }, "captcha"],
])("%s, and a person is told so", async (_name, switches, credentials, words) => {
  const { webhooks } = (await play(switches))(credentials);
  await problemOf(webhooks.list(app));
  const { diagnostic } = await problemOf(webhooks.list(app));
  expect(diagnostic.code).toBe("remote-unauthenticated");
  expect(`${diagnostic.why} ${diagnostic.fix}`).toContain(words);
});

it.each<[string, DatacenterCredentials]>([
  ["user name and password", { username: "ci", password: "ci-password" }],
  ["the token of the repository", { accessToken: "BBDC-app" }],
])("%s manage webhooks as well", async (_name, credentials) => {
  const { webhooks } = (await play())(credentials);
  const made = await webhooks.create(app, input, "s3cret-value");
  expect(await webhooks.remove(app, made.id)).toBe("removed");
});

it("an address without the context path is no Bitbucket", async () => {
  await play();
  const elsewhere = new BitbucketDatacenter(ADMIN, listening?.origin ?? "", { ...settings(), caCertificate: null });
  const failure = await problemOf(elsewhere.webhooks.list(app));
  expect(failure.diagnostic.code).toBe("remote-response-invalid");
  expect(failure.diagnostic.fix).toContain("is the address of Bitbucket Data Center");
});

it("an event that the release does not have is refused with its name", async () => {
  const { webhooks } = (await play({ version: "6.10" }))();
  const events = REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key);
  const failure = await problemOf(webhooks.create(app, { ...input, events }, "s3cret-value"));
  expect(failure.diagnostic.why).toContain("pr:from_ref_updated");
  expect(failure.diagnostic.fix).toContain("7.0");
  expect(failure.execution).toBe("no");
});

it("a personal repository has webhooks too, and is one of its owner's project", async () => {
  const { webhooks, repositories } = (await play())();
  const dotfiles = { namespace: "~ci", repository: "dotfiles" };
  const made = await webhooks.create(dotfiles, input, "s3cret-value");
  expect(await webhooks.list(dotfiles)).toMatchObject([{ id: made.id }]);
  expect(await repositories.list("~ci")).toMatchObject([{ namespace: "~ci", slug: "dotfiles" }]);
  expect(await repositories.list("~ci", { role: "REPO_ADMIN" })).toMatchObject([{ slug: "dotfiles" }]);
});

describe("repositories of a project", () => {
  it.each<[string, { query?: string; role?: string }, readonly string[]]>([
    ["that the credential sees", {}, ["app", "empty"]],
    ["by a part of their name", { query: "mpt" }, ["empty"]],
    ["that the credential administers", { role: "REPO_ADMIN" }, ["app"]],
    ["that it reads", { role: "REPO_READ" }, ["app", "empty"]],
    ["that it writes to, by a part of their name", { role: "REPO_WRITE", query: "mpt" }, []],
  ])("%s", async (_name, filter, expected) => {
    const { repositories } = (await play({ "page-limit": 1 }))();
    expect((await repositories.list("pay", filter)).map(({ slug }) => slug)).toEqual(expected);
  });

  it.each([{}, { role: "REPO_ADMIN" }])("of an unknown project are an error with %j", async (filter) => {
    const { repositories } = (await play())();
    expect((await problemOf(repositories.list("NONE", filter))).diagnostic.code).toBe("repository-not-found");
  });
});

describe("a repository that was renamed", () => {
  it.each(["not-found", "redirect"])("is found by its id where its old name answers with %s", async (renamed) => {
    const { repositories } = (await play({ renamed }))();
    const before = await repositories.byName(app);
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect(await repositories.byId(before?.id ?? "", app)).toMatchObject({ id: before?.id, namespace: "PAY", slug: "payments" });
  });

  it("is gone under its old name where that answers with not-found, and its webhook with it", async () => {
    const { webhooks } = (await play())();
    const made = await webhooks.create(app, input, "s3cret-value");
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect((await problemOf(webhooks.list(app))).kind).toBe("gone");
    expect(await webhooks.remove(app, made.id)).toBe("repository-absent");
  });

  it("is read, written to and told by its new name where the old one redirects", async () => {
    const { webhooks } = (await play({ renamed: "redirect" }))();
    const made = await webhooks.create(app, input, "s3cret-value");
    await control("repository", { project: "PAY", repository: "app", change: "rename", to: "payments" });
    expect(await webhooks.list(app)).toMatchObject([{ id: made.id, repositoryName: "PAY/payments" }, { scope: "project" }]);
    expect(await webhooks.replace(app, made.id, { ...input, title: "Moved" }, "s3cret-value", made.carried)).toMatchObject({
      title: "Moved",
    });
    expect(await webhooks.remove(app, made.id)).toBe("removed");
  });
});

it.each([
  [{}, "9.4.0"],
  [{ version: "6.10" }, "6.10.0"],
])("the version of the server is told with %j", async (switches, version) => {
  expect(await (await play(switches))().serverVersion()).toBe(version);
});

it("a rate limit is waited out", async () => {
  const log = new LogLines();
  const { webhooks } = (await play({ "rate-limit": "on", "rate-capacity": 2, "rate-fill": 5 }))(ADMIN, log);
  for (let index = 0; index < 4; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, "s3cret-value");
  expect(log.lines.filter(({ level }) => level === "info").length).toBeGreaterThan(0);
  expect(requests().filter((line) => line.startsWith("POST")).length).toBeGreaterThan(4);
});

it.each([
  ["was executed", "reset-after", 1],
  ["was not executed", "reset-before", 0],
])("a create whose answer is lost is of unknown fate, and a look tells that it %s", async (_name, kind, count) => {
  const { webhooks } = (await play())();
  await control("faults", { operation: "createRepositoryHook", kind });
  expect((await problemOf(webhooks.create(app, input, "s3cret-value"))).execution).toBe("unknown");
  expect((await webhooks.list(app)).filter(({ url }) => url === input.url)).toHaveLength(count);
});
