/** What integrations of both products do alike, in the synthesised configuration. */
import { BitliftProvider, Space, type IntegrationProps } from "../../lib";
import { only, resources, SIDES, stackWith, synthesised } from "./synthesis";

describe.each(SIDES)("an integration for $product", ({ integrationType: TYPE, webhookType: WEBHOOK, namespaceArgument, ...side }) => {
  const written = (props: Partial<IntegrationProps>) =>
    only(
      synthesised((stack) => side.declare(stack, "payments", props)),
      TYPE,
    );

  it.each<[string, Partial<IntegrationProps>, Record<string, unknown>]>([
    ["is_default", { isDefault: true }, { is_default: true }],
    ["labels", { labels: ["team:payments"] }, { labels: ["team:payments"] }],
    ["description", { description: "For *payments*." }, { description: "For *payments*." }],
    ["vcs_checks", { vcsChecks: "ALL" }, { vcs_checks: "ALL" }],
    ["use_git_checkout", { useGitCheckout: false }, { use_git_checkout: false }],
    ["webhook_secret_rotation", { webhookSecretRotation: "2026-12" }, { webhook_secret_rotation: "2026-12" }],
    ["detach_protection", { detachProtection: false }, { detach_protection: false }],
    ["space_id", { space: Space.fromSpaceId("payments-01") }, { space_id: "payments-01" }],
  ])("writes %s", (_, props, expected) => {
    expect(written(props)).toMatchObject(expected);
  });

  it("is imported by its id", () => {
    const made = synthesised((stack) => side.declare(stack, "payments").importFrom("payments"));
    expect(made.import).toEqual([{ id: "payments", to: expect.stringMatching(new RegExp(`^${TYPE}\\.payments_`)) }]);
  });

  describe("the order of a replacement", () => {
    const order = (props: Partial<IntegrationProps>) => {
      const made = synthesised((stack) => side.declare(stack, "payments", props).addRepository("acme/infrastructure"));
      return [only(made, TYPE)["lifecycle"], only(made, WEBHOOK)["lifecycle"]];
    };
    const first = { create_before_destroy: true };

    it.each<[string, Partial<IntegrationProps>, unknown]>([
      ["create first for a Space-level integration", {}, first],
      ["destroy first for a default one: there can be no second", { isDefault: true }, undefined],
      ["as the prop says, for a Space-level integration", { replacementOrder: "destroy-first" }, undefined],
      ["as the prop says, for a default one", { isDefault: true, replacementOrder: "create-first" }, first],
    ])("is %s, and the same for its webhooks", (_, props, expected) => {
      expect(order(props)).toEqual([expected, expected]);
    });
  });

  describe("repositories", () => {
    const webhooksOf = (repositories: string[]) =>
      synthesised((stack) => side.declare(stack, "payments").addRepositories(repositories)).resource[WEBHOOK] ?? {};

    it("gives every repository a webhook whose address does not depend on the order", () => {
      const before = Object.keys(webhooksOf(["acme/infrastructure", "acme/networking"]));
      const after = Object.keys(webhooksOf(["acme/billing", "acme/networking", "acme/infrastructure"]));
      expect(before).toHaveLength(2);
      expect(after).toEqual(expect.arrayContaining(before));
      expect(after).toHaveLength(3);
    });

    it("keeps addresses apart that differ in a character which Terraform does not allow", () => {
      const slugs = Object.values(webhooksOf(["acme/infra.tools", "acme/infratools"])).map((webhook) => webhook["repository"]);
      expect(slugs.sort()).toEqual(["infra.tools", "infratools"]);
    });

    it("names the repository as it was written", () => {
      const [webhook] = Object.values(webhooksOf(["AcMe/Infrastructure"]));
      expect(webhook).toMatchObject({ [namespaceArgument]: "AcMe", repository: "Infrastructure" });
    });

    it("keeps the address when the integration gets another name", () => {
      const address = (name: string) => Object.keys(synthesised((stack) => side.declare(stack, "payments", { name })).resource[TYPE] ?? {});
      expect(address("Payments")).toEqual(address("Payments and billing"));
    });

    it("adds to an integration that somebody else manages", () => {
      const made = synthesised((stack) =>
        side.constructs.fromIntegrationId(stack, "shared", "bitbucket-shared").addRepository("acme/handbook"),
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
      const made = synthesised((stack) => side.constructs.fromDefault(stack, "shared").addRepository("acme/handbook"));
      expect(Object.values(made.data[TYPE] ?? {})).toEqual([{ default: true }]);
    });
  });

  it("spells the namespace of a stack as Spacelift has it", () => {
    const stack = stackWith(() => undefined);
    const integration = side.declare(stack, "payments");
    const expected = side.product === "datacenter" ? "PLAT" : "plat";
    expect(integration.stackSource({ repository: "plat/infrastructure" }).namespace).toBe(expected);
  });

  describe("the source of a stack", () => {
    const sourceOf = (addFirst: boolean) => {
      const stack = stackWith(() => undefined);
      const integration = side.declare(stack, "payments");
      if (addFirst) integration.addRepository("ACME/infrastructure");
      const source = integration.stackSource({ repository: "ACME/infrastructure" });
      if (!addFirst) integration.addRepository("acme/infrastructure");
      stack.addOverride("locals.source", source);
      return (stack.toTerraform() as { locals: { source: unknown } }).locals.source;
    };

    it.each([true, false])("takes its id from the webhook, and the namespace as written (webhook declared first: %s)", (addFirst) => {
      expect(sourceOf(addFirst)).toEqual({
        id: expect.stringMatching(new RegExp(`^\\$\\{${WEBHOOK}\\.payments_acme--infrastructure_\\w+\\.integration_id\\}$`)),
        namespace: "ACME",
      });
    });
  });

  it("passes its provider on to its webhooks", () => {
    const made = synthesised((stack) => {
      const provider = new BitliftProvider(stack, "second", { alias: "second" });
      side.declare(stack, "payments", { provider }).addRepository("acme/infrastructure");
    });
    expect(made.provider["bitlift"]).toEqual([{}, { alias: "second" }]);
    expect([only(made, TYPE)["provider"], only(made, WEBHOOK)["provider"]]).toEqual(["bitlift.second", "bitlift.second"]);
  });

  it("can stand beside one of the other product with the same repositories", () => {
    const made = synthesised((stack) => SIDES.forEach((each) => each.declare(stack, each.product).addRepository("acme/infrastructure")));
    expect([resources(made, TYPE), resources(made, WEBHOOK)].map((all) => all.length)).toEqual([1, 1]);
  });
});
