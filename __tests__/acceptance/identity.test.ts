/** Identities, which engines since version 1.12 store and accept in imports, and imports by the repository alone, which work with every engine. */
import { PRODUCTS, repositoryFields, repositoryName, type Harness, type Product } from "../../tools/harness";
import { configuration, SPACE } from "./configuration";
import { errorCodes, errors, textOf } from "./diagnostics";
import { addWebhook } from "./outside-changes";
import { scenario } from "./scenario";

/** The identities in the state, by address without the index. */
async function identities({ folder }: Harness): Promise<Readonly<Record<string, object | undefined>>> {
  const { resources } = JSON.parse(await folder.stateFile()) as StateFile;
  return Object.fromEntries(resources.map(({ type, name, instances }) => [`${type}.${name}`, instances[0]?.identity]));
}

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly identity?: object }[];
  }[];
}

/** Deploys the default configuration, and removes everything from the state except the second webhook. Returns the removed state, by address. */
async function deployAndForget(
  { folder }: Harness,
  product: Product,
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  await folder.deploy(configuration(product));
  const addresses = [SPACE, product.INTEGRATION, product.WEBHOOK];
  const states = await Promise.all(addresses.map(async (address) => [address, (await folder.state(address)) ?? {}] as const));
  await folder.run(["state", "rm", ...addresses]);
  return Object.fromEntries(states);
}

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK, webhookIdAttribute, namespaceArgument } = product;
  const repository = repositoryName(product, "infrastructure");

  scenario("an import block takes an identity; an engine before 1.12 rejects it", async (harness) => {
    const { folder } = harness;
    const removed = await deployAndForget(harness, product);
    const identities = {
      [SPACE]: { id: removed[SPACE]?.["id"] },
      [INTEGRATION]: { id: removed[INTEGRATION]?.["id"] },
      [WEBHOOK]: { ...repositoryFields(product, "infrastructure"), [webhookIdAttribute]: removed[WEBHOOK]?.[webhookIdAttribute] },
    };
    const blocks = Object.entries(identities).map(([to, identity]) => ({ to, identity }));
    await folder.write({ ...configuration(product), import: blocks });
    const planned = await folder.plan();
    if (!folder.engine.resourceIdentity) {
      expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringContaining('"identity"')]);
      return;
    }
    expect(errors(planned)).toEqual([]);
    expect(planned.changes.filter(({ importing }) => importing).map(({ address }) => address)).toEqual(
      [SPACE, INTEGRATION, WEBHOOK].sort(),
    );
    await folder.applyAndReplan();
    const { resources } = JSON.parse(await folder.stateFile()) as StateFile;
    const stored = resources.map(({ type, instances }) => [type, instances.every(({ identity }) => identity !== undefined)]);
    expect(stored).toEqual(resources.map(({ type }) => [type, true]));
  });

  scenario("a new address keeps the identity, and a change of letter case changes it in place", async (harness) => {
    const { folder } = harness;
    await folder.deploy(configuration(product));
    const { [WEBHOOK]: before } = await identities(harness);
    const { infrastructure, ...others } = configuration(product).resource[product.webhook] ?? {};
    const moved = `${product.webhook}.moved`;
    const spelled = { ...(infrastructure as object), repository: "Infrastructure" };
    const resource = { ...configuration(product).resource, [product.webhook]: { ...others, moved: spelled } };
    await folder.write({ resource, moved: [{ from: WEBHOOK, to: moved }] });
    const planned = await folder.plan();
    expect([errors(planned), planned.changes.map(({ address, actions }) => [address, actions.join()])]).toEqual([[], [[moved, "update"]]]);
    const applied = await folder.applyPlan(planned);
    expect([applied.code, errors(applied), (await folder.plan()).code]).toEqual([0, [], 0]);
    const { [moved]: after } = await identities(harness);
    expect(after).toEqual(folder.engine.resourceIdentity ? { ...before, repository: "Infrastructure" } : undefined);
  });

  scenario("an import block with for_each takes an identity for each object, and the plan may change them as well", async (harness) => {
    const { folder } = harness;
    await folder.deploy(configuration(product));
    const ids = Object.fromEntries(
      await Promise.all(
        ["infrastructure", "networking"].map(async (repository) => {
          const state = await folder.state(`${product.webhook}.${repository}`);
          return [repository, String(state?.[webhookIdAttribute])] as const;
        }),
      ),
    );
    await folder.run(["state", "rm", WEBHOOK, product.NETWORKING]);
    const { infrastructure } = configuration(product, { webhook: { title: "Imported" } }).resource[product.webhook] ?? {};
    const all = { ...(infrastructure as object), for_each: ids, repository: "${each.key}" };
    const identity = { ...repositoryFields(product, "${each.key}"), [webhookIdAttribute]: "${each.value}" };
    await folder.write({
      resource: { ...configuration(product).resource, [product.webhook]: { all } },
      import: [{ for_each: ids, to: `${product.webhook}.all[each.key]`, identity }],
    });
    const planned = await folder.plan();
    if (!folder.engine.resourceIdentity) {
      expect([planned.code, errors(planned).join()]).toEqual([1, expect.stringContaining('"identity"')]);
      return;
    }
    expect(errors(planned)).toEqual([]);
    expect(planned.changes.map(({ actions, importing, after }) => [actions.join(), importing, after?.["title"]])).toEqual(
      Array(2).fill(["update", true, "Imported"]),
    );
    const applied = await folder.applyPlan(planned);
    expect([applied.code, errors(applied), (await folder.plan()).code]).toEqual([0, [], 0]);
  });

  scenario("the ID of a webhook is its repository, if exactly one webhook there calls this Spacelift account", async (harness) => {
    const { folder, remote } = harness;
    const removed = await deployAndForget(harness, product);
    const plan = async (name: string) => {
      await folder.write({
        ...configuration(product),
        import: [{ to: WEBHOOK, id: `${product.namespace}/${name}` }],
      });
      return folder.plan([`-target=${WEBHOOK}`]);
    };
    // A webhook of another tool does not count.
    await addWebhook(remote, product, "infrastructure", { url: "https://ci.example/integration/payments" });
    const id = String(removed[WEBHOOK]?.[webhookIdAttribute]);
    const only = await plan("infrastructure");
    expect(errors(only)).toEqual([]);
    const imported = only.changes.find(({ address }) => address === WEBHOOK);
    expect([imported?.importing, imported?.after]).toEqual([
      true,
      expect.objectContaining({ [webhookIdAttribute]: id, integration_id: "payments" }),
    ]);

    await addWebhook(remote, product, "infrastructure", { url: String(removed[WEBHOOK]?.["webhook_url"]) });
    const several = await plan("infrastructure");
    expect(errorCodes(several)).toEqual(["webhook-not-unique"]);
    for (const webhook of await remote.webhooks(product, "infrastructure")) {
      const isListed = textOf(several, "webhook-not-unique").replace(/\s+/g, " ").includes(`${repository}/${webhook.id} `);
      expect([webhook.url, isListed]).toEqual([webhook.url, !webhook.url.startsWith("https://ci.example")]);
    }
    expect(errorCodes(await plan("other"))).toEqual([expect.stringMatching(/^(webhook-not-unique|repository-not-found)$/)]);
    expect(namespaceArgument in (removed[WEBHOOK] ?? {})).toBe(true);
  });
});
