/** The data source `bitlift_integration_usage`: the stacks and modules that use an integration. */
import { computed, required } from "../../terraform-plugin";
import { VCS_PROVIDERS } from "../../domain";
import type { Consumer } from "../../clients";
import { dataSource } from "../configuration/clients";
import { knownText } from "./known-text";

const CONSUMER_ATTRIBUTES = {
  id: computed.string("ID of the stack or module."),
  name: computed.string("Name of the stack or module."),
  space_id: computed.string("ID of the Space that contains it."),
  namespace: computed.string("Workspace slug on Bitbucket Cloud, project key on Bitbucket Data Center."),
  repository: computed.string("Repository slug."),
  branch: computed.string("Branch that the stack or module tracks."),
};

export const integrationUsageData = dataSource({
  type: "integration_usage",
  summary: "The stacks and modules that use an integration, as far as the API key can see them.",
  attributes: {
    product: required.string("Bitbucket product of the integration: `cloud` or `datacenter`.", { oneOf: Object.keys(VCS_PROVIDERS) }),
    integration_id: required.string("ID of the integration."),
    stacks: computed.objects(CONSUMER_ATTRIBUTES, "Stacks that use the integration."),
    modules: computed.objects(CONSUMER_ATTRIBUTES, "Modules that use the integration."),
    complete: computed.boolean(
      "Whether the lists are complete: `true` if the API key can see the whole account, `false` if it cannot, null if this is not known.",
    ),
  },

  async read({ config, api }) {
    const product = config.product === "cloud" ? "cloud" : "datacenter";
    const integrationId = knownText(config.integration_id) ?? "";
    const { stacks, modules, complete } = await api.spacelift.usage.ofIntegration({ provider: VCS_PROVIDERS[product], id: integrationId });
    return { product, integration_id: integrationId, stacks: stacks.map(toObject), modules: modules.map(toObject), complete };
  },
});

function toObject({ id, name, spaceId, namespace, repository, branch }: Consumer) {
  return { id, name, space_id: spaceId, namespace, repository, branch };
}
