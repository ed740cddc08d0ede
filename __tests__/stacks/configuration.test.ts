/** The app's configuration: what is wrong with one is said all at once, with its place. */
import cdktf from "../../cdktf.json";
import { readConfiguration } from "../../stacks/configuration";

const SECRET = "ATATT3xFfGF0-not-a-real-token";
/** Has the form of a name. */
const PLAIN_SECRET = "ATCTT3xFfGN0notarealtoken0123456789";
const integration = { name: "Payments", email: "a@b.c", apiTokenEnv: "PAYMENTS_TOKEN" };
const withIntegration = (changes: object) => ({ integrations: { payments: { ...integration, ...changes } } });

const server = { url: "https://bitbucket.acme.example", accessTokenEnv: "HOOKS_TOKEN" };
const datacenter = { product: "datacenter", name: "Platform", server: "main", username: "spacelift", accessTokenEnv: "PLATFORM_TOKEN" };
const withServer = (changes: object, servers: object = { main: server }) => ({
  bitbucketDatacenter: servers,
  integrations: { platform: { ...datacenter, ...changes } },
});

const complaintOf = (value: unknown): string => {
  try {
    readConfiguration(value);
    return "";
  } catch (refused) {
    return (refused as Error).message;
  }
};

it("accepts the configuration that comes with the app", () => {
  expect(readConfiguration(cdktf.context.bitlift)).toBe(cdktf.context.bitlift);
});

it.each<[string, unknown]>([
  ["nothing at all", {}],
  ["an existing Space by id", withIntegration({ space: { id: "payments-01" } })],
  ["root by name", withIntegration({ space: "root" })],
  [
    "a repository with options",
    withIntegration({ repositories: ["acme/a", { repository: "acme/b", active: false, additionalEvents: ["repo:fork"] }] }),
  ],
  ["a Space below one that is declared later", { spaces: { b: { name: "B", parent: "a" }, a: { name: "A" } } }],
  ["an integration for a server", withServer({})],
  ["an integration for the server of the environment", withServer({ server: undefined, apiHost: "https://bitbucket.acme.example" }, {})],
  ["the product in words where it is Bitbucket Cloud", withIntegration({ product: "cloud" })],
  ["a server with a user and a password", withServer({}, { main: { url: server.url, username: "hooks", passwordEnv: "HOOKS_PASSWORD" } })],
  [
    "each repository of a project, a personal repository, and one with options",
    withServer({
      repositories: [{ project: "PLAT", except: ["legacy"] }, "~jdoe/dotfiles", { repository: "PAY/a", verifyCertificate: false }],
    }),
  ],
  ["each repository of a workspace", withIntegration({ repositories: [{ workspace: "acme", project: "PAY", query: 'name ~ "a"' }] })],
  [
    "two sets of one project, and a third that is named like the second",
    withServer({ repositories: [{ project: "PLAT", query: "a" }, { project: "PLAT", key: "b", query: "b" }, { project: "B" }] }),
  ],
  ["a backend", { backend: { s3: { bucket: "state", key: "bitlift", region: "eu-west-1" } } }],
])("accepts %s", (_, value) => {
  expect(complaintOf(value)).toBe("");
});

