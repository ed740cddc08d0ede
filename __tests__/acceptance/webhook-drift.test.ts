/** Drift of webhooks that more than one field tells: pointed elsewhere, doubled, made anew by hand. One field at a time: webhooks.test.ts. */
import { addHook, changeHook, changeRepository, rawHooks, removeHook } from "./by-hand";
import { credentialOf, repositoryOf, wiredTo, type Hook, type Product } from "./product";
import { PRODUCTS } from "./products";
import { differences, errors, scenario, warnings, type World } from "./world";

const slugOf = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** Somebody's hand in one repository. */
interface Hand {
  change(changes: Parameters<typeof changeHook>[4]): Promise<void>;
  /** Another one with the same URL. */
  copy(): Promise<void>;
  remove(): Promise<void>;
}

function handIn(world: World, product: Product, repository: string, hook: Hook): Hand {
  return {
    change: (changes) => changeHook(world, product, repository, hook.id, changes),
    copy: () => addHook(world, product, repository, { url: hook.url }),
    remove: () => removeHook(world, product, repository, hook.id),
  };
}

/** What happens to a webhook, what the plan shows, and the webhooks of the repository afterwards. */
interface HookRow {
  readonly outside: (by: Hand, hook: Hook) => Promise<void>;
  readonly plan: readonly [string, ...string[]] | null;
  readonly because?: string;
  readonly left?: number;
}

const rowsOf = ({ hookId, tellsSecret }: Product): Readonly<Record<string, HookRow>> => ({
  "pointed at another integration": {
    outside: (by, { url }) => by.change({ url: url.replace(/payments$/, "other") }),
    plan: ["update", hookId, "webhook_url"],
  },
  "pointed elsewhere beside a copy": {
    outside: async (by) => {
      await by.change({ url: "https://elsewhere.example/hook" });
      await by.copy();
    },
    plan: ["update", hookId, "webhook_url"],
  },
  duplicated: {
    outside: (by) => by.copy(),
    plan: null,
    because: "a webhook that is not in the state is somebody else's",
    left: 2,
  },
  "recreated by hand": {
    outside: async (by) => {
      await by.remove();
      await by.copy();
    },
    plan: ["create"],
  },
  "given another secret": {
    outside: (by) => by.change({ secret: "by hand" }),
    plan: tellsSecret ? ["update", "secret_fingerprint"] : null,
    because: "Bitbucket says only whether there is a secret",
  },
});

/** An older Bitbucket Cloud that says nothing of the secret: silence is no drift. Only one webhook is read, so the answer is its own. */
async function silence(world: World, product: Product, known: string): Promise<void> {
  const values = (await rawHooks(world, product, known)).map(({ secret_set: _, ...hook }) => hook);
  await world.control(product.service, "faults", { operation: product.operations.list, kind: "wrong-shape", body: { values } });
  expect((await world.plan([`-target=${product.webhook}.${known}`])).changes).toEqual([]);
  expect(await world.control(product.service, "faults")).toMatchObject({ armed: [] });
}

describe.each(PRODUCTS)("of webhooks in $title", (product) => {
  scenario("whatever happens to them outside, one is right afterwards", async (world) => {
    const rows = Object.entries(rowsOf(product));
    const placeOf = (name: string) => `${product.webhook}.${slugOf(name)}`;
    const integration = (name: string) => ({ name, ...credentialOf(product) });
    const address = product.INTEGRATION;
    for (const [name] of rows) await changeRepository(world, product, slugOf(name), "create");
    await world.establish({
      resource: {
        [product.integration]: { payments: integration("Payments"), other: integration("Other") },
        [product.webhook]: Object.fromEntries(
          rows.map(([name]) => [slugOf(name), { ...repositoryOf(product, slugOf(name)), ...wiredTo(address) }]),
        ),
      },
    });
    const url = String((await world.state(address))?.["webhook_url"]);
    for (const [name, row] of rows) {
      const [hook] = await world.hooks(product, slugOf(name));
      if (hook === undefined) throw new Error(`no webhook in ${slugOf(name)}`);
      await row.outside(handIn(world, product, slugOf(name), hook), hook);
    }
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    const shown = Object.fromEntries(
      planned.changes.map((change) => [
        change.address,
        change.actions.join() === "create" ? ["create"] : [change.actions.join(), ...differences(change)],
      ]),
    );
    expect(shown).toEqual(Object.fromEntries(rows.filter(([, row]) => row.plan !== null).map(([name, row]) => [placeOf(name), row.plan])));
    const applied = await world.settle();
    expect(warnings(applied).filter((one) => one.startsWith("A webhook with this URL existed and was adopted"))).toHaveLength(2);
    for (const [name, row] of rows) {
      const hooks = (await world.hooks(product, slugOf(name))).filter((hook) => hook.url === url);
      expect([name, hooks.length]).toEqual([name, row.left ?? 1]);
      const id = (await world.state(placeOf(name)))?.[product.hookId];
      expect([name, hooks.find((hook) => hook.id === id)]).toMatchObject([name, { active: true, secret: true }]);
    }

    if (!product.tellsSecret) await silence(world, product, slugOf(rows[0]?.[0] ?? ""));
  });
});
