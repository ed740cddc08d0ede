/** The changes whose plans are golden files: what is deployed, what happens outside, and what is planned. */
import { integrationReferences, repositoryFields, type Fields, type Harness, type PlanRun, type Product } from "../../tools/harness";
import { configuration, configurationWithoutWebhooks, type Changes, type Resources } from "./configuration";
import { addWebhook, changeWebhook, createStack, readIntegration, regenerateSecret, removeWebhook, stackInput } from "./outside-changes";

type Scenario = (harness: Harness, product: Product) => Promise<PlanRun>;

/** In a Space that exists already, so that stacks can be attached. */
const IN_PLATFORM = { space_id: "platform" };

async function deployInUse({ folder, remote }: Harness, product: Product, changes: Changes = {}): Promise<void> {
  await folder.deploy(configuration(product, { ...changes, integration: IN_PLATFORM }));
  await createStack(remote, stackInput(product, "payments"));
}

async function planOf({ folder }: Harness, content: Readonly<Record<string, unknown>>, args: readonly string[] = []): Promise<PlanRun> {
  await folder.write(content);
  return folder.plan(args);
}

function webhook(product: Product, repository: string, changes: Fields = {}): Fields {
  return { ...repositoryFields(product, repository), ...integrationReferences(product.INTEGRATION), ...changes };
}

function withWebhooks(
  product: Product,
  webhooks: Readonly<Record<string, Fields>>,
  integration: object = {},
): { readonly resource: Resources } {
  const { resource } = configurationWithoutWebhooks(product, integration);
  return { resource: { ...resource, [product.webhook]: webhooks } };
}

/** A team below "platform" that inherits, and an integration in "platform" that a stack of the team uses. */
function teamConfiguration(product: Product, team: Fields = {}, integration: Fields = {}): { readonly resource: Resources } {
  const { resource } = configuration(product, { integration: { ...IN_PLATFORM, ...integration } });
  return {
    resource: { ...resource, bitlift_space: { payments: { name: "Team", parent_space_id: "platform", inherit_entities: true, ...team } } },
  };
}

async function deployTeam(harness: Harness, product: Product): Promise<void> {
  const { folder, remote } = harness;
  await folder.deploy(teamConfiguration(product));
  const { id: space } = (await folder.state("bitlift_space.payments")) ?? {};
  await createStack(remote, stackInput(product, "payments", { name: "In the team", space }));
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  async rename(harness, product) {
    await deployInUse(harness, product);
    return planOf(harness, configuration(product, { integration: { ...IN_PLATFORM, name: "Payments team" } }));
  },

  async "rename-destroy-first"(harness, product) {
    await deployInUse(harness, product, { lifecycle: null });
    return planOf(harness, configuration(product, { integration: { ...IN_PLATFORM, name: "Payments team" }, lifecycle: null }));
  },

  async replacement(harness, product) {
    await deployInUse(harness, product, { lifecycle: null });
    return planOf(harness, configuration(product, { integration: IN_PLATFORM, lifecycle: null }), [`-replace=${product.INTEGRATION}`]);
  },

  async deletion(harness, product) {
    await deployInUse(harness, product);
    return planOf(harness, {});
  },

  async "default-added"(harness, product) {
    await harness.folder.deploy(configuration(product, { lifecycle: null }));
    return planOf(harness, configuration(product, { integration: { is_default: true, space_id: "root" }, lifecycle: null }));
  },

  async creation(harness, product) {
    return planOf(harness, configuration(product));
  },

  async adoption(harness, product) {
    const { folder, remote } = harness;
    await folder.deploy(configurationWithoutWebhooks(product));
    const { webhookUrl: url } = await readIntegration(remote, product, "payments");
    const { push, other } = product.events;
    await addWebhook(remote, product, "infrastructure", { url, title: "Hand made", events: [push, other], secret: "by-hand" });
    await addWebhook(remote, product, "networking", { url, title: "First" });
    await addWebhook(remote, product, "networking", { url, title: "Second" });
    const webhooks = ["infrastructure", "networking", "infrastructrue"].map((name) => [name, webhook(product, name)] as const);
    return planOf(harness, withWebhooks(product, Object.fromEntries(webhooks)));
  },

  async "space-move"(harness, product) {
    await deployTeam(harness, product);
    return planOf(harness, teamConfiguration(product, { parent_space_id: "root" }));
  },

  async "inheritance-off"(harness, product) {
    await deployTeam(harness, product);
    return planOf(harness, teamConfiguration(product, { inherit_entities: false }));
  },

  async "integration-move"(harness, product) {
    await deployInUse(harness, product);
    return planOf(harness, configuration(product, { integration: { space_id: "${bitlift_space.payments.id}" } }));
  },

  async settings(harness, product) {
    const { argument, unverified } = product.certificate;
    const before = { ...IN_PLATFORM, webhook_secret_rotation: "one" };
    await harness.folder.deploy(configuration(product, { integration: before }));
    await createStack(harness.remote, stackInput(product, "payments"));
    const after = {
      ...before,
      webhook_secret_rotation: "two",
      detach_protection: false,
      [product.token.variable]: product.token.sandboxVariable,
    };
    return planOf(
      harness,
      configuration(product, {
        integration: after,
        webhook: { active: false, [argument]: unverified, additional_events: [product.events.other] },
      }),
    );
  },

  async "webhook-deletion"(harness, product) {
    await deployInUse(harness, product);
    return planOf(harness, configurationWithoutWebhooks(product, IN_PLATFORM));
  },

  async drift(harness, product) {
    const { remote } = harness;
    await deployInUse(harness, product);
    const [{ id: changed } = { id: "" }] = await remote.webhooks(product, "infrastructure");
    await changeWebhook(remote, product, "infrastructure", changed, {
      events: [product.events.push],
      active: false,
      title: "Changed by hand",
    });
    const [{ id } = { id: "" }] = await remote.webhooks(product, "networking");
    await removeWebhook(remote, product, "networking", id);
    await regenerateSecret(remote, product, "payments");
    return harness.folder.plan();
  },

  async "imports-and-moves"(harness, product) {
    const { folder } = harness;
    const { resource } = configuration(product);
    const { infrastructure, networking } = resource[product.webhook] ?? {};
    await folder.deploy({ resource });
    const { [product.webhookIdAttribute]: id } = (await folder.state(product.NETWORKING)) ?? {};
    await folder.run(["state", "rm", product.NETWORKING]);
    return planOf(harness, {
      resource: { ...resource, [product.webhook]: { moved: infrastructure, networking } },
      moved: [{ from: product.WEBHOOK, to: `${product.webhook}.moved` }],
      import: [{ to: product.NETWORKING, id: product.importId("networking", id) }],
    });
  },

  async forgetting(harness, product) {
    await harness.folder.deploy(configuration(product));
    const removed = [product.INTEGRATION, product.WEBHOOK, product.NETWORKING].map((from) => ({ from, lifecycle: { destroy: false } }));
    const { bitlift_space } = configuration(product).resource;
    return planOf(harness, { resource: { bitlift_space }, removed });
  },

  async "other-providers"(harness, product) {
    const { resource } = configuration(product);
    const content = (input: string) => ({
      resource: { ...resource, terraform_data: { note: { input } } },
      check: {
        payments: { assert: [{ condition: `\${${product.INTEGRATION}.name == "Other"}`, error_message: "The name is not Other." }] },
      },
      output: { token: { value: input, sensitive: true } },
    });
    await harness.folder.deploy(content("one"));
    return planOf(harness, content("two"));
  },
};
