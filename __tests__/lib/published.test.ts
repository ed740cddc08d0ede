/** Constructs with published backing: what they synthesize, and what they refuse. */
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  BACKING_CONTEXT,
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  WebhookEvent,
  type BitbucketDatacenterIntegrationProps,
} from "../../lib";
import { HOST } from "../../lib/host";
import { SpaceliftProvider } from "../../lib/providers/spacelift/provider";
import { CREDENTIAL, SERVER, synthesizedStack, validationMessageOf } from "./synthesis";

/** The resource that triggers a replacement: with CDKTF of a package for it, with CDK Terrain of the engine. */
const TRIGGER = {
  cdktf: { type: "null_resource", values: "triggers", reference: /^null_resource\.\w+\.triggers\["name"\]$/, providers: ["null"] },
  cdktn: { type: "terraform_data", values: "triggers_replace", reference: /^terraform_data\.\w+\.triggers_replace\.name$/, providers: [] },
}[HOST];

function publishedStack(build: (stack: TerraformStack) => unknown, context: unknown = "published"): TerraformStack {
  const app = Testing.app({ context: { [BACKING_CONTEXT]: context } });
  const stack = new TerraformStack(app, "bitbucket");
  build(stack);
  return stack;
}

function ledger(stack: TerraformStack, props: Partial<BitbucketDatacenterIntegrationProps> = {}): BitbucketDatacenterIntegration {
  const accessToken = props.accessToken ?? Credential.fromVariable(stack, "ledger_token");
  return new BitbucketDatacenterIntegration(stack, "ledger", { ...SERVER, name: "Ledger", ...props, accessToken });
}

const firstOf = <T>(objects: Record<string, T> | undefined): T | undefined => Object.values(objects ?? {})[0];

it("a whole app with published backing does not mention Bitlift's own provider", () => {
  const stack = publishedStack((scope) => {
    new BitliftProvider(scope, "bitlift");
    const space = new Space(scope, "payments", { name: "Payments" });
    ledger(scope, { space }).addRepository("PAY/ledger");
    BitbucketCloudIntegration.fromIntegrationId(scope, "cloud", "bitbucket-for-payments").addRepository("acme/billing");
  });
  const { provider, resource, data, terraform } = synthesizedStack(stack);
  expect(Object.keys(provider).sort()).toEqual(["bitbucket", "bitbucketserver", ...TRIGGER.providers, "spacelift"]);
  expect(Object.keys(resource).sort()).toEqual([
    "bitbucket_hook",
    "bitbucketserver_repository_webhook",
    ...(HOST === "cdktf" ? [TRIGGER.type] : []),
    "spacelift_bitbucket_datacenter_integration",
    "spacelift_space",
    ...(HOST === "cdktf" ? [] : [TRIGGER.type]),
  ]);
  expect(Object.keys(data)).toEqual(["spacelift_bitbucket_cloud_integration"]);
  expect(Object.keys((terraform as { required_providers: object }).required_providers)).not.toContain("bitlift");
});

describe("an integration", () => {
  it("is replaced by a trigger, because its provider cannot change the name or the default flag", () => {
    const { resource } = synthesizedStack(publishedStack(ledger));
    const [[name, trigger] = []] = Object.entries(resource[TRIGGER.type] ?? {});
    expect(trigger).toMatchObject({ [TRIGGER.values]: { name: "Ledger", is_default: "false" } });
    const integration = firstOf(resource["spacelift_bitbucket_datacenter_integration"]);
    expect(integration).toMatchObject({
      labels: [],
      space_id: "root",
      access_token_wo: "${var.ledger_token}",
      access_token_wo_version: "1",
      lifecycle: { create_before_destroy: true, replace_triggered_by: [`${TRIGGER.type}.${name ?? ""}`] },
    });
  });

  it("with a default flag destroys first, and has a precondition about the root Space instead of a check of its URL", () => {
    const synthesized = synthesizedStack(publishedStack((stack) => ledger(stack, { isDefault: true })));
    const integration = firstOf(synthesized.resource["spacelift_bitbucket_datacenter_integration"]);
    expect(integration?.["lifecycle"]).not.toHaveProperty("create_before_destroy");
    expect(integration?.["lifecycle"]).toMatchObject({
      precondition: [{ error_message: "A default integration must be in the root Space." }],
    });
    expect(synthesized).not.toHaveProperty("check");
  });

  it("in a stack with Bitlift's own provider keeps both providers apart", () => {
    const stack = publishedStack((scope) => {
      new BitliftProvider(scope, "bitlift");
      new BitbucketCloudIntegration(scope, "payments", { name: "Payments", credential: CREDENTIAL, backing: "bitlift" });
      ledger(scope);
    });
    const { provider, resource } = synthesizedStack(stack);
    expect(Object.keys(provider).sort()).toEqual(["bitlift", ...TRIGGER.providers, "spacelift"]);
    expect(Object.keys(resource)).toContain("bitlift_bitbucket_cloud_integration");
  });
});

