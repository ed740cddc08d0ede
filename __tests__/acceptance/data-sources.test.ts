/** Data sources of both products: the repositories of a workspace or project, and integrations that are there already. */
import type { BitbucketProduct } from "../../packages/domain";
import { createIntegration } from "./by-hand";
import { configuration } from "./configuration";
import { wiredTo } from "./product";
import { PRODUCTS } from "./products";
import { READER } from "./refusals";
import { codeOf, errors, scenario, warnings, type World } from "./world";

async function outputs(world: World): Promise<Record<string, unknown>> {
  const { stdout } = await world.run(["output", "-json"]);
  const values = JSON.parse(stdout) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
}

/** Arguments beside the workspace or project, and the slugs that come of them. */
const LISTS: Readonly<Record<BitbucketProduct, Readonly<Record<string, readonly [object, readonly string[]]>>>> = {
  cloud: {
    all: [{}, ["billing", "handbook", "infrastructure", "networking", "terraform-aws-network"]],
    queried: [{ query: 'name ~ "net"' }, ["networking", "terraform-aws-network"]],
    of_project: [{ project: "PAY" }, ["billing"]],
    administered: [{ role: "admin" }, ["billing", "handbook", "infrastructure", "networking", "terraform-aws-network"]],
    none: [{ query: 'name = "nothing-of-this-name"' }, []],
  },
  datacenter: {
    all: [{}, ["infrastructure", "networking", "terraform-aws-network"]],
    queried: [{ query: "net" }, ["networking", "terraform-aws-network"]],
    of_another: [{ project: "PAY" }, ["billing", "ledger"]],
    of_a_user: [{ project: "~dev" }, ["experiments"]],
    administered: [{ role: "REPO_ADMIN" }, ["infrastructure", "networking", "terraform-aws-network"]],
    none: [{ query: "nothing-of-this-name" }, []],
  },
};

describe.each(PRODUCTS)("on $title", (product) => {
  const repositories = `bitlift_bitbucket_${product.name}_repositories`;

  scenario("repositories are listed by query, by role and by place, and each can have its webhook", async (world) => {
    const rows = Object.entries(LISTS[product.name]);
    const arguments_ = (more: object) => ({ [product.namespaceArgument]: product.namespace, ...more });
    await world.write({
      data: { [repositories]: Object.fromEntries(rows.map(([name, [more]]) => [name, arguments_(more)])) },
      output: Object.fromEntries(rows.map(([name]) => [name, { value: `\${data.${repositories}.${name}.repositories[*].slug}` }])),
    });
    expect(errors(await world.apply())).toEqual([]);
    expect(await outputs(world)).toEqual(Object.fromEntries(rows.map(([name, [, slugs]]) => [name, slugs])));

    const { [product.webhook]: _, ...rest } = configuration(product).resource;
    const each = {
      for_each: `\${toset(data.${repositories}.queried.repositories[*].slug)}`,
      [product.namespaceArgument]: product.namespace,
      repository: "${each.key}",
      ...wiredTo(product.INTEGRATION),
    };
    await world.write({
      data: { [repositories]: { queried: arguments_(LISTS[product.name]["queried"]?.[0] ?? {}) } },
      resource: { ...rest, [product.webhook]: { each } },
    });
    await world.settle();
    for (const repository of ["networking", "terraform-aws-network"]) expect(await world.hooks(product, repository)).toHaveLength(1);
    expect(await world.hooks(product, "infrastructure")).toEqual([]);
  });

  scenario("a place that does not exist is an error, and not an empty list", async (world) => {
    await world.write({ data: { [repositories]: { one: { [product.namespaceArgument]: "nowhere" } } } });
    const planned = await world.plan();
    expect(planned.said.map((one) => [one.severity, codeOf(one)])).toEqual([["error", "repository-not-found"]]);
    expect(errors(planned).join()).toContain("nowhere");
  });

  scenario(
    "an integration is read by its id and as the default, without its secret; what a key may not see is null and said",
    async (world) => {
      await createIntegration(world, product, { settings: { name: "Shared", isDefault: true, spaceID: "root", description: "For all" } });
      await createIntegration(world, product, { settings: { name: "Payments", spaceID: "platform", labels: ["finance"] } });
      const type = product.integration;
      await world.write({
        data: { [type]: { by_id: { id: "payments" }, shared: { default: true } } },
        output: { by_id: { value: `\${data.${type}.by_id}` }, shared: { value: `\${data.${type}.shared}` } },
      });
      expect(errors(await world.apply())).toEqual([]);
      const login = Object.fromEntries(Object.entries(product.login));
      expect(await outputs(world)).toMatchObject({
        by_id: { id: "payments", name: "Payments", is_default: false, space_id: "platform", labels: ["finance"], ...login },
        shared: { id: "shared", name: "Shared", is_default: true, space_id: "root", description: "For all", ...login },
      });

      const hidden = await world.apply([], READER);
      expect(errors(hidden)).toEqual([]);
      expect(hidden.said.map(codeOf)).toEqual(["integration-not-visible", "integration-not-visible"]);
      expect(warnings(hidden).join()).toMatch(/admin on the Space "platform"/);
      const unseen = Object.fromEntries(
        [...Object.keys(login), "description", "webhook_url", "webhook_secret_fingerprint"].map((name) => [name, null]),
      );
      expect(await outputs(world)).toMatchObject({ by_id: { id: "payments", name: "Payments", space_id: "platform", ...unseen } });
    },
  );
});
