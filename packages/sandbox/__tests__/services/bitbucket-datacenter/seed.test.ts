/** Seeds: what they create, and how the message locates a problem. */
import { BITBUCKET_DATACENTER_SEED_SCHEMA } from "../../../services/bitbucket-datacenter";
import { parseBitbucketDatacenterSeed } from "../../../services/bitbucket-datacenter/seed";
import { basic, SEED, startDatacenter } from "./test-service";

const PROJECT = { key: "PLAT", repositories: [{ slug: "infra" }] };
const EVENTS = ["repo:refs_changed"];

it("accepts the seed of the tests", () => {
  expect(parseBitbucketDatacenterSeed(SEED)).toBe(SEED);
  expect(BITBUCKET_DATACENTER_SEED_SCHEMA.required).toEqual(["projects"]);
});

it.each<[string, unknown, readonly string[]]>([
  ["an empty seed", {}, ['$ needs "projects"']],
  [
    "an unknown field",
    { projects: [], project: 1 },
    ['$ has an unknown field "project". Known fields: contextPath, projects, users, tokens'],
  ],
  ["a key in lower case", { projects: [{ key: "plat" }] }, ['$.projects[0].key must match pattern "^[A-Z][A-Z0-9_-]*$"']],
  ["a context path without its slash", { projects: [], contextPath: "x" }, ["$.contextPath must match pattern"]],
  ["a slug in upper case", { projects: [{ key: "A", repositories: [{ slug: "X" }] }] }, ["$.projects[0].repositories[0].slug must match"]],
  [
    "a webhook without events",
    { projects: [{ key: "A", hooks: [{ url: "https://x.example" }] }] },
    ['$.projects[0].hooks[0] needs "events"'],
  ],
  [
    "an unknown permission",
    { projects: [], tokens: [{ token: "t", user: "a", permissions: ["ADMIN"] }] },
    ["must be one of: PROJECT_READ"],
  ],
  ["a duplicate key", { projects: [PROJECT, PROJECT] }, ["$.projects[1].key is the same as $.projects[0].key: a project's key is unique"]],
  [
    "a duplicate slug",
    { projects: [{ key: "A", repositories: [{ slug: "x" }, { slug: "x" }] }] },
    ["$.projects[0].repositories[1].slug is the same as $.projects[0].repositories[0].slug"],
  ],
  [
    "a duplicate project name",
    { projects: [{ key: "A", name: "Same" }, { key: "B", name: "same" }, { key: "SAME" }] },
    ["$.projects[1].name is the same as $.projects[0].name", "$.projects[2].name is the same as $.projects[0].name"],
  ],
  [
    "a token of a repository that is a project",
    { projects: [PROJECT], tokens: [{ token: "t", repository: "PLAT", permissions: ["REPO_READ"] }] },
    ["$.tokens[0].repository must match pattern"],
  ],
  [
    "a token of a project that is a repository",
    { projects: [PROJECT], tokens: [{ token: "t", project: "PLAT/infra", permissions: ["REPO_READ"] }] },
    ["$.tokens[0].project must match pattern"],
  ],
  [
    "a token with an invalid date",
    { projects: [PROJECT], tokens: [{ token: "t", project: "PLAT", permissions: ["REPO_READ"], expires: "2026-13-45T00:00:00Z" }] },
    ["$.tokens[0].expires is not a valid time"],
  ],
  ["a duplicate user", { projects: [], users: [{ name: "a" }, { name: "a" }] }, ["$.users[1].name is the same as $.users[0].name"]],
  [
    "a duplicate token",
    {
      projects: [PROJECT],
      tokens: [
        { token: "t", project: "PLAT", permissions: ["REPO_READ"] },
        { token: "t", project: "PLAT", permissions: ["REPO_READ"] },
      ],
    },
    ["$.tokens[1].token is the same as $.tokens[0].token"],
  ],
  [
    "a token with two owners",
    { projects: [PROJECT], users: [{ name: "a" }], tokens: [{ token: "t", user: "a", project: "PLAT", permissions: ["REPO_READ"] }] },
    ['$.tokens[0] needs one of "user", "project" and "repository", and has 2'],
  ],
  ["a token without an owner", { projects: [], tokens: [{ token: "t", permissions: ["REPO_READ"] }] }, ['and "repository", and has 0']],
  [
    "a token of an unknown user",
    { projects: [], tokens: [{ token: "t", user: "x", permissions: ["REPO_READ"] }] },
    ['names "x", which is not a user'],
  ],
  [
    "a token of an unknown repository",
    { projects: [PROJECT], tokens: [{ token: "t", repository: "PLAT/x", permissions: ["REPO_READ"] }] },
    ['$.tokens[0] names "PLAT/x", which is not a project or repository of this seed'],
  ],
  ["access to an unknown project", { projects: [], users: [{ name: "a", access: { NOPE: "read" } }] }, ['$.users[0].access names "NOPE"']],
])("rejects %s and names its path", (_, seed, messages) => {
  const parse = () => parseBitbucketDatacenterSeed(seed);
  expect(parse).toThrow(/^The seed of Bitbucket Data Center is invalid:/);
  for (const message of messages) expect(parse).toThrow(message);
});

it("creates webhooks with all their fields, and access by project, by repository and to personal repositories", async () => {
  const hook = {
    url: "https://ci.example/hook",
    name: "Build server",
    events: EVENTS,
    secret: "of-the-seed",
    configuration: { createdBy: "bitbucket" },
    credentials: { username: "ci", password: "of-the-seed-too" },
    sslVerificationRequired: false,
    active: false,
  };
  const server = await startDatacenter({
    seed: {
      projects: [{ key: "PLAT", hooks: [hook], repositories: [{ slug: "infra", hooks: [hook] }, { slug: "other" }] }],
      users: [
        { name: "ada", password: "a", access: { "plat/infra": "admin", "~bob/notes": "read" } },
        { name: "bob", password: "b", displayName: "Bob", emailAddress: "bob@acme.example", repositories: [{ slug: "notes" }] },
      ],
      tokens: [{ token: "admin", project: "plat", permissions: ["PROJECT_ADMIN"] }],
    },
  });
  try {
    const { secret, ...rest } = hook;
    const expected = { ...rest, configuration: { createdBy: "bitbucket", secret }, credentials: { username: "ci" } };
    expect((await server.request("GET", "/projects/PLAT/repos/infra/webhooks")).body.values).toEqual([
      expect.objectContaining({ ...expected, id: 2 }),
    ]);
    expect((await server.request("GET", "/projects/PLAT/webhooks/1")).body).toMatchObject(expected);
    const as = basic("ada", "a");
    expect((await server.request("GET", "/projects/PLAT/repos/infra/webhooks", { as })).status).toBe(200);
    expect((await server.request("GET", "/projects/PLAT/repos/other", { as })).status).toBe(401);
    expect((await server.request("GET", "/users/bob/repos/notes", { as })).body.project.owner.emailAddress).toBe("bob@acme.example");
    // A reset creates the same objects again.
    const before = (await server.request("GET", "/projects/PLAT/repos/infra/branches")).body;
    await server.request("DELETE", "/projects/PLAT/repos/infra/webhooks/2");
    await server.control("reset", {});
    expect((await server.request("GET", "/projects/PLAT/repos/infra/branches")).body).toEqual(before);
    expect((await server.request("GET", "/projects/PLAT/repos/infra/webhooks")).body.values[0].id).toBe(2);
  } finally {
    await server.stop();
  }
});
