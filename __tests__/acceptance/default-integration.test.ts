/** The default integration: one per account, whose address nobody outside knows for certain, and which cannot be changed in place. */
import { createIntegration, deleteIntegration } from "./by-hand";
import { credentialOf, repositoryOf, wiredTo } from "./product";
import { PRODUCTS } from "./products";
import { differences, errors, scenario, warnings, type World } from "./world";

interface Listed {
  readonly id: string;
  readonly isDefault: boolean;
}

async function listed(world: World): Promise<readonly Listed[]> {
  const { vcsIntegrations } = (await world.graphql("{vcsIntegrations{id isDefault}}")) as { vcsIntegrations: Listed[] };
  return [...vcsIntegrations].sort((one, other) => one.id.localeCompare(other.id));
}

describe.each(PRODUCTS)("the default integration of $title", (product) => {
  const A = `${product.integration}.a`;
  const B = `${product.integration}.b`;
  const HOOK = `${product.webhook}.a`;

  const integration = (name: string, isDefault: boolean, more: object = {}) => ({
    name,
    is_default: isDefault,
    ...credentialOf(product),
    ...more,
  });
  const hook = { a: { ...repositoryOf(product, "infrastructure"), ...wiredTo(A) } };
  const declare = (integrations: Record<string, object>, hooks?: object) => ({
    resource: { [product.integration]: integrations, ...(hooks === undefined ? {} : { [product.webhook]: hooks }) },
  });

  scenario("a second one is a warning at plan, and an error at apply that changes nothing", async (world) => {
    await createIntegration(world, product, { settings: { name: "Made by hand", isDefault: true, spaceID: "root" } });
    await world.write(declare({ a: integration("Payments", true) }));
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned)).toEqual([
      expect.stringMatching(
        /^There is a default integration already: "Made by hand" \(made-by-hand\).*terraform import <address> made-by-hand.*\(duplicate-default\)/s,
      ),
    ]);
    expect(errors(await world.run(["apply", "-json", planned.file]))).toEqual([
      expect.stringMatching(/^There is a default integration already: "Made by hand" \(made-by-hand\)/),
    ]);
    expect(await listed(world)).toEqual([{ id: "made-by-hand", isDefault: true }]);

    await deleteIntegration(world, product, "made-by-hand");
    await world.settle();

    // Two in one configuration: the first stands, the other is refused, and the state is true.
    await world.write(declare({ a: integration("Payments", true), b: integration("Networking", true) }));
    const twice = await world.apply();
    expect(errors(twice)).toEqual([expect.stringMatching(/^There is a default integration already: "Payments" \(payments\)/)]);
    expect(await world.state(A)).toMatchObject({ id: "payments", is_default: true });
    expect(await world.state(B)).toBeUndefined();
  });

  scenario("a changed is_default moves the webhooks in the same apply, whatever address Spacelift forms for a default", async (world) => {
    const declared = (isDefault: boolean) => declare({ a: integration("Payments", isDefault) }, hook);
    await world.establish(declared(false));
    const own = String((await world.state(A))?.["webhook_url"]);
    const ofAccount = own.replace(/\/integration\/payments$/, "");
    const replaced = [
      [A, "delete,create", ["credential_fingerprint", "is_default", "use_git_checkout", "webhook_secret_fingerprint", "webhook_url"]],
      [HOOK, "update", ["secret_fingerprint", product.hookId, "webhook_url"].sort()],
    ];
    const steps: [string, "slug" | "account", boolean, unknown, string][] = [
      ["made the default, with its slug in the address", "slug", true, replaced, own],
      [
        "nothing is changed, and Spacelift drops the slug",
        "account",
        true,
        [[HOOK, "update", [product.hookId, "webhook_url"].sort()]],
        ofAccount,
      ],
      ["made Space-level again", "account", false, replaced, own],
      ["made the default, without its slug", "account", true, replaced, ofAccount],
    ];
    for (const [name, form, isDefault, expected, url] of steps) {
      await world.control("spacelift", "switches", { "default-url": form });
      await world.write(declared(isDefault));
      const planned = await world.plan();
      const shown = planned.changes.map((change) => [change.address, change.actions.join(), differences(change)]);
      expect([name, errors(planned), shown]).toEqual([name, [], expected]);
      await world.settle();
      expect(await world.state(A)).toMatchObject({ id: "payments", webhook_url: url });
      const hooks = (await world.hooks(product, "infrastructure")).filter((one) => one.url.startsWith(world.sandbox.spacelift.origin));
      expect([name, hooks]).toMatchObject([name, [{ url, secret: true }]]);
    }
  });

  scenario("two that swap the default lose nothing, and are done after one apply or two", async (world) => {
    await world.establish(declare({ a: integration("Payments", true), b: integration("Networking", false) }, hook));
    await world.write(declare({ a: integration("Payments", false), b: integration("Networking", true) }, hook));
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    // Both belong to this configuration, so there is nothing to warn of.
    expect(warnings(planned)).toEqual([]);
    const first = await world.run(["apply", "-json", planned.file]);
    for (const refusal of errors(first))
      expect(refusal).toMatch(/^The replacement was not started: .*Nothing has been changed\..*just apply again/s);
    expect((await listed(world)).map((one) => one.id)).toEqual(["networking", "payments"]);
    expect([await world.state(A), await world.state(B)]).toMatchObject([{ id: "payments" }, { id: "networking" }]);
    await world.settle();
    expect(await listed(world)).toEqual([
      { id: "networking", isDefault: true },
      { id: "payments", isDefault: false },
    ]);

    // Where the one that gives it up depends on the one that gets it, it goes first, and one apply is enough.
    await world.write(declare({ a: integration("Payments", true), b: integration("Networking", false, { depends_on: [A] }) }, hook));
    await world.settle();
    expect(await listed(world)).toEqual([
      { id: "networking", isDefault: false },
      { id: "payments", isDefault: true },
    ]);
  });

  describe("an integration that somebody deletes between plan and apply", () => {
    scenario("fails an update and says so, does not hinder a replacement or a delete", async (world) => {
      const declared = (description: string, isDefault: boolean) =>
        declare({ a: integration("Payments", false, { description }), b: integration("Networking", isDefault) });
      await world.establish(declared("one", false));

      await world.write(declared("two", false));
      const update = await world.plan();
      await deleteIntegration(world, product, "payments");
      expect(errors(await world.run(["apply", "-json", update.file]))).toEqual([
        expect.stringMatching(/^The integration does not exist: .*"payments".*\(integration-not-found\)/s),
      ]);
      expect(await world.state(A)).toMatchObject({ id: "payments" });
      await world.settle();
      expect(await listed(world)).toHaveLength(2);

      await world.write(declared("two", true));
      const replacement = await world.plan();
      await deleteIntegration(world, product, "networking");
      expect(errors(await world.run(["apply", "-json", replacement.file]))).toEqual([]);
      expect(await world.state(B)).toMatchObject({ id: "networking", is_default: true });

      await world.write({});
      const removal = await world.plan();
      await deleteIntegration(world, product, "networking");
      expect(errors(await world.run(["apply", "-json", removal.file]))).toEqual([]);
      expect(await listed(world)).toEqual([]);
    });
  });
});
