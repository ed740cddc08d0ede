/** Validation of the configuration: all problems are reported at once, with their paths. */
import cdktf from "../../cdktf.json";
import { readConfiguration } from "../../stacks/configuration";

const SECRET = "ATATT3xFfGF0-not-a-real-token";
/** Looks like the name of a variable. */
const PLAIN_SECRET = "ATCTT3xFfGN0notarealtoken0123456789";
const integration = { name: "Payments", email: "a@b.c", apiTokenEnv: "PAYMENTS_TOKEN" };
const withIntegration = (changes: object) => ({ integrations: { payments: { ...integration, ...changes } } });

const server = { url: "https://bitbucket.acme.example", accessTokenEnv: "HOOKS_TOKEN" };
const datacenter = { product: "datacenter", name: "Platform", server: "main", username: "spacelift", accessTokenEnv: "PLATFORM_TOKEN" };
const withServer = (changes: object, servers: object = { main: server }) => ({
  bitbucketDatacenter: servers,
  integrations: { platform: { ...datacenter, ...changes } },
});

const messageFor = (value: unknown): string => {
  try {
    readConfiguration(value);
    return "";
  } catch (thrown) {
    return (thrown as Error).message;
  }
};

it("accepts the configuration that comes with the app", () => {
  expect(readConfiguration(cdktf.context.bitlift)).toEqual(cdktf.context.bitlift);
});

it.each<[string, unknown]>([
  ["an empty configuration", {}],
  ["an existing Space by its ID", withIntegration({ space: { id: "payments-01" } })],
  ["the root Space", withIntegration({ space: "root" })],
  [
    "a repository with options",
    withIntegration({ repositories: ["acme/a", { repository: "acme/b", active: false, additionalEvents: ["repo:fork"] }] }),
  ],
  ["a parent Space that is declared later", { spaces: { b: { name: "B", parent: "a" }, a: { name: "A" } } }],
  ["an integration for a declared server", withServer({})],
  ["an integration for the server of the environment", withServer({ server: undefined, apiHost: "https://bitbucket.acme.example" }, {})],
  ["an explicit product for Bitbucket Cloud", withIntegration({ product: "cloud" })],
  [
    "a server with a user name and a password",
    withServer({}, { main: { url: server.url, username: "hooks", passwordEnv: "HOOKS_PASSWORD" } }),
  ],
  [
    "the repositories of a project, a personal repository, and a repository with options",
    withServer({
      repositories: [{ project: "PLAT", except: ["legacy"] }, "~jdoe/dotfiles", { repository: "PAY/a", verifyCertificate: false }],
    }),
  ],
  ["the repositories of a workspace", withIntegration({ repositories: [{ workspace: "acme", project: "PAY", query: 'name ~ "a"' }] })],
  [
    "two sets of a project, and a third set whose project is the key of the second",
    withServer({ repositories: [{ project: "PLAT", query: "a" }, { project: "PLAT", key: "b", query: "b" }, { project: "B" }] }),
  ],
  ["a backend", { backend: { s3: { bucket: "state", key: "bitlift", region: "eu-west-1" } } }],
])("accepts %s", (_title, value) => {
  expect(messageFor(value)).toBe("");
});

