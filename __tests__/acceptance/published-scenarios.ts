/** The changes of objects with published backing whose plans are golden files: what is deployed, what happens outside, and what is planned. */
import { repositoryFields, type Fields, type Harness, type PlanRun, type Product } from "../../tools/harness";
import { configuration, TOKEN, type Resources } from "./configuration";
import { changeWebhook, createIntegration, removeWebhook } from "./outside-changes";
import { movedBlocks } from "./published-configuration";

type Scenario = (harness: Harness, product: Product) => Promise<PlanRun>;

const DATACENTER_INTEGRATION = "spacelift_bitbucket_datacenter_integration";
const CLOUD_INTEGRATION = "spacelift_bitbucket_cloud_integration";
const TRIGGER = "null_resource.identity";

/** Arguments that replace the default ones. */
interface Changes {
  readonly space?: Fields;
  readonly integration?: Fields;
  readonly webhook?: Fields;
}

interface Content {
  readonly data?: Resources;
  readonly resource: Resources;
}

const LOGINS = {
  variable: { bitbucketserver_username: {}, bitbucketserver_password: { sensitive: true } },
  provider: { bitbucketserver: { username: "${var.bitbucketserver_username}", password: "${var.bitbucketserver_password}" } },
};

/** A Space, an integration as Bitlift's constructs write it, its webhooks, and a stack that reads through it. */
function published(product: Product, changes: Changes = {}): Content {
  return product.name === "cloud" ? cloud(product, changes) : datacenter(product, changes);
}

const space = (changes: Fields = {}): Resources => ({
  spacelift_space: { payments: { name: "Payments", parent_space_id: "platform", inherit_entities: true, ...changes } },
});

function stack(product: Product, integration: string): Resources {
  const source = { id: `\${${integration}.id}`, namespace: product.namespace };
  const common = { name: "Payments production", repository: "infrastructure", branch: "main", space_id: "${spacelift_space.payments.id}" };
  return { spacelift_stack: { payments: { ...common, [`bitbucket_${product.name}`]: [source] } } };
}

/** The integration exists already: `deploy` creates it. */
function cloud(product: Product, changes: Changes): Content {
  const integration = `data.${CLOUD_INTEGRATION}.payments`;
  const webhook = (repository: string) => ({
    owner: product.namespace,
    repository,
    url: `\${${integration}.webhook_url}`,
    description: "Spacelift (payments)",
    events: product.events.required,
    secret: `\${${integration}.webhook_secret}`,
    skip_cert_verification: false,
    ...changes.webhook,
  });
  return {
    data: { [CLOUD_INTEGRATION]: { payments: { id: "payments" } } },
    resource: {
      ...space(changes.space),
      ...stack(product, integration),
      bitbucket_hook: { infrastructure: webhook("infrastructure"), networking: webhook("networking") },
    },
  };
}

function datacenter(product: Product, changes: Changes): Content {
  const integration = `${DATACENTER_INTEGRATION}.payments`;
  const values = { name: "Payments", is_default: false, space_id: "platform", ...changes.integration };
  const webhook = (repository: string) => ({
    ...repositoryFields(product, repository),
    name: "Spacelift (payments)",
    webhook_url: `\${${integration}.webhook_url}`,
    events: [...product.events.required].sort(),
    secret: `\${${integration}.webhook_secret}`,
    lifecycle: { create_before_destroy: true, replace_triggered_by: [`${TRIGGER}.triggers["name"]`] },
    ...changes.webhook,
  });
  return {
    resource: {
      null_resource: { identity: { triggers: { name: values.name, is_default: String(values.is_default) } } },
      ...space(changes.space),
      ...stack(product, integration),
      [DATACENTER_INTEGRATION]: {
        payments: {
          ...product.loginArguments,
          access_token_wo: TOKEN,
          access_token_wo_version: "1",
          ...values,
          lifecycle: { create_before_destroy: true, replace_triggered_by: [TRIGGER] },
        },
      },
      bitbucketserver_repository_webhook: { infrastructure: webhook("infrastructure"), networking: webhook("networking") },
    },
  };
}

async function createExisting({ remote }: Harness, product: Product): Promise<void> {
  if (product.name !== "cloud") return;
  await createIntegration(remote, product, { settings: { name: "Payments", spaceID: "platform", isDefault: false } });
}

async function deploy(harness: Harness, product: Product, changes: Changes = {}): Promise<void> {
  await createExisting(harness, product);
  await harness.folder.deploy({ ...LOGINS, ...published(product, changes) });
}

async function planOf({ folder }: Harness, content: object): Promise<PlanRun> {
  await folder.write({ ...LOGINS, ...content });
  return folder.plan();
}

async function changed(harness: Harness, product: Product, changes: Changes): Promise<PlanRun> {
  await deploy(harness, product);
  return planOf(harness, published(product, changes));
}

/** The same objects with Bitlift's own provider. An integration of Bitbucket Cloud is a data source in one of the two, so it is left out. */
function own(product: Product): Content {
  const { resource } = configuration(product, {
    space: { parent_space_id: "platform", inherit_entities: true },
    integration: { space_id: "platform" },
  });
  if (product.name === "datacenter") return { resource };
  const { [product.integration]: _, ...others } = resource;
  const source = `data.${product.integration}.payments`;
  const webhooks = Object.entries(others[product.webhook] ?? {}).map(([name, webhook]) => {
    const text = JSON.stringify(webhook).replaceAll(`\${${product.INTEGRATION}.`, `\${${source}.`);
    return [name, JSON.parse(text) as Fields] as const;
  });
  return {
    data: { [product.integration]: { payments: { id: "payments" } } },
    resource: { ...others, [product.webhook]: Object.fromEntries(webhooks) },
  };
}

