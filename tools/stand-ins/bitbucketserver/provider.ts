/** The stand-in for gavinbunney/bitbucketserver. */
import { providerFor } from "../../../packages/terraform-plugin";
import { providerAttributes, providerTexts } from "../runtime/provider-values";
import { BitbucketServerClient, VARIABLES } from "./client";
import { repositoryWebhook } from "./repository-webhook";
import { BITBUCKETSERVER_SCHEMAS } from "./schemas";

export const bitbucketserver = providerFor<BitbucketServerClient>()({
  name: "bitbucketserver",
  source: `registry.terraform.io/${BITBUCKETSERVER_SCHEMAS.source}`,
  version: BITBUCKETSERVER_SCHEMAS.version,
  summary: "Stands in for the published provider for Bitbucket Data Center in tests.",
  attributes: providerAttributes(BITBUCKETSERVER_SCHEMAS.provider, VARIABLES),
  blocks: {},
  configure: ({ config }) => new BitbucketServerClient(providerTexts(config, VARIABLES)),
  resources: [repositoryWebhook],
  dataSources: [],
});
