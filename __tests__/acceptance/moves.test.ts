/** Moved addresses, tainted objects, and a failed lookup in Spacelift. */
import { PRODUCTS } from "../../tools/harness";
import { configuration, SPACE, type Resources } from "./configuration";
import { errorCodes, errors, textOf, warningCodes, warnings } from "./diagnostics";
import { scenario } from "./scenario";

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario("a moved block plans no change, for each type", async ({ folder }) => {
    await folder.deploy(configuration(product));
    // Renames every resource and every reference to it.
    const { resource } = JSON.parse(JSON.stringify(configuration(product)).replaceAll(/\b(bitlift_\w+)\.payments\b/g, "$1.billing")) as {
      resource: Resources;
    };
    for (const objects of Object.values(resource)) {
      for (const [from, to] of [
        ["payments", "billing"],
        ["infrastructure", "first"],
      ] as const) {
        if (objects[from] === undefined) continue;
        objects[to] = objects[from];
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a configuration, not a cache
        delete objects[from];
      }
    }
    const moved = [
      [SPACE, "bitlift_space.billing"],
      [INTEGRATION, `${product.integration}.billing`],
      [WEBHOOK, `${product.webhook}.first`],
    ].map(([from, to]) => ({ from, to }));
    await folder.write({ resource, moved });
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned)).toEqual([]);
    expect(planned.changes).toEqual([]);
    await folder.applyAndReplan();
    expect(await folder.state(`${product.webhook}.first`)).toMatchObject({ repository: "infrastructure" });
  });

  scenario("a move from another resource type causes an error before any change, with the commands that work", async ({ folder }) => {
    await folder.deploy({
      resource: { terraform_data: { space: { input: "x" }, integration: { input: "y" }, webhook: { input: "z" } } },
    });
    await folder.write({
      ...configuration(product),
      moved: [
        { from: "terraform_data.space", to: SPACE },
        { from: "terraform_data.integration", to: INTEGRATION },
        { from: "terraform_data.webhook", to: WEBHOOK },
      ],
    });
    const planned = await folder.plan();
    expect(planned.code).toBe(1);
    // Engines before 1.8 reject such a move themselves.
    if (!errorCodes(planned).includes("move-not-supported")) return;
    // OpenTofu stops at the first error, so it does not move the resources that depend on this one.
    const types = folder.engine.name === "OpenTofu" ? ["bitlift_space"] : ["bitlift_space", product.integration, product.webhook];
    expect(errorCodes(planned)).toEqual(types.map(() => "move-not-supported"));
    for (const type of types) {
      expect(textOf(planned, "move-not-supported")).toMatch(new RegExp(`terraform_data.*${type}.*removed.*import`, "s"));
    }
  });

  describe("an integration that the engine marked as tainted", () => {
    scenario("without create_before_destroy, the new integration has the same URL", async ({ folder }) => {
      await folder.deploy(configuration(product, { lifecycle: null }));
      const before = await folder.state(INTEGRATION);
      await folder.run(["taint", INTEGRATION]);
      const planned = await folder.plan();
      expect(planned.changes.map((change) => [change.address, change.actions.join()])).toEqual(
        expect.arrayContaining([
          [INTEGRATION, "delete,create"],
          [WEBHOOK, "update"],
        ]),
      );
      const replaced = planned.changes.find((change) => change.address === INTEGRATION);
      expect(replaced?.after).toMatchObject({ id: "payments", webhook_url: before?.["webhook_url"] });
      expect(warnings(planned)).toEqual([]);
      await folder.applyAndReplan();
      expect((await folder.state(INTEGRATION))?.["webhook_url"]).toBe(before?.["webhook_url"]);
    });

    scenario("with create_before_destroy, the apply fails and changes nothing, and untaint resolves it", async ({ folder }) => {
      await folder.deploy(configuration(product));
      const before = await folder.state(INTEGRATION);
      await folder.run(["taint", INTEGRATION]);
      const failed = await folder.apply();
      expect(errorCodes(failed)).toEqual(["duplicate-integration-name"]);
      expect(errors(failed).join()).toContain("terraform untaint");
      expect(await folder.state(INTEGRATION)).toEqual(before);
      expect(await folder.stateFile()).not.toContain('"deposed"');
      await folder.run(["untaint", INTEGRATION]);
      expect((await folder.plan()).code).toBe(0);
    });
  });

  scenario("a failed lookup in Spacelift causes a warning, and its values are known after apply", async ({ folder, remote }) => {
    await folder.write(configuration(product, { integration: { space_id: "root" } }));
    await remote.control("spacelift", "faults", { operation: "vcsIntegrations", kind: "html", status: 200, times: 50 });
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    expect(warningCodes(planned)).toEqual(["integration-lookup-failed"]);
    expect(warnings(planned).join()).toMatch(/"Payments".*HTML/s);
    expect(planned.changes.find((change) => change.address === INTEGRATION)?.unknown).toMatchObject({ id: true, webhook_url: true });
    await remote.control("spacelift", "faults", { clear: true });
    expect(errors(await folder.applyPlan(planned))).toEqual([]);
  });
});
