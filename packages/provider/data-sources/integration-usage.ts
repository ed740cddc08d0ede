/** `data "bitlift_integration_usage"`: which stacks and modules use an integration. */
import { computed, required } from "../../terraform-plugin";
import { VCS_PROVIDERS, type BitbucketProduct } from "../../domain";
import type { Consumer } from "../../clients";
import { dataSource } from "../configuration/clients";

const user = {
  id: computed.string("Id of the stack or module."),
  name: computed.string("Its name."),
  space_id: computed.string("Space that it lives in."),
  namespace: computed.string("Workspace slug on Bitbucket Cloud, project key on Bitbucket Data Center."),
  repository: computed.string("Repository slug."),
  branch: computed.string("Branch that it tracks."),
};

export const integrationUsageData = dataSource({
  type: "integration_usage",
  summary: "The stacks and modules that use an integration, as far as the key can see them.",
  attributes: {
    product: required.string("`cloud` or `datacenter`.", { oneOf: Object.keys(VCS_PROVIDERS) }),
    integration_id: required.string("Id of the integration."),
    stacks: computed.objects(user, "Stacks that use it."),
    modules: computed.objects(user, "Modules that use it."),
    complete: computed.boolean("True when the key sees the whole account, false when it is known not to, null when that cannot be told."),
  },

  async read({ config, api }) {
    const product = config.product as BitbucketProduct;
    const id = String(config.integration_id);
    const { stacks, modules, complete } = await api.spacelift.usage.of({ provider: VCS_PROVIDERS[product], id });
    return { product, integration_id: id, stacks: stacks.map(described), modules: modules.map(described), complete };
  },
});

function described({ id, name, spaceId, namespace, repository, branch }: Consumer) {
  return { id, name, space_id: spaceId, namespace, repository, branch };
}
