/** Data sources of both products: the repositories of a workspace or project, and existing integrations. */
import type { BitbucketProduct } from "../../packages/domain";
import { integrationReferences, PRODUCTS, type PreparedFolder } from "../../tools/harness";
import { configuration } from "./configuration";
import { errorCodes, errors, warningCodes, warnings } from "./diagnostics";
import { createIntegration } from "./outside-changes";
import { READER } from "./read-failures";
import { scenario } from "./scenario";

async function outputs(folder: PreparedFolder): Promise<Record<string, unknown>> {
  const { stdout } = await folder.run(["output", "-json"]);
  const values = JSON.parse(stdout) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
}

/** For each list: the arguments in addition to the workspace or project, and the resulting slugs. */
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

  scenario("repositories are listed by query, role and project, and each can have its own webhook", async ({ folder, remote }) => {
    const rows = Object.entries(LISTS[product.name]);
    const withNamespace = (more: object) => ({ [product.namespaceArgument]: product.namespace, ...more });
    await folder.write({
      data: { [repositories]: Object.fromEntries(rows.map(([name, [more]]) => [name, withNamespace(more)])) },
      output: Object.fromEntries(rows.map(([name]) => [name, { value: `\${data.${repositories}.${name}.repositories[*].slug}` }])),
    });
    expect(errors(await folder.apply())).toEqual([]);
    expect(await outputs(folder)).toEqual(Object.fromEntries(rows.map(([name, [, slugs]]) => [name, slugs])));

    const { [product.webhook]: _, ...rest } = configuration(product).resource;
    const each = {
      for_each: `\${toset(data.${repositories}.queried.repositories[*].slug)}`,
      [product.namespaceArgument]: product.namespace,
      repository: "${each.key}",
      ...integrationReferences(product.INTEGRATION),
    };
    await folder.write({
      data: { [repositories]: { queried: withNamespace(LISTS[product.name]["queried"]?.[0] ?? {}) } },
      resource: { ...rest, [product.webhook]: { each } },
    });
    await folder.applyAndReplan();
    for (const repository of ["networking", "terraform-aws-network"]) expect(await remote.webhooks(product, repository)).toHaveLength(1);
    expect(await remote.webhooks(product, "infrastructure")).toEqual([]);
  });

  scenario("a workspace or project that does not exist causes an error, and not an empty list", async ({ folder }) => {
    await folder.write({ data: { [repositories]: { missing: { [product.namespaceArgument]: "nowhere" } } } });
    const planned = await folder.plan();
    expect([errorCodes(planned), warningCodes(planned)]).toEqual([["repository-not-found"], []]);
    expect(errors(planned).join()).toContain("nowhere");
  });

  scenario(
    "an integration is read by id or as the default, without its secret; values that are not visible to a key are null, with a warning",
    async ({ folder, remote }) => {
      await createIntegration(remote, product, { settings: { name: "Shared", isDefault: true, spaceID: "root", description: "For all" } });
      await createIntegration(remote, product, { settings: { name: "Payments", spaceID: "platform", labels: ["finance"] } });
      const type = product.integration;
      await folder.write({
        data: { [type]: { by_id: { id: "payments" }, shared: { default: true } } },
        output: { by_id: { value: `\${data.${type}.by_id}` }, shared: { value: `\${data.${type}.shared}` } },
      });
      expect(errors(await folder.apply())).toEqual([]);
      const login = Object.fromEntries(Object.entries(product.loginArguments));
      expect(await outputs(folder)).toMatchObject({
        by_id: { id: "payments", name: "Payments", is_default: false, space_id: "platform", labels: ["finance"], ...login },
        shared: { id: "shared", name: "Shared", is_default: true, space_id: "root", description: "For all", ...login },
      });

      const asReader = await folder.apply([], READER);
      expect(errors(asReader)).toEqual([]);
      expect(warningCodes(asReader)).toEqual(["integration-not-visible", "integration-not-visible"]);
      expect(warnings(asReader).join()).toContain('Space "platform"');
      const notVisible = Object.fromEntries(
        [...Object.keys(login), "description", "webhook_url", "webhook_secret_fingerprint"].map((name) => [name, null]),
      );
      expect(await outputs(folder)).toMatchObject({ by_id: { id: "payments", name: "Payments", space_id: "platform", ...notVisible } });
    },
  );
});
