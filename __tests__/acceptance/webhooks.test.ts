/** Each repository has one webhook per URL. The provider adopts, corrects and repairs it, and never duplicates it. */
import {
  changedAttributes,
  PRODUCTS,
  repositoryName,
  type Harness,
  type Product,
  type Webhook,
  type WebhookChanges,
} from "../../tools/harness";
import { configuration } from "./configuration";
import { errorCodes, errors, textOf, warningCodes, warnings } from "./diagnostics";
import { addWebhook, changeRepository, changeWebhook, regenerateSecret, removeWebhook } from "./outside-changes";
import { scenario } from "./scenario";

async function managedWebhook({ folder, remote }: Harness, product: Product): Promise<Webhook> {
  const id = (await folder.state(product.WEBHOOK))?.[product.webhookIdAttribute];
  const webhook = (await remote.webhooks(product, "infrastructure")).find((found) => found.id === id);
  if (webhook === undefined) throw new Error(`Bitbucket has no webhook ${String(id)}.`);
  return webhook;
}

describe.each(PRODUCTS)("changes to webhooks in $title", (product) => {
  const { INTEGRATION, WEBHOOK, events } = product;
  const table: [string, WebhookChanges, readonly string[]][] = [
    ["events removed", { events: [events.push] }, ["events"]],
    ["events added", { events: [...events.required, events.another] }, ["events"]],
    ["another title", { title: "mine" }, ["title"]],
    ["deactivated", { active: false }, ["active"]],
    ["another URL", { url: "https://elsewhere.example/hook" }, [product.webhookIdAttribute, "webhook_url"].sort()],
    ["certificates not verified", { verified: false }, [product.certificate.argument]],
    ["secret removed", { secret: null }, ["secret_fingerprint"]],
  ];

  scenario("a manual change of any field is detected and repaired in place", async (harness) => {
    const { folder, remote } = harness;
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    for (const [name, changes, expected] of table) {
      await changeWebhook(remote, product, "infrastructure", (await managedWebhook(harness, product)).id, changes);
      const planned = await folder.plan();
      expect([name, planned.changes.map((change) => [change.address, change.actions.join(), changedAttributes(change)])]).toEqual([
        name,
        [[WEBHOOK, "update", expected]],
      ]);
      await folder.applyAndReplan();
      expect(await managedWebhook(harness, product)).toMatchObject({ secret: true, active: true });
    }
  });

  scenario("a webhook that was deleted manually is planned as a create", async (harness) => {
    const { folder, remote } = harness;
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    await removeWebhook(remote, product, "infrastructure", (await managedWebhook(harness, product)).id);
    expect((await folder.plan()).changes.map((change) => [change.address, change.actions.join()])).toEqual([[WEBHOOK, "create"]]);
    await folder.applyAndReplan();
  });

  scenario("a secret that was regenerated in Spacelift updates exactly the webhooks that use it", async ({ folder, remote }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    await regenerateSecret(remote, product, "payments");
    const planned = await folder.plan();
    expect(planned.changes.map((change) => change.type)).toEqual([product.webhook, product.webhook]);
    await folder.applyAndReplan();
  });

  scenario("a changed webhook_secret_rotation updates the secret of every webhook in one apply", async ({ folder }) => {
    await folder.write(configuration(product, { integration: { webhook_secret_rotation: "2026-10" } }));
    await folder.applyAndReplan();
    const before = (await folder.state(INTEGRATION))?.["webhook_secret_fingerprint"];
    await folder.write(configuration(product, { integration: { webhook_secret_rotation: "2026-11" } }));
    const planned = await folder.plan();
    expect(planned.changes).toHaveLength(3);
    await folder.applyAndReplan();
    expect((await folder.state(INTEGRATION))?.["webhook_secret_fingerprint"]).not.toBe(before);
    expect((await folder.state(WEBHOOK))?.["secret_fingerprint"]).toBe((await folder.state(INTEGRATION))?.["webhook_secret_fingerprint"]);
  });
});

