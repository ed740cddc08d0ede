/** Webhooks are one per repository and URL: adopted, corrected, repaired, and never doubled. */
import { addHook, changeHook, changeRepository, regenerateSecret, removeHook } from "./by-hand";
import { configuration } from "./configuration";
import { fullNameOf, type Hook, type HookChanges, type Product } from "./product";
import { PRODUCTS } from "./products";
import { codeOf, differences, errors, scenario, warnings, type World } from "./world";

async function own(world: World, product: Product): Promise<Hook> {
  const id = (await world.state(product.WEBHOOK))?.[product.hookId];
  const hook = (await world.hooks(product, "infrastructure")).find((one) => one.id === id);
  if (hook === undefined) throw new Error(`no webhook ${String(id)}`);
  return hook;
}

describe.each(PRODUCTS)("what somebody changes in $title", (product) => {
  const { INTEGRATION, WEBHOOK, events } = product;
  const table: [string, HookChanges, readonly string[]][] = [
    ["events taken away", { events: [events.push] }, ["events"]],
    ["events added", { events: [...events.required, events.another] }, ["events"]],
    ["another title", { title: "mine" }, ["title"]],
    ["switched off", { active: false }, ["active"]],
    ["another address", { url: "https://elsewhere.example/hook" }, [product.hookId, "webhook_url"].sort()],
    ["certificates not verified", { verified: false }, [product.certificate.argument]],
    ["secret removed", { secret: null }, ["secret_fingerprint"]],
  ];

  scenario("is found and put right in place, one field as another", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    for (const [name, changes, expected] of table) {
      await changeHook(world, product, "infrastructure", (await own(world, product)).id, changes);
      const planned = await world.plan();
      expect([name, planned.changes.map((change) => [change.address, change.actions.join(), differences(change)])]).toEqual([
        name,
        [[WEBHOOK, "update", expected]],
      ]);
      await world.settle();
      expect(await own(world, product)).toMatchObject({ secret: true, active: true });
    }
  });

  scenario("a webhook deleted by hand is planned as a create", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await removeHook(world, product, "infrastructure", (await own(world, product)).id);
    expect((await world.plan()).changes.map((change) => [change.address, change.actions.join()])).toEqual([[WEBHOOK, "create"]]);
    await world.settle();
  });

  scenario("a secret regenerated in Spacelift updates exactly the webhooks that use it", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await regenerateSecret(world, product, "payments");
    const planned = await world.plan();
    expect(planned.changes.map((change) => change.type)).toEqual([product.webhook, product.webhook]);
    await world.settle();
  });

  scenario("a rotation by attribute reaches every webhook in one apply", async (world) => {
    await world.write(configuration(product, { integration: { webhook_secret_rotation: "2026-10" } }));
    await world.settle();
    const before = (await world.state(INTEGRATION))?.["webhook_secret_fingerprint"];
    await world.write(configuration(product, { integration: { webhook_secret_rotation: "2026-11" } }));
    const planned = await world.plan();
    expect(planned.changes).toHaveLength(3);
    await world.settle();
    expect((await world.state(INTEGRATION))?.["webhook_secret_fingerprint"]).not.toBe(before);
    expect((await world.state(WEBHOOK))?.["secret_fingerprint"]).toBe((await world.state(INTEGRATION))?.["webhook_secret_fingerprint"]);
  });
});

describe.each(PRODUCTS)("a webhook that is there already in $title", (product) => {
  const { WEBHOOK } = product;
  const prepare = async (world: World, copies: number) => {
    await world.write(configuration(product));
    await world.settle();
    const { id, url } = await own(world, product);
    await world.run(["state", "rm", WEBHOOK]);
    await removeHook(world, product, "infrastructure", id);
    for (let copy = 0; copy < copies; copy++) await addHook(world, product, "infrastructure", { url, title: `by hand ${String(copy)}` });
    return url;
  };

  scenario("is adopted and corrected, with a warning, and duplicates are named and left", async (world) => {
    const url = await prepare(world, 2);
    const applied = await world.apply();
    expect(errors(applied)).toEqual([]);
    expect(warnings(applied).join("\n")).toMatch(/was adopted.*by hand 0/s);
    expect(warnings(applied).join("\n")).toMatch(/Several webhooks have this URL.*by hand 1/s);
    expect((await world.hooks(product, "infrastructure")).filter((hook) => hook.url === url)).toHaveLength(2);
    expect(await own(world, product)).toMatchObject({ active: true, secret: true, title: "Spacelift (payments)" });
    expect((await world.plan()).code).toBe(0);
  });

  scenario("is an error that names it when adoption is off", async (world) => {
    await prepare(world, 1);
    await world.write(configuration(product, { webhook: { adopt_existing: false } }));
    expect(errors(await world.apply()).join()).toMatch(/exists already.*by hand 0.*terraform import/s);
  });
});

describe.each(PRODUCTS)("on $title", (product) => {
  const { WEBHOOK } = product;

  scenario("an address changed without moved keeps the webhook, whichever half runs first", async (world) => {
    await world.establish(configuration(product));
    const id = (await world.state(WEBHOOK))?.[product.hookId];
    const { resource } = configuration(product);
    const { infrastructure: infra, ...others } = resource[product.webhook] ?? {};
    await world.write({ resource: { ...resource, [product.webhook]: { ...others, infra } } });
    expect(errors(await world.apply())).toEqual([]);
    expect((await world.plan()).code).toBe(0);
    const now = (await world.state(`${product.webhook}.infra`))?.[product.hookId];
    expect((await world.hooks(product, "infrastructure")).map((hook) => hook.id)).toEqual([now]);
    expect(typeof id).toBe(typeof now);
  });

  scenario("a repository that is gone is a warning that keeps the state, and its webhook can be destroyed", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await changeRepository(world, product, "infrastructure", "delete");
    const planned = await world.plan();
    expect(planned.code).toBe(0);
    expect(warnings(planned).join()).toMatch(/The repository is gone or invisible.*infrastructure/s);
    expect(errors(await world.destroy())).toEqual([]);
  });

  scenario("a webhook that leaves the configuration leaves a renamed repository too", async (world) => {
    await world.establish(configuration(product));
    await changeRepository(world, product, "infrastructure", "rename", "platform-infrastructure");
    const { resource } = configuration(product);
    const { infrastructure: _, ...others } = resource[product.webhook] ?? {};
    await world.write({ resource: { ...resource, [product.webhook]: others } });
    expect((await world.settle()).said.map(codeOf)).toEqual(["repository-renamed"]);
    expect(await world.hooks(product, "platform-infrastructure")).toEqual([]);
  });

  scenario("a renamed repository is reported with its new name, and following it keeps the webhook", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await changeRepository(world, product, "infrastructure", "rename", "platform-infrastructure");
    const planned = await world.plan();
    expect(warnings(planned).join()).toContain(fullNameOf(product, "platform-infrastructure"));
    const { resource } = configuration(product);
    const { infrastructure, ...others } = resource[product.webhook] ?? {};
    const followed = { ...(infrastructure as object), repository: "platform-infrastructure" };
    await world.write({ resource: { ...resource, [product.webhook]: { ...others, infrastructure: followed } } });
    expect(errors(await world.apply())).toEqual([]);
    expect((await world.hooks(product, "platform-infrastructure")).filter((hook) => hook.url.endsWith("/payments"))).toHaveLength(1);
  });
});
