/** What one apply does in two places at once: a Space that another provider's process has just made, and webhooks of a repository that changes its name. */
import { configuration } from "./configuration";
import { DATACENTER } from "./bitbucket-datacenter";
import { credentialOf, wiredTo } from "./product";
import { PRODUCTS } from "./products";
import { scenario } from "./world";

scenario("a Space that the default provider has just made is seen by the process of another alias", async (world) => {
  const block = { url: world.sandbox.environment["BITBUCKET_DATACENTER_URL"], access_token_env: "BITBUCKET_DATACENTER_TOKEN" };
  const spaces = { first: { name: "First" }, second: { name: "Second", parent_space_id: "${bitlift_space.first.id}" } };
  await world.write({
    provider: { bitlift: [{}, { alias: "other", bitbucket_datacenter: block }] },
    resource: {
      bitlift_space: spaces,
      [DATACENTER.integration]: Object.fromEntries(
        Object.keys(spaces).map((name) => [
          name,
          { name, space_id: `\${bitlift_space.${name}.id}`, provider: "bitlift.other", ...credentialOf(DATACENTER) },
        ]),
      ),
    },
  });
  await world.settle();
});

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("a repository that is renamed under for_each keeps one webhook, whichever half of the apply is first", async (world) => {
    const { [product.webhook]: _, ...rest } = configuration(product).resource;
    const withRepositories = (...names: string[]) => ({
      resource: {
        ...rest,
        [product.webhook]: {
          each: {
            for_each: `\${toset(${JSON.stringify(names)})}`,
            [product.namespaceArgument]: product.namespace,
            repository: "${each.value}",
            ...wiredTo(product.INTEGRATION),
          },
        },
      },
    });
    await world.establish(withRepositories("infrastructure", "networking"));
    await world.control(product.service, "repository", {
      namespace: product.namespace,
      repository: "networking",
      change: "rename",
      to: "network-of-tomorrow",
    });
    await world.write(withRepositories("infrastructure", "network-of-tomorrow"));
    await world.settle();
    expect(await world.hooks(product, "network-of-tomorrow")).toHaveLength(1);
  });
});
