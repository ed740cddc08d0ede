/** Concurrent parts of one apply: a Space that the process of another provider alias uses, and the webhooks of a renamed repository. */
import { DATACENTER, integrationReferences, PRODUCTS } from "../../tools/harness";
import { configuration, defaultCredential } from "./configuration";
import { scenario } from "./scenario";

scenario(
  "the process of another alias sees a Space that the default provider has just created",
  async ({ folder, sandbox }) => {
    const block = { url: sandbox.environment["BITBUCKET_DATACENTER_URL"], access_token_env: "BITBUCKET_DATACENTER_TOKEN" };
    const spaces = { first: { name: "First" }, second: { name: "Second", parent_space_id: "${bitlift_space.first.id}" } };
    await folder.write({
      provider: { bitlift: [{}, { alias: "other", bitbucket_datacenter: block }] },
      resource: {
        bitlift_space: spaces,
        [DATACENTER.integration]: Object.fromEntries(
          Object.keys(spaces).map((name) => [
            name,
            { name, space_id: `\${bitlift_space.${name}.id}`, provider: "bitlift.other", ...defaultCredential(DATACENTER) },
          ]),
        ),
      },
    });
    await folder.applyAndReplan();
  },
  // Each alias needs its own process.
  { pluginStart: "by engine" },
);

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    "a repository that is renamed under for_each keeps one webhook, whether the create or the delete runs first",
    async ({ folder, remote }) => {
      const { [product.webhook]: _, ...rest } = configuration(product).resource;
      const withRepositories = (...names: string[]) => ({
        resource: {
          ...rest,
          [product.webhook]: {
            each: {
              for_each: `\${toset(${JSON.stringify(names)})}`,
              [product.namespaceArgument]: product.namespace,
              repository: "${each.value}",
              ...integrationReferences(product.INTEGRATION),
            },
          },
        },
      });
      await folder.deploy(withRepositories("infrastructure", "networking"));
      await remote.control(product.service, "repository", {
        namespace: product.namespace,
        repository: "networking",
        change: "rename",
        to: "network-of-tomorrow",
      });
      await folder.write(withRepositories("infrastructure", "network-of-tomorrow"));
      await folder.applyAndReplan();
      expect(await remote.webhooks(product, "network-of-tomorrow")).toHaveLength(1);
    },
  );
});