function withoutStack({ resource, ...content }: Content): Content {
  const { spacelift_stack: _, ...others } = resource;
  return { ...content, resource: others };
}

const ofDatacenter: Readonly<Record<string, Scenario>> = {
  rename: (harness, product) => changed(harness, product, { integration: { name: "Payments team" } }),

  "default-added": (harness, product) => changed(harness, product, { integration: { is_default: true, space_id: "root" } }),

  "integration-move": (harness, product) => changed(harness, product, { integration: { space_id: "${spacelift_space.payments.id}" } }),

  login: (harness, product) => changed(harness, product, { integration: { username: "another-reader" } }),

  async "rename-in-place"(harness, product) {
    const lifecycle = { create_before_destroy: true };
    await deploy(harness, product, { integration: { lifecycle } });
    const { resource } = published(product, { integration: { name: "Payments team" } });
    const { payments } = resource[DATACENTER_INTEGRATION] ?? {};
    return planOf(harness, {
      resource: { ...resource, [DATACENTER_INTEGRATION]: { payments: { ...(payments as object), lifecycle } } },
    });
  },
};

const ofBoth: Readonly<Record<string, Scenario>> = {
  async creation(harness, product) {
    await createExisting(harness, product);
    return planOf(harness, published(product));
  },

  async deletion(harness, product) {
    await deploy(harness, product);
    return planOf(harness, {});
  },

  async "webhook-deletion"(harness, product) {
    await deploy(harness, product);
    const { resource, ...content } = published(product);
    const { bitbucket_hook: _, bitbucketserver_repository_webhook: __, ...others } = resource;
    return planOf(harness, { ...content, resource: others });
  },

  "space-move": (harness, product) => changed(harness, product, { space: { parent_space_id: "root" } }),

  settings: (harness, product) =>
    changed(harness, product, {
      webhook: {
        active: false,
        events: [...product.events.required, product.events.other].sort(),
        ...(product.name === "cloud" && { skip_cert_verification: true }),
      },
    }),

  async drift(harness, product) {
    await deploy(harness, product);
    const { remote, folder } = harness;
    const [{ id: first } = { id: "" }] = await remote.webhooks(product, "infrastructure");
    await changeWebhook(remote, product, "infrastructure", first, { events: [product.events.push], title: "Changed by hand" });
    if (product.name === "datacenter") return folder.plan();
    // The provider for Bitbucket Data Center fails when a webhook is gone.
    const [{ id: second } = { id: "" }] = await remote.webhooks(product, "networking");
    await removeWebhook(remote, product, "networking", second);
    return folder.plan();
  },

  async "backing-changed-to-bitlift"(harness, product) {
    await deploy(harness, product);
    return planOf(harness, withoutStack(own(product)));
  },

  async "backing-changed-to-published"(harness, product) {
    await createExisting(harness, product);
    await harness.folder.deploy({ ...LOGINS, ...own(product) });
    return planOf(harness, withoutStack(published(product)));
  },

  async "moved-to-bitlift"(harness, product) {
    await createExisting(harness, product);
    await harness.folder.deploy({ ...LOGINS, ...withoutStack(published(product)) });
    const content = own(product);
    return planOf(harness, { ...content, moved: movedBlocks(content.resource) });
  },

  async "moved-to-published"(harness, product) {
    const { folder } = harness;
    await createExisting(harness, product);
    await folder.deploy({ ...LOGINS, ...own(product) });
    const removed = Object.entries(own(product).resource).flatMap(([type, objects]) =>
      Object.keys(objects).map((name) => ({ from: `${type}.${name}`, lifecycle: { destroy: false } })),
    );
    const { id: spaceId } = (await folder.state("bitlift_space.payments")) ?? {};
    const ids = await importIds(harness, product);
    return planOf(harness, {
      ...withoutStack(published(product)),
      removed,
      import: [{ to: "spacelift_space.payments", id: spaceId }, ...ids],
    });
  },
};

async function importIds({ folder }: Harness, product: Product): Promise<readonly { readonly to: string; readonly id: unknown }[]> {
  if (product.name === "datacenter") {
    const type = "bitbucketserver_repository_webhook";
    const webhooks = ["infrastructure", "networking"].map((name) => ({
      to: `${type}.${name}`,
      id: `${product.namespace}/${name}/Spacelift (payments)`,
    }));
    return [{ to: `${DATACENTER_INTEGRATION}.payments`, id: "payments" }, ...webhooks];
  }
  const webhooks = ["infrastructure", "networking"].map(async (name) => {
    const { uuid } = (await folder.state(`${product.webhook}.${name}`)) ?? {};
    return { to: `bitbucket_hook.${name}`, id: `${product.namespace}/${name}/${String(uuid)}` };
  });
  return Promise.all(webhooks);
}

export const PUBLISHED_SCENARIOS = { cloud: ofBoth, datacenter: { ...ofBoth, ...ofDatacenter } } as const;
