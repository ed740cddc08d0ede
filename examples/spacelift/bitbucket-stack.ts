/** The stack of the guides to Spacelift and Bitbucket Pipelines: a Space, an integration and webhooks. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "../../lib";

export class BitbucketStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    const space = new Space(this, "payments-space", { name: "Payments" });

    const integration = new BitbucketCloudIntegration(this, "payments", {
      name: "Bitbucket for Payments",
      space,
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_API_TOKEN") },
    });

    integration.addRepositories(["acme-workspace/infrastructure", "acme-workspace/networking"]);
  }
}
