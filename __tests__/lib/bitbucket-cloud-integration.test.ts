/** Bitbucket Cloud integrations in the synthesised configuration. */
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space, type BitbucketCloudIntegrationProps } from "../../lib";
import { CREDENTIAL, only, resources, stackWith, synthesised } from "./synthesis";

const TYPE = "bitlift_bitbucket_cloud_integration";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook";

function written(props: Partial<BitbucketCloudIntegrationProps>): Record<string, unknown> {
  return only(
    synthesised((stack) => new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL, ...props })),
    TYPE,
  );
}

it("writes name, Space and the name of the variable with the token", () => {
  expect(written({})).toEqual({
    name: "Payments",
    space_id: "root",
    email: "spacelift@acme.example",
    api_token_env: "PAYMENTS_TOKEN",
    lifecycle: { create_before_destroy: true },
  });
});

it.each<[string, Partial<BitbucketCloudIntegrationProps>, Record<string, unknown>]>([
  ["is_default", { isDefault: true }, { is_default: true }],
  ["labels", { labels: ["team:payments"] }, { labels: ["team:payments"] }],
  ["description", { description: "For *payments*." }, { description: "For *payments*." }],
  ["vcs_checks", { vcsChecks: "ALL" }, { vcs_checks: "ALL" }],
  ["use_git_checkout", { useGitCheckout: false }, { use_git_checkout: false }],
  ["webhook_secret_rotation", { webhookSecretRotation: "2026-12" }, { webhook_secret_rotation: "2026-12" }],
  ["detach_protection", { detachProtection: false }, { detach_protection: false }],
  ["space_id", { space: Space.fromSpaceId("payments-01") }, { space_id: "payments-01" }],
  [
    "an app password by its variable",
    { credential: { username: "bot", appPassword: Credential.fromEnvironment("APP_PASSWORD") } },
    { username: "bot", app_password_env: "APP_PASSWORD" },
  ],
])("writes %s", (_, props, expected) => {
  expect(written(props)).toMatchObject(expected);
});

it("declares the variable of a credential sensitive and ephemeral, under the name that people set, and takes it write-only", () => {
  const made = synthesised((stack) => {
    const apiToken = Credential.fromVariable(stack, "payments_token", { version: "2", description: "Reads code." });
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: { email: "a@b.c", apiToken } });
  });
  expect(made.variable).toEqual({ payments_token: { type: "string", sensitive: true, ephemeral: true, description: "Reads code." } });
  expect(only(made, TYPE)).toMatchObject({ api_token_wo: "${var.payments_token}", api_token_wo_version: "2" });
  expect(only(made, TYPE)).not.toHaveProperty("api_token_env");
});

it("warns of app passwords", () => {
  const stack = stackWith((scope) => {
    const appPassword = Credential.fromEnvironment("APP_PASSWORD");
    new BitbucketCloudIntegration(scope, "payments", { name: "Payments", credential: { username: "bot", appPassword } });
  });
  const messages = stack.node.findAll().flatMap((construct) => construct.node.metadata.filter((entry) => entry.type === "@cdktf/warn"));
  expect(messages.map((entry) => String(entry.data)).join()).toMatch(/App passwords no longer work/);
});

describe("the order of a replacement", () => {
  const order = (props: Partial<BitbucketCloudIntegrationProps>) => {
    const made = synthesised((stack) => {
      const integration = new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL, ...props });
      integration.addRepository("acme/infrastructure");
    });
    return [only(made, TYPE)["lifecycle"], only(made, WEBHOOK)["lifecycle"]];
  };
  const first = { create_before_destroy: true };

  it.each<[string, Partial<BitbucketCloudIntegrationProps>, unknown]>([
    ["create first for a Space-level integration", {}, first],
    ["destroy first for a default one: there can be no second", { isDefault: true }, undefined],
    ["as the prop says, for a Space-level integration", { replacementOrder: "destroy-first" }, undefined],
    ["as the prop says, for a default one", { isDefault: true, replacementOrder: "create-first" }, first],
  ])("is %s, and the same for its webhooks", (_, props, expected) => {
    expect(order(props)).toEqual([expected, expected]);
  });
});

