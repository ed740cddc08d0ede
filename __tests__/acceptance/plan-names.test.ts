/** Names at plan: what is taken in Spacelift, what two objects of one plan take, and what no name may contain; with the requests that this costs. */
import { PRODUCTS, type Product, type SandboxClient } from "../../tools/harness";
import { configurationWithoutWebhooks, defaultCredential, SPACE } from "./configuration";
import { diagnosticLines, errorCodes, errors, textOf, warningCodes } from "./diagnostics";
import { createIntegration } from "./outside-changes";
import { scenario } from "./scenario";

async function createSpace(remote: SandboxClient, name: string): Promise<void> {
  await remote.graphql("mutation($input:SpaceInput!){spaceCreate(input:$input){id}}", {
    input: { name, description: "", parentSpace: "root", inheritEntities: false, labels: [] },
  });
}

async function countOperation(remote: SandboxClient, operation: string): Promise<number> {
  return (await remote.requests("spacelift", operation)).length;
}

/** Integrations by resource name. */
function integrations(product: Product, declared: Readonly<Record<string, object>>): { readonly resource: object } {
  const complete = (fields: object) => ({ ...defaultCredential(product), ...fields });
  return {
    resource: { [product.integration]: Object.fromEntries(Object.entries(declared).map(([name, fields]) => [name, complete(fields)])) },
  };
}

const spaces = (declared: Readonly<Record<string, object>>) => ({ resource: { bitlift_space: declared } });

scenario("a plan warns of a Space that exists, with one request for all Spaces; the apply refuses it", async ({ folder, remote }) => {
  await createSpace(remote, "Team 1");
  const declared = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`s${index}`, { name: `Team ${index}` }]));
  await remote.clearRequests(["spacelift"]);
  await folder.write(spaces(declared));
  const planned = await folder.plan();
  expect(diagnosticLines(planned)).toEqual(["warning duplicate-space-name bitlift_space.s1 name"]);
  expect(textOf(planned, "duplicate-space-name")).toMatch(
    /"Team 1" \(team-1-\w+\).*terraform import <address> team-1-.*importFrom\("team-1-.*moved block/s,
  );
  expect([planned.code, await countOperation(remote, "spaces"), await remote.countRequests("spacelift")]).toEqual([2, 1, 2]);
  expect(errorCodes(await folder.applyPlan(planned))).toEqual(["duplicate-space-name"]);
  // What was made by the first apply is in the state, so nothing warns of it.
  expect(diagnosticLines(await folder.plan())).toEqual(["warning duplicate-space-name bitlift_space.s1 name"]);
});

scenario("two Spaces of one plan with the same name are an error at plan", async ({ folder }) => {
  await folder.write(spaces({ one: { name: "Team" }, two: { name: "Team" }, other: { name: "Team", parent_space_id: "platform" } }));
  const planned = await folder.plan();
  expect([planned.code, errorCodes(planned)]).toEqual([1, ["duplicate-space-name"]]);
});

scenario("two Spaces whose names turn out to be the same during the apply: one is created", async ({ folder, remote }) => {
  const name = "${terraform_data.name.output}";
  await folder.write({ resource: { terraform_data: { name: { input: "Team" } }, bitlift_space: { one: { name }, two: { name } } } });
  const planned = await folder.plan();
  expect([planned.code, diagnosticLines(planned)]).toEqual([2, []]);
  expect(errorCodes(await folder.applyPlan(planned))).toEqual(["duplicate-space-name"]);
  expect(await countOperation(remote, "spaceCreate")).toBe(1);
});

scenario("a Space that is replaced, or renamed while another takes its name, is not in its own way", async ({ folder }) => {
  await folder.deploy(spaces({ payments: { name: "Payments" } }));
  const replaced = await folder.plan([`-replace=${SPACE}`]);
  expect(diagnosticLines(replaced)).toEqual([]);
  await folder.write(spaces({ payments: { name: "Payments team" }, next: { name: "Payments", labels: ["new"] } }));
  expect(diagnosticLines(await folder.plan())).toEqual([]);
  await folder.write(spaces({ payments: { name: "Payments" }, next: { name: "Payments" } }));
  expect(warningCodes(await folder.plan())).toEqual(["duplicate-space-name"]);
});

