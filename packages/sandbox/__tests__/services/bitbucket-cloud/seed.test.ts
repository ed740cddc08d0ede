/** Seeds: which ones are rejected, and how the message locates the problem. */
import { DEFAULT_SEED } from "../../../seed.default";
import { type BitbucketCloudSeed, parseBitbucketCloudSeed } from "../../../services/bitbucket-cloud/seed";
import { SEED, startCloud } from "./test-service";

const token = { kind: "access-token", token: "t", scopes: [], access: {} };
const workspace = { slug: "acme", projects: [{ key: "PAY", name: "Payments" }], repositories: [{ slug: "one" }] };

it("accepts the default seed and the seed of the tests", () => {
  expect(parseBitbucketCloudSeed(DEFAULT_SEED["bitbucket-cloud"])).toBe(DEFAULT_SEED["bitbucket-cloud"]);
  expect(parseBitbucketCloudSeed(SEED)).toBe(SEED);
});

it.each<[string, unknown, string]>([
  ["a value that is not an object", [], "$ must be object"],
  ["no workspaces", {}, '$ needs "workspaces"'],
  [
    "a field that does not exist",
    { workspaces: [], credential: [] },
    '$ has an unknown field "credential". Known fields: workspaces, credentials',
  ],
  ["a bad slug", { workspaces: [{ slug: "Acme Inc" }] }, "$.workspaces[0].slug must match pattern"],
  [
    "a repository without a slug",
    { workspaces: [{ slug: "a", repositories: [{ slug: "ok" }, { name: "x" }] }] },
    '$.workspaces[0].repositories[1] needs "slug"',
  ],
  [
    "a hook without events",
    { workspaces: [{ slug: "a", repositories: [{ slug: "r", hooks: [{ url: "https://x" }] }] }] },
    '$.workspaces[0].repositories[0].hooks[0] needs "events"',
  ],
  [
    "an unknown kind",
    { workspaces: [workspace], credentials: [{ ...token, kind: "password" }] },
    "$.credentials[0].kind must be one of: access-token, api-token, app-password, oauth-consumer",
  ],
  [
    "an unknown level",
    { workspaces: [workspace], credentials: [{ ...token, access: { "acme/one": "owner" } }] },
    '$.credentials[0].access["acme/one"] must be one of: admin, write, read',
  ],
  [
    "an invalid address",
    { workspaces: [workspace], credentials: [{ ...token, access: { acme: "admin" } }] },
    '$.credentials[0].access has an invalid name: "acme"',
  ],
  [
    "an unknown address",
    { workspaces: [workspace], credentials: [{ ...token, access: { "acme/two": "admin" } }] },
    '$.credentials[0].access names "acme/two"',
  ],
  [
    "an API token without an email",
    { workspaces: [workspace], credentials: [{ ...token, kind: "api-token" }] },
    '$.credentials[0] needs "email"',
  ],
  [
    "an app password without a user",
    { workspaces: [], credentials: [{ ...token, kind: "app-password" }] },
    '$.credentials[0] needs "username"',
  ],
  [
    "a consumer without a key",
    { workspaces: [], credentials: [{ ...token, kind: "oauth-consumer" }] },
    '$.credentials[0] needs "username"',
  ],
  ["a duplicate token", { workspaces: [], credentials: [token, token] }, "$.credentials[1].token is the same as $.credentials[0].token"],
  ["a duplicate workspace", { workspaces: [workspace, workspace] }, "$.workspaces[1].slug is the same as $.workspaces[0].slug"],
  [
    "a duplicate repository",
    { workspaces: [{ slug: "a", repositories: [{ slug: "r" }, { slug: "r" }] }] },
    "$.workspaces[0].repositories[1].slug is used twice",
  ],
  [
    "an unknown project",
    { workspaces: [{ ...workspace, repositories: [{ slug: "r", project: "PLAT" }] }] },
    "$.workspaces[0].repositories[0].project must be the key of a project of the workspace: PAY",
  ],
])("rejects %s", (_, seed, message) => {
  expect(() => parseBitbucketCloudSeed(seed)).toThrow(message);
});

it("lists ten problems, counts the rest, and repeats no token", () => {
  const invalid = Array.from({ length: 15 }, () => ({ ...token, token: "hush-hush", kind: "x" }));
  const parse = () => parseBitbucketCloudSeed({ workspaces: [], credentials: invalid });
  expect(parse).toThrow(/is invalid:\n( {2}\$\.credentials\[\d\]\.kind .*\n){10} {2}and 5 more$/);
  expect(parse).not.toThrow(/hush/);
});

it("keeps the state if a new seed is rejected", async () => {
  const cloud = await startCloud();
  try {
    await expect(cloud.control("seed", { workspaces: [{}] })).rejects.toThrow('$.workspaces[0] needs "slug"');
    expect((await cloud.request("GET", "/repositories/acme/infra")).status).toBe(200);
  } finally {
    await cloud.stop();
  }
});

it("creates the webhooks of a seed, which can have any URL", async () => {
  const seed: BitbucketCloudSeed = {
    workspaces: [
      {
        slug: "acme",
        repositories: [{ slug: "infra", hooks: [{ url: "http://127.0.0.1/x", events: ["repo:push"], secret: "s", active: false }] }],
        hooks: [{ url: "https://hooks.example", events: ["repo:push"], uuid: "{11111111-1111-4111-8111-111111111111}" }],
      },
    ],
    credentials: [{ kind: "access-token", token: "admin", scopes: ["webhook"], access: { "acme/*": "admin" } }],
  };
  const cloud = await startCloud({ seed });
  try {
    expect((await cloud.request("GET", "/repositories/acme/infra/hooks")).body.values).toMatchObject([
      { url: "http://127.0.0.1/x", active: false, secret_set: true },
    ]);
    expect((await cloud.request("GET", "/workspaces/acme/hooks")).body.values[0].uuid).toBe("{11111111-1111-4111-8111-111111111111}");
  } finally {
    await cloud.stop();
  }
});

it("handles thousands of repositories: the webhooks of one, and the last page of all", async () => {
  const repositories = Array.from({ length: 3000 }, (_, index) => ({ slug: `repository-${index}` }));
  const seed: BitbucketCloudSeed = {
    workspaces: [{ slug: "acme", repositories }],
    credentials: [{ kind: "access-token", token: "admin", scopes: ["webhook", "repository"], access: { "acme/*": "admin" } }],
  };
  const cloud = await startCloud({ seed });
  try {
    for (let index = 0; index < 200; index++) {
      const response = await cloud.request("GET", `/repositories/acme/repository-${index * 15}/hooks?pagelen=100`);
      expect(response.status).toBe(200);
    }
    expect((await cloud.request("GET", "/repositories/acme?pagelen=100&page=30")).body.values).toHaveLength(100);
  } finally {
    await cloud.stop();
  }
});
