/** Existing objects: imported, and read through data sources. */
import { configuration, SPACE } from "./configuration";
import { fullNameOf } from "./product";
import { PRODUCTS } from "./products";
import { differences, errors, scenario, warnings } from "./world";

const SPACE_BY_HAND =
  'mutation{spaceCreate(input:{name:"Payments",description:"",parentSpace:"root",inheritEntities:false,labels:[]}){id}}';

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario("imports show only what cannot be read, and after one apply the plan is empty", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    const ids = {
      [SPACE]: String((await world.state(SPACE))?.["id"]),
      [INTEGRATION]: "payments",
      [WEBHOOK]: product.importId("infrastructure", (await world.state(WEBHOOK))?.[product.hookId]),
    };
    for (const address of Object.keys(ids)) await world.run(["state", "rm", address]);
    await world.write({ ...configuration(product), import: Object.entries(ids).map(([to, id]) => ({ to, id })) });
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    const shown = Object.fromEntries(
      planned.changes.map((change) => [change.address, [change.actions.join(), change.importing, differences(change)]]),
    );
    expect(shown).toEqual({
      [SPACE]: ["no-op", true, []],
      [INTEGRATION]: ["update", true, [product.token.variable, "credential_fingerprint"].sort()],
      [WEBHOOK]: ["update", true, product.tellsSecret ? ["integration_id"] : ["integration_id", "secret_fingerprint"]],
    });
    await world.settle();
    expect((await world.hooks(product, "infrastructure")).filter((hook) => hook.url.endsWith("/payments"))).toHaveLength(1);
  });

  scenario("an import id of another form says which form it has to have", async (world) => {
    await world.write({ ...configuration(product), import: [{ to: WEBHOOK, id: fullNameOf(product, "infrastructure") }] });
    expect(errors(await world.plan()).join()).toContain(product.importIdForm);
  });

  scenario("data sources read Spaces and integrations, and say what is ambiguous or missing", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    const data = (space: object, integration: object) => ({
      ...configuration(product),
      data: { bitlift_space: { one: space }, [product.integration]: { one: integration } },
      output: {
        space: { value: "${data.bitlift_space.one.id}" },
        url: { value: `\${data.${product.integration}.one.webhook_url}` },
      },
    });
    await world.write(data({ name: "Payments" }, { id: "payments" }));
    await world.apply();
    const outputs = JSON.parse((await world.run(["output", "-json"])).output) as Record<string, { value: string }>;
    expect(outputs["space"]?.value).toBe((await world.state(SPACE))?.["id"]);
    expect(outputs["url"]?.value).toBe((await world.state(INTEGRATION))?.["webhook_url"]);

    await world.graphql(SPACE_BY_HAND);
    await world.write(data({ name: "Payments" }, { default: true }));
    const said = errors(await world.plan()).join("\n");
    expect(said).toContain("The name of the Space is not unique");
    expect(said).toContain(`no default ${product.title} integration`);
  });

  scenario("an integration whose name is taken is a warning at plan and an error at apply, with the import command", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await world.run(["state", "rm", INTEGRATION]);
    const planned = await world.plan();
    expect(warnings(planned).join()).toMatch(/name of the integration is taken.*terraform import <address> payments/s);
    const applied = await world.apply();
    expect(errors(applied).join()).toContain("The name of the integration is taken");
  });
});

scenario("a Space of the same name is not made twice: the import command is named", async (world) => {
  await world.graphql(SPACE_BY_HAND);
  await world.write({ resource: { bitlift_space: { payments: { name: "Payments" } } } });
  expect(errors(await world.apply()).join()).toMatch(/A Space of this name exists already.*terraform import <address> payments-/s);
});
