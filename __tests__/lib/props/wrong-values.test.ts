/** Wrong usages. The compiler rejects each of them; and if the type check is skipped, synthesis reports it with the call to write instead. */
import { TerraformResource, TerraformVariable, type TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  CloudRepository,
  Credential,
  DatacenterRepository,
  NamespaceWebhooks,
  RepositoryWebhook,
  Space,
  WebhookEvent,
} from "../../../lib";
import { CREDENTIAL, SERVER, stackWith, validationMessageOf } from "../synthesis";

const cloud = (stack: TerraformStack) => new BitbucketCloudIntegration(stack, "cloud", { name: "Cloud", credential: CREDENTIAL });
const server = (stack: TerraformStack) => new BitbucketDatacenterIntegration(stack, "server", { name: "Server", ...SERVER });
const props = { name: "Payments", credential: CREDENTIAL };
const repository = CloudRepository.parse("acme/infrastructure");
const SECRET = "ATATT3xFfGF0-not-a-real-token";

type Wrong = readonly [usage: string, build: (stack: TerraformStack) => unknown, message: RegExp];

const OF_PROPS: readonly Wrong[] = [
  [
    "a text as the Space",
    // @ts-expect-error wrong type
    (stack) => new BitbucketCloudIntegration(stack, "a", { ...props, space: "platform" }),
    /bitbucket\/a: [^]*space is the text "platform"\.\s+Write Space\.fromSpaceId\("platform"\)\.\s+\(value-not-allowed\)/,
  ],
  [
    "the ID of the root Space as the Space",
    // @ts-expect-error wrong type
    (stack) => new BitbucketDatacenterIntegration(stack, "a", { name: "a", ...SERVER, space: "root" }),
    /bitbucket\/a: [^]*space is the text "root"\.\s+Write Space\.ROOT\./,
  ],
  [
    "a Space of Spacelift's own provider as the parent",
    (stack) => {
      const resource = new TerraformResource(stack, "other", { terraformResourceType: "spacelift_space" });
      // @ts-expect-error wrong type
      new Space(stack, "a", { name: "a", parent: Object.assign(resource, { id: "${spacelift_space.other.id}" }) });
    },
    /bitbucket\/a: [^]*parent is the construct bitbucket\/other\.\s+Write Space\.fromSpaceId\(….id\)/,
  ],
  [
    "a list with one Space as the parent",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", parent: [Space.ROOT] }),
    /parent is an array\.\s+Pass a single Space/,
  ],
  [
    "an unset environment variable as the ID of a Space",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", parent: Space.fromSpaceId(process.env["NO_SUCH_VARIABLE"]) }),
    /The ID of parent is undefined\.\s+Pass the ID as a text/,
  ],
  [
    "null for an optional prop",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", description: null }),
    /description is null\.\s+Omit it/,
  ],
  [
    "a misspelled prop",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", descripton: "For payments" }),
    /bitbucket\/a: [^]*There is no prop descripton\.\s+Write description\./,
  ],
  [
    "a misspelled prop of the credential",
    // @ts-expect-error wrong type
    (stack) => new BitbucketCloudIntegration(stack, "a", { name: "a", credential: { ...CREDENTIAL, emal: "a@b.c" } }),
    /There is no prop credential\.emal\.\s+Write email\./,
  ],
  [
    "a text as the credential, which may be the secret",
    // @ts-expect-error wrong type
    (stack) => new BitbucketCloudIntegration(stack, "a", { name: "a", credential: SECRET }),
    /credential is a text\./,
  ],
  [
    "a text as a login, which may be the secret",
    // @ts-expect-error wrong type
    (stack) => new BitliftProvider(stack, "a", { alias: "a", bitbucketCloud: SECRET }),
    /bitbucketCloud is a text\./,
  ],
  [
    "a number in quotes",
    // @ts-expect-error wrong type
    (stack) => new BitliftProvider(stack, "a", { alias: "a", maxConcurrentRequests: "4" }),
    /maxConcurrentRequests is the text "4"\.\s+Write 4 without quotes/,
  ],
  [
    "a flag in quotes",
    // @ts-expect-error wrong type
    (stack) => new BitbucketCloudIntegration(stack, "a", { ...props, isDefault: "true" }),
    /isDefault is the text "true"\.\s+Write true without quotes/,
  ],
  [
    "a number as the name",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: 7 }),
    /name is the number 7\.\s+Write it as a text: "7"/,
  ],
  [
    "no name",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", {}),
    /name is missing\.\s+Set the name, as a text\.\s+\(value-missing\)/,
  ],
  [
    "a text as the labels",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", labels: "team:payments" }),
    /labels is the text "team:payments"\.\s+Pass an array of texts\. For a single text, write brackets around it/,
  ],
  [
    "the alias of a provider instead of the provider",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", provider: "second" }),
    /provider is the text "second"\.\s+Pass a BitliftProvider/,
  ],
  [
    "a generated provider class instead of BitliftProvider",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a", provider: new TerraformResource(stack, "p", { terraformResourceType: "p" }) }),
    /provider is the construct bitbucket\/p\.\s+Pass a BitliftProvider/,
  ],
  [
    "a text as the repository of a webhook",
    // @ts-expect-error wrong type
    (stack) => new RepositoryWebhook(stack, "a", { integration: cloud(stack), repository: "acme/infrastructure" }),
    /bitbucket\/a: [^]*Write CloudRepository\.parse\("acme\/infrastructure"\) or DatacenterRepository/,
  ],
  [
    "a text as the integration of a webhook",
    // @ts-expect-error wrong type
    (stack) => new RepositoryWebhook(stack, "a", { repository, integration: "bitbucket-for-payments" }),
    /integration is the text [^]*BitbucketCloudIntegration\.fromIntegrationId\(scope, id, "bitbucket-for-payments"\)/,
  ],
  [
    "no integration for a set of webhooks",
    // @ts-expect-error wrong type
    (stack) => new NamespaceWebhooks(stack, "a", { namespace: "acme" }),
    /bitbucket\/a: [^]*integration is missing\./,
  ],
  [
    "a repository of the other product",
    // TypeScript infers that the webhook is for either product.
    (stack) => new RepositoryWebhook(stack, "a", { integration: cloud(stack), repository: DatacenterRepository.parse("PLAT/a") }),
    /PLAT\/a is a repository of Bitbucket Data Center/,
  ],
];

