/** Addresses that move, objects that are tainted, and the look into Spacelift that fails. */
import { configuration, SPACE, type Resources } from "./configuration";
import { PRODUCTS } from "./products";
import { errors, scenario, warnings } from "./world";

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario("a moved block plans nothing, for each type", async (world) => {
    await world.establish(configuration(product));
    // Every object gets another name, and everything that refers to it does too.
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
    await world.write({ resource, moved });
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned)).toEqual([]);
    expect(planned.changes).toEqual([]);
    await world.settle();
    expect(await world.state(`${product.webhook}.first`)).toMatchObject({ repository: "infrastructure" });
  });

  scenario("state of another type is not taken over: refused before anything happens, with the way that works", async (world) => {
    await world.establish({ resource: { terraform_data: { one: { input: "x" }, two: { input: "y" }, three: { input: "z" } } } });
    await world.write({
      ...configuration(product),
      moved: [
        { from: "terraform_data.one", to: SPACE },
        { from: "terraform_data.two", to: INTEGRATION },
        { from: "terraform_data.three", to: WEBHOOK },
      ],
    });
    const planned = await world.plan();
    const said = errors(planned);
    expect(said.length).toBeGreaterThan(0);
    // Engines before 1.8 refuse such a move themselves.
    if (!said.some((one) => one.includes("move-not-supported"))) return;
    for (const type of ["bitlift_space", product.integration, product.webhook]) {
      expect(said.join("\n")).toMatch(
        new RegExp(
          `State of another resource type cannot be taken over: .*terraform_data.* cannot become .${type}.*removed. block, and import it as .${type}`,
          "s",
        ),
      );
    }
  });

  describe("an integration that the engine marked as tainted", () => {
    scenario("is made anew under the same address where it is destroyed first", async (world) => {
      await world.establish(configuration(product, { lifecycle: null }));
      const before = await world.state(INTEGRATION);
      await world.run(["taint", INTEGRATION]);
      const planned = await world.plan();
      expect(planned.changes.map((change) => [change.address, change.actions.join()])).toEqual(
        expect.arrayContaining([
          [INTEGRATION, "delete,create"],
          [WEBHOOK, "update"],
        ]),
      );
      const replaced = planned.changes.find((change) => change.address === INTEGRATION);
      expect(replaced?.after).toMatchObject({ id: "payments", webhook_url: before?.["webhook_url"] });
      expect(warnings(planned)).toEqual([]);
      await world.settle();
      expect((await world.state(INTEGRATION))?.["webhook_url"]).toBe(before?.["webhook_url"]);
    });

    scenario("is refused where the new one comes first, keeps everything, and untaint ends it", async (world) => {
      await world.establish(configuration(product));
      const before = await world.state(INTEGRATION);
      await world.run(["taint", INTEGRATION]);
      const refused = await world.apply();
      expect(errors(refused)).toHaveLength(1);
      expect(errors(refused)[0]).toMatch(
        /^The name of the integration is taken: .*terraform untaint keeps it.*\(duplicate-integration-name\)/s,
      );
      expect(await world.state(INTEGRATION)).toEqual(before);
      expect(await world.stateFile()).not.toContain('"deposed"');
      await world.run(["untaint", INTEGRATION]);
      expect((await world.plan()).code).toBe(0);
    });
  });

  scenario("a look into Spacelift that fails is a warning, and the plan shows what it would have told as unknown", async (world) => {
    await world.write(configuration(product, { integration: { space_id: "root" } }));
    await world.control("spacelift", "faults", { operation: "vcsIntegrations", kind: "html", status: 200, times: 50 });
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned)).toEqual([
      expect.stringMatching(/^Spacelift could not be asked for the existing integration: .*"Payments".*an HTML page/s),
    ]);
    expect(planned.changes.find((change) => change.address === INTEGRATION)?.unknown).toMatchObject({ id: true, webhook_url: true });
    await world.control("spacelift", "faults", { clear: true });
    expect(errors(await world.run(["apply", "-json", planned.file]))).toEqual([]);
  });
});
