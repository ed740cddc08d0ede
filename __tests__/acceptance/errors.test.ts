/** Errors have the right code, name the invalid value, and change nothing. */
import { PRODUCTS } from "../../tools/harness";
import { configuration, SPACE, type Changes } from "./configuration";
import { errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { deleteIntegration } from "./outside-changes";
import { READER } from "./read-failures";
import { scenario } from "./scenario";

describe.each(PRODUCTS)("errors in the configuration, on $title", (product) => {
  const table: readonly (readonly [string, Changes, string, string])[] = [
    ["a default outside root", { integration: { is_default: true, space_id: "platform" } }, "default-outside-root", '"platform"'],
    ["an unknown Space", { integration: { space_id: "no-such-space" } }, "space-not-found", "no-such-space"],
    ["an unknown parent", { space: { parent_space_id: "no-such-space" } }, "space-not-found", "no-such-space"],
    ["an unknown value for checks", { integration: { vcs_checks: "SOMETIMES" } }, "value-not-allowed", "INDIVIDUAL"],
  ];
  scenario("invalid arguments are errors at plan", async ({ folder }) => {
    for (const [name, changes, code, value] of table) {
      await folder.write(configuration(product, changes));
      const planned = await folder.plan();
      expect([name, errorCodes(planned)]).toEqual([name, [code]]);
      expect([name, errors(planned).join()]).toEqual([name, expect.stringContaining(value)]);
    }
  });

  scenario("an event that is not in the published list causes only a warning", async ({ folder }) => {
    await folder.write(configuration(product, { webhook: { additional_events: ["repo:teleported"] } }));
    const planned = await folder.plan();
    expect(errors(planned)).toEqual([]);
    expect(new Set(warningCodes(planned))).toEqual(new Set(["value-not-recognized"]));
    expect(warnings(planned).join()).toContain("repo:teleported");
  });
});

describe.each(PRODUCTS)("credentials of the provider, on $title", (product) => {
  const variable = product.providerTokenVariable;

  scenario("missing credentials are reported with the names of their variables", async ({ folder }) => {
    await folder.write(configuration(product));
    const withoutKey = { SPACELIFT_API_KEY_ID: undefined };
    // The first plan has nothing to read, and fails all the same.
    const firstPlan = await folder.plan([], withoutKey);
    expect(errorCodes(firstPlan)).toEqual(["spacelift-not-configured"]);
    expect(errors(firstPlan).join()).toContain("SPACELIFT_API_KEY_ID");
    const firstApply = await folder.apply([], withoutKey);
    expect(errorCodes(firstApply)).toContain("spacelift-not-configured");
    expect(errors(firstApply).join()).toContain("SPACELIFT_API_KEY_ID");
    await folder.applyAndReplan();
    expect(errors(await folder.plan([], withoutKey)).join()).toContain("SPACELIFT_API_KEY_ID");
    const withoutToken = await folder.plan([], { [variable]: undefined });
    expect(new Set(errorCodes(withoutToken))).toEqual(new Set([`bitbucket-${product.name}-not-configured`]));
    expect(errors(withoutToken).join()).toContain(variable);
  });

  scenario("wrong credentials have a different code from credentials that lack a permission", async ({ folder }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    for (const wrong of [{ SPACELIFT_API_KEY_SECRET: "wrong" }, { [variable]: "wrong" }]) {
      expect(new Set(errorCodes(await folder.plan([], wrong)))).toEqual(new Set(["remote-unauthenticated"]));
    }
  });

  scenario(
    "a login that is rejected fails the plan of a first deployment too, once, and without other words about it",
    async ({ folder }) => {
      await folder.write(configuration(product, { integration: { space_id: "root" } }));
      for (const wrong of [{ SPACELIFT_API_KEY_SECRET: "wrong-secret" }, { [variable]: "wrong-token" }]) {
        const planned = await folder.plan([], wrong);
        expect([planned.code, errorCodes(planned), warningCodes(planned)]).toEqual([1, ["remote-unauthenticated"], []]);
      }
      await folder.applyAndReplan();
    },
  );
});

describe.each(PRODUCTS)("an unusable response, on $title", (product) => {
  const { INTEGRATION } = product;

  scenario("an HTML page does not count as a deleted integration", async ({ folder, remote }) => {
    await folder.write(configuration(product));
    await folder.applyAndReplan();
    await remote.control("spacelift", "faults", { operation: product.query, kind: "html", status: 404, times: 50 });
    const planned = await folder.plan();
    expect(planned.code).toBe(1);
    expect(errorCodes(planned)).toEqual(["remote-response-invalid"]);
    await remote.control("spacelift", "faults", { clear: true });
    expect(await folder.state(INTEGRATION)).toMatchObject({ id: "payments" });
  });

  for (const hidden of ["unauthorized", "null-object", "null-fields"]) {
    scenario(`details that a key cannot see (${hidden}) do not count as a deleted integration`, async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await remote.control("spacelift", "switches", { hidden });
      const planned = await folder.plan([], READER);
      expect(planned.changes).toEqual([]);
      expect(warningCodes(planned)).toEqual(["integration-not-visible"]);
    });
  }

  for (const absent of ["null", "not-found"]) {
    scenario(`an integration that is deleted outside Terraform (${absent}) is planned as a create`, async ({ folder, remote }) => {
      await folder.write(configuration(product));
      await folder.applyAndReplan();
      await remote.control("spacelift", "switches", { absent });
      await deleteIntegration(remote, product, "payments");
      const planned = await folder.plan();
      expect(planned.changes.find((change) => change.address === INTEGRATION)?.actions).toEqual(["create"]);
      await folder.applyAndReplan();
    });
  }
});

scenario("a Space that is not empty is not deleted, and the error lists its contents", async ({ folder, remote }) => {
  await folder.deploy({ resource: { bitlift_space: { payments: { name: "Payments" } } } });
  const { id } = (await folder.state(SPACE)) ?? {};
  await remote.graphql("mutation($input:SpaceInput!){spaceCreate(input:$input){id}}", {
    input: { name: "Left behind", description: "", parentSpace: id, inheritEntities: false, labels: [] },
  });
  const destroyed = await folder.destroy();
  expect(errorCodes(destroyed)).toEqual(["space-not-empty"]);
  expect(errors(destroyed).join()).toContain("Left behind");
});

scenario("an unknown provider configuration does not fail a plan that sends no request", async ({ folder }) => {
  await folder.write({
    resource: { terraform_data: { host: { input: "https://acme.app.spacelift.io" } }, bitlift_space: { one: { name: "One" } } },
    provider: { bitlift: { spacelift: { endpoint: "${terraform_data.host.output}", api_key_id: "x", api_key_secret: "y" } } },
  });
  expect(errors(await folder.plan())).toEqual([]);
});
