/** Rules that involve Bitbucket Data Center, both products, or several servers: apps that violate them, and apps that do not. */
import { App, TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  CloudRepository,
  Credential,
  DatacenterRepository,
  RepositoryWebhook,
  WebhookEvent,
  type BitbucketDatacenterIntegrationProps,
  type IntegrationProps,
  type SpaceliftLogin,
} from "../../../lib";
import { validationMessageOf, CREDENTIAL, SERVER, stackWith } from "../synthesis";

const SECRET = "not-a-real-access-token";
/** Looks like the name of a variable. */
const PLAIN_SECRET = "ATCTT3xFfGN0notarealtoken0123456789";
/** A value that an untyped program can pass. */
const untyped = (value: unknown): never => value as never;

const cloud = (stack: TerraformStack, id: string, props: Partial<IntegrationProps> = {}) =>
  new BitbucketCloudIntegration(stack, id, { name: id, credential: CREDENTIAL, ...props });
const datacenter = (stack: TerraformStack, id: string, props: Partial<BitbucketDatacenterIntegrationProps> = {}) =>
  new BitbucketDatacenterIntegration(stack, id, { name: id, ...SERVER, ...props });
const server = (stack: TerraformStack, alias: string, spacelift?: SpaceliftLogin) =>
  new BitliftProvider(stack, alias, {
    alias,
    spacelift,
    bitbucketDatacenter: { url: `https://${alias}.acme.example`, accessToken: Credential.fromEnvironment("HOOKS") },
  });
const serverAt = (stack: TerraformStack, url: unknown) =>
  new BitliftProvider(stack, "s", {
    alias: "s",
    bitbucketDatacenter: { url: untyped(url), accessToken: Credential.fromEnvironment("HOOKS") },
  });
const key = (endpoint: string): SpaceliftLogin => ({ endpoint, apiKeyId: "01", apiKeySecret: Credential.fromEnvironment("KEY") });

type Build = (stack: TerraformStack) => void;

