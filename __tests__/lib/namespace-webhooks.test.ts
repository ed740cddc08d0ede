/** Webhooks in each repository of a workspace or project, in the synthesised configuration. */
import { Token } from "cdktf";
import { BitliftProvider, WebhookEvent } from "../../lib";
import { only, SIDES, stackWith, synthesised, type Synthesised } from "./synthesis";

describe.each(SIDES)("each repository, on $product", ({ webhookType, repositoriesType, integrationType, namespaceArgument, ...side }) => {
  const addressOf = (made: Synthesised) => Object.keys(made.data[repositoriesType] ?? {})[0] ?? "";

  it("asks Bitbucket for the list, and makes a webhook of each entry under its slug", () => {
    const made = synthesised((stack) => side.declare(stack, "payments").addRepositoriesOf("PLAT"));
    const [integration] = Object.keys(made.resource[integrationType] ?? {});
    expect(Object.values(made.data[repositoriesType] ?? {})).toEqual([{ [namespaceArgument]: "PLAT" }]);
    expect(only(made, webhookType)).toEqual({
      [namespaceArgument]: "PLAT",
      repository: "${each.key}",
      for_each: `\${{ for key, val in data.${repositoriesType}.${addressOf(made)}.repositories: val.slug => val }}`,
      integration_id: `\${${integrationType}.${integration}.id}`,
      webhook_url: `\${${integrationType}.${integration}.webhook_url}`,
      secret_fingerprint: `\${${integrationType}.${integration}.webhook_secret_fingerprint}`,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("passes filters to the list, and options to the webhooks", () => {
    const additionalEvents = [WebhookEvent.custom("repo:brand_new")];
    const made = synthesised((stack) =>
      side
        .declare(stack, "payments")
        .addRepositoriesOf("PLAT", { query: "infra", role: "admin", title: "t", active: false, additionalEvents }),
    );
    expect(Object.values(made.data[repositoriesType] ?? {})).toEqual([{ [namespaceArgument]: "PLAT", query: "infra", role: "admin" }]);
    expect(only(made, webhookType)).toMatchObject({ title: "t", active: false, additional_events: ["repo:brand_new"] });
  });

  it("leaves out what is excepted", () => {
    const made = synthesised((stack) => side.declare(stack, "payments").addRepositoriesOf("PLAT", { except: ["Legacy", "sand.box"] }));
    expect(only(made, webhookType)["for_each"]).toBe(
      `\${{ for key, val in { for key, val in data.${repositoriesType}.${addressOf(made)}.repositories: val.slug => val }: ` +
        'val.slug => val if !contains(["legacy","sand.box"], val.slug) }}',
    );
  });

  it("keeps the address when filters change", () => {
    const addresses = (query?: string) => {
      const made = synthesised((stack) => side.declare(stack, "payments").addRepositoriesOf("PLAT", { query }));
      return [Object.keys(made.resource[webhookType] ?? {}), Object.keys(made.data[repositoriesType] ?? {})];
    };
    expect(addresses("infra")).toEqual(addresses());
  });

  it("uses the provider of the integration for the list and for the webhooks", () => {
    const made = synthesised((stack) => {
      const provider = new BitliftProvider(stack, "second", { alias: "second" });
      side.declare(stack, "payments", { provider }).addRepositoriesOf("PLAT");
    });
    expect([made.data[repositoriesType]?.[addressOf(made)], only(made, webhookType)]).toEqual([
      expect.objectContaining({ provider: "bitlift.second" }),
      expect.objectContaining({ provider: "bitlift.second" }),
    ]);
  });

  it.each([
    ["terraform-aws", '["terraform-aws"]'],
    ["Infrastructure", '["infrastructure"]'],
  ])("lets a stack on %s wait for that repository's webhook", (slug, index) => {
    const stack = stackWith(() => undefined);
    const integration = side.declare(stack, "payments");
    const source = integration.stackSource({ repository: `plat/${slug}` });
    const namespace = side.product === "datacenter" ? "PLAT" : "plat";
    integration.addRepositoriesOf("PLAT");
    stack.addOverride("locals.source", source);
    const made = stack.toTerraform() as { locals: { source: { id: string } }; resource: Record<string, Record<string, unknown>> };
    const [address] = Object.keys(made.resource[webhookType] ?? {});
    expect(made.locals.source).toEqual({ id: `\${${webhookType}.${address}${index}.integration_id}`, namespace });
  });

  it("lets a stack wait for the webhook of whichever set has the repository", () => {
    const stack = stackWith(() => undefined);
    const integration = side.declare(stack, "payments");
    integration.addRepositoriesOf("PLAT", { query: "a", constructId: "first" });
    integration.addRepositoriesOf("PLAT", { query: "b", constructId: "second" });
    integration.addRepositoriesOf("PAY");
    stack.addOverride("locals.source", integration.stackSource({ repository: "PLAT/ab" }));
    const made = stack.toTerraform() as { locals: { source: { id: string } } };
    const at = (id: string) => `${webhookType}\\.payments_${id}_\\w+\\["ab"\\]\\.integration_id`;
    expect(made.locals.source.id).toMatch(new RegExp(`^\\$\\{try\\(${at("first")}, ${at("second")}\\)\\}$`));
  });

  it("must be given a name where that of the workspace or project is known only later", () => {
    stackWith((stack) => {
      const integration = side.declare(stack, "payments");
      const later = Token.asString({ resolve: () => "PLAT" });
      expect(() => integration.addRepositoriesOf(later)).toThrow(/known only after apply[\s\S]*addRepositoriesOf a constructId/);
      expect(integration.addRepositoriesOf(later, { constructId: "each" }).node.id).toBe("each");
    });
  });
});

it("lists one project of a workspace of Bitbucket Cloud", () => {
  const made = synthesised((stack) => SIDES[0].declare(stack, "payments").addRepositoriesOf("acme", { project: "PAY" }));
  expect(Object.values(made.data["bitlift_bitbucket_cloud_repositories"] ?? {})).toEqual([{ workspace: "acme", project: "PAY" }]);
});
