/** The client against the emulated Bitbucket Cloud. */
import { createBitbucketCloud, type BitbucketCloudSeed, createClock, listen, type Listening } from "../../../../sandbox";
import type { Problem } from "../../../../diagnostics";
import { BitbucketCloud, type CloudCredentials } from "../../../bitbucket/cloud/client";
import { rejectionOf, LogLines, settings } from "../../http/stub-server";

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
const app = { namespace: "acme", repository: "app" };
const input = {
  url: "https://webhooks.spacelift.io/bitbucket-cloud/1/integration/payments",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push", "pullrequest:created"],
  verifyCertificate: true,
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
  const { verifyCertificate: verifiesCertificate, ...same } = input;
  expect(made).toMatchObject({
    ...same,
    verifiesCertificate,
    events: expect.arrayContaining(input.events),
    secret: { is: "set", fingerprint: null },
    repositoryName: "acme/app",
  });
  expect(await webhooks.list(app)).toMatchObject([{ id: made.id }]);
  const kept = await webhooks.replace(app, made.id, { ...input, active: false, events: ["repo:push"] }, "first-secret", made.carried);
  expect(kept).toMatchObject({ id: made.id, active: false, events: ["repo:push"], secret: { is: "set", fingerprint: null } });
  await webhooks.replace(app, made.id, input, "second-secret", kept.carried);
  expect(await webhooks.remove(app, made.id)).toBe("removed");
  expect(await webhooks.remove(app, made.id)).toBe("absent");
  expect(await webhooks.remove({ ...app, repository: "nowhere" }, made.id)).toBe("repository-absent");
  expect(((await rejectionOf(webhooks.replace(app, made.id, input, "s3cret-value"))) as Problem).diagnostic.code).toBe("webhook-not-found");
  for (const secret of ["first-secret", "second-secret", "ATATT-admin"]) expect(log.text()).not.toContain(secret);
});

it("more webhooks than a page come all", async () => {
  const client = await play();
  const { webhooks } = client();
  for (let index = 0; index < 105; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, "s3cret-value");
  const before = listening?.log.size ?? 0;
  expect(new Set((await webhooks.list(app)).map((hook) => hook.url)).size).toBe(105);
  expect((listening?.log.size ?? 0) - before).toBe(2);
});

it.each<[string, CloudCredentials, { namespace: string; repository: string }, string, string]>([
  ["an unknown token", { accessToken: "ATCTT-unknown" }, app, "remote-unauthenticated", "BITBUCKET_ACCESS_TOKEN"],
  ["a disabled app password", { username: "ci", password: "app-password" }, app, "remote-unauthenticated", "28 July 2026"],
  ["a missing scope", { accessToken: "ATCTT-scopeless" }, app, "remote-permission-denied", "needs the scopes"],
  ["no admin rights", { accessToken: "ATCTT-reader" }, app, "remote-permission-denied", "administrator"],
  ["an invisible repository", ADMIN, { namespace: "acme", repository: "secret" }, "repository-not-found", "cannot be told apart"],
  ["an unknown repository", ADMIN, { namespace: "acme", repository: "nowhere" }, "repository-not-found", "cannot be told apart"],
])("%s is explained", async (_name, credentials, repository, code, words) => {
  const client = await play();
  const failure = (await rejectionOf(client(credentials).webhooks.list(repository))) as Problem;
  expect(failure.diagnostic.code).toBe(code);
  expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
});

it("an address that Bitbucket refuses names the field", async () => {
  const client = await play({ "webhook-urls": "strict" });
  const failure = (await rejectionOf(
    client().webhooks.create(app, { ...input, url: "http://127.0.0.1:1/hook" }, "s3cret-value"),
  )) as Problem;
  expect(failure.diagnostic.code).toBe("remote-request-rejected");
  expect(failure.diagnostic.why).toContain("url:");
  expect(failure.execution).toBe("no");
});

it("a repository answers under its UUID, its webhooks too", async () => {
  const client = await play();
  const { repositories, webhooks } = client();
  const named = await repositories.byName({ namespace: "acme", repository: "app" });
  const uuid = named?.id ?? "";
  expect(await repositories.byId(uuid)).toEqual(named);
  const made = await webhooks.create({ ...app, id: uuid }, input, "s3cret-value");
  expect(await webhooks.list(app)).toMatchObject([{ id: made.id, repositoryId: uuid }]);
  expect(await repositories.byName({ namespace: "acme", repository: "nowhere" })).toBeNull();
  expect((await repositories.list("acme")).map((one) => [one.slug, one.mainBranch])).toEqual([
    ["app", "main"],
    ["empty", null],
  ]);
});

it.each(["retry-after", "envoy"])("a rate limit that tells by %s how long is waited out", async (headers) => {
  const client = await play({ "rate-limit": "on", "rate-window": 1, "rate-budget": 2, "rate-headers": headers });
  const log = new LogLines();
  const { webhooks } = client(ADMIN, log);
  for (let index = 0; index < 4; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${String(index)}` }, "s3cret-value");
  expect(log.lines.filter((line) => line.level === "info").length).toBeGreaterThan(0);
  const created = listening?.log.read().filter((entry) => entry.method === "POST" && entry.status === 201);
  expect(created).toHaveLength(4);
});
