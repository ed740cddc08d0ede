/** An address that changes without `moved`: both halves run side by side, and the webhook is neither lost nor doubled. */
import { credentialOf, repositoryOf, wiredTo, type Product } from "./product";
import { PRODUCTS } from "./products";
import { codeOf, errors, scenario, toldIn, type World } from "./world";

const TIMES = 20;
const names = ["one", "other"] as const;
const nameOf = (time: number): string => names[time % 2] ?? "";

/**
 * The webhook at one of two addresses. In two rounds of four a Space hangs on it; the round after takes both away, and the engine lets the
 * webhook's delete wait for the Space's: then the create comes first, otherwise the delete does.
 */
function configurationOf(product: Product, time: number): Record<string, unknown> {
  return {
    resource: {
      [product.integration]: { hub: { name: "Hub", ...credentialOf(product) } },
      [product.webhook]: { [nameOf(time)]: { ...repositoryOf(product, "infrastructure"), ...wiredTo(`${product.integration}.hub`) } },
      ...(time % 4 < 2
        ? {
            bitlift_space: {
              [`brake-${nameOf(time)}`]: { name: `Brake ${nameOf(time)}`, depends_on: [`${product.webhook}.${nameOf(time)}`] },
            },
          }
        : {}),
    },
  };
}

async function stored(world: World, product: Product): Promise<readonly { name: string; id: unknown }[]> {
  const { resources } = JSON.parse(await world.stateFile()) as {
    resources: { type: string; name: string; instances: { attributes: Record<string, unknown> }[] }[];
  };
  return resources
    .filter(({ type }) => type === product.webhook)
    .flatMap(({ name, instances }) => instances.map(({ attributes }) => ({ name, id: attributes[product.hookId] })));
}

/** One webhook in Bitbucket, one address in the state, and they are the same. */
async function once(world: World, product: Product, time: number): Promise<void> {
  const hooks = (await world.hooks(product, "infrastructure")).map(({ id }) => ({ name: nameOf(time), id }));
  expect([time, hooks.length, await stored(world, product)]).toEqual([time, 1, hooks]);
}

/** Slow requests of either half in turn, so that each meets the other in the middle. */
async function slow(world: World, product: Product, time: number): Promise<void> {
  const delay = { kind: "delay", milliseconds: 300 };
  if (time % 4 === 1 || time % 4 === 2) await world.control("spacelift", "faults", { operation: "spaceDelete", ...delay });
  const { create, update, remove } = product.operations;
  for (const operation of time % 2 === 0 ? [remove] : [create, update])
    await world.control(product.service, "faults", { operation, ...delay });
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(`an address that changes ${String(TIMES)} times keeps one webhook, whichever half comes first`, async (world) => {
    await world.write(configurationOf(product, 0));
    expect(errors(await world.apply())).toEqual([]);
    const orders = { "create first": 0, "delete first": 0 };
    for (let time = 1; time <= TIMES; time++) {
      await world.write(configurationOf(product, time));
      await slow(world, product, time);
      const applied = await world.apply();
      expect([time, errors(applied)]).toEqual([time, []]);
      for (const service of ["spacelift", product.service] as const) await world.control(service, "faults", undefined, "DELETE");
      const done = toldIn(applied.stdout).filter(({ type, address }) => type === "apply_complete" && address.includes("webhook"));
      expect([time, done.map(({ action }) => action).sort()]).toEqual([time, ["create", "delete"]]);
      orders[applied.said.some((one) => codeOf(one) === "webhook-delete-skipped") ? "create first" : "delete first"] += 1;
      await once(world, product, time);
    }
    process.stdout.write(`${product.title}: ${String(TIMES)} address changes: ${JSON.stringify(orders)}\n`);
    expect((await world.plan()).code).toBe(0);
  });

  scenario("an address that changes while the delete fails costs one more apply, and not the webhook", async (world) => {
    await world.write(configurationOf(product, 2));
    expect(errors(await world.apply())).toEqual([]);
    for (const [index, kind] of ["reset-before", "reset-after"].entries()) {
      // From 2 to 3 and on to 4 nothing holds the delete back.
      const time = 3 + index;
      await world.write(configurationOf(product, time));
      await world.control(product.service, "faults", { operation: product.operations.remove, kind });
      expect(errors(await world.apply()).join()).toMatch(/gave no answer to "DELETE .*Whether it was carried out is not known/s);
      expect([kind, errors(await world.apply())]).toEqual([kind, []]);
      await once(world, product, time);
      expect([kind, (await world.plan()).code]).toEqual([kind, 0]);
    }
  });
});
