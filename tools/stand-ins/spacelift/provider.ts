/** The stand-in for spacelift-io/spacelift. */
import { providerFor } from "../../../packages/terraform-plugin";
import { providerAttributes, providerTexts } from "../runtime/provider-values";
import { DATA_SOURCES } from "./data-sources";
import { datacenterIntegration } from "./datacenter-integration";
import type { GraphqlClient } from "./graphql-client";
import { logIn, VARIABLES } from "./login";
import { spaceliftModule } from "./module";
import { SPACELIFT_SCHEMAS } from "./schemas";
import { space } from "./space";
import { stack } from "./stack";

export const spacelift = providerFor<GraphqlClient>()({
  name: "spacelift",
  source: `registry.terraform.io/${SPACELIFT_SCHEMAS.source}`,
  version: SPACELIFT_SCHEMAS.version,
  summary: "Stands in for the published provider for Spacelift in tests.",
  attributes: providerAttributes(SPACELIFT_SCHEMAS.provider, VARIABLES),
  blocks: {},
  configure: ({ config }) => logIn(providerTexts(config, VARIABLES)),
  resources: [space, datacenterIntegration, stack, spaceliftModule],
  dataSources: DATA_SOURCES,
});
