/** The Space of a team, its Bitbucket Cloud integration, and a webhook in each of its repositories. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space, WebhookEvent } from "../../lib";

// region stack
class PaymentsStack extends TerraformStack {
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
    integration.addRepository("acme-workspace/billing", { additionalEvents: [WebhookEvent.cloud.PULLREQUEST_REJECTED] });
  }
}
// endregion

const app = new App();
new PaymentsStack(app, "payments");
app.synth();