it.each<[string, unknown, string | RegExp]>([
  ["a missing configuration", undefined, /context\.bitlift is not set[\s\S]*run cdktf synth/],
  ["a configuration that is not an object", [], "context.bitlift must be an object, but is an array."],
  [
    "an unknown setting",
    { integration: {} },
    "integration is not a known setting. Did you mean integrations? Known settings: backend, spaces, bitbucketDatacenter, integrations.",
  ],
  ["a missing name", { spaces: { a: {} } }, "spaces.a.name is missing."],
  ["an empty name", { spaces: { a: { name: "" } } }, "spaces.a.name is empty."],
  ["a Space with the key of the root Space", { spaces: { root: { name: "A" } } }, 'spaces has the key "root"'],
  ["a key with a space in it", { spaces: { "my space": { name: "A" } } }, 'spaces has the key "my space".'],
  [
    "a Space that is not declared",
    withIntegration({ space: "platform" }),
    'integrations.payments.space is "platform", but spaces has no such key.',
  ],
  ["a parent that is not declared", { spaces: { a: { name: "A", parent: "b" } } }, 'spaces.a.parent is "b", but spaces has no such key.'],
  [
    "a Space that is its own ancestor",
    { spaces: { a: { name: "A", parent: "b" }, b: { name: "B", parent: "a" } } },
    "spaces.a is its own ancestor: a > b > a.",
  ],
  [
    "a repository without its workspace",
    withIntegration({ repositories: ["infrastructure"] }),
    'integrations.payments.repositories[0] is "infrastructure", not <workspace>/<repository> (Bitbucket Cloud)',
  ],
  [
    "an unknown option of a repository",
    withIntegration({ repositories: [{ repository: "a/b", events: [] }] }),
    "integrations.payments.repositories[0].events is not a known setting.",
  ],
  [
    "an unsupported value",
    withIntegration({ vcsChecks: "SOME" }),
    'integrations.payments.vcsChecks is "SOME". Allowed: INDIVIDUAL, AGGREGATED, ALL.',
  ],
  [
    "a value of the wrong type",
    withIntegration({ isDefault: "yes" }),
    "integrations.payments.isDefault must be a boolean, but is a string.",
  ],
  [
    "a secret as a setting",
    withIntegration({ apiToken: SECRET }),
    "integrations.payments.apiToken would contain a secret. Set apiTokenEnv to the name",
  ],
  [
    "a secret instead of the name of its variable",
    withIntegration({ apiTokenEnv: SECRET }),
    "integrations.payments.apiTokenEnv does not look like the name of an environment variable.",
  ],
  [
    "a secret of letters and digits instead of the name of its variable",
    withServer({ accessTokenEnv: PLAIN_SECRET }),
    "integrations.platform.accessTokenEnv does not look like the name of an environment variable.",
  ],
  [
    "a secret of letters and digits instead of the name of a server's variable",
    withServer({}, { main: { url: server.url, accessTokenEnv: PLAIN_SECRET } }),
    "bitbucketDatacenter.main.accessTokenEnv does not look like the name of an environment variable.",
  ],
  [
    "a key that is reserved for the app",
    { integrations: { bitlift: integration } },
    'integrations has the key "bitlift", which is reserved for the app.',
  ],
  ["an unknown product", withIntegration({ product: "server" }), 'integrations.payments.product is "server". Allowed: cloud, datacenter.'],
  [
    "a setting of Bitbucket Data Center on Bitbucket Cloud",
    withIntegration({ apiHost: "https://bitbucket.acme.example" }),
    'integrations.payments.apiHost is a setting of Bitbucket Data Center, but this integration is for Bitbucket Cloud. Remove it, or set "product" to "datacenter".',
  ],
  [
    "a setting of Bitbucket Cloud on Bitbucket Data Center",
    withServer({ email: "a@b.c" }),
    "integrations.platform.email is a setting of Bitbucket Cloud, but this integration is for Bitbucket Data Center. Remove it.",
  ],
  [
    "a webhook option of Bitbucket Data Center on Bitbucket Cloud",
    withIntegration({ repositories: [{ repository: "a/b", verifyCertificate: true }] }),
    "integrations.payments.repositories[0].verifyCertificate is a setting of Bitbucket Data Center",
  ],
  [
    "a webhook option of Bitbucket Cloud on Bitbucket Data Center",
    withServer({ repositories: ["PLAT/a", { repository: "PLAT/b", skipCertificateVerification: true }] }),
    "integrations.platform.repositories[1].skipCertificateVerification is a setting of Bitbucket Cloud",
  ],
  ["a missing access token variable", withServer({ accessTokenEnv: undefined }), "integrations.platform.accessTokenEnv is missing."],
  [
    "an access token as a setting",
    withServer({ accessToken: SECRET }),
    "integrations.platform.accessToken would contain a secret. Set accessTokenEnv to the name",
  ],
  [
    "the password of a server as a setting",
    withServer({}, { main: { url: server.url, username: "hooks", password: SECRET } }),
    "bitbucketDatacenter.main.password would contain a secret. Set passwordEnv to the name",
  ],
  [
    "a server without a login",
    withServer({}, { main: { url: server.url } }),
    "bitbucketDatacenter.main has no login. Set exactly one of: accessTokenEnv; username with passwordEnv.",
  ],
  [
    "a server with two logins",
    withServer({}, { main: { ...server, username: "hooks", passwordEnv: "HOOKS_PASSWORD" } }),
    "bitbucketDatacenter.main sets accessTokenEnv, username, passwordEnv.",
  ],
  ["a server without its URL", withServer({}, { main: { accessTokenEnv: "HOOKS_TOKEN" } }), "bitbucketDatacenter.main.url is missing."],
  [
    "a server that is not declared",
    withServer({ server: "old" }),
    'integrations.platform.server is "old", but bitbucketDatacenter has no such key. Known keys: main.',
  ],
  [
    "an integration with neither a server nor an API host",
    withServer({ server: undefined }),
    "integrations.platform.apiHost is missing. Set it, or set server to a key of bitbucketDatacenter.",
  ],
  [
    "a filter on a single repository",
    withServer({ repositories: [{ repository: "PLAT/a", query: "a" }] }),
    "integrations.platform.repositories[0].query applies to a set of repositories, but repository selects a single one.",
  ],
  [
    "a set without a workspace on Bitbucket Cloud",
    withIntegration({ repositories: [{ project: "PAY" }] }),
    "integrations.payments.repositories[0].workspace is missing.",
  ],
  [
    "a set without a project on Bitbucket Data Center",
    withServer({ repositories: [{ query: "a" }] }),
    "integrations.platform.repositories[0].project is missing.",
  ],
  [
    "a workspace on Bitbucket Data Center",
    withServer({ repositories: [{ workspace: "acme", project: "PLAT" }] }),
    "integrations.platform.repositories[0].workspace is a setting of Bitbucket Cloud",
  ],
  [
    "a key that is reserved for a server",
    { integrations: { "server-main": integration } },
    'integrations has the key "server-main", which is reserved for the app.',
  ],
  [
    "a missing login on Bitbucket Cloud",
    withIntegration({ email: undefined, apiTokenEnv: undefined }),
    "integrations.payments has no login. Set exactly one of: email with apiTokenEnv; username with appPasswordEnv.",
  ],
  [
    "an incomplete login",
    withIntegration({ apiTokenEnv: undefined }),
    "integrations.payments sets email. Set exactly one of: email with apiTokenEnv",
  ],
  [
    "two logins",
    withIntegration({ username: "bot", appPasswordEnv: "APP_PASSWORD" }),
    "integrations.payments sets email, apiTokenEnv, username, appPasswordEnv. Set exactly one of: email with apiTokenEnv",
  ],
  ["an empty user name", withServer({ username: "" }), "integrations.platform.username is empty."],
  [
    "an invalid email address",
    withIntegration({ email: SECRET }),
    "integrations.payments.email is not an email address, such as spacelift@acme.example.",
  ],
  ["an empty email address", withIntegration({ email: "" }), "integrations.payments.email is not an email address"],
  [
    "two sets of the same project",
    withServer({ repositories: [{ project: "PLAT", query: "a" }, "PAY/a", { project: "plat", query: "b" }] }),
    'integrations.platform.repositories[2] has the same project as integrations.platform.repositories[0]. Declare it once, or set a different "key"',
  ],
  [
    "two sets of the same workspace",
    withIntegration({
      repositories: [
        { workspace: "acme", project: "A" },
        { workspace: "acme", project: "B" },
      ],
    }),
    "integrations.payments.repositories[1] has the same workspace as integrations.payments.repositories[0].",
  ],
  [
    "two sets with the same key",
    withServer({ repositories: ["A", "B"].map((project) => ({ project, key: "k" })) }),
    'integrations.platform.repositories[1] has the same key "k" as integrations.platform.repositories[0].',
  ],
  [
    "an invalid key of a set",
    withServer({ repositories: [{ project: "A", key: "my set" }] }),
    /repositories\[0\]\.key is "my set"\. A key starts with a letter and contains only letters, digits, "-" and "_"\.\n/,
  ],
  [
    "a misspelled setting",
    withIntegration({ repositries: [] }),
    "integrations.payments.repositries is not a known setting. Did you mean repositories? Known settings: product, name, space,",
  ],
  [
    "a misspelled setting of a repository",
    withIntegration({ repositories: [{ repository: "a/b", additionalEvent: [] }] }),
    "integrations.payments.repositories[0].additionalEvent is not a known setting. Did you mean additionalEvents?",
  ],
  [
    "a setting that resembles none",
    { spaces: { a: { name: "A", color: "red" } } },
    "spaces.a.color is not a known setting. Known settings: name, parent, inheritEntities, description, labels.",
  ],
  ["a misspelled setting of an existing Space", withIntegration({ space: { id: "a", idd: "b" } }), "space.idd is not a known setting."],
  [
    "a repository of the wrong type",
    withIntegration({ repositories: [5] }),
    "integrations.payments.repositories[0] must be a string or an object, but is a number.",
  ],
  ["a setting that is null", { spaces: { a: { name: null } } }, "spaces.a.name must be a string, but is null."],
  [
    "a Space whose key is a property of every object",
    withIntegration({ space: "toString" }),
    'integrations.payments.space is "toString", but spaces has no such key.',
  ],
  [
    "a key of a Space with a space in it, as a reference",
    withIntegration({ space: "my space" }),
    'integrations.payments.space is "my space". A key starts with a letter and contains only letters, digits, "-" and "_". To reference an existing Space, use {"id": …}.',
  ],
  ["two backends", { backend: { s3: {}, http: {} } }, "backend must contain exactly one backend"],
])("rejects %s", (_title, value, expected) => {
  const message = messageFor(value);
  if (typeof expected === "string") expect(message).toContain(expected);
  else expect(message).toMatch(expected);
  expect(message).not.toMatch(/has \d+ problems/);
  expect(message).toContain("(configuration-invalid)");
  for (const secret of [SECRET, PLAIN_SECRET]) expect(message).not.toContain(secret);
});

it("reports all problems at once", () => {
  const message = messageFor({ spaces: { a: {} }, integrations: { b: { name: "", vcsChecks: "SOME" } } });
  expect(message).toContain("has 3 problems");
  expect(message.match(/^ +- /gm)).toHaveLength(3);
});