describe("a webhook", () => {
  const added = (stack: TerraformStack) =>
    ledger(stack).addRepository("PAY/ledger", { additionalEvents: [WebhookEvent.datacenter.PR_DECLINED] });

  it("has the required events in a fixed order, the secret, and the trigger of its integration's name", () => {
    const webhook = firstOf(synthesizedStack(publishedStack(added)).resource["bitbucketserver_repository_webhook"]);
    expect(webhook).toMatchObject({ project: "PAY", repository: "ledger", active: true });
    expect(webhook?.["events"]).toEqual([...(webhook?.["events"] as string[])].sort());
    expect(webhook?.["events"]).toContain("pr:declined");
    expect(webhook?.["secret"]).toMatch(/^\$\{spacelift_bitbucket_datacenter_integration\.\w+\.webhook_secret\}$/);
    expect(webhook?.["lifecycle"]).toMatchObject({
      create_before_destroy: true,
      replace_triggered_by: [expect.stringMatching(TRIGGER.reference)],
      precondition: [{ condition: expect.stringContaining("webhook_secret) >= 1") as string }],
    });
  });

  it("on Bitbucket Cloud writes that certificates are verified, because its provider skips that by default", () => {
    const stack = publishedStack((scope) => {
      BitbucketCloudIntegration.fromDefault(scope, "cloud").addRepositories(["acme/billing"]);
    });
    const { resource, data } = synthesizedStack(stack);
    expect(firstOf(resource["bitbucket_hook"])).toMatchObject({
      owner: "acme",
      repository: "billing",
      skip_cert_verification: false,
      active: true,
    });
    expect(firstOf(data["spacelift_bitbucket_cloud_integration"])).not.toHaveProperty("id");
  });

  it("gives stacks the ID of the integration in an expression that waits for the webhook", () => {
    const stack = publishedStack((scope) => {
      const integration = ledger(scope);
      integration.addRepository("PAY/ledger");
      const { id, namespace } = integration.stackSource({ repository: "PAY/ledger" });
      const provider = new SpaceliftProvider(scope, "own", {});
      provider.addOverride("source", { id, namespace });
    });
    const [block] = synthesizedStack(stack).provider["spacelift"] ?? [];
    expect(block?.["source"]).toEqual({
      id: expect.stringMatching(
        /^\$\{element\(\[spacelift_bitbucket_datacenter_integration\.\w+\.id, bitbucketserver_repository_webhook\.[\w-]+\.id\], 0\)\}$/,
      ) as string,
      namespace: "PAY",
    });
  });
});

describe("the providers", () => {
  it("take the logins of the BitliftProvider, even if the app declares it last", () => {
    const stack = publishedStack((scope) => {
      ledger(scope).addRepository("PAY/ledger");
      new BitliftProvider(scope, "bitlift", {
        spacelift: { endpoint: "https://acme.app.spacelift.io", apiKeySecret: Credential.fromEnvironment("SPACELIFT_API_KEY_SECRET") },
        bitbucketDatacenter: {
          url: "https://bitbucket.acme.example",
          username: "admin",
          password: Credential.fromVariable(scope, "password"),
        },
      });
    });
    const { provider } = synthesizedStack(stack);
    expect(provider["spacelift"]).toEqual([{ api_key_endpoint: "https://acme.app.spacelift.io" }]);
    expect(provider["bitbucketserver"]).toEqual([
      { server: "https://bitbucket.acme.example", username: "admin", password: "${var.password}" },
    ]);
  });

  it("have the alias of the BitliftProvider that a construct names", () => {
    const stack = publishedStack((scope) => {
      const login = { url: "https://second.acme.example", username: "admin", password: Credential.fromVariable(scope, "password") };
      const provider = new BitliftProvider(scope, "second", { alias: "second", bitbucketDatacenter: login });
      ledger(scope, { provider }).addRepository("PAY/ledger");
    });
    const { provider, resource } = synthesizedStack(stack);
    expect(provider["bitbucketserver"]).toEqual([expect.objectContaining({ alias: "second", server: "https://second.acme.example" })]);
    expect(firstOf(resource["bitbucketserver_repository_webhook"])).toMatchObject({ provider: "bitbucketserver.second" });
    expect(firstOf(resource["spacelift_bitbucket_datacenter_integration"])).toMatchObject({ provider: "spacelift.second" });
  });

  it("are those that the app declares itself, if it does", () => {
    const stack = publishedStack((scope) => {
      new Space(scope, "payments", { name: "Payments" });
      new SpaceliftProvider(scope, "own", { apiKeyEndpoint: "https://own.app.spacelift.io" });
    });
    expect(synthesizedStack(stack).provider["spacelift"]).toEqual([{ api_key_endpoint: "https://own.app.spacelift.io" }]);
  });
});

