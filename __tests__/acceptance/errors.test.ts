/** What goes wrong is said on the right attribute, with cause and remedy, and costs nothing. */
import { deleteIntegration } from "./by-hand";
import { configuration, SPACE, type Changes } from "./configuration";
import { PRODUCTS } from "./products";
import { errors, scenario, warnings } from "./world";

describe.each(PRODUCTS)("mistakes in the configuration, on $title", (product) => {
  const table: [string, Changes, RegExp][] = [
    [
      "a default outside root",
      { integration: { is_default: true, space_id: "platform" } },
      /default integration belongs to the root Space/,
    ],
    ["an unknown Space", { integration: { space_id: "no-such-space" } }, /The Space does not exist.*no-such-space/s],
    ["an unknown parent", { space: { parent_space_id: "no-such-space" } }, /The Space does not exist.*no-such-space/s],
    ["a word that is no kind of check", { integration: { vcs_checks: "SOMETIMES" } }, /not allowed.*INDIVIDUAL/s],
  ];
  scenario("are errors at plan", async (world) => {
    for (const [name, changes, expected] of table) {
      await world.write(configuration(product, changes));
      expect([name, errors(await world.plan()).join("\n")]).toEqual([name, expect.stringMatching(expected)]);
    }
  });

  scenario("an event outside the published list is only a warning", async (world) => {
    await world.write(configuration(product, { webhook: { additional_events: ["repo:teleported"] } }));
    const planned = await world.plan();
    expect(errors(planned)).toEqual([]);
    expect(warnings(planned).join()).toContain("repo:teleported");
  });
});

describe.each(PRODUCTS)("credentials of the provider, on $title", (product) => {
  const { variable } = product.managing;

  scenario("that are missing are named with their variables", async (world) => {
    await world.write(configuration(product));
    // Nothing has to be read for a first plan, so it only warns.
    expect(warnings(await world.plan([], { SPACELIFT_API_KEY_ID: undefined })).join()).toContain("SPACELIFT_API_KEY_ID");
    expect(errors(await world.apply([], { SPACELIFT_API_KEY_ID: undefined })).join()).toContain("SPACELIFT_API_KEY_ID");
    await world.settle();
    expect(errors(await world.plan([], { SPACELIFT_API_KEY_ID: undefined })).join()).toContain("SPACELIFT_API_KEY_ID");
    expect(errors(await world.plan([], { [variable]: undefined })).join()).toContain(variable);
  });

  scenario("that are wrong are told apart from those that may not", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    expect(errors(await world.plan([], { SPACELIFT_API_KEY_SECRET: "wrong" })).join()).toMatch(/credential was refused/);
    expect(errors(await world.plan([], { [variable]: "wrong" })).join()).toMatch(/credential was refused/);
  });
});

describe.each(PRODUCTS)("an answer that is none, on $title", (product) => {
  const { INTEGRATION } = product;

  scenario("an HTML page is not read as gone", async (world) => {
    await world.write(configuration(product));
    await world.settle();
    await world.control("spacelift", "faults", { operation: product.query, kind: "html", status: 404, times: 50 });
    const planned = await world.plan();
    expect(planned.code).toBe(1);
    expect(errors(planned).join()).toMatch(/answer of the remote system cannot be used/);
    await world.control("spacelift", "faults", { clear: true });
    expect(await world.state(INTEGRATION)).toMatchObject({ id: "payments" });
  });

  for (const hidden of ["unauthorized", "null-object", "null-fields"]) {
    scenario(`details that a key may not see (${hidden}) are not read as gone`, async (world) => {
      await world.write(configuration(product));
      await world.settle();
      await world.control("spacelift", "switches", { hidden });
      const reader = { SPACELIFT_API_KEY_ID: "01READER000000000000000000", SPACELIFT_API_KEY_SECRET: "reader-secret-of-the-sandbox" };
      const planned = await world.plan([], reader);
      expect(planned.changes).toEqual([]);
      expect(warnings(planned).join()).toMatch(/admin on the Space/);
    });
  }

  for (const absent of ["null", "not-found"]) {
    scenario(`an integration deleted outside (${absent}) is planned as a create`, async (world) => {
      await world.write(configuration(product));
      await world.settle();
      await world.control("spacelift", "switches", { absent });
      await deleteIntegration(world, product, "payments");
      const planned = await world.plan();
      expect(planned.changes.find((change) => change.address === INTEGRATION)?.actions).toEqual(["create"]);
      await world.settle();
    });
  }
});

scenario("a Space that is not empty is not deleted, and what is in it is listed", async (world) => {
  await world.establish({ resource: { bitlift_space: { payments: { name: "Payments" } } } });
  const { id } = (await world.state(SPACE)) ?? {};
  await world.graphql("mutation($input:SpaceInput!){spaceCreate(input:$input){id}}", {
    input: { name: "Left behind", description: "", parentSpace: id, inheritEntities: false, labels: [] },
  });
  expect(errors(await world.destroy()).join()).toMatch(/The Space is not empty.*Left behind.*possibly other kinds/s);
});

scenario("a provider configuration that is not known yet does not fail a plan that needs no call", async (world) => {
  await world.write({
    resource: { terraform_data: { host: { input: "https://acme.app.spacelift.io" } }, bitlift_space: { one: { name: "One" } } },
    provider: { bitlift: { spacelift: { endpoint: "${terraform_data.host.output}", api_key_id: "x", api_key_secret: "y" } } },
  });
  expect(errors(await world.plan())).toEqual([]);
});