const INVALID_APPS: readonly [code: string, title: string, build: Build, message: RegExp][] = [
  [
    "secret-literal",
    "an access token as text",
    (stack) => datacenter(stack, "a", { accessToken: untyped(SECRET) }),
    /bitbucket\/a: [\s\S]*accessToken is a plain string/,
  ],
  [
    "secret-literal",
    "an access token of letters and digits instead of the name of its variable",
    (stack) => datacenter(stack, "a", { accessToken: Credential.fromEnvironment(PLAIN_SECRET) }),
    /Credential\.fromEnvironment\(…\) in accessToken[\s\S]*It may be the secret itself/,
  ],
  [
    "value-not-allowed",
    "a user name with its password",
    (stack) => datacenter(stack, "a", { username: "ci-bot:hunter2" }),
    /The user name "ci-bot:…" contains a colon/,
  ],
  [
    "secret-literal",
    "an access token as text in the provider block",
    (stack) =>
      new BitliftProvider(stack, "s", { alias: "s", bitbucketDatacenter: { url: "https://s.example", accessToken: untyped(SECRET) } }),
    /bitbucketDatacenter\.accessToken is a plain string/,
  ],
  [
    "secret-literal",
    "a password as text in the provider block",
    (stack) =>
      new BitliftProvider(stack, "s", {
        alias: "s",
        bitbucketDatacenter: { url: "https://s.example", username: "bot", password: untyped(SECRET) },
      }),
    /bitbucketDatacenter\.password is a plain string/,
  ],
  [
    "credential-form",
    "an access token without a user name",
    (stack) => datacenter(stack, "a", { username: "" }),
    /The credential consists of accessToken\.[\s\S]*Set username with accessToken/,
  ],
  [
    "credential-form",
    "no access token",
    (stack) => datacenter(stack, "a", { accessToken: untyped(undefined) }),
    /The credential consists of username\./,
  ],
  [
    "value-not-allowed",
    "no API host",
    (stack) => datacenter(stack, "a", { apiHost: untyped(undefined), userFacingHost: "https://a.example" }),
    /apiHost: The address is empty/,
  ],
  [
    "value-not-allowed",
    "an API host that is not an address",
    (stack) => datacenter(stack, "a", { apiHost: "bitbucket.acme.example", userFacingHost: "https://a.example" }),
    /apiHost: "bitbucket\.acme\.example" is not a supported address/,
  ],
  [
    "value-not-allowed",
    "VCS agents without a user-facing host",
    (stack) => datacenter(stack, "a", { apiHost: "private://agents" }),
    /userFacingHost is missing/,
  ],
  [
    "value-not-allowed",
    "a provider block with an empty URL of its server",
    (stack) => serverAt(stack, ""),
    /bitbucketDatacenter\.url: The address is empty/,
  ],
  [
    "value-not-allowed",
    "a URL of the REST API in the provider block",
    (stack) => serverAt(stack, "https://s.example/rest/api/1.0"),
    /bitbucketDatacenter\.url: [\s\S]*without \/rest/,
  ],
  [
    "value-not-allowed",
    "VCS agents in the provider block",
    (stack) => serverAt(stack, "private://agents"),
    /bitbucketDatacenter\.url: "private:\/\/agents"[\s\S]*is meant for apiHost/,
  ],
  [
    "value-not-allowed",
    "a host without https in the provider block",
    (stack) => serverAt(stack, "bitbucket.acme.example"),
    /bitbucketDatacenter\.url: "bitbucket\.acme\.example" is not a supported address/,
  ],
  [
    "value-not-allowed",
    "a provider of another stack",
    (stack) => datacenter(stack, "a", { provider: server(new TerraformStack(App.of(stack), "other"), "main") }),
    /bitbucket\/a: [\s\S]*Its provider other\/main belongs to another stack/,
  ],
  [
    "value-not-allowed",
    "a webhook in another stack than its integration, whose provider it would use",
    (stack) => {
      const other = new TerraformStack(App.of(stack), "other");
      const integration = datacenter(other, "a", { provider: server(other, "main") });
      new RepositoryWebhook(stack, "hook", { integration, repository: DatacenterRepository.parse("PLAT/infrastructure") });
    },
    /bitbucket\/hook: [\s\S]*Create a BitliftProvider in the stack bitbucket/,
  ],
  [
    "value-not-allowed",
    "Bitbucket Cloud's option on Bitbucket Data Center",
    (stack) => datacenter(stack, "a").addRepository("PLAT/infrastructure", untyped({ skipCertificateVerification: true })),
    /bitbucket\/a\/plat--infrastructure: [\s\S]*skipCertificateVerification is an option of Bitbucket Cloud[\s\S]*Use verifyCertificate/,
  ],
  [
    "value-not-allowed",
    "Bitbucket Data Center's option on Bitbucket Cloud",
    (stack) => cloud(stack, "a").addRepositoriesOf("acme", untyped({ verifyCertificate: false })),
    /bitbucket\/a\/acme: [\s\S]*verifyCertificate is an option of Bitbucket Data Center[\s\S]*Use skipCertificateVerification/,
  ],
  [
    "value-not-allowed",
    "an event of the other product",
    (stack) => datacenter(stack, "a").addRepository("PLAT/infrastructure", untyped({ additionalEvents: [WebhookEvent.cloud.REPO_FORK] })),
    /repo:fork is an event of Bitbucket Cloud[\s\S]*use an event of WebhookEvent\.datacenter/,
  ],
  [
    "value-not-allowed",
    "a repository of the other product",
    (stack) =>
      new RepositoryWebhook(stack, "hook", {
        integration: datacenter(stack, "a"),
        repository: CloudRepository.parse("acme/infrastructure"),
      }),
    /acme\/infrastructure is a repository of Bitbucket Cloud/,
  ],
  [
    "value-not-allowed",
    "a project filter on a project",
    (stack) => datacenter(stack, "a").addRepositoriesOf("PLAT", untyped({ project: "PLAT" })),
    /project filters a workspace of Bitbucket Cloud/,
  ],
  [
    "secret-literal",
    "a password in the URL of a server",
    (stack) =>
      new BitliftProvider(stack, "server", {
        alias: "server",
        bitbucketDatacenter: { url: "https://admin:hunter22@bitbucket.acme.example", accessToken: Credential.fromEnvironment("T") },
      }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*bitbucketDatacenter\.url contains a user name or password/,
  ],
  [
    "secret-literal",
    "a password in the URL of the account",
    (stack) => new BitliftProvider(stack, "server", { alias: "server", spacelift: key("admin:hunter22@acme.example") }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*spacelift\.endpoint contains a user name or password/,
  ],
  [
    "secret-literal",
    "a private key instead of a certificate",
    (stack) =>
      new BitliftProvider(stack, "server", {
        alias: "server",
        bitbucketDatacenter: {
          url: "https://bitbucket.acme.example",
          accessToken: Credential.fromEnvironment("T"),
          caCertificate: "-----BEGIN PRIVATE KEY-----\nhunter22",
        },
      }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*caCertificate contains a private key/,
  ],
  [
    "secret-literal",
    "a private key instead of the certificate for Spacelift",
    (stack) =>
      new BitliftProvider(stack, "server", {
        alias: "server",
        spacelift: { ...key("https://s.example"), caCertificate: "-----BEGIN PRIVATE KEY-----\nhunter22" },
      }),
    /bitlift\/server|bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*spacelift\.caCertificate contains a private key/,
  ],
  [
    "duplicate-default",
    "two default integrations for two servers of an account that logs in from the environment",
    (stack) => {
      datacenter(stack, "a", { isDefault: true });
      datacenter(stack, "b", { isDefault: true, provider: server(stack, "second") });
    },
    /bitbucket\/a is already the default integration of this account for Bitbucket Data Center/,
  ],
  [
    "duplicate-default",
    "two default integrations for two servers of an account that logs in with a token",
    (stack) =>
      ["first", "second"].forEach((alias) => {
        const provider = server(stack, alias, { apiToken: Credential.fromEnvironment("TOKEN") });
        datacenter(stack, `for-${alias}`, { isDefault: true, provider });
      }),
    /bitbucket\/for-first is already the default integration of this account/,
  ],
  [
    "duplicate-integration-name",
    "the same name for two servers of an account that logs in with a key",
    (stack) => {
      datacenter(stack, "a", { name: "Platform", provider: server(stack, "first", key("https://acme.app.spacelift.io")) });
      datacenter(stack, "b", { name: "platform", provider: server(stack, "second", key("https://ACME.app.spacelift.io/")) });
    },
    /bitbucket\/b: [\s\S]*result in the same ID/,
  ],
  [
    "duplicate-repository",
    "a project key in two spellings",
    (stack) => datacenter(stack, "a").addRepositories(["PLAT/infrastructure", "plat/infrastructure"]),
    /bitbucket\/a: [\s\S]*"plat\/infrastructure" was already added to bitbucket\/a/,
  ],
  [
    "duplicate-repository",
    "a repository of a project whose repositories are all included",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT");
      platform.addRepository("plat/infrastructure");
    },
    /bitbucket\/a\/plat--infrastructure: [\s\S]*to every repository of "PLAT"[\s\S]*except: \["infrastructure"\]/,
  ],
  [
    "duplicate-repository",
    "a repository that matches the pattern of a set",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT", { match: ["infra*"] });
      platform.addRepository("plat/infrastructure");
    },
    /bitbucket\/a\/plat--infrastructure: [\s\S]*to every repository that matches \["infra\*"\] of "PLAT"[\s\S]*except: \["infrastructure"\]/,
  ],
  [
    "duplicate-repository",
    "a project that is added twice",
    (stack) => {
      const platform = datacenter(stack, "a");
      ["PLAT", "plat"].forEach((project) => platform.addRepositoriesOf(project));
    },
    /bitbucket\/a: [\s\S]*The set of repositories of plat was already added to this integration[\s\S]*constructId/,
  ],
  [
    "duplicate-repository",
    "a filtered and an unfiltered set of a project",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("plat", { query: "terraform", constructId: "part" });
      platform.addRepositoriesOf("PLAT");
    },
    /bitbucket\/a\/part: [\s\S]*bitbucket\/a\/plat adds a webhook[\s\S]*which includes those of this set[\s\S]*a query or a role/,
  ],
  [
    "duplicate-repository",
    "two unfiltered sets of a project",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT", { except: ["sandbox"] });
      platform.addRepositoriesOf("PLAT", { constructId: "again" });
    },
    /bitbucket\/a\/again: [\s\S]*which includes those of this set/,
  ],
];

