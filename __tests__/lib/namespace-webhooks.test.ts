/** Webhooks in every repository of a workspace or project, in the synthesized configuration. */
import { Token } from "cdktf";
import { BitliftProvider, WebhookEvent, type BitbucketIntegrationBase } from "../../lib";
import { onlyResource, PRODUCT_CASES, stackWith, synthesize, validationMessageOf, type Synthesized } from "./synthesis";

describe.each(PRODUCT_CASES)(
  "the webhooks of a workspace or project, on $product",
  ({ webhookType, repositoriesType, integrationType, namespaceArgument, ...productCase }) => {
    const addressOf = (configuration: Synthesized) => Object.keys(configuration.data[repositoriesType] ?? {})[0] ?? "";

    it("reads the list of repositories, with one webhook per slug", () => {
      const configuration = synthesize((stack) => productCase.createIntegration(stack, "payments").addRepositoriesOf("PLAT"));
      const [integration] = Object.keys(configuration.resource[integrationType] ?? {});
      expect(Object.values(configuration.data[repositoriesType] ?? {})).toEqual([{ [namespaceArgument]: "PLAT" }]);
      expect(onlyResource(configuration, webhookType)).toEqual({
        [namespaceArgument]: "PLAT",
        repository: "${each.key}",
        for_each: `\${{ for key, val in data.${repositoriesType}.${addressOf(configuration)}.repositories: val.slug => val }}`,
        integration_id: `\${${integrationType}.${integration}.id}`,
        webhook_url: `\${${integrationType}.${integration}.webhook_url}`,
        secret_fingerprint: `\${${integrationType}.${integration}.webhook_secret_fingerprint}`,
        lifecycle: { create_before_destroy: true },
      });
    });

    it("passes the filters to the data source and the options to the webhooks", () => {
      const additionalEvents = [WebhookEvent.custom("repo:brand_new")];
      const role = productCase.product === "cloud" ? "admin" : "REPO_ADMIN";
      const configuration = synthesize((stack) => {
        const integration: BitbucketIntegrationBase = productCase.createIntegration(stack, "payments");
        integration.addRepositoriesOf("PLAT", { query: "infra", role, title: "t", active: false, additionalEvents });
      });
      expect(Object.values(configuration.data[repositoriesType] ?? {})).toEqual([{ [namespaceArgument]: "PLAT", query: "infra", role }]);
      expect(onlyResource(configuration, webhookType)).toMatchObject({ title: "t", active: false, additional_events: ["repo:brand_new"] });
    });

    it("excludes the repositories under except", () => {
      const configuration = synthesize((stack) =>
        productCase.createIntegration(stack, "payments").addRepositoriesOf("PLAT", { except: ["Legacy", "sand.box"] }),
      );
      expect(onlyResource(configuration, webhookType)["for_each"]).toBe(
        `\${{ for key, val in data.${repositoriesType}.${addressOf(configuration)}.repositories: ` +
          'val.slug => val if !contains(["legacy","sand.box"], val.slug) }}',
      );
    });

    it.each<[string, object, string]>([
      ["slugs under match", { match: ["Svc-a"] }, 'contains(["svc-a"], val.slug)'],
      ["a pattern under match", { match: ["svc-*"] }, 'can(regex("^(svc-.*)$", val.slug))'],
      [
        "slugs and patterns under match",
        { match: ["billing", "svc-*", "a.?"] },
        '(contains(["billing"], val.slug) || can(regex("^(svc-.*|a[.].)$", val.slug)))',
      ],
      ["a pattern under except", { except: ["*-Archive"] }, '!can(regex("^(.*-archive)$", val.slug))'],
      [
        "both",
        { match: ["svc-*"], except: ["svc-x", "*-archive"] },
        'can(regex("^(svc-.*)$", val.slug)) && !contains(["svc-x"], val.slug) && !can(regex("^(.*-archive)$", val.slug))',
      ],
      ["nothing for an empty match", { match: [] }, "false"],
    ])("selects the repositories by name: %s", (_, filters, condition) => {
      const configuration = synthesize((stack) => productCase.createIntegration(stack, "payments").addRepositoriesOf("PLAT", filters));
      expect(onlyResource(configuration, webhookType)["for_each"]).toBe(
        `\${{ for key, val in data.${repositoriesType}.${addressOf(configuration)}.repositories: ` + `val.slug => val if ${condition} }}`,
      );
    });

    it("covers what match selects and except does not exclude", () => {
      const stack = stackWith(() => undefined);
      const integration: BitbucketIntegrationBase = productCase.createIntegration(stack, "payments");
      const set = integration.addRepositoriesOf("PLAT", { match: ["svc-*", "billing"], except: ["*-Archive"] });
      const parse = (path: string) => integration.addRepository(path).repository;
      const paths = ["PLAT/svc-a", "plat/SVC-B", "PLAT/billing", "PLAT/billing2", "PLAT/svc-a-archive", "PAY/svc-a"];
      expect(paths.filter((path) => set.covers(parse(path)))).toEqual(["PLAT/svc-a", "plat/SVC-B", "PLAT/billing"]);
    });

    it("keeps the addresses when the filters change", () => {
      const addresses = (query?: string) => {
        const configuration = synthesize((stack) => productCase.createIntegration(stack, "payments").addRepositoriesOf("PLAT", { query }));
        return [Object.keys(configuration.resource[webhookType] ?? {}), Object.keys(configuration.data[repositoriesType] ?? {})];
      };
      expect(addresses("infra")).toEqual(addresses());
    });

    it("uses the provider of the integration for the data source and the webhooks", () => {
      const configuration = synthesize((stack) => {
        const provider = new BitliftProvider(stack, "second", { alias: "second" });
        productCase.createIntegration(stack, "payments", { provider }).addRepositoriesOf("PLAT");
      });
      expect([configuration.data[repositoriesType]?.[addressOf(configuration)], onlyResource(configuration, webhookType)]).toEqual([
        expect.objectContaining({ provider: "bitlift.second" }),
        expect.objectContaining({ provider: "bitlift.second" }),
      ]);
    });

    it.each([
      ["terraform-aws", '["terraform-aws"]'],
      ["Infrastructure", '["infrastructure"]'],
    ])("makes a stack that reads %s depend on the webhook of the repository", (slug, index) => {
      const stack = stackWith(() => undefined);
      const integration = productCase.createIntegration(stack, "payments");
      const source = integration.stackSource({ repository: `plat/${slug}` });
      const namespace = productCase.product === "datacenter" ? "PLAT" : "plat";
      integration.addRepositoriesOf("PLAT");
      stack.addOverride("locals.source", source);
      const configuration = stack.toTerraform() as {
        locals: { source: { id: string } };
        resource: Record<string, Record<string, unknown>>;
      };
      const [address] = Object.keys(configuration.resource[webhookType] ?? {});
      expect(configuration.locals.source).toEqual({ id: `\${${webhookType}.${address}${index}.integration_id}`, namespace });
    });

    it("makes a stack depend on the webhooks of all sets that may include its repository", () => {
      const stack = stackWith(() => undefined);
      const integration = productCase.createIntegration(stack, "payments");
      integration.addRepositoriesOf("PLAT", { query: "a", constructId: "first" });
      integration.addRepositoriesOf("PLAT", { query: "b", constructId: "second" });
      integration.addRepositoriesOf("PAY");
      stack.addOverride("locals.source", integration.stackSource({ repository: "PLAT/ab" }));
      const configuration = stack.toTerraform() as { locals: { source: { id: string } } };
      const addressPattern = (id: string) => `${webhookType}\\.payments_${id}_\\w+\\["ab"\\]\\.integration_id`;
      expect(configuration.locals.source.id).toMatch(
        new RegExp(`^\\$\\{try\\(${addressPattern("first")}, ${addressPattern("second")}\\)\\}$`),
      );
    });

    it("requires a constructId if the workspace or project is known only after apply", () => {
      const unknownNamespace = Token.asString({ resolve: () => "PLAT" });
      const build = (constructId?: string) =>
        stackWith((stack) => productCase.createIntegration(stack, "payments").addRepositoriesOf(unknownNamespace, { constructId }));
      expect(validationMessageOf(build())).toMatch(/known only after apply[\s\S]*constructId to addRepositoriesOf/);
      expect(validationMessageOf(build("each"))).toBeUndefined();
    });
  },
);

it("filters a workspace of Bitbucket Cloud by project", () => {
  const configuration = synthesize((stack) =>
    PRODUCT_CASES[0].createIntegration(stack, "payments").addRepositoriesOf("acme", { project: "PAY" }),
  );
  expect(Object.values(configuration.data["bitlift_bitbucket_cloud_repositories"] ?? {})).toEqual([{ workspace: "acme", project: "PAY" }]);
});
