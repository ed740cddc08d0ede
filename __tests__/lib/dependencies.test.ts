/** Constructs take part in Terraform's own arguments: `dependsOn`, `lifecycle`, and moved addresses. */
import { App, TerraformResource, TerraformStack, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { PUBLISHED_TYPES, type PublishedType } from "../../packages/domain";
import { BitliftProvider, CloudRepository, RepositoryWebhook, Space, type IntegrationProps, type ResourceOptions } from "../../lib";
import { onlyResource, PRODUCT_CASES, stackWith, synthesize, validationMessageOf, type Synthesized } from "./synthesis";

const plain = (stack: TerraformStack, id: string, dependsOn?: ITerraformDependable[]) =>
  new TerraformResource(stack, id, { terraformResourceType: "terraform_data", dependsOn });
const address = (configuration: Synthesized, type: string) => `${type}.${Object.keys(configuration.resource[type] ?? {}).join()}`;

describe.each(PRODUCT_CASES)("on $product", ({ integrationType, webhookType, repositoriesType, createIntegration, integrationClass }) => {
  it("resources of other providers depend on the main resource of each construct", () => {
    const configuration = synthesize((stack) => {
      const space = new Space(stack, "space", { name: "s" });
      const integration = createIntegration(stack, "integration");
      const shared = integrationClass.fromDefault(stack, "shared");
      plain(stack, "after", [space, integration, shared, integration.addRepository("acme/a")]);
    });
    expect(onlyResource(configuration, "terraform_data")["depends_on"]).toEqual([
      address(configuration, "bitlift_space"),
      address(configuration, integrationType),
      `data.${integrationType}.${Object.keys(configuration.data[integrationType] ?? {}).join()}`,
      address(configuration, webhookType),
    ]);
  });

  it("resources of other providers depend on all webhooks of a set", () => {
    const configuration = synthesize((stack) => {
      plain(stack, "after", [createIntegration(stack, "integration").addRepositoriesOf("PLAT")]);
    });
    expect(onlyResource(configuration, "terraform_data")["depends_on"]).toEqual([address(configuration, webhookType)]);
  });

  it("every construct accepts what it depends on", () => {
    const configuration = synthesize((stack) => {
      const dependsOn = [plain(stack, "before")];
      new Space(stack, "space", { name: "s", dependsOn });
      createIntegration(stack, "integration", { dependsOn });
      integrationClass.fromDefault(stack, "shared", { dependsOn }).addRepository("acme/a", { dependsOn });
    });
    const blocks = [
      onlyResource(configuration, "bitlift_space"),
      onlyResource(configuration, integrationType),
      onlyResource(configuration, webhookType),
      ...Object.values(configuration.data[integrationType] ?? {}),
    ];
    expect(blocks.map((block) => block["depends_on"])).toEqual(blocks.map(() => ["terraform_data.before"]));
  });

  it("the webhooks of a set wait, but not the list of repositories, which the plan needs", () => {
    const configuration = synthesize((stack) => {
      createIntegration(stack, "integration").addRepositoriesOf("PLAT", { dependsOn: [plain(stack, "before")] });
    });
    expect(onlyResource(configuration, webhookType)["depends_on"]).toEqual(["terraform_data.before"]);
    expect(Object.values(configuration.data[repositoriesType] ?? {})).toEqual([
      expect.not.objectContaining({ depends_on: expect.anything() }),
    ]);
  });

  it.each<[string, IntegrationProps["lifecycle"], Partial<IntegrationProps>, unknown, unknown]>([
    [
      "keeps the order of a Space-level integration",
      { preventDestroy: true },
      {},
      { prevent_destroy: true, create_before_destroy: true },
      { create_before_destroy: true },
    ],
    ["adds nothing to a default integration", { preventDestroy: true }, { isDefault: true }, { prevent_destroy: true }, undefined],
    ["sets the order", { createBeforeDestroy: false }, {}, undefined, undefined],
    [
      "sets the order of a default integration",
      { createBeforeDestroy: true },
      { isDefault: true },
      { create_before_destroy: true },
      { create_before_destroy: true },
    ],
    [
      "agrees with the order",
      { createBeforeDestroy: true },
      { replacementOrder: "create-first" },
      { create_before_destroy: true },
      { create_before_destroy: true },
    ],
    [
      "ignores changes",
      { ignoreChanges: ["vcs_checks", "labels[0]"] },
      { isDefault: true },
      { ignore_changes: ["vcs_checks", "labels[0]"] },
      undefined,
    ],
    ["ignores all changes", { ignoreChanges: "all" }, { isDefault: true }, { ignore_changes: "all" }, undefined],
  ])("a lifecycle %s, and the webhooks follow", (_, lifecycle, props, expected, ofWebhook) => {
    const stack = stackWith((scope) => createIntegration(scope, "a", { ...props, lifecycle }).addRepository("acme/a"));
    expect(validationMessageOf(stack)).toBeUndefined();
    const configuration = synthesize((scope) => createIntegration(scope, "a", { ...props, lifecycle }).addRepository("acme/a"));
    expect(onlyResource(configuration, integrationType)["lifecycle"]).toEqual(expected);
    expect(onlyResource(configuration, webhookType)["lifecycle"]).toEqual(ofWebhook);
  });

  it.each<[string, ResourceOptions["lifecycle"], Partial<IntegrationProps>, RegExp]>([
    [
      "a contradiction of the order",
      { createBeforeDestroy: false },
      { replacementOrder: "create-first" },
      /replacementOrder is "create-first", but lifecycle\.createBeforeDestroy is false/,
    ],
    ["the name of a prop", { ignoreChanges: ["vcsChecks"] }, {}, /ignoreChanges contains "vcsChecks"[^]*Write vcs_checks\./],
    ["an unknown argument", { ignoreChanges: ["color"] }, {}, /ignoreChanges contains "color"[^]*Use one of: [^]*description/],
    ["a list instead of all", { ignoreChanges: ["all"] }, {}, /ignoreChanges contains "all"/],
    [
      "a text as a flag",
      { preventDestroy: "true" as never },
      {},
      /lifecycle\.preventDestroy is the text "true"\.\s+Write true without quotes/,
    ],
    ["a token as a flag", { preventDestroy: "${var.protect}" as never }, {}, /lifecycle\.preventDestroy/],
    ["an unknown prop", { preventDestory: true } as never, {}, /There is no prop lifecycle\.preventDestory\.\s+Write preventDestroy/],
    [
      "an object without an address as a trigger",
      { replaceTriggeredBy: [{} as never] },
      {},
      /lifecycle\.replaceTriggeredBy\[0\] is an object/,
    ],
  ])("a lifecycle with %s is rejected", (_, lifecycle, props, message) => {
    const findings = validationMessageOf(stackWith((stack) => void createIntegration(stack, "a", { ...props, lifecycle })));
    expect(findings).toMatch(message);
    expect(findings?.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  });

  it.each([true, false])("a webhook cannot be replaced in another order than its integration (create first: %s)", (createBeforeDestroy) => {
    const replacementOrder = createBeforeDestroy ? "destroy-first" : "create-first";
    const stack = stackWith((scope) =>
      createIntegration(scope, "a", { replacementOrder }).addRepository("acme/a", { lifecycle: { createBeforeDestroy } }),
    );
    expect(validationMessageOf(stack)).toMatch(
      /bitbucket\/a\/acme--a: [^]*createBeforeDestroy is (true|false), but bitbucket\/a is replaced/,
    );
  });

  it("a previous address is kept", () => {
    const configuration = synthesize((stack) => {
      const integration = createIntegration(stack, "new");
      integration.moveFrom(`${integrationType}.old`);
      integration.addRepository("acme/a").moveFrom(`${webhookType}.old`);
      integration.addRepositoriesOf("PLAT").moveFrom(`module.m.${webhookType}.set["x"]`);
      new Space(stack, "space", { name: "s" }).moveFrom("bitlift_space.old");
    }) as Synthesized & { moved: { from: string; to: string }[] };
    expect(configuration.moved.map(({ from }) => from).sort()).toEqual(
      [`${integrationType}.old`, `${webhookType}.old`, `module.m.${webhookType}.set["x"]`, "bitlift_space.old"].sort(),
    );
    expect(configuration.moved).toContainEqual({ from: `${integrationType}.old`, to: address(configuration, integrationType) });
  });

  it("an address of the published type is accepted, because the provider can take over its objects", () => {
    const types: Readonly<Record<string, PublishedType>> = PUBLISHED_TYPES;
    const integrationSource = types[integrationType]?.type;
    const webhookSource = types[webhookType]?.type ?? "";
    const configuration = synthesize((stack) => {
      const integration = createIntegration(stack, "new");
      if (integrationSource !== undefined) integration.moveFrom(`${integrationSource}.old`);
      integration.addRepository("acme/a").moveFrom(`${webhookSource}.old`);
      integration.addRepositoriesOf("PLAT").moveFrom(`module.m.${webhookSource}.set`);
      new Space(stack, "space", { name: "s" }).moveFrom("spacelift_space.old[0]");
    }) as Synthesized & { moved: { from: string; to: string }[] };
    const integrations = integrationSource === undefined ? [] : [`${integrationSource}.old`];
    expect(configuration.moved.map(({ from }) => from).sort()).toEqual(
      [...integrations, `${webhookSource}.old`, `module.m.${webhookSource}.set`, "spacelift_space.old[0]"].sort(),
    );
  });
});

it("an address of the published type of another resource is not accepted", () => {
  const stack = stackWith((scope) => {
    new Space(scope, "a", { name: "a" }).moveFrom("bitbucket_hook.a");
  });
  expect(validationMessageOf(stack)).toMatch(/"bitbucket_hook\.a", which is not an address of bitlift_space or spacelift_space\./);
});

it("the published provider cannot take over an object of this one, so such an address is not accepted", () => {
  const stack = stackWith((scope) => {
    new Space(scope, "a", { name: "a", backing: "published" }).moveFrom("bitlift_space.a");
    new Space(scope, "b", { name: "b", backing: "published" }).moveFrom("spacelift_space.b");
  });
  const message = validationMessageOf(stack);
  expect(message).toMatch(
    /"bitlift_space\.a", but the published provider cannot take over an object of bitlift_space\.[^]*import it[^]*\(backing-unsupported\)/,
  );
  expect(message).not.toContain("spacelift_space.b");
});

it("triggers of a replacement are plain references, which the engine requires", () => {
  const configuration = synthesize((stack) => {
    const first = new Space(stack, "first", { name: "a" });
    new Space(stack, "second", { name: "b", lifecycle: { replaceTriggeredBy: [first, first.spaceId, plain(stack, "before"), "var.x"] } });
  });
  const [first = "", second = ""] = Object.keys(configuration.resource["bitlift_space"] ?? {});
  expect(configuration.resource["bitlift_space"]?.[second]?.["lifecycle"]).toEqual({
    replace_triggered_by: [`bitlift_space.${first}`, `bitlift_space.${first}.id`, "terraform_data.before", "var.x"],
  });
});

describe("rejects a dependency", () => {
  /** A value that an untyped program can pass. */
  const untyped = (value: unknown): never => value as never;
  const findingsOf = (build: (stack: TerraformStack) => unknown) => validationMessageOf(stackWith((stack) => void build(stack))) ?? "";
  const webhook = (stack: TerraformStack, dependsOn: unknown) => new Space(stack, "a", { name: "a", dependsOn: untyped(dependsOn) });

  it.each<[string, (stack: TerraformStack) => unknown, RegExp]>([
    ["without brackets", (stack) => webhook(stack, plain(stack, "x")), /dependsOn is the construct bitbucket\/x[^]*brackets/],
    [
      "on a Space that is managed elsewhere",
      (stack) => webhook(stack, [Space.fromSpaceId("x")]),
      /dependsOn\[0\] is a Space\.\s+Omit it: a Space that is managed elsewhere/,
    ],
    [
      "on a construct without an address",
      (stack) => webhook(stack, [new Construct(stack, "group")]),
      /dependsOn\[0\] is the construct bitbucket\/group\.\s+Pass the resources of this construct/,
    ],
    ["on a text", (stack) => webhook(stack, ["terraform_data.x"]), /dependsOn\[0\] is the text/],
    [
      "of another resource on a Space that is managed elsewhere",
      (stack) => plain(stack, "b", [untyped(Space.ROOT)]),
      /bitbucket\/b: [^]*dependsOn contains a Space, which has no address\. cdkt[fn] would leave it out/,
    ],
    [
      "of another resource on a construct without an address",
      (stack) => plain(stack, "b", [untyped(new Construct(stack, "group"))]),
      /dependsOn contains the construct bitbucket\/group/,
    ],
  ])("%s", (_, build, message) => {
    const findings = findingsOf((stack) => [new Space(stack, "some", { name: "some" }), build(stack)]);
    expect(findings).toMatch(message);
    expect(findings.match(/\([a-z-]+\)$/gm)).toHaveLength(1);
  });

  it.each<[string, (stack: TerraformStack, other: Space) => unknown]>([
    ["of a construct", (stack, other) => new Space(stack, "a", { name: "a", dependsOn: [other] })],
    ["of another resource", (stack, other) => plain(stack, "a", [other])],
    ["as a trigger", (stack, other) => new Space(stack, "a", { name: "a", lifecycle: { replaceTriggeredBy: [other] } })],
  ])("on an object of another stack: %s", (_, build) => {
    const findings = findingsOf((stack) => {
      const home = new TerraformStack(App.of(stack), "home");
      new BitliftProvider(home, "bitlift");
      build(stack, new Space(home, "other", { name: "other" }));
    });
    expect(findings).toMatch(/bitbucket\/a: [^]*home\/other/);
    expect(findings).toMatch(/of the same stack/);
  });
});

it("a webhook of its own construct has an address", () => {
  const configuration = synthesize((stack) => {
    const integration = PRODUCT_CASES[0].createIntegration(stack, "a");
    plain(stack, "after", [new RepositoryWebhook(stack, "hook", { integration, repository: CloudRepository.parse("acme/a") })]);
  });
  expect(onlyResource(configuration, "terraform_data")["depends_on"]).toEqual([address(configuration, "bitlift_bitbucket_cloud_webhook")]);
});
