/** The rules where the two products, or several servers, meet: apps that break them, and apps that do not. */
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
import { complaintOf, CREDENTIAL, SERVER, stackWith } from "../synthesis";

const SECRET = "not-a-real-access-token";
/** Has the form of a variable's name. */
const PLAIN_SECRET = "ATCTT3xFfGN0notarealtoken0123456789";
/** What a program without types can pass. */
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

const BROKEN: readonly [code: string, what: string, build: Build, message: RegExp][] = [
  [
    "secret-literal",
    "an access token as text",
    (stack) => datacenter(stack, "a", { accessToken: untyped(SECRET) }),
    /bitbucket\/a: [\s\S]*accessToken is a plain string/,
  ],
  [
    "secret-literal",
    "an access token of letters and digits where the name of its variable belongs",
    (stack) => datacenter(stack, "a", { accessToken: Credential.fromEnvironment(PLAIN_SECRET) }),
    /accessToken is Credential\.fromEnvironment[\s\S]*It may be the secret itself/,
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
    "an access token without its user",
    (stack) => datacenter(stack, "a", { username: "" }),
    /The credential has accessToken\.[\s\S]*Give username and accessToken/,
  ],
  [
    "credential-form",
    "no access token",
    (stack) => datacenter(stack, "a", { accessToken: untyped(undefined) }),
    /The credential has username\./,
  ],
  [
    "value-not-allowed",
    "no API host",
    (stack) => datacenter(stack, "a", { apiHost: untyped(undefined), userFacingHost: "https://a.example" }),
    /apiHost: The address is empty/,
  ],
  [
    "value-not-allowed",
    "an API host that is none",
    (stack) => datacenter(stack, "a", { apiHost: "bitbucket.acme.example", userFacingHost: "https://a.example" }),
    /apiHost: "bitbucket\.acme\.example" is not an address/,
  ],
  [
    "value-not-allowed",
    "VCS agents without an address that people open",
    (stack) => datacenter(stack, "a", { apiHost: "private://agents" }),
    /userFacingHost is missing/,
  ],
  [
    "value-not-allowed",
    "a provider block without the address of its server",
    (stack) => serverAt(stack, undefined),
    /bitbucketDatacenter\.url: The address is empty/,
  ],
  [
    "value-not-allowed",
    "an address of the REST API in the provider block",
    (stack) => serverAt(stack, "https://s.example/rest/api/1.0"),
    /bitbucketDatacenter\.url: [\s\S]*without \/rest/,
  ],
  [
    "value-not-allowed",
    "VCS agents in the provider block",
    (stack) => serverAt(stack, "private://agents"),
    /bitbucketDatacenter\.url is "private:\/\/agents"[\s\S]*belongs into apiHost/,
  ],
  [
    "value-not-allowed",
    "a host without https in the provider block",
    (stack) => serverAt(stack, "bitbucket.acme.example"),
    /bitbucketDatacenter\.url: "bitbucket\.acme\.example" is not an address/,
  ],
  [
    "value-not-allowed",
    "a provider of another stack",
    (stack) => datacenter(stack, "a", { provider: server(new TerraformStack(App.of(stack), "other"), "main") }),
    /bitbucket\/a: [\s\S]*Its provider is other\/main, of another stack/,
  ],
  [
    "value-not-allowed",
    "a webhook in another stack than its integration, whose provider it would take",
    (stack) => {
      const other = new TerraformStack(App.of(stack), "other");
      const integration = datacenter(other, "a", { provider: server(other, "main") });
      new RepositoryWebhook(stack, "hook", { integration, repository: DatacenterRepository.parse("PLAT/infrastructure") });
    },
    /bitbucket\/hook: [\s\S]*Make a BitliftProvider in the stack bitbucket/,
  ],
  [
    "value-not-allowed",
    "Bitbucket Cloud's option on Bitbucket Data Center",
    (stack) => datacenter(stack, "a").addRepository("PLAT/infrastructure", { skipCertificateVerification: true }),
    /bitbucket\/a\/plat--infrastructure: [\s\S]*skipCertificateVerification is an option of Bitbucket Cloud[\s\S]*Use verifyCertificate/,
  ],
  [
    "value-not-allowed",
    "Bitbucket Data Center's option on Bitbucket Cloud",
    (stack) => cloud(stack, "a").addRepositoriesOf("acme", { verifyCertificate: false }),
    /bitbucket\/a\/acme: [\s\S]*verifyCertificate is an option of Bitbucket Data Center[\s\S]*Use skipCertificateVerification/,
  ],
  [
    "value-not-allowed",
    "an event of the other product",
    (stack) => datacenter(stack, "a").addRepository("PLAT/infrastructure", { additionalEvents: [WebhookEvent.cloud.REPO_FORK] }),
    /repo:fork is an event of Bitbucket Cloud[\s\S]*Use WebhookEvent\.datacenter/,
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
    "a project of a project",
    (stack) => datacenter(stack, "a").addRepositoriesOf("PLAT", { project: "PLAT" }),
    /project is a filter of Bitbucket Cloud/,
  ],
  [
    "secret-literal",
    "a password in the address of a server",
    (stack) =>
      new BitliftProvider(stack, "server", {
        bitbucketDatacenter: { url: "https://admin:hunter22@bitbucket.acme.example", accessToken: Credential.fromEnvironment("T") },
      }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*bitbucketDatacenter\.url carries a user name or password/,
  ],
  [
    "secret-literal",
    "a password in the address of the account",
    (stack) => new BitliftProvider(stack, "server", { spacelift: key("admin:hunter22@acme.example") }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*spacelift\.endpoint carries a user name or password/,
  ],
  [
    "secret-literal",
    "a private key in place of a certificate",
    (stack) =>
      new BitliftProvider(stack, "server", {
        bitbucketDatacenter: {
          url: "https://bitbucket.acme.example",
          accessToken: Credential.fromEnvironment("T"),
          caCertificate: "-----BEGIN PRIVATE KEY-----\nhunter22",
        },
      }),
    /bitbucket\/server: (?![\s\S]*hunter22)[\s\S]*caCertificate holds a private key/,
  ],
  [
    "duplicate-default",
    "two default integrations for two servers of one account, which logs in from the environment",
    (stack) => {
      datacenter(stack, "a", { isDefault: true });
      datacenter(stack, "b", { isDefault: true, provider: server(stack, "second") });
    },
    /bitbucket\/a is the default integration of this account for Bitbucket Data Center already/,
  ],
  [
    "duplicate-default",
    "two default integrations for two servers of one account, which a token names",
    (stack) =>
      ["first", "second"].forEach((alias) => {
        const provider = server(stack, alias, { apiToken: Credential.fromEnvironment("TOKEN") });
        datacenter(stack, `for-${alias}`, { isDefault: true, provider });
      }),
    /bitbucket\/for-first is the default integration of this account/,
  ],
  [
    "duplicate-integration-name",
    "one name for two servers of one account, which logs in with a key",
    (stack) => {
      datacenter(stack, "a", { name: "Platform", provider: server(stack, "first", key("https://acme.app.spacelift.io")) });
      datacenter(stack, "b", { name: "platform", provider: server(stack, "second", key("https://ACME.app.spacelift.io/")) });
    },
    /bitbucket\/b: [\s\S]*are one name to Spacelift/,
  ],
  [
    "duplicate-repository",
    "a project key in two spellings",
    (stack) => datacenter(stack, "a").addRepositories(["PLAT/infrastructure", "plat/infrastructure"]),
    /bitbucket\/a: [\s\S]*plat\/infrastructure was added to this integration before/,
  ],
  [
    "duplicate-repository",
    "a repository beside all of its project",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("PLAT");
      one.addRepository("plat/infrastructure");
    },
    /bitbucket\/a\/plat--infrastructure: [\s\S]*into each repository of PLAT[\s\S]*except: \["infrastructure"\]/,
  ],
  [
    "duplicate-repository",
    "a project twice",
    (stack) => {
      const one = datacenter(stack, "a");
      ["PLAT", "plat"].forEach((project) => one.addRepositoriesOf(project));
    },
    /bitbucket\/a: [\s\S]*Each repository of plat was added to this integration before[\s\S]*constructId/,
  ],
  [
    "duplicate-repository",
    "a part of a project beside all of it",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("plat", { query: "terraform", constructId: "part" });
      one.addRepositoriesOf("PLAT");
    },
    /bitbucket\/a\/part: [\s\S]*bitbucket\/a\/plat puts a webhook[\s\S]*into those of this set[\s\S]*a query or a role/,
  ],
  [
    "duplicate-repository",
    "all of a project twice",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("PLAT", { except: ["sandbox"] });
      one.addRepositoriesOf("PLAT", { constructId: "again" });
    },
    /bitbucket\/a\/again: [\s\S]*into those of this set/,
  ],
];

