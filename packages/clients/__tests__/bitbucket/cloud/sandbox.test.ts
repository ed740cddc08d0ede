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

async function start(
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

it.each(["reject", "replace", "merge"])(
  "a webhook is created, replaced, and removed if missing fields of a PUT lead to %s",
  async (behavior) => {
    const log = new LogLines();
    const client = await start({ "put-absent": behavior });
    const { webhooks } = client(ADMIN, log);
    expect(await webhooks.list(app)).toEqual([]);
    const created = await webhooks.create(app, input, "first-secret");
    const { verifyCertificate: verifiesCertificate, ...sameFields } = input;
    expect(created).toMatchObject({
      ...sameFields,
      verifiesCertificate,
      events: expect.arrayContaining(input.events),
      secret: { is: "set", fingerprint: null },
      repositoryName: "acme/app",
    });
    expect(await webhooks.list(app)).toMatchObject([{ id: created.id }]);
    const replaced = await webhooks.replace(
      app,
      created.id,
      { ...input, active: false, events: ["repo:push"] },
      "first-secret",
      created.passthrough,
    );
    expect(replaced).toMatchObject({ id: created.id, active: false, events: ["repo:push"], secret: { is: "set", fingerprint: null } });
    await webhooks.replace(app, created.id, input, "second-secret", replaced.passthrough);
    expect(await webhooks.remove(app, created.id)).toBe("removed");
    expect(await webhooks.remove(app, created.id)).toBe("absent");
    expect(await webhooks.remove({ ...app, repository: "nowhere" }, created.id)).toBe("repository-absent");
    expect(((await rejectionOf(webhooks.replace(app, created.id, input, "s3cret-value"))) as Problem).diagnostic.code).toBe(
      "webhook-not-found",
    );
    for (const secret of ["first-secret", "second-secret", "ATATT-admin"]) expect(log.text()).not.toContain(secret);
  },
);

it("lists more webhooks than fit on one page", async () => {
  const client = await start();
  const { webhooks } = client();
  for (let index = 0; index < 105; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${index}` }, "s3cret-value");
  const before = listening?.log.size ?? 0;
  expect(new Set((await webhooks.list(app)).map((hook) => hook.url)).size).toBe(105);
  expect((listening?.log.size ?? 0) - before).toBe(2);
});

it.each<[string, CloudCredentials, { namespace: string; repository: string }, string, string]>([
  ["an unknown token", { accessToken: "ATCTT-unknown" }, app, "remote-unauthenticated", "BITBUCKET_ACCESS_TOKEN"],
  ["a disabled app password", { username: "ci", password: "app-password" }, app, "remote-unauthenticated", "July 28, 2026"],
  ["a missing scope", { accessToken: "ATCTT-scopeless" }, app, "remote-permission-denied", "requires the scopes"],
  ["no admin rights", { accessToken: "ATCTT-reader" }, app, "remote-permission-denied", "administrator"],
  ["a hidden repository", ADMIN, { namespace: "acme", repository: "secret" }, "repository-not-found", "does not distinguish"],
  ["an unknown repository", ADMIN, { namespace: "acme", repository: "nowhere" }, "repository-not-found", "does not distinguish"],
])("explains %s", async (_name, credentials, repository, code, words) => {
  const client = await start();
  const failure = (await rejectionOf(client(credentials).webhooks.list(repository))) as Problem;
  expect(failure.diagnostic.code).toBe(code);
  expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
});

it("names the field of an address that Bitbucket rejects", async () => {
  const client = await start({ "webhook-urls": "strict" });
  const failure = (await rejectionOf(
    client().webhooks.create(app, { ...input, url: "http://127.0.0.1:1/hook" }, "s3cret-value"),
  )) as Problem;
  expect(failure.diagnostic.code).toBe("remote-request-rejected");
  expect(failure.diagnostic.why).toContain("url:");
  expect(failure.execution).toBe("no");
});

it("finds a repository and its webhooks by UUID", async () => {
  const client = await start();
  const { repositories, webhooks } = client();
  const named = await repositories.byName({ namespace: "acme", repository: "app" });
  const uuid = named?.id ?? "";
  expect(await repositories.byId(uuid)).toEqual(named);
  const created = await webhooks.create({ ...app, id: uuid }, input, "s3cret-value");
  expect(await webhooks.list(app)).toMatchObject([{ id: created.id, repositoryId: uuid }]);
  expect(await repositories.byName({ namespace: "acme", repository: "nowhere" })).toBeNull();
  expect((await repositories.list("acme")).map(({ slug, mainBranch }) => [slug, mainBranch])).toEqual([
    ["app", "main"],
    ["empty", null],
  ]);
});

it.each(["retry-after", "envoy"])("waits for a rate limit that is announced by %s", async (headers) => {
  const client = await start({ "rate-limit": "on", "rate-window": 1, "rate-budget": 2, "rate-headers": headers });
  const log = new LogLines();
  const { webhooks } = client(ADMIN, log);
  for (let index = 0; index < 4; index += 1)
    await webhooks.create(app, { ...input, url: `https://hooks.example/${index}` }, "s3cret-value");
  expect(log.lines.filter((line) => line.level === "info").length).toBeGreaterThan(0);
  const createdRequests = listening?.log.read().filter((entry) => entry.method === "POST" && entry.status === 201);
  expect(createdRequests).toHaveLength(4);
});
