/** Replacement: the URL that stays, the secret that rotates, the rename without a gap, and what is refused before anything is lost. */
import { attachStack } from "./by-hand";
import { configuration } from "./configuration";
import { TOKEN_VARIABLE } from "./product";
import { PRODUCTS } from "./products";
import { differences, errors, scenario, warnings, type Planned } from "./world";

const change = (planned: Planned, address: string) => planned.changes.find((one) => one.address === address);

describe.each(PRODUCTS)("a replacement under the same name, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;
  const destroyFirst = (integration: object = {}) => configuration(product, { integration, lifecycle: null });

  scenario("shows id and URL as unchanged, rotates the secret, and one apply repairs the webhooks", async (world) => {
    await world.write(destroyFirst());
    await world.settle();
    const before = await world.state(INTEGRATION);
    const planned = await world.plan([`-replace=${INTEGRATION}`]);
    expect(change(planned, INTEGRATION)?.actions).toEqual(["delete", "create"]);
    expect(differences(change(planned, INTEGRATION))).toEqual(["credential_fingerprint", "use_git_checkout", "webhook_secret_fingerprint"]);
    expect(change(planned, WEBHOOK)?.actions).toEqual(["update"]);
    expect(differences(change(planned, WEBHOOK))).toEqual(["secret_fingerprint"]);
    const applied = await world.apply([`-replace=${INTEGRATION}`]);
    expect(errors(applied)).toEqual([]);
    const after = await world.state(INTEGRATION);
    expect(after?.["webhook_url"]).toBe(before?.["webhook_url"]);
    expect(after?.["webhook_secret_fingerprint"]).not.toBe(before?.["webhook_secret_fingerprint"]);
    expect((await world.plan()).code).toBe(0);
  });

  scenario("works from a saved plan that another process applies", async (world) => {
    await world.write(destroyFirst());
    await world.settle();
    const planned = await world.plan([`-replace=${INTEGRATION}`]);
    const applied = await world.run(["apply", "-json", planned.file]);
    expect(errors(applied)).toEqual([]);
    expect((await world.plan()).code).toBe(0);
  });

  for (const how of ["directly", "from a saved plan"]) {
    scenario(`under create-before-destroy, applied ${how}, is refused without a loss, and the next plan is clean`, async (world) => {
      await world.write(configuration(product));
      await world.settle();
      const before = await world.state(INTEGRATION);
      const planned = await world.plan([`-replace=${INTEGRATION}`]);
      expect(change(planned, INTEGRATION)?.actions).toEqual(["create", "delete"]);
      const applied =
        how === "directly" ? await world.apply([`-replace=${INTEGRATION}`]) : await world.run(["apply", "-json", planned.file]);
      expect(applied.code).toBe(1);
      expect(errors(applied).join()).toMatch(/name of the integration is taken.*untaint/s);
      expect(await world.state(INTEGRATION)).toEqual(before);
      expect((await world.stateFile()).includes('"deposed"')).toBe(false);
      expect((await world.plan()).code).toBe(0);
    });
  }

  scenario("that destroys first does not start when its create could not succeed", async (world) => {
    await world.write(destroyFirst());
    await world.settle();
    const planned = await world.plan([`-replace=${INTEGRATION}`]);
    const applied = await world.run(["apply", "-json", planned.file], { [TOKEN_VARIABLE]: undefined });
    expect(applied.code).toBe(1);
    expect(errors(applied).join()).toContain(TOKEN_VARIABLE);
    expect(await world.state(INTEGRATION)).toMatchObject({ id: "payments" });
    expect((await world.plan()).code).toBe(0);
  });

  scenario("that changes is_default knows the id, and not the URL", async (world) => {
    await world.write(destroyFirst({ space_id: "root" }));
    await world.settle();
    await world.write(destroyFirst({ space_id: "root", is_default: true }));
    const planned = await world.plan();
    expect(change(planned, INTEGRATION)?.actions).toEqual(["delete", "create"]);
    expect(change(planned, INTEGRATION)?.after?.["id"]).toBe("payments");
    expect(change(planned, INTEGRATION)?.unknown["webhook_url"]).toBe(true);
    expect(errors(await world.apply())).toEqual([]);
    expect((await world.plan()).code).toBe(0);
  });
});

describe.each(PRODUCTS)("a rename, on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;
  scenario("creates first, moves the webhooks, and deletes the old integration when nothing is attached", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await world.write(configuration(product, { integration: { name: "Payments team" } }));
    const planned = await world.plan();
    expect(change(planned, INTEGRATION)?.actions).toEqual(["create", "delete"]);
    expect(change(planned, INTEGRATION)?.unknown).toMatchObject({ id: true, webhook_url: true });
    expect(change(planned, WEBHOOK)?.actions).toEqual(["create", "delete"]);
    await world.settle();
    const url = (await world.state(INTEGRATION))?.["webhook_url"];
    expect(url).toMatch(/payments-team$/);
    expect(
      (await world.hooks(product, "infrastructure")).filter((hook) => hook.url.includes("/integration/")).map((hook) => hook.url),
    ).toEqual([url]);
  });

  scenario("names the stacks that use it at plan, and does not delete it at apply while they do", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await attachStack(world, product);
    await world.write(configuration(product, { integration: { name: "Payments team" } }));
    const planned = await world.plan();
    expect(warnings(planned).join("\n")).toMatch(/lose their source.*stack "Payments production" \(payments-production\)/s);
    const applied = await world.apply();
    expect(errors(applied).join()).toContain('stack "Payments production"');
    const { vcsIntegrations } = (await world.graphql("{vcsIntegrations{id}}")) as { vcsIntegrations: { id: string }[] };
    expect(vcsIntegrations.map((one) => one.id)).toEqual(expect.arrayContaining(["payments", "payments-team"]));

    // Somebody points the stack at the new one; the deposed object then goes by itself.
    await attachStack(world, product, "payments-team");
    await world.settle();
    const left = (await world.graphql("{vcsIntegrations{id}}")) as { vcsIntegrations: { id: string }[] };
    expect(left.vcsIntegrations.map((one) => one.id)).toEqual(["payments-team"]);
  });
});

describe.each(PRODUCTS)("a delete while stacks use the integration, on $title", (product) => {
  const { INTEGRATION } = product;
  scenario("is refused, and with detach_protection off it happens and names who lost the source", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await attachStack(world, product);
    const refused = await world.run(["destroy", "-json", "-input=false", "-auto-approve", `-target=${INTEGRATION}`]);
    expect(errors(refused).join()).toContain("Stacks or modules use the integration");
    await world.write(configuration(product, { integration: { detach_protection: false } }));
    await world.apply();
    const destroyed = await world.run(["destroy", "-json", "-input=false", "-auto-approve", `-target=${INTEGRATION}`]);
    expect(errors(destroyed)).toEqual([]);
    expect(warnings(destroyed).join()).toMatch(/have lost their source.*Payments production/s);
  });
});