it.each(INVALID_APPS)("%s: rejects %s", (code, _title, build, pattern) => {
  const message = validationMessageOf(stackWith(build));
  expect(message).toMatch(pattern);
  expect(message).toContain(`(${code})`);
  expect(message?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  for (const secret of [SECRET, PLAIN_SECRET]) expect(message).not.toContain(secret);
});

const VALID_APPS: readonly [title: string, build: Build][] = [
  ["one default integration per product", (stack) => [cloud(stack, "a", { isDefault: true }), datacenter(stack, "b", { isDefault: true })]],
  ["the same name on each product", (stack) => [cloud(stack, "a", { name: "Payments" }), datacenter(stack, "b", { name: "Payments" })]],
  [
    "the same name for two servers of two accounts",
    (stack) => {
      datacenter(stack, "a", { name: "Platform", provider: server(stack, "first", key("https://acme.app.spacelift.io")) });
      datacenter(stack, "b", { name: "Platform", provider: server(stack, "second", key("https://other.app.spacelift.io")) });
    },
  ],
  [
    "one default integration per account that logs in with a token",
    (stack) =>
      ["FIRST", "SECOND"].forEach((variable) => {
        const provider = server(stack, variable.toLowerCase(), { apiToken: Credential.fromEnvironment(variable) });
        datacenter(stack, variable, { isDefault: true, provider });
      }),
  ],
  [
    "a custom event on either product",
    (stack) => {
      const additionalEvents = [WebhookEvent.custom("repo:brand_new")];
      cloud(stack, "a").addRepository("acme/infrastructure", { additionalEvents });
      datacenter(stack, "b").addRepository("PLAT/infrastructure", { additionalEvents });
    },
  ],
  [
    "repositories that are excluded from the set of their project, or do not match its patterns",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT", { except: ["infrastructure"] });
      platform.addRepository("PLAT/Infrastructure");
      platform.addRepositoriesOf("PAY", { match: ["svc-*"], except: ["*-old"] });
      platform.addRepositories(["PAY/other", "PAY/svc-old"]);
    },
  ],
  [
    "two filtered sets of a project",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT", { query: "terraform" });
      platform.addRepositoriesOf("PLAT", { query: "ansible", constructId: "ansible" });
    },
  ],
  [
    "a set for the exceptions of another set",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.addRepositoriesOf("PLAT", { except: ["billing"] });
      platform.addRepositoriesOf("PLAT", {
        query: "billing",
        additionalEvents: [WebhookEvent.datacenter.PR_DECLINED],
        constructId: "billing",
      });
    },
  ],
  [
    "a stack that reads a repository of a set",
    (stack) => {
      const platform = datacenter(stack, "a");
      platform.stackSource({ repository: DatacenterRepository.of("PLAT", "infrastructure") });
      platform.addRepositoriesOf("plat");
    },
  ],
];

it.each(VALID_APPS)("accepts %s", (_title, build) => {
  expect(validationMessageOf(stackWith(build))).toBeUndefined();
});

it("writes no literal secret even if validation is skipped", () => {
  const stack = stackWith((scope) => {
    datacenter(scope, "a", { accessToken: untyped(SECRET) });
    datacenter(scope, "b", { accessToken: Credential.fromEnvironment(SECRET) });
    datacenter(scope, "c", { accessToken: Credential.fromEnvironment(PLAIN_SECRET) });
    new BitliftProvider(scope, "s", { alias: "s", bitbucketDatacenter: { url: "https://s.example", accessToken: untyped(SECRET) } });
    new BitliftProvider(scope, "t", {
      alias: "t",
      bitbucketDatacenter: { url: "https://s.example", username: "b", password: untyped(SECRET) },
    });
  });
  for (const secret of [SECRET, PLAIN_SECRET]) expect(JSON.stringify(stack.toTerraform())).not.toContain(secret);
});