describe.each(PRODUCTS)("an existing webhook in $title", (product) => {
  const { WEBHOOK } = product;
  const replaceManually = async (harness: Harness, copies: number) => {
    const { folder, remote } = harness;
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    const { id, url } = await managedWebhook(harness, product);
    await folder.run(["state", "rm", WEBHOOK]);
    await removeWebhook(remote, product, "infrastructure", id);
    for (let copy = 0; copy < copies; copy++) await addWebhook(remote, product, "infrastructure", { url, title: `manual ${copy}` });
    return url;
  };

  scenario(
    "the webhook is adopted and corrected, with a warning; another warning names duplicates, which stay unchanged",
    async (harness) => {
      const { folder, remote } = harness;
      const url = await replaceManually(harness, 2);
      const applied = await folder.apply();
      expect(errors(applied)).toEqual([]);
      expect(textOf(applied, "webhook-adopted")).toContain("manual 0");
      expect(textOf(applied, "webhook-duplicates")).toContain("manual 1");
      expect((await remote.webhooks(product, "infrastructure")).filter((webhook) => webhook.url === url)).toHaveLength(2);
      expect(await managedWebhook(harness, product)).toMatchObject({ active: true, secret: true, title: "Spacelift (payments)" });
      expect((await folder.plan()).code).toBe(0);
    },
  );

  scenario("with adopt_existing = false, the webhook causes an error that names it", async (harness) => {
    const { folder } = harness;
    await replaceManually(harness, 1);
    await folder.write(configuration(product, { webhook: { adopt_existing: false } }));
    const applied = await folder.apply();
    expect(errorCodes(applied)).toEqual(["webhook-exists"]);
    expect(errors(applied).join()).toMatch(/manual 0.*terraform import/s);
  });
});

describe.each(PRODUCTS)("on $title", (product) => {
  const { WEBHOOK } = product;

  scenario("a resource address that changes without a moved block keeps one webhook", async ({ folder, remote }) => {
    await folder.deploy(configuration(product));
    const id = (await folder.state(WEBHOOK))?.[product.webhookIdAttribute];
    const { resource } = configuration(product);
    const { infrastructure: infra, ...others } = resource[product.webhook] ?? {};
    await folder.write({ resource: { ...resource, [product.webhook]: { ...others, infra } } });
    expect(errors(await folder.apply())).toEqual([]);
    expect((await folder.plan()).code).toBe(0);
    const newId = (await folder.state(`${product.webhook}.infra`))?.[product.webhookIdAttribute];
    expect((await remote.webhooks(product, "infrastructure")).map((webhook) => webhook.id)).toEqual([newId]);
    expect(typeof id).toBe(typeof newId);
  });

  scenario("a deleted repository causes a warning and keeps the state, and its webhook can be destroyed", async ({ folder, remote }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    await changeRepository(remote, product, "infrastructure", "delete");
    const planned = await folder.plan();
    expect(planned.code).toBe(0);
    expect(warningCodes(planned)).toEqual(["repository-not-found"]);
    expect(warnings(planned).join()).toContain(repositoryName(product, "infrastructure"));
    expect(errors(await folder.destroy())).toEqual([]);
  });

  scenario("a webhook that is removed from the configuration is also deleted from a renamed repository", async ({ folder, remote }) => {
    await folder.deploy(configuration(product));
    await changeRepository(remote, product, "infrastructure", "rename", "platform-infrastructure");
    const { resource } = configuration(product);
    const { infrastructure: _, ...others } = resource[product.webhook] ?? {};
    await folder.write({ resource: { ...resource, [product.webhook]: others } });
    expect(warningCodes(await folder.applyAndReplan())).toEqual(["repository-renamed"]);
    expect(await remote.webhooks(product, "platform-infrastructure")).toEqual([]);
  });

  scenario(
    "a renamed repository causes a warning with the new name, and a configuration with it keeps the webhook",
    async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await changeRepository(remote, product, "infrastructure", "rename", "platform-infrastructure");
      const planned = await folder.plan();
      expect(textOf(planned, "repository-renamed")).toContain(repositoryName(product, "platform-infrastructure"));
      const { resource } = configuration(product);
      const { infrastructure, ...others } = resource[product.webhook] ?? {};
      const renamed = { ...(infrastructure as object), repository: "platform-infrastructure" };
      await folder.write({ resource: { ...resource, [product.webhook]: { ...others, infrastructure: renamed } } });
      expect(errors(await folder.apply())).toEqual([]);
      expect((await remote.webhooks(product, "platform-infrastructure")).filter(({ url }) => url.endsWith("/payments"))).toHaveLength(1);
    },
  );
});