scenario("a lookup that fails does not fail the plan", async ({ folder, remote }) => {
  await remote.control("spacelift", "faults", { operation: "spaces", kind: "html", status: 502, times: 50 });
  await folder.write(spaces({ one: { name: "One" }, two: { name: "Two", parent_space_id: "platform" } }));
  const planned = await folder.plan();
  expect([planned.code, warningCodes(planned), errors(planned)]).toEqual([2, ["space-lookup-failed"], []]);
});

scenario("a rate limit of an hour neither fails nor delays the plan", async ({ folder, remote }) => {
  await remote.control("spacelift", "faults", {
    operation: "*",
    kind: "status",
    status: 429,
    times: 50,
    headers: { "retry-after": "3600" },
  });
  const [product] = PRODUCTS;
  const { resource } = integrations(product, { one: { name: "One" }, two: { name: "Two" } });
  await folder.write({ resource: { ...resource, ...spaces({ one: { name: "One" } }).resource } });
  const startedAt = Date.now();
  const planned = await folder.plan();
  expect([planned.code, warningCodes(planned), errors(planned)]).toEqual([2, ["integration-lookup-failed", "space-lookup-failed"], []]);
  expect(textOf(planned, "space-lookup-failed")).toMatch(/would have to wait \d+ s\. .* at most 30 s/);
  expect(Date.now() - startedAt).toBeLessThan(30_000);
});

