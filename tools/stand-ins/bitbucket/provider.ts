/** The stand-in for DrFaust92/bitbucket. */
import { providerFor } from "../../../packages/terraform-plugin";
import { published } from "../runtime/catalog";
import { providerAttributes, providerTexts } from "../runtime/provider-values";
import { BitbucketClient, VARIABLES } from "./client";
import { hook } from "./hook";
import { BITBUCKET_SCHEMAS } from "./schemas";

export const bitbucket = providerFor<BitbucketClient>()({
  name: "bitbucket",
  source: `registry.terraform.io/${BITBUCKET_SCHEMAS.source}`,
  version: BITBUCKET_SCHEMAS.version,
  summary: "Stands in for the published provider for Bitbucket Cloud in tests.",
  attributes: providerAttributes(BITBUCKET_SCHEMAS.provider, VARIABLES),
  blocks: {},
  validate({ config }) {
    // A value that only the apply knows counts as given: the SDK checks which arguments are written.
    const { username = "", password = "", oauth_token: token = "" } = providerTexts(config, VARIABLES, "unknown");
    if (token !== "" && (username !== "" || password !== "")) throw published('"oauth_token": conflicts with username');
    if ((username === "") !== (password === "")) throw published('"username": all of `password,username` must be specified');
  },
  configure: ({ config }) => new BitbucketClient(providerTexts(config, VARIABLES)),
  resources: [hook],
  dataSources: [],
});
