/** Constructs, bindings and provider declarations match. */
import type { TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential, Space, WebhookEvent } from "../../lib";
import { version } from "../../package.json";
import { bitlift } from "../../packages/provider";
import { CREDENTIAL, SERVER, stackWith, synthesize, type Synthesized } from "./synthesis";

interface Declared {
  readonly type: string;
  readonly attributes: Readonly<Record<string, { readonly presence: string }>>;
}

const META = ["lifecycle", "provider", "depends_on", "for_each"];

/** Declares an app that uses every prop. */
function declareEverything(stack: TerraformStack): void {
  const url = "https://bitbucket.acme.example";
  const provider = new BitliftProvider(stack, "full", {
    alias: "full",
    spacelift: { endpoint: "https://acme.app.spacelift.io", apiKeyId: "01", apiKeySecret: Credential.fromVariable(stack, "key_secret") },
    bitbucketCloud: { accessToken: Credential.fromVariable(stack, "access_token"), baseUrl: "https://api.bitbucket.org/2.0" },
    bitbucketDatacenter: { url, accessToken: Credential.fromVariable(stack, "server_token"), caCertificate: "-----BEGIN CERTIFICATE-----" },
    rateLimitMaxWait: "5m",
    requestTimeout: "10s",
    maxConcurrentRequests: 4,
    lookBeforeCreate: 20,
  });
  new BitliftProvider(stack, "token", {
    alias: "token",
    spacelift: { apiToken: Credential.fromVariable(stack, "spacelift_token"), caCertificate: "ca.pem" },
    bitbucketCloud: { email: "a@b.c", apiToken: Credential.fromVariable(stack, "bitbucket_token"), caCertificate: "ca.pem" },
  });
  new BitliftProvider(stack, "password", {
    alias: "password",
    bitbucketCloud: { username: "bot", password: Credential.fromVariable(stack, "bitbucket_password") },
    bitbucketDatacenter: { url, username: "bot", password: Credential.fromVariable(stack, "server_password") },
  });
  const fromEnvironment = Credential.fromEnvironment("OTHER_ACCOUNT");
  const endpoint = "https://acme.app.spacelift.io";
  new BitliftProvider(stack, "env-1", {
    alias: "env-1",
    spacelift: { endpoint, apiKeyId: "01", apiKeySecret: fromEnvironment },
    bitbucketCloud: { accessToken: fromEnvironment },
    bitbucketDatacenter: { url, accessToken: fromEnvironment },
  });
  new BitliftProvider(stack, "env-2", {
    alias: "env-2",
    spacelift: { apiToken: fromEnvironment },
    bitbucketCloud: { email: "a@b.c", apiToken: fromEnvironment },
  });
  new BitliftProvider(stack, "env-3", {
    alias: "env-3",
    bitbucketCloud: { username: "bot", password: fromEnvironment },
    bitbucketDatacenter: { url, username: "bot", password: fromEnvironment },
  });
  const space = new Space(stack, "space", {
    name: "s",
    description: "d",
    labels: ["l"],
    inheritEntities: true,
    parent: Space.ROOT,
    provider,
  });
  const common = {
    name: "i",
    space,
    isDefault: false,
    labels: ["l"],
    description: "d",
    vcsChecks: "ALL",
    useGitCheckout: true,
    webhookSecretRotation: "1",
    detachProtection: false,
    provider,
  } as const;
  const integration = new BitbucketCloudIntegration(stack, "full-integration", { ...common, credential: CREDENTIAL });
  const server = new BitbucketDatacenterIntegration(stack, "full-server", { ...common, ...SERVER });
  const secret = Credential.fromVariable(stack, "secret");
  new BitbucketCloudIntegration(stack, "b", { name: "b", credential: { email: "a@b.c", apiToken: secret } });
  new BitbucketCloudIntegration(stack, "c", { name: "c", credential: { username: "bot", appPassword: secret } });
  new BitbucketCloudIntegration(stack, "d", { name: "d", credential: { username: "bot", appPassword: Credential.fromEnvironment("APP") } });
  new BitbucketDatacenterIntegration(stack, "e", { name: "e", ...SERVER, accessToken: secret });
  const webhook = { title: "t", active: false, adoptExisting: false };
  integration.addRepository("acme/infrastructure", {
    ...webhook,
    additionalEvents: [WebhookEvent.cloud.REPO_FORK],
    skipCertificateVerification: true,
  });
  server.addRepository("PLAT/infrastructure", {
    ...webhook,
    additionalEvents: [WebhookEvent.datacenter.REPO_FORKED],
    verifyCertificate: false,
  });
  integration.addRepositoriesOf("other", { project: "PAY", query: "q", role: "admin" });
  server.addRepositoriesOf("PAY", { query: "q", role: "REPO_ADMIN" });
  for (const Existing of [BitbucketCloudIntegration, BitbucketDatacenterIntegration]) {
    Existing.fromIntegrationId(stack, `existing-${Existing.name}`, "existing");
    Existing.fromIntegrationName(stack, `existing-name-${Existing.name}`, "Existing");
    Existing.fromDefault(stack, `existing-default-${Existing.name}`);
  }
}

const keys = (objects: readonly Record<string, unknown>[]) =>
  [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => !META.includes(key)).sort();
const settable = ({ attributes }: Pick<Declared, "attributes">) =>
  Object.keys(attributes)
    .filter((name) => attributes[name]?.presence !== "computed")
    .sort();

let configuration: Synthesized;
beforeAll(() => (configuration = synthesize(declareEverything)));

it.each((bitlift.resources as readonly Declared[]).map((declared) => [`bitlift_${declared.type}`, declared] as const))(
  "the props of %s cover every attribute that can be set, and write no other",
  (type, declared) => {
    expect(keys(Object.values(configuration.resource[type] ?? {}))).toEqual(settable(declared));
  },
);

/** Constructs reference Spaces by ID and do not look them up. The consumers of an integration cannot be declared. */
const WITHOUT_CONSTRUCT = ["space", "integration_usage"];

it.each(
  (bitlift.dataSources as readonly Declared[])
    .filter(({ type }) => !WITHOUT_CONSTRUCT.includes(type))
    .map((declared) => [`bitlift_${declared.type}`, declared] as const),
)("the options cover every argument of the data source %s", (type, declared) => {
  expect(keys(Object.values(configuration.data[type] ?? {}))).toEqual(settable(declared));
});

it("the props cover every setting of the provider block", () => {
  const blocks = configuration.provider["bitlift"] ?? [];
  expect(keys(blocks)).toEqual(["alias", ...Object.keys(bitlift.attributes), ...Object.keys(bitlift.blocks)].sort());
  for (const [name, block] of Object.entries(bitlift.blocks)) {
    expect(keys(blocks.flatMap((provider) => (provider[name] === undefined ? [] : [provider[name] as Record<string, unknown>])))).toEqual(
      settable(block),
    );
  }
});

it("the bindings have the version of the package and the source address of the provider", () => {
  const stack = stackWith(() => undefined);
  expect(JSON.parse(JSON.stringify(stack.toTerraform())).terraform.required_providers).toEqual({
    bitlift: { source: bitlift.source, version },
  });
});

it("every secret in a provider block is a reference to an ephemeral variable", () => {
  const references = JSON.stringify(configuration.provider).match(/\$\{var\.(\w+)\}/g) ?? [];
  expect(references).toHaveLength(7);
  expect(Object.values(configuration.variable).every((variable) => variable["ephemeral"] === true && variable["sensitive"] === true)).toBe(
    true,
  );
});
