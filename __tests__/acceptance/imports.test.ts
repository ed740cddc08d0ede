/** Existing objects: imports, and reads through data sources. */
import { changedAttributes, PRODUCTS, repositoryName } from "../../tools/harness";
import { configuration, SPACE } from "./configuration";
import { errorCodes, errors, textOf, warningCodes } from "./diagnostics";
import { scenario } from "./scenario";

const CREATE_SPACE = 'mutation{spaceCreate(input:{name:"Payments",description:"",parentSpace:"root",inheritEntities:false,labels:[]}){id}}';

describe.each(PRODUCTS)("on $title", (product) => {
  const { INTEGRATION, WEBHOOK } = product;

  scenario("an import plans only the attributes that cannot be read, and after one apply the plan is empty", async ({ folder, remote }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    const ids = {
      [SPACE]: String((await folder.state(SPACE))?.["id"]),
      [INTEGRATION]: "payments",
      [WEBHOOK]: product.importId("infrastructure", (await folder.state(WEBHOOK))?.[product.webhookIdAttribute]),
    };
    for (const address of Object.keys(ids)) await folder.run(["state", "rm", address]);
    await folder.write({ ...configuration(product), import: Object.entries(ids).map(([to, id]) => ({ to, id })) });
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    const shown = Object.fromEntries(
      planned.changes.map((change) => [change.address, [change.actions.join(), change.importing, changedAttributes(change)]]),
    );
    expect(shown).toEqual({
      [SPACE]: ["no-op", true, []],
      [INTEGRATION]: ["update", true, [product.token.variable, "credential_fingerprint"].sort()],
      [WEBHOOK]: product.returnsSecret ? ["no-op", true, []] : ["update", true, ["secret_fingerprint"]],
    });
    await folder.applyAndReplan();
    expect((await remote.webhooks(product, "infrastructure")).filter(({ url }) => url.endsWith("/payments"))).toHaveLength(1);
  });

  scenario("an import ID in the wrong format causes an error that shows the right format", async ({ folder }) => {
    await folder.write({ ...configuration(product), import: [{ to: WEBHOOK, id: `${repositoryName(product, "infrastructure")}/a/b` }] });
    const planned = await folder.plan();
    expect(errorCodes(planned)).toEqual(["import-id-invalid"]);
    expect(errors(planned).join()).toContain(product.importIdForm);
  });

  scenario("data sources read Spaces and integrations; an ambiguous or missing one causes an error", async ({ folder, remote }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    const data = (space: object, integration: object) => ({
      ...configuration(product),
      data: { bitlift_space: { found: space }, [product.integration]: { found: integration } },
      output: {
        space: { value: "${data.bitlift_space.found.id}" },
        url: { value: `\${data.${product.integration}.found.webhook_url}` },
      },
    });
    await folder.write(data({ name: "Payments" }, { id: "payments" }));
    await folder.apply();
    const outputs = JSON.parse((await folder.run(["output", "-json"])).output) as Record<string, { value: string }>;
    expect(outputs["space"]?.value).toBe((await folder.state(SPACE))?.["id"]);
    expect(outputs["url"]?.value).toBe((await folder.state(INTEGRATION))?.["webhook_url"]);

    await remote.graphql(CREATE_SPACE);
    await folder.write(data({ name: "Payments" }, { default: true }));
    const planned = await folder.plan();
    expect(errorCodes(planned)).toEqual(["integration-not-found", "space-ambiguous"]);
    expect(textOf(planned, "integration-not-found")).toContain(product.title);
  });

  scenario(
    "an integration name that exists causes a warning at plan and an error at apply, with the import command",
    async ({ folder }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await folder.run(["state", "rm", INTEGRATION]);
      const planned = await folder.plan();
      expect(warningCodes(planned)).toContain("duplicate-integration-name");
      expect(textOf(planned, "duplicate-integration-name")).toContain("terraform import <address> payments");
      expect(errorCodes(await folder.apply())).toEqual(["duplicate-integration-name"]);
    },
  );
});

scenario("a Space name that exists causes an error with the import command, and no second Space", async ({ folder, remote }) => {
  await remote.graphql(CREATE_SPACE);
  await folder.write({ resource: { bitlift_space: { payments: { name: "Payments" } } } });
  const applied = await folder.apply();
  expect(errorCodes(applied)).toEqual(["duplicate-space-name"]);
  expect(errors(applied).join()).toContain("terraform import <address> payments-");
});