const REFUSED: readonly [title: string, build: (stack: TerraformStack) => void, message: RegExp][] = [
  [
    "a Cloud integration that the app would create",
    (stack) => new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }),
    /Spacelift's own provider cannot create an integration for Bitbucket Cloud\.[\s\S]*BitbucketCloudIntegration\.fromIntegrationId\(…\)\. Or set backing: "bitlift"/,
  ],
  [
    "an integration found by its name",
    (stack) => BitbucketDatacenterIntegration.fromIntegrationName(stack, "a", "A"),
    /cannot find an integration by its name/,
  ],
  [
    "a token from the environment",
    (stack) => ledger(stack, { accessToken: Credential.fromEnvironment("T") }),
    /Use Credential\.fromVariable\(…\), and set TF_VAR_<name>/,
  ],
  ["protection from deletion", (stack) => ledger(stack, { detachProtection: true }), /Remove detachProtection/],
  [
    "a rotation of the secret",
    (stack) => ledger(stack, { webhookSecretRotation: "1" }),
    /Remove webhookSecretRotation, and reset the secret in Spacelift/,
  ],
  ["a set of repositories", (stack) => ledger(stack).addRepositoriesOf("PAY"), /cannot list the repositories/],
  ["adoption of webhooks", (stack) => ledger(stack).addRepository("PAY/a", { adoptExisting: true }), /do not look for an existing webhook/],
  [
    "an inactive webhook on Data Center",
    (stack) => ledger(stack).addRepository("PAY/a", { active: false }),
    /never sends that active is false/,
  ],
  [
    "no certificate verification on Data Center",
    (stack) => ledger(stack).addRepository("PAY/a", { verifyCertificate: false }),
    /Remove verifyCertificate/,
  ],
  [
    "an event that the provider rejects",
    (stack) =>
      BitbucketCloudIntegration.fromDefault(stack, "a").addRepository("acme/a", {
        additionalEvents: [WebhookEvent.custom("pullrequest:push")],
      }),
    /rejects the event pullrequest:push/,
  ],
  [
    "an access token for Bitbucket Data Center",
    (stack) => {
      ledger(stack);
      new BitliftProvider(stack, "bitlift", { bitbucketDatacenter: { accessToken: Credential.fromVariable(stack, "t") } });
    },
    /logs in with a user name and a password only/,
  ],
  [
    "a secret in a variable that the provider does not read",
    (stack) => {
      ledger(stack);
      new BitliftProvider(stack, "bitlift", { spacelift: { apiKeyId: "id", apiKeySecret: Credential.fromEnvironment("OTHER") } });
    },
    /spacelift\.apiKeySecret is read from OTHER, but [\s\S]*reads only SPACELIFT_API_KEY_SECRET/,
  ],
  [
    "a setting of Bitlift's own provider",
    (stack) => {
      ledger(stack);
      new BitliftProvider(stack, "bitlift", { requestTimeout: "5s", bitbucketCloud: { baseUrl: "https://proxy.example/2.0" } });
    },
    /have no setting like requestTimeout[\s\S]*Remove requestTimeout/,
  ],
];

it.each(REFUSED)("refuses %s", (_title, build, message) => {
  const text = validationMessageOf(publishedStack(build));
  expect(text).toMatch(message);
  expect(text).toContain("(backing-unsupported)");
});

it("reports an unknown backing in the context", () => {
  const text = validationMessageOf(publishedStack((stack) => new Space(stack, "a", { name: "A" }), "publsihed"));
  expect(text).toMatch(/The context value bitliftBacking is the text "publsihed"[\s\S]*one of: bitlift, published/);
});

describe("a misspelled key in the context", () => {
  const WRONG = { bitliftBaking: "published" };

  it("is reported once, not ignored", () => {
    const stack = new TerraformStack(Testing.app({ context: WRONG }), "bitbucket");
    for (const id of ["a", "b"]) new Space(stack, id, { name: id });
    const text = validationMessageOf(stack);
    expect(text).toMatch(/"bitliftBaking" is not a context key of Bitlift[\s\S]*Write bitliftBacking\./);
    expect(text?.match(/bitliftBaking/g)).toHaveLength(1);
  });

  it("is reported where a program sets it below the app", () => {
    const stack = new TerraformStack(Testing.app(), "bitbucket");
    const team = new Construct(stack, "team");
    for (const [key, value] of Object.entries(WRONG)) team.node.setContext(key, value);
    new Space(team, "a", { name: "A" });
    expect(validationMessageOf(stack)).toMatch(/team\/a: [\s\S]*bitliftBaking/);
  });
});

it("leaves plain construct IDs to the app", () => {
  const stack = publishedStack((scope) => {
    for (const id of ["_published", "Identity", "UrlCheck"]) new Construct(scope, id);
    const integration = ledger(scope);
    const existing = BitbucketDatacenterIntegration.fromIntegrationId(scope, "existing", "other");
    for (const id of ["Identity", "UrlCheck", "_published"]) for (const parent of [integration, existing]) new Construct(parent, id);
  });
  expect(validationMessageOf(stack)).toBeUndefined();
});