const OF_OPTIONS: readonly Wrong[] = [
  [
    "the key of an event",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository(repository, { additionalEvents: ["pullrequest:rejected"] }),
    /In addRepository\(…\), additionalEvents\[0\] is the text [^]*Write WebhookEvent\.cloud\.PULLREQUEST_REJECTED\./,
  ],
  [
    "the key of an unknown event",
    // @ts-expect-error wrong type
    (stack) => server(stack).addRepositories(["PLAT/a"], { additionalEvents: ["pr:brand_new"] }),
    /In addRepositories\(…\), additionalEvents\[0\][^]*Write WebhookEvent\.custom\("pr:brand_new"\)/,
  ],
  [
    "an event without brackets",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepositoriesOf("acme", { additionalEvents: WebhookEvent.cloud.REPO_FORK }),
    /In addRepositoriesOf\(…\), additionalEvents is an event[^]*brackets/,
  ],
  [
    "a misspelled constant of an event",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository(repository, { additionalEvents: [WebhookEvent.cloud.REPO_FROK] }),
    /additionalEvents\[0\] is missing\.\s+Pass an event/,
  ],
  [
    "an event of the other product",
    // @ts-expect-error wrong type
    (stack) => server(stack).addRepository("PLAT/a", { additionalEvents: [WebhookEvent.cloud.REPO_FORK] }),
    /repo:fork is an event of Bitbucket Cloud/,
  ],
  [
    "a number as the key of an event",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository(repository, { additionalEvents: [WebhookEvent.custom(7)] }),
    /The key of additionalEvents\[0\] is the number 7|the key of additionalEvents\[0\] is the number 7/,
  ],
  [
    "the certificate option of the other product",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository(repository, { verifyCertificate: false }),
    /verifyCertificate is an option of Bitbucket Data Center/,
  ],
  [
    "the certificate option of the other product, on a construct of its own",
    // @ts-expect-error wrong type
    (stack) => new RepositoryWebhook(stack, "a", { integration: cloud(stack), repository, verifyCertificate: false }),
    /bitbucket\/a: [^]*Use skipCertificateVerification/,
  ],
  [
    "a role that does not exist",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepositoriesOf("acme", { role: "adnin" }),
    /role is "adnin", which Bitbucket Cloud does not have\.\s+Use one of: member, contributor, admin, owner/,
  ],
  [
    "a role of the other product",
    // @ts-expect-error wrong type
    (stack) => server(stack).addRepositoriesOf("PLAT", { role: "admin" }),
    /role is "admin", which Bitbucket Data Center does not have\.\s+Use one of: REPO_READ, REPO_WRITE, REPO_ADMIN/,
  ],
  [
    "a project filter on a project",
    // @ts-expect-error wrong type
    (stack) => server(stack).addRepositoriesOf("PLAT", { project: "PLAT" }),
    /project filters a workspace/,
  ],
  [
    "a token in the exceptions",
    (stack) => cloud(stack).addRepositoriesOf("acme", { except: new TerraformVariable(stack, "v", {}).listValue }),
    /except is known only after apply[^]*Pass a TypeScript array[^]*\(token-not-allowed\)/,
  ],
  [
    "null instead of options",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository(repository, null),
    /In addRepository\(…\), the props are null/,
  ],
  [
    "a text instead of options",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).stackSource("acme/infrastructure"),
    /In stackSource\(…\), the props are the text "acme\/infrastructure"[^]*repository, space/,
  ],
  [
    "a text as the Space of a stack",
    (stack) => {
      const integration = cloud(stack);
      integration.addRepository(repository);
      // @ts-expect-error wrong type
      integration.stackSource({ repository, space: "platform" });
    },
    /In stackSource\(…\), space is the text "platform"\.\s+Write Space\.fromSpaceId\("platform"\)/,
  ],
];