it.each<[string, unknown, string | RegExp]>([
  ["no configuration", undefined, /There is no context\.bitlift[\s\S]*run cdktf synth/],
  ["a configuration that is none", [], "context.bitlift must be object, and is array."],
  ["an unknown setting", { integration: {} }, "integration is no setting. There are: backend, spaces, bitbucketDatacenter, integrations."],
  ["a missing name", { spaces: { a: {} } }, "spaces.a.name is missing."],
  ["an empty name", { spaces: { a: { name: "" } } }, "spaces.a.name is empty."],
  ["a Space under the key that is root itself", { spaces: { root: { name: "A" } } }, 'spaces has the key "root"'],
  ["a key with a space in it", { spaces: { "my space": { name: "A" } } }, 'spaces has the key "my space".'],
  [
    "a Space that is not declared",
    withIntegration({ space: "platform" }),
    'integrations.payments.space is "platform", and spaces has no such key.',
  ],
  ["a parent that is not declared", { spaces: { a: { name: "A", parent: "b" } } }, 'spaces.a.parent is "b", and spaces has no such key.'],
  [
    "a Space below itself",
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
    "integrations.payments.repositories[0].events is no setting.",
  ],
  [
    "a word that is not allowed",
    withIntegration({ vcsChecks: "SOME" }),
    'integrations.payments.vcsChecks is "SOME". Allowed: INDIVIDUAL, AGGREGATED, ALL.',
  ],
  ["a value of another kind", withIntegration({ isDefault: "yes" }), "integrations.payments.isDefault must be boolean, and is string."],
  ["a secret as a setting", withIntegration({ apiToken: SECRET }), "integrations.payments.apiToken would hold a secret. Write apiTokenEnv"],
  [
    "a secret in place of its variable's name",
    withIntegration({ apiTokenEnv: SECRET }),
    "integrations.payments.apiTokenEnv is not taken for the name of an environment variable.",
  ],
  [
    "a secret of letters and digits in place of its variable's name",
    withServer({ accessTokenEnv: PLAIN_SECRET }),
    "integrations.platform.accessTokenEnv is not taken for the name of an environment variable.",
  ],
  [
    "the same at a server",
    withServer({}, { main: { url: server.url, accessTokenEnv: PLAIN_SECRET } }),
    "bitbucketDatacenter.main.accessTokenEnv is not taken for the name of an environment variable.",
  ],
  [
    "a key that the stack needs itself",
    { integrations: { bitlift: integration } },
    'integrations has the key "bitlift", which the app itself uses.',
  ],
  [
    "a product that there is not",
    withIntegration({ product: "server" }),
    'integrations.payments.product is "server". Allowed: cloud, datacenter.',
  ],
  [
    "Bitbucket Data Center's setting on Bitbucket Cloud",
    withIntegration({ apiHost: "https://bitbucket.acme.example" }),
    'integrations.payments.apiHost is a setting of Bitbucket Data Center, and this integration is for Bitbucket Cloud. Leave it out, or write "product": "datacenter".',
  ],
  [
    "Bitbucket Cloud's setting on Bitbucket Data Center",
    withServer({ email: "a@b.c" }),
    "integrations.platform.email is a setting of Bitbucket Cloud, and this integration is for Bitbucket Data Center. Leave it out.",
  ],
  [
    "Bitbucket Data Center's option in Bitbucket Cloud",
    withIntegration({ repositories: [{ repository: "a/b", verifyCertificate: true }] }),
    "integrations.payments.repositories[0].verifyCertificate is a setting of Bitbucket Data Center",
  ],
  [
    "Bitbucket Cloud's option in Bitbucket Data Center",
    withServer({ repositories: ["PLAT/a", { repository: "PLAT/b", skipCertificateVerification: true }] }),
    "integrations.platform.repositories[1].skipCertificateVerification is a setting of Bitbucket Cloud",
  ],
  ["no access token", withServer({ accessTokenEnv: undefined }), "integrations.platform.accessTokenEnv is missing."],
  [
    "an access token as a setting",
    withServer({ accessToken: SECRET }),
    "integrations.platform.accessToken would hold a secret. Write accessTokenEnv with the name",
  ],
  [
    "a server's password as a setting",
    withServer({}, { main: { url: server.url, username: "hooks", password: SECRET } }),
    "bitbucketDatacenter.main.password would hold a secret. Write passwordEnv with the name",
  ],
  [
    "a server without a login",
    withServer({}, { main: { url: server.url } }),
    "bitbucketDatacenter.main has no login. Write accessTokenEnv, or username with passwordEnv.",
  ],
  [
    "a server with two logins",
    withServer({}, { main: { ...server, username: "hooks", passwordEnv: "HOOKS_PASSWORD" } }),
    "bitbucketDatacenter.main has accessTokenEnv, username, passwordEnv.",
  ],
  ["a server without its address", withServer({}, { main: { accessTokenEnv: "HOOKS_TOKEN" } }), "bitbucketDatacenter.main.url is missing."],
  [
    "a server that is not declared",
    withServer({ server: "old" }),
    'integrations.platform.server is "old", and bitbucketDatacenter has no such key. There are: main.',
  ],
  [
    "neither server nor address",
    withServer({ server: undefined }),
    "integrations.platform.apiHost is missing; or name a server of bitbucketDatacenter.",
  ],
  [
    "filters of a single repository",
    withServer({ repositories: [{ repository: "PLAT/a", query: "a" }] }),
    "integrations.platform.repositories[0].query is of a set of repositories, and repository names one.",
  ],
  [
    "repositories of nothing, in Bitbucket Cloud",
    withIntegration({ repositories: [{ project: "PAY" }] }),
    "integrations.payments.repositories[0].workspace is missing.",
  ],
  [
    "repositories of nothing, in Bitbucket Data Center",
    withServer({ repositories: [{ query: "a" }] }),
    "integrations.platform.repositories[0].project is missing.",
  ],
  [
    "a workspace in Bitbucket Data Center",
    withServer({ repositories: [{ workspace: "acme", project: "PLAT" }] }),
    "integrations.platform.repositories[0].workspace is a setting of Bitbucket Cloud",
  ],
  [
    "a key that the stack needs for a server",
    { integrations: { "server-main": integration } },
    'integrations has the key "server-main", which the app itself uses.',
  ],
  [
    "no login, in Bitbucket Cloud",
    withIntegration({ email: undefined, apiTokenEnv: undefined }),
    "integrations.payments has no login. Write email with apiTokenEnv, or username with appPasswordEnv.",
  ],
  ["half a login", withIntegration({ apiTokenEnv: undefined }), "integrations.payments has email. Write email with apiTokenEnv"],
  [
    "two logins",
    withIntegration({ username: "bot", appPasswordEnv: "APP_PASSWORD" }),
    "integrations.payments has email, apiTokenEnv, username, appPasswordEnv. Write email with apiTokenEnv",
  ],
  ["an empty user name", withServer({ username: "" }), "integrations.platform.username is empty."],
  [
    "an e-mail address that is none",
    withIntegration({ email: SECRET }),
    "integrations.payments.email is no e-mail address, such as spacelift@acme.example.",
  ],
  ["an empty e-mail address", withIntegration({ email: "" }), "integrations.payments.email is no e-mail address"],
  [
    "two sets of one project",
    withServer({ repositories: [{ project: "PLAT", query: "a" }, "PAY/a", { project: "plat", query: "b" }] }),
    'integrations.platform.repositories[2] has the project of integrations.platform.repositories[0]. Declare it once; or give this one a "key"',
  ],
  [
    "two sets of one workspace",
    withIntegration({
      repositories: [
        { workspace: "acme", project: "A" },
        { workspace: "acme", project: "B" },
      ],
    }),
    "integrations.payments.repositories[1] has the workspace of integrations.payments.repositories[0].",
  ],
  [
    "two sets of one key",
    withServer({ repositories: ["A", "B"].map((project) => ({ project, key: "k" })) }),
    'integrations.platform.repositories[1] has the key "k" of integrations.platform.repositories[0].',
  ],
  [
    "a key of a set that is none",
    withServer({ repositories: [{ project: "A", key: "my set" }] }),
    /repositories\[0\]\.key is "my set"\. A key starts with a letter and has letters, digits, "-" and "_"\.\n/,
  ],
  ["two backends", { backend: { s3: {}, http: {} } }, "backend must name exactly one backend"],
])("refuses %s", (_, value, message) => {
  const complaint = complaintOf(value);
  if (typeof message === "string") expect(complaint).toContain(message);
  else expect(complaint).toMatch(message);
  expect(complaint).not.toMatch(/has \d+ mistakes/);
  expect(complaint).toContain("(configuration-invalid)");
  for (const secret of [SECRET, PLAIN_SECRET]) expect(complaint).not.toContain(secret);
});

it("says everything at once", () => {
  const complaint = complaintOf({ spaces: { a: {} }, integrations: { b: { name: "", vcsChecks: "SOME" } } });
  expect(complaint).toContain("has 3 mistakes");
  expect(complaint.match(/^ +- /gm)).toHaveLength(3);
});