describe("repositories", () => {
  it("gives every repository a webhook whose address does not depend on the order", () => {
    const addresses = (repositories: string[]) =>
      Object.keys(
        synthesised((stack) =>
          new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }).addRepositories(repositories),
        ).resource[WEBHOOK] ?? {},
      );
    const before = addresses(["acme/infrastructure", "acme/networking"]);
    const after = addresses(["acme/billing", "acme/networking", "acme/infrastructure"]);
    expect(before).toHaveLength(2);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(3);
  });

  it("keeps addresses apart that differ in a character which Terraform does not allow", () => {
    const made = synthesised((stack) =>
      new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }).addRepositories([
        "acme/infra.tools",
        "acme/infratools",
      ]),
    );
    expect(
      resources(made, WEBHOOK)
        .map((webhook) => webhook["repository"])
        .sort(),
    ).toEqual(["infra.tools", "infratools"]);
  });

  it("keeps the address when the integration gets another name", () => {
    const address = (name: string) =>
      Object.keys(
        synthesised((stack) => new BitbucketCloudIntegration(stack, "payments", { name, credential: CREDENTIAL })).resource[TYPE] ?? {},
      );
    expect(address("Payments")).toEqual(address("Payments and billing"));
  });

  it("adds to an integration that somebody else manages", () => {
    const made = synthesised((stack) =>
      BitbucketCloudIntegration.fromIntegrationId(stack, "shared", "bitbucket-shared").addRepository("acme/handbook"),
    );
    const [address] = Object.keys(made.data[TYPE] ?? {});
    expect(made.data[TYPE]?.[address ?? ""]).toEqual({ id: "bitbucket-shared" });
    expect(only(made, WEBHOOK)).toMatchObject({
      integration_id: `\${data.${TYPE}.${address}.id}`,
      webhook_url: `\${data.${TYPE}.${address}.webhook_url}`,
      secret_fingerprint: `\${data.${TYPE}.${address}.webhook_secret_fingerprint}`,
    });
    expect(made.resource).not.toHaveProperty(TYPE);
  });

  it("finds the default integration that somebody else manages", () => {
    const made = synthesised((stack) => BitbucketCloudIntegration.fromDefault(stack, "shared").addRepository("acme/handbook"));
    expect(Object.values(made.data[TYPE] ?? {})).toEqual([{ default: true }]);
  });
});

describe("the source of a stack", () => {
  const sourceOf = (addFirst: boolean) => {
    const stack = stackWith(() => undefined);
    const integration = new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL });
    if (addFirst) integration.addRepository("acme/infrastructure");
    const source = integration.stackSource({ repository: "acme/infrastructure" });
    if (!addFirst) integration.addRepository("acme/infrastructure");
    return [stack.toTerraform(), source, stack] as const;
  };

  it.each([true, false])("takes its id from the webhook, and the workspace as namespace (webhook declared first: %s)", (addFirst) => {
    const [, source, stack] = sourceOf(addFirst);
    stack.addOverride("locals.source", source);
    expect((stack.toTerraform() as { locals: unknown }).locals).toEqual({
      source: {
        id: expect.stringMatching(/^\$\{bitlift_bitbucket_cloud_webhook\.payments_acme--infrastructure_\w+\.integration_id\}$/),
        namespace: "acme",
      },
    });
  });
});

it("passes the provider of the integration on to its webhooks", () => {
  const made = synthesised((stack) => {
    const provider = new BitliftProvider(stack, "second", { alias: "second" });
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL, provider }).addRepository(
      "acme/infrastructure",
    );
  });
  expect(made.provider["bitlift"]).toEqual([{}, { alias: "second" }]);
  expect([only(made, TYPE)["provider"], only(made, WEBHOOK)["provider"]]).toEqual(["bitlift.second", "bitlift.second"]);
});
