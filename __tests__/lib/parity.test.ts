/** Constructs, generated classes and declarations say the same. */
import type { TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space, WebhookEvent } from "../../lib";
import { version } from "../../package.json";
import { bitlift } from "../../provider/provider";
import { CREDENTIAL, stackWith, synthesised, type Synthesised } from "./synthesis";

interface Declared {
  readonly type: string;
  readonly attributes: Readonly<Record<string, { readonly presence: string }>>;
}

const META = ["lifecycle", "provider", "depends_on"];

/** One app in which every prop is used. */
function everything(stack: TerraformStack): void {
  const provider = new BitliftProvider(stack, "full", {
    alias: "full",
    spacelift: { endpoint: "https://acme.app.spacelift.io", apiKeyId: "01", apiKeySecret: Credential.fromVariable(stack, "key_secret") },
    bitbucketCloud: { accessToken: Credential.fromVariable(stack, "access_token"), baseUrl: "https://api.bitbucket.org/2.0" },
    rateLimitMaxWait: "5m",
    requestTimeout: "10s",
    maxConcurrentRequests: 4,
  });
  new BitliftProvider(stack, "token", {
    alias: "token",
    spacelift: { apiToken: Credential.fromVariable(stack, "spacelift_token") },
    bitbucketCloud: { email: "a@b.c", apiToken: Credential.fromVariable(stack, "bitbucket_token") },
  });
  new BitliftProvider(stack, "password", {
    alias: "password",
    bitbucketCloud: { username: "bot", password: Credential.fromVariable(stack, "bitbucket_password") },
  });
  const env = Credential.fromEnvironment("OTHER_ACCOUNT");
  const endpoint = "https://acme.app.spacelift.io";
  new BitliftProvider(stack, "env-1", {
    alias: "env-1",
    spacelift: { endpoint, apiKeyId: "01", apiKeySecret: env },
    bitbucketCloud: { accessToken: env },
  });
  new BitliftProvider(stack, "env-2", { alias: "env-2", spacelift: { apiToken: env }, bitbucketCloud: { email: "a@b.c", apiToken: env } });
  new BitliftProvider(stack, "env-3", { alias: "env-3", bitbucketCloud: { username: "bot", password: env } });
  const space = new Space(stack, "space", {
    name: "s",
    description: "d",
    labels: ["l"],
    inheritEntities: true,
    parent: Space.ROOT,
    provider,
  });
  const integration = new BitbucketCloudIntegration(stack, "full-integration", {
    name: "i",
    credential: CREDENTIAL,
    space,
    isDefault: false,
    labels: ["l"],
    description: "d",
    vcsChecks: "ALL",
    useGitCheckout: true,
    webhookSecretRotation: "1",
    detachProtection: false,
    provider,
  });
  const secret = Credential.fromVariable(stack, "secret");
  new BitbucketCloudIntegration(stack, "b", { name: "b", credential: { email: "a@b.c", apiToken: secret } });
  new BitbucketCloudIntegration(stack, "c", { name: "c", credential: { username: "bot", appPassword: secret } });
  new BitbucketCloudIntegration(stack, "d", { name: "d", credential: { username: "bot", appPassword: Credential.fromEnvironment("APP") } });
  integration.addRepository("acme/infrastructure", {
    title: "t",
    additionalEvents: [WebhookEvent.cloud.REPO_FORK],
    active: false,
    skipCertificateVerification: true,
    adoptExisting: false,
  });
  BitbucketCloudIntegration.fromIntegrationId(stack, "existing", "existing");
  BitbucketCloudIntegration.fromDefault(stack, "existing-default");
}

const keys = (objects: readonly Record<string, unknown>[]) =>
  [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => !META.includes(key)).sort();
const settable = ({ attributes }: Pick<Declared, "attributes">) =>
  Object.keys(attributes)
    .filter((name) => attributes[name]?.presence !== "computed")
    .sort();

let made: Synthesised;
beforeAll(() => (made = synthesised(everything)));

it.each((bitlift.resources as readonly Declared[]).map((declared) => [`bitlift_${declared.type}`, declared] as const))(
  "every attribute of %s that can be set is reachable from props, and no other is written",
  (type, declared) => {
    expect(keys(Object.values(made.resource[type] ?? {}))).toEqual(settable(declared));
  },
);

it("both ways to name an integration that exists are reachable", () => {
  const declared = (bitlift.dataSources as readonly Declared[]).find(({ type }) => type === "bitbucket_cloud_integration")!;
  expect(keys(Object.values(made.data["bitlift_bitbucket_cloud_integration"] ?? {}))).toEqual(settable(declared));
});

it("every setting of the provider block is reachable from props", () => {
  const blocks = made.provider["bitlift"] ?? [];
  expect(keys(blocks)).toEqual(["alias", ...Object.keys(bitlift.attributes), ...Object.keys(bitlift.blocks)].sort());
  for (const [name, block] of Object.entries(bitlift.blocks)) {
    expect(keys(blocks.flatMap((one) => (one[name] === undefined ? [] : [one[name] as Record<string, unknown>])))).toEqual(settable(block));
  }
});

it("the generated classes carry the version of the package and the provider's address", () => {
  const stack = stackWith(() => undefined);
  expect(JSON.parse(JSON.stringify(stack.toTerraform())).terraform.required_providers).toEqual({
    bitlift: { source: bitlift.source, version },
  });
});

it("every secret in a provider block is a reference to an ephemeral variable", () => {
  const references = JSON.stringify(made.provider).match(/\$\{var\.(\w+)\}/g) ?? [];
  expect(references).toHaveLength(5);
  expect(Object.values(made.variable).every((variable) => variable["ephemeral"] === true && variable["sensitive"] === true)).toBe(true);
});
