/** The synthesized configuration of integrations, for what both products share. */
import { BitliftProvider, Space, type IntegrationProps } from "../../lib";
import { onlyResource, resources, PRODUCT_CASES, stackWith, synthesize } from "./synthesis";

describe.each(PRODUCT_CASES)(
  "an integration for $product",
  ({ integrationType: TYPE, webhookType: WEBHOOK, namespaceArgument, ...productCase }) => {
    const integrationArguments = (props: Partial<IntegrationProps>) =>
      onlyResource(
        synthesize((stack) => productCase.createIntegration(stack, "payments", props)),
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
      expect(integrationArguments(props)).toMatchObject(expected);
    });

    it("is imported by its ID", () => {
      const configuration = synthesize((stack) => productCase.createIntegration(stack, "payments").importFrom("payments"));
      expect(configuration.import).toEqual([{ id: "payments", to: expect.stringMatching(new RegExp(`^${TYPE}\\.payments_`)) }]);
    });

    describe("the replacement order", () => {
      const order = (props: Partial<IntegrationProps>) => {
        const configuration = synthesize((stack) =>
          productCase.createIntegration(stack, "payments", props).addRepository("acme/infrastructure"),
        );
        return [onlyResource(configuration, TYPE)["lifecycle"], onlyResource(configuration, WEBHOOK)["lifecycle"]];
      };
      const createFirst = { create_before_destroy: true };

      it.each<[string, Partial<IntegrationProps>, unknown]>([
        ["create-first for a Space-level integration", {}, createFirst],
        ["destroy-first for a default integration, because an account has only one", { isDefault: true }, undefined],
        ["set by the prop for a Space-level integration", { replacementOrder: "destroy-first" }, undefined],
        ["set by the prop for a default integration", { isDefault: true, replacementOrder: "create-first" }, createFirst],
      ])("is %s, and its webhooks have the same", (_, props, expected) => {
        expect(order(props)).toEqual([expected, expected]);
      });
    });

    describe("repositories", () => {
      const webhooksOf = (repositories: string[]) =>
        synthesize((stack) => productCase.createIntegration(stack, "payments").addRepositories(repositories)).resource[WEBHOOK] ?? {};

      it("adds a webhook per repository whose address does not depend on the order", () => {
        const before = Object.keys(webhooksOf(["acme/infrastructure", "acme/networking"]));
        const after = Object.keys(webhooksOf(["acme/billing", "acme/networking", "acme/infrastructure"]));
        expect(before).toHaveLength(2);
        expect(after).toEqual(expect.arrayContaining(before));
        expect(after).toHaveLength(3);
      });

      it("creates different addresses for slugs that differ only in a character that Terraform does not allow", () => {
        const slugs = Object.values(webhooksOf(["acme/infra.tools", "acme/infratools"])).map((webhook) => webhook["repository"]);
        expect(slugs.sort()).toEqual(["infra.tools", "infratools"]);
      });

      it("writes the repository in the given spelling", () => {
        const [webhook] = Object.values(webhooksOf(["AcMe/Infrastructure"]));
        expect(webhook).toMatchObject({ [namespaceArgument]: "AcMe", repository: "Infrastructure" });
      });

      it("keeps the address when the integration is renamed", () => {
        const address = (name: string) =>
          Object.keys(synthesize((stack) => productCase.createIntegration(stack, "payments", { name })).resource[TYPE] ?? {});
        expect(address("Payments")).toEqual(address("Payments and billing"));
      });

      it("adds a repository to an integration that is managed elsewhere", () => {
        const configuration = synthesize((stack) =>
          productCase.integrationClass.fromIntegrationId(stack, "shared", "bitbucket-shared").addRepository("acme/handbook"),
        );
        const [address] = Object.keys(configuration.data[TYPE] ?? {});
        expect(configuration.data[TYPE]?.[address ?? ""]).toEqual({ id: "bitbucket-shared" });
        expect(onlyResource(configuration, WEBHOOK)).toMatchObject({
          integration_id: `\${data.${TYPE}.${address}.id}`,
          webhook_url: `\${data.${TYPE}.${address}.webhook_url}`,
          secret_fingerprint: `\${data.${TYPE}.${address}.webhook_secret_fingerprint}`,
        });
        expect(configuration.resource).not.toHaveProperty(TYPE);
      });

      it("references the default integration that is managed elsewhere", () => {
        const configuration = synthesize((stack) =>
          productCase.integrationClass.fromDefault(stack, "shared").addRepository("acme/handbook"),
        );
        expect(Object.values(configuration.data[TYPE] ?? {})).toEqual([{ default: true }]);
      });
    });

    it("returns the namespace of a stack in the spelling of Spacelift", () => {
      const stack = stackWith(() => undefined);
      const integration = productCase.createIntegration(stack, "payments");
      const expected = productCase.product === "datacenter" ? "PLAT" : "plat";
      expect(integration.stackSource({ repository: "plat/infrastructure" }).namespace).toBe(expected);
    });

    describe("the source of a stack", () => {
      const sourceOf = (addFirst: boolean) => {
        const stack = stackWith(() => undefined);
        const integration = productCase.createIntegration(stack, "payments");
        if (addFirst) integration.addRepository("ACME/infrastructure");
        const source = integration.stackSource({ repository: "ACME/infrastructure" });
        if (!addFirst) integration.addRepository("acme/infrastructure");
        stack.addOverride("locals.source", source);
        return (stack.toTerraform() as { locals: { source: unknown } }).locals.source;
      };

      it.each([true, false])("has the integration ID of the webhook and the given namespace (webhook declared first: %s)", (addFirst) => {
        expect(sourceOf(addFirst)).toEqual({
          id: expect.stringMatching(new RegExp(`^\\$\\{${WEBHOOK}\\.payments_acme--infrastructure_\\w+\\.integration_id\\}$`)),
          namespace: "ACME",
        });
      });
    });

    it("passes its provider to its webhooks", () => {
      const configuration = synthesize((stack) => {
        const provider = new BitliftProvider(stack, "second", { alias: "second" });
        productCase.createIntegration(stack, "payments", { provider }).addRepository("acme/infrastructure");
      });
      expect(configuration.provider["bitlift"]).toEqual([{}, { alias: "second" }]);
      expect([onlyResource(configuration, TYPE)["provider"], onlyResource(configuration, WEBHOOK)["provider"]]).toEqual([
        "bitlift.second",
        "bitlift.second",
      ]);
    });

    it("can coexist with an integration of the other product for the same repositories", () => {
      const configuration = synthesize((stack) =>
        PRODUCT_CASES.forEach(({ product, createIntegration }) => createIntegration(stack, product).addRepository("acme/infrastructure")),
      );
      expect([resources(configuration, TYPE), resources(configuration, WEBHOOK)].map((found) => found.length)).toEqual([1, 1]);
    });
  },
);
