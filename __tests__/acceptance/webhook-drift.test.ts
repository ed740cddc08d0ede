/** Drift of webhooks in more than one field: another URL, a duplicate, a manual replacement. For single fields, see webhooks.test.ts. */
import {
  changedAttributes,
  integrationReferences,
  PRODUCTS,
  repositoryFields,
  type Harness,
  type Product,
  type SandboxClient,
  type Webhook,
  type WebhookChanges,
} from "../../tools/harness";
import { defaultCredential } from "./configuration";
import { errors, warningCodes } from "./diagnostics";
import { addWebhook, changeRepository, changeWebhook, removeWebhook } from "./outside-changes";
import { scenario } from "./scenario";

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** Manual changes to the webhooks of one repository. */
interface ManualChanges {
  change(changes: WebhookChanges): Promise<void>;
  /** Adds another webhook with the same URL. */
  copy(): Promise<void>;
  remove(): Promise<void>;
}

function manualChanges(remote: SandboxClient, product: Product, repository: string, webhook: Webhook): ManualChanges {
  return {
    change: (changes) => changeWebhook(remote, product, repository, webhook.id, changes),
    copy: () => addWebhook(remote, product, repository, { url: webhook.url }),
    remove: () => removeWebhook(remote, product, repository, webhook.id),
  };
}

/** A manual change, what the plan shows (null: no change), and how many webhooks with the URL the repository has after the apply. */
interface Row {
  readonly change: (manually: ManualChanges, webhook: Webhook) => Promise<void>;
  readonly plan: readonly [string, ...string[]] | null;
  readonly because?: string;
  readonly remaining?: number;
}

const rowsOf = ({ webhookIdAttribute, returnsSecret }: Product): Readonly<Record<string, Row>> => ({
  "pointed at another integration": {
    change: (manually, { url }) => manually.change({ url: url.replace(/payments$/, "other") }),
    plan: ["update", webhookIdAttribute, "webhook_url"],
  },
  "pointed to another host, with a copy added": {
    change: async (manually) => {
      await manually.change({ url: "https://elsewhere.example/hook" });
      await manually.copy();
    },
    plan: ["update", webhookIdAttribute, "webhook_url"],
  },
  duplicated: {
    change: (manually) => manually.copy(),
    plan: null,
    because: "a webhook that is not in the state belongs to another tool",
    remaining: 2,
  },
  "recreated manually": {
    change: async (manually) => {
      await manually.remove();
      await manually.copy();
    },
    plan: ["create"],
  },
  "given another secret": {
    change: (manually) => manually.change({ secret: "manual" }),
    plan: returnsSecret ? ["update", "secret_fingerprint"] : null,
    because: "Bitbucket returns only whether a secret exists",
  },
});

/** An older Bitbucket Cloud omits the secret field, which is not drift. The plan reads only one webhook, so the fault affects only that one. */
async function expectNoDriftWithoutSecretField({ folder, remote }: Harness, product: Product, repository: string): Promise<void> {
  const values = (await remote.webhookResponses(product, repository)).map(({ secret_set: _, ...webhook }) => webhook);
  await remote.control(product.service, "faults", { operation: product.operations.list, kind: "wrong-shape", body: { values } });
  expect((await folder.plan([`-target=${product.webhook}.${repository}`])).changes).toEqual([]);
  expect(await remote.control(product.service, "faults")).toMatchObject({ armed: [] });
}

describe.each(PRODUCTS)("webhooks in $title", (product) => {
  scenario("after any manual change, one apply restores exactly one correct webhook", async (harness) => {
    const { folder, remote } = harness;
    const rows = Object.entries(rowsOf(product));
    const addressOf = (name: string) => `${product.webhook}.${slugOf(name)}`;
    const integration = (name: string) => ({ name, ...defaultCredential(product) });
    const address = product.INTEGRATION;
    for (const [name] of rows) await changeRepository(remote, product, slugOf(name), "create");
    await folder.deploy({
      resource: {
        [product.integration]: { payments: integration("Payments"), other: integration("Other") },
        [product.webhook]: Object.fromEntries(
          rows.map(([name]) => [slugOf(name), { ...repositoryFields(product, slugOf(name)), ...integrationReferences(address) }]),
        ),
      },
    });
    const url = String((await folder.state(address))?.["webhook_url"]);
    for (const [name, row] of rows) {
      const [webhook] = await remote.webhooks(product, slugOf(name));
      if (webhook === undefined) throw new Error(`${slugOf(name)} has no webhook.`);
      await row.change(manualChanges(remote, product, slugOf(name), webhook), webhook);
    }
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    const shown = Object.fromEntries(
      planned.changes.map((change) => [
        change.address,
        change.actions.join() === "create" ? ["create"] : [change.actions.join(), ...changedAttributes(change)],
      ]),
    );
    expect(shown).toEqual(
      Object.fromEntries(rows.filter(([, row]) => row.plan !== null).map(([name, row]) => [addressOf(name), row.plan])),
    );
    const applied = await folder.applyAndReplan();
    expect(warningCodes(applied).filter((code) => code === "webhook-adopted")).toHaveLength(2);
    for (const [name, row] of rows) {
      const webhooks = (await remote.webhooks(product, slugOf(name))).filter((webhook) => webhook.url === url);
      expect([name, webhooks.length]).toEqual([name, row.remaining ?? 1]);
      const id = (await folder.state(addressOf(name)))?.[product.webhookIdAttribute];
      expect([name, webhooks.find((webhook) => webhook.id === id)]).toMatchObject([name, { active: true, secret: true }]);
    }

    if (!product.returnsSecret) await expectNoDriftWithoutSecretField(harness, product, slugOf(rows[0]?.[0] ?? ""));
  });
});
