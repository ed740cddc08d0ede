/** The Space of a team, its Bitbucket Cloud integration, and a webhook in each of its repositories. */
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "bitlift";

export class PaymentsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    const space = new Space(this, "space", { name: "Payments" });

    const integration = new BitbucketCloudIntegration(this, "integration", {
      name: "Bitbucket for Payments",
      space,
      // The name of the variable, never the token itself.
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("SPACELIFT_BITBUCKET_TOKEN") },
    });

    integration.addRepositories(["acme-workspace/infrastructure", "acme-workspace/networking"]);
  }
}