it.each(BROKEN)("%s: refuses %s", (code, _, build, message) => {
  const complaint = complaintOf(stackWith(build));
  expect(complaint).toMatch(message);
  expect(complaint).toContain(`(${code})`);
  expect(complaint?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  for (const secret of [SECRET, PLAIN_SECRET]) expect(complaint).not.toContain(secret);
});

const SOUND: readonly [what: string, build: Build][] = [
  [
    "one default integration for each product",
    (stack) => [cloud(stack, "a", { isDefault: true }), datacenter(stack, "b", { isDefault: true })],
  ],
  ["one name for each product", (stack) => [cloud(stack, "a", { name: "Payments" }), datacenter(stack, "b", { name: "Payments" })]],
  [
    "one name for two servers of two accounts",
    (stack) => {
      datacenter(stack, "a", { name: "Platform", provider: server(stack, "first", key("https://acme.app.spacelift.io")) });
      datacenter(stack, "b", { name: "Platform", provider: server(stack, "second", key("https://other.app.spacelift.io")) });
    },
  ],
  [
    "one default integration for each account, where tokens name the accounts",
    (stack) =>
      ["FIRST", "SECOND"].forEach((variable) => {
        const provider = server(stack, variable.toLowerCase(), { apiToken: Credential.fromEnvironment(variable) });
        datacenter(stack, variable, { isDefault: true, provider });
      }),
  ],
  [
    "an event that nobody has looked up, on either product",
    (stack) => {
      const additionalEvents = [WebhookEvent.custom("repo:brand_new")];
      cloud(stack, "a").addRepository("acme/infrastructure", { additionalEvents });
      datacenter(stack, "b").addRepository("PLAT/infrastructure", { additionalEvents });
    },
  ],
  [
    "a repository that is excepted from all of its project",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("PLAT", { except: ["infrastructure"] });
      one.addRepository("PLAT/Infrastructure");
    },
  ],
  [
    "two sets of one project",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("PLAT", { query: "terraform" });
      one.addRepositoriesOf("PLAT", { query: "ansible", constructId: "ansible" });
    },
  ],
  [
    "a set for what another one excepts",
    (stack) => {
      const one = datacenter(stack, "a");
      one.addRepositoriesOf("PLAT", { except: ["billing"] });
      one.addRepositoriesOf("PLAT", { query: "billing", additionalEvents: [WebhookEvent.datacenter.PR_DECLINED], constructId: "billing" });
    },
  ],
  [
    "a stack on a repository of a whole project",
    (stack) => {
      const one = datacenter(stack, "a");
      one.stackSource({ repository: DatacenterRepository.of("PLAT", "infrastructure") });
      one.addRepositoriesOf("plat");
    },
  ],
];

it.each(SOUND)("accepts %s", (_, build) => {
  expect(complaintOf(stackWith(build))).toBeUndefined();
});

it("writes no literal even where validation is skipped", () => {
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
