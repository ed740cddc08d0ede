/** The app of the guide to Bitbucket Pipelines: a Space, an integration and webhooks, with the state in a bucket. */
import { App, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "../../lib";

class BitbucketStack extends TerraformStack {
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

const app = new App();
const stack = new BitbucketStack(app, "bitbucket");
new S3Backend(stack, { bucket: "acme-terraform-state", key: "bitbucket.tfstate", region: "eu-central-1", encrypt: true });
app.synth();