describe.each(PRODUCTS)("integrations, on $title", (product) => {
  const address = (name: string) => `${product.integration}.${name}`;

  scenario("a plan warns of a name and a default that exist, with one list for all integrations", async ({ folder, remote }) => {
    await createIntegration(remote, product, { settings: { name: "Payments team", isDefault: true, spaceID: "root" } });
    await remote.clearRequests(["spacelift"]);
    const others = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`o${index}`, { name: `Other ${index}` }]));
    await folder.write(integrations(product, { ...others, same: { name: "Payments team" }, default: { name: "New", is_default: true } }));
    const planned = await folder.plan();
    expect(diagnosticLines(planned)).toEqual([
      `warning duplicate-default ${address("default")} is_default`,
      `warning duplicate-integration-name ${address("same")} name`,
    ]);
    expect([planned.code, await countOperation(remote, "vcsIntegrations"), await countOperation(remote, "spaces")]).toEqual([2, 1, 0]);
    await folder.write(integrations(product, { same: { name: "PAYMENTS  team" } }));
    const sameId = await folder.plan();
    expect(textOf(sameId, "duplicate-integration-name")).toMatch(
      /"Payments team" \(payments-team\), and derives the same ID from "PAYMENTS {2}team"/,
    );
    expect(errorCodes(await folder.applyPlan(sameId))).toEqual(["duplicate-integration-name"]);
  });

  scenario("two integrations of one plan with one name, one ID, or both default are an error at plan", async ({ folder }) => {
    const table: readonly (readonly [object, object, string])[] = [
      [{ name: "Payments" }, { name: "Payments" }, "duplicate-integration-name"],
      [{ name: "upper LOWER" }, { name: "UPPER  lower" }, "duplicate-integration-name"],
      [{ name: "A", is_default: true }, { name: "B", is_default: true }, "duplicate-default"],
    ];
    for (const [one, two, code] of table) {
      await folder.write(integrations(product, { one, two }));
      const planned = await folder.plan();
      expect([planned.code, errorCodes(planned)]).toEqual([1, [code]]);
    }
  });

  scenario("an integration that is replaced is not in its own way; a create that takes its name or its default is", async ({ folder }) => {
    const first = { name: "Payments", is_default: true };
    await folder.deploy(integrations(product, { payments: first }));
    expect(diagnosticLines(await folder.plan([`-replace=${address("payments")}`]))).toEqual([]);
    await folder.write(integrations(product, { payments: { ...first, is_default: false } }));
    expect(diagnosticLines(await folder.plan())).toEqual([]);
    await folder.write(integrations(product, { payments: first, copy: first }));
    expect(diagnosticLines(await folder.plan())).toHaveLength(2);
    expect([...(await folder.plan()).diagnostics].every(({ severity }) => severity === "warning")).toBe(true);
    // The default moves to another integration, and the old one gets another name.
    const renamed = { name: "Payments", is_default: true, description: "successor" };
    await folder.write(integrations(product, { payments: { name: "Old payments" }, next: renamed }));
    expect(warningCodes(await folder.plan())).toEqual([]);
  });

  scenario("a plan that exchanges names warns, because no order of its replacements succeeds; the fix works", async ({ folder }) => {
    const declare = (one: string, two: string) => folder.write(integrations(product, { one: { name: one }, two: { name: two } }));
    await declare("A", "B");
    expect(errors(await folder.apply())).toEqual([]);
    await declare("B", "A");
    const planned = await folder.plan();
    expect([planned.code, warningCodes(planned)]).toEqual([2, ["duplicate-integration-name"]]);
    expect(textOf(planned, "duplicate-integration-name")).toMatch(/"A" becomes "B"/);
    expect(new Set(errorCodes(await folder.applyPlan(planned)))).toEqual(new Set(["replacement-blocked"]));
    for (const [one, two] of [
      ["Free", "B"],
      ["Free", "A"],
      ["B", "A"],
    ] as const) {
      await declare(one, two);
      expect([one, errors(await folder.apply())]).toEqual([one, []]);
    }
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("two names that turn out to be the same during the apply: one integration is created", async ({ folder, remote }) => {
    const name = "${terraform_data.name.output}";
    const { resource } = integrations(product, { one: { name }, two: { name } });
    await folder.write({ resource: { terraform_data: { name: { input: "Team" } }, ...resource } });
    const planned = await folder.plan();
    expect([planned.code, diagnosticLines(planned)]).toEqual([2, []]);
    expect(errorCodes(await folder.applyPlan(planned))).toEqual(["duplicate-integration-name"]);
    expect(await countOperation(remote, product.mutations.create)).toBe(1);
  });

  const HOSTILE = [
    ...["", " ", "\u00A0", "!!!", "---", "🚀", "決済", " Payments", "Payments ", "Pay\nments", "Pay\tments", "Pay\rments", "\u0007bell"],
    ...["Pay\u0000ments", "Pay\u001B[0m", "Pay\u007Fments", "Pay\u0085ments", "Pay\u2028ments", "Pay\u202Ements", "Pay\u200Bments"],
  ];
  const UNUSUAL = ["a/b", "../../root", "'; DROP TABLE", "<b>x</b>", "$${x}", "x".repeat(300), "Köln", "👩‍💻 7"];
  const named = (name: string) => ({
    resource: { bitlift_space: { s: { name } }, [product.integration]: { i: { name, ...defaultCredential(product) } } },
  });

  scenario("hostile names are errors before anything is sent", async ({ folder, remote }) => {
    await remote.clearRequests(["spacelift"]);
    for (const name of HOSTILE) {
      await folder.write(named(name));
      const planned = await folder.plan();
      expect([name, planned.code, [...new Set(errorCodes(planned))]]).toEqual([name, 1, ["value-not-allowed"]]);
    }
    expect(await remote.countRequests("spacelift")).toBe(0);
  });

  scenario("unusual names that are not errors at plan can be applied", async ({ folder }) => {
    for (const name of UNUSUAL) {
      await folder.write(named(name));
      expect([name, errors(await folder.apply())]).toEqual([name, []]);
    }
    expect((await folder.plan()).code).toBe(0);
  });

  scenario("control characters in descriptions, labels, and titles are errors at plan", async ({ folder, remote }) => {
    const table: readonly (readonly [string, object])[] = [
      ["bitlift_space", { s: { name: "S", description: "\u0007" } }],
      ["bitlift_space", { s: { name: "S", labels: ["a\nb"] } }],
      [product.integration, { i: { name: "I", description: "line\n\u001B[31m", ...defaultCredential(product) } }],
      [product.integration, { i: { name: "I", labels: [" "], ...defaultCredential(product) } }],
      [
        product.webhook,
        {
          w: {
            [product.namespaceArgument]: product.namespace,
            repository: "infrastructure",
            integration_id: "payments",
            webhook_url: "https://webhooks.example/payments",
            title: "bell\u0007",
          },
        },
      ],
    ];
    await remote.clearRequests(["spacelift", product.service]);
    for (const [type, resource] of table) {
      await folder.write({ resource: { [type]: resource } });
      const planned = await folder.plan();
      expect([planned.code, errorCodes(planned)]).toEqual([1, ["value-not-allowed"]]);
      expect(errors(planned).join()).toMatch(/\\u00(07|0A|1B)|A label is empty/);
    }
    expect([await remote.countRequests("spacelift"), await remote.countRequests(product.service)]).toEqual([0, 0]);
    const description = "# Title\n\n\t- item\n";
    await folder.write(configurationWithoutWebhooks(product, { description }));
    await folder.applyAndReplan();
  });
});
