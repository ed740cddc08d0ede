/** The client against the emulated Bitbucket Cloud. */
import { createBitbucketCloud, type BitbucketCloudSeed } from "../../../sandbox/bitbucket-cloud/index";
import { createClock } from "../../../sandbox/clock";
import { listen, type Listening } from "../../../sandbox/listen";
import { BitbucketCloud, type CloudCredentials } from "../../../api/bitbucket-cloud/client";
import type { Problem } from "../../../diagnostics";
import { failureOf, LogLines, settings } from "../server";

const SCOPES = ["read", "write", "delete"].map((right) => `${right}:webhook:bitbucket`);
const READING = ["read:repository:bitbucket", "write:repository:bitbucket", "admin:repository:bitbucket", "read:pullrequest:bitbucket"];
const SEED: BitbucketCloudSeed = {
  workspaces: [{ slug: "acme", repositories: [{ slug: "app" }, { slug: "empty", mainBranch: null }, { slug: "secret" }] }],
  credentials: [
    {
      kind: "api-token",
      email: "ci@example.com",
      token: "ATATT-admin",
      scopes: [...SCOPES, ...READING],
      access: { "acme/app": "admin", "acme/empty": "admin" },
    },
    { kind: "access-token", token: "ATCTT-reader", scopes: ["repository", "webhook"], access: { "acme/app": "read" } },
    { kind: "access-token", token: "ATCTT-scopeless", scopes: ["repository"], access: { "acme/app": "admin" } },
    { kind: "app-password", username: "ci", token: "app-password", scopes: ["webhook"], access: { "acme/app": "admin" } },
  ],
};
const ADMIN: CloudCredentials = { email: "ci@example.com", apiToken: "ATATT-admin" };
const app = { workspace: "acme", repository: "app" };
const input = {
  url: "https://webhooks.spacelift.io/bitbucket-cloud/1/integration/payments",
  description: "Spacelift (payments)",
  active: true,
  events: ["repo:push", "pullrequest:created"],
  skipCertificateVerification: false,
};

let listening: Listening | undefined;

afterEach(async () => {
  await listening?.stop();
  listening = undefined;
});

async function play(
  switches: Readonly<Record<string, unknown>> = {},
): Promise<(credentials?: CloudCredentials, log?: LogLines) => BitbucketCloud> {
  const clock = createClock();
  let origin = "";
  const service = createBitbucketCloud({
    clock,
    origin: () => origin,
    paired: () => [],
    seed: SEED,
    switches: { "webhook-urls": "any", ...switches },
  });
  listening = await listen(service, { clock });
  ({ origin } = listening);
  return (credentials = ADMIN, log = new LogLines()) => new BitbucketCloud(credentials, `${origin}/2.0`, settings({ log }));
}

it.each(["reject", "replace", "merge"])("a webhook lives, changes and goes where absent fields of a PUT are played as %s", async (form) => {
  const log = new LogLines();
  const client = await play({ "put-absent": form });
  const { webhooks } = client(ADMIN, log);
  expect(await webhooks.list(app)).toEqual([]);
  const made = await webhooks.create(app, input, "first-secret");
  expect(made).toMatchObject({ ...input, events: expect.arrayContaining(input.events), secretSet: true, repositoryFullName: "acme/app" });
  expect(await webhooks.list(app)).toMatchObject([{ uuid: made.uuid }]);
  const kept = await webhooks.replace(app, made.uuid, { ...input, active: false, events: ["repo:push"] }, undefined, made.carried);
  expect(kept).toMatchObject({ uuid: made.uuid, active: false, events: ["repo:push"], secretSet: true });
  await webhooks.replace(app, made.uuid, input, "second-secret", kept.carried);
  expect(await webhooks.remove(app, made.uuid)).toBe("removed");
  expect(await webhooks.remove(app, made.uuid)).toBe("absent");
  expect(await webhooks.remove({ ...app, repository: "nowhere" }, made.uuid)).toBe("repository-absent");
  expect(((await failureOf(webhooks.replace(app, made.uuid, input, undefined))) as Problem).diagnostic.code).toBe("webhook-not-found");
  for (const secret of ["first-secret", "second-secret", "ATATT-admin"]) expect(log.text()).not.toContain(secret);
});

it("more webhooks than a page come all", async () => {
  const client = await play();
  const { webhooks } = client();
  for (let index = 0; index < 105; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, null);
  const before = listening?.log.size ?? 0;
  expect(new Set((await webhooks.list(app)).map((hook) => hook.url)).size).toBe(105);
  expect((listening?.log.size ?? 0) - before).toBe(2);
});

it.each<[string, CloudCredentials, { workspace: string; repository: string }, string, string]>([
  ["an unknown token", { accessToken: "ATCTT-unknown" }, app, "remote-unauthenticated", "BITBUCKET_ACCESS_TOKEN"],
  ["a disabled app password", { username: "ci", password: "app-password" }, app, "remote-unauthenticated", "28 July 2026"],
  ["a missing scope", { accessToken: "ATCTT-scopeless" }, app, "remote-not-permitted", "needs the scopes"],
  ["no admin rights", { accessToken: "ATCTT-reader" }, app, "remote-not-permitted", "administrator"],
  ["an invisible repository", ADMIN, { workspace: "acme", repository: "secret" }, "repository-not-found", "cannot be told apart"],
  ["an unknown repository", ADMIN, { workspace: "acme", repository: "nowhere" }, "repository-not-found", "cannot be told apart"],
])("%s is explained", async (_name, credentials, repository, code, words) => {
  const client = await play();
  const failure = (await failureOf(client(credentials).webhooks.list(repository))) as Problem;
  expect(failure.diagnostic.code).toBe(code);
  expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
});

it("an address that Bitbucket refuses names the field", async () => {
  const client = await play({ "webhook-urls": "strict" });
  const failure = (await failureOf(client().webhooks.create(app, { ...input, url: "http://127.0.0.1:1/hook" }, null))) as Problem;
  expect(failure.diagnostic.code).toBe("remote-refused");
  expect(failure.diagnostic.why).toContain("url:");
  expect(failure.execution).toBe("no");
});

it("a repository answers under its UUID, its webhooks too", async () => {
  const client = await play();
  const { repositories, webhooks } = client();
  const named = await repositories.byName("acme", "app");
  const uuid = named?.uuid ?? "";
  expect(await repositories.byUuid(uuid)).toEqual(named);
  const made = await webhooks.create({ ...app, uuid }, input, null);
  expect(await webhooks.list(app)).toMatchObject([{ uuid: made.uuid, repositoryUuid: uuid }]);
  expect(await repositories.byName("acme", "nowhere")).toBeNull();
  expect((await repositories.list("acme")).map((one) => [one.slug, one.mainBranch])).toEqual([
    ["app", "main"],
    ["empty", null],
  ]);
});

it.each(["retry-after", "envoy"])("a rate limit that tells by %s how long is waited out", async (headers) => {
  const client = await play({ "rate-limit": "on", "rate-window": 1, "rate-budget": 2, "rate-headers": headers });
  const log = new LogLines();
  const { webhooks } = client(ADMIN, log);
  for (let index = 0; index < 4; index += 1) await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, null);
  expect(log.lines.filter((line) => line.level === "info").length).toBeGreaterThan(0);
  const created = listening?.log.read().filter((entry) => entry.method === "POST" && entry.status === 201);
  expect(created).toHaveLength(4);
});