const OF_ARGUMENTS: readonly Wrong[] = [
  // @ts-expect-error wrong type
  ["an unset variable", (stack) => cloud(stack).addRepository(undefined), /In addRepository\(…\), repository is missing/],
  // @ts-expect-error wrong type
  ["an array in addRepository", (stack) => cloud(stack).addRepository(["acme/a"]), /repository is an array\.\s+Call addRepositories/],
  [
    "a text in addRepositories",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepositories("acme/a"),
    /repositories is the text "acme\/a"[^]*call addRepository\./,
  ],
  // @ts-expect-error wrong type
  ["a hole in the list", (stack) => cloud(stack).addRepositories(["acme/a", undefined]), /repositories\[1\] is missing/],
  [
    "an object in addRepositoriesOf",
    // @ts-expect-error wrong type
    (stack) => server(stack).addRepositoriesOf({ project: "PLAT" }),
    /namespace is an object\.\s+Pass the project key/,
  ],
  [
    "an array in addRepositoriesOf",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepositoriesOf(["a", "b"]),
    /Call addRepositoriesOf once for each workspace/,
  ],
  // @ts-expect-error wrong type
  ["a text in isAvailableTo", (stack) => cloud(stack).isAvailableTo("platform"), /In isAvailableTo\(…\), space is the text "platform"/],
  // @ts-expect-error wrong type
  ["a number in importFrom", (stack) => cloud(stack).importFrom(42), /In importFrom\(…\), integrationId is the number 42/],
  // @ts-expect-error wrong type
  ["nothing in importFrom of a webhook", (stack) => cloud(stack).addRepository(repository).importFrom(), /importId is missing/],
  [
    "nothing in importFrom of a Space",
    // @ts-expect-error wrong type
    (stack) => new Space(stack, "a", { name: "a" }).importFrom(),
    /bitbucket\/a: [^]*spaceId is missing/,
  ],
  [
    "an empty ID",
    (stack) => BitbucketCloudIntegration.fromIntegrationId(stack, "a", ""),
    /In fromIntegrationId\(…\), integrationId is empty/,
  ],
  // @ts-expect-error wrong type
  ["no ID", (stack) => BitbucketDatacenterIntegration.fromIntegrationId(stack, "a"), /bitbucket\/a: [^]*integrationId is missing/],
  // @ts-expect-error wrong type
  ["a text in covers", (stack) => cloud(stack).addRepositoriesOf("acme").covers("acme/a"), /In covers\(…\), repository is the text/],
  // @ts-expect-error wrong type
  ["no slug", (stack) => cloud(stack).addRepositoriesOf("acme").integrationIdFor(), /In integrationIdFor\(…\), slug is missing/],
  [
    "an address of another type",
    (stack) => cloud(stack).moveFrom("bitlift_space.a"),
    /which is not an address of bitlift_bitbucket_cloud_integration/,
  ],
  ["no address of a set", (stack) => cloud(stack).addRepositoriesOf("acme").moveFrom(""), /In moveFrom\(…\), address is ""/],
  ["no address of a webhook", (stack) => cloud(stack).addRepository("acme/a").moveFrom("hook"), /In moveFrom\(…\), address is "hook"/],
  ["no address of a Space", (stack) => new Space(stack, "a", { name: "a" }).moveFrom("space"), /In moveFrom\(…\), address is "space"/],
  [
    "a name that no variable has",
    (stack) => Credential.fromVariable(stack, "my token"),
    /bitbucket\/my token: [^]*"my token" as the name of a variable/,
  ],
  [
    "a number as the version",
    // @ts-expect-error wrong type
    (stack) => Credential.fromVariable(stack, "v", { version: 2 }),
    /version is the number 2\.\s+Write it as a text: "2"/,
  ],
  [
    "a token as the construct ID",
    (stack) => new Space(stack, cloud(stack).integrationId, { name: "a" }),
    /The construct ID is known only after apply/,
  ],
];

const TOKENS: readonly Wrong[] = [
  [
    "a list of repositories",
    (stack) => cloud(stack).addRepositories(new TerraformVariable(stack, "v", { type: "list(string)" }).listValue),
    /repositories is known only after apply[^]*addRepositoriesOf[^]*a TypeScript array[^]*CloudRepository\.of\(…\) with constructId/,
  ],
  [
    "a list of repositories on Data Center",
    (stack) => server(stack).addRepositories(new TerraformVariable(stack, "v", { type: "list(string)" }).listValue),
    /of a project, a TypeScript array, or DatacenterRepository\.of\(…\) with constructId/,
  ],
  [
    "a repository",
    (stack) => cloud(stack).addRepository(new TerraformVariable(stack, "v", { type: "string" }).stringValue),
    /bitbucket\/cloud: [^]*The repository is a token|the repository is a token/,
  ],
  [
    "a list of events",
    // @ts-expect-error wrong type
    (stack) => cloud(stack).addRepository("acme/a", { additionalEvents: new TerraformVariable(stack, "v", {}).listValue }),
    /additionalEvents is known only after apply[^]*Pass a TypeScript array of events/,
  ],
  [
    "the alias of a provider",
    (stack) => new BitliftProvider(stack, "a", { alias: new TerraformVariable(stack, "v", {}).stringValue }),
    /alias is known only after apply/,
  ],
];

it.each([...OF_PROPS, ...OF_OPTIONS, ...OF_ARGUMENTS])("reports %s", (_, build, message) => {
  const stack = stackWith((scope) => void build(scope));
  const findings = validationMessageOf(stack);
  expect(findings).toMatch(message);
  expect(findings?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  expect(findings).not.toContain(SECRET);
  expect(JSON.stringify(stack.toTerraform())).not.toContain(SECRET);
});

it.each(TOKENS)("reports a token instead of %s, without its encoded form", (_, build, message) => {
  const findings = validationMessageOf(stackWith((scope) => void build(scope)));
  expect(findings).toMatch(message);
  expect(findings).toContain("(token-not-allowed)");
  expect(findings).not.toContain("TfToken");
});

it("reports all wrong values at once", () => {
  const message = validationMessageOf(
    stackWith((stack) => {
      // @ts-expect-error wrong type
      for (const id of ["a", "b", "c"]) new Space(stack, id, { name: id, parent: "platform", labels: 7, descripton: "d" });
    }),
  );
  expect(message?.match(/parent is the text|labels is the number|There is no prop descripton/g)).toHaveLength(9);
});

describe("without a construct that a finding could name, the error is thrown:", () => {
  it.each<[string, () => unknown, RegExp]>([
    // @ts-expect-error wrong type
    ["a text as the scope", () => new Space("stack", "a", { name: "a" }), /The scope of Space is the text "stack"\.\s+Pass the stack/],
    // @ts-expect-error wrong type
    ["no ID", () => stackWith((stack) => [new Space(stack)]), /The id of Space is undefined/],
    // @ts-expect-error wrong type
    ["a scope of fromDefault", () => BitbucketCloudIntegration.fromDefault(undefined, "a"), /The scope of the integration is undefined/],
    // @ts-expect-error wrong type
    ["a scope of fromVariable", () => Credential.fromVariable("token"), /The scope of the variable is the text "token"/],
    // @ts-expect-error wrong type
    ["a repository that is undefined", () => CloudRepository.parse(undefined), /repository is undefined\.\s+Use <workspace>\/<repository>/],
    // @ts-expect-error wrong type
    ["a project that is a number", () => DatacenterRepository.of(7, "a"), /repository is the number 7\.\s+Use <PROJECT>\/<repository>/],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(/\(value-not-allowed\)/);
  });
});
