/** Constructs that take over what a configuration with the published providers manages. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential, Space } from "../../lib";

class PaymentsStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The stack needs the backend of the configuration that it replaces, because the move happens within one state.
    new BitliftProvider(this, "bitlift");

    const space = new Space(this, "space", { name: "Payments" });
    space.moveFrom("spacelift_space.payments");

    const payments = new BitbucketDatacenterIntegration(this, "payments", {
      name: "Payments",
      space,
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_TOKEN"),
    });
    payments.moveFrom("spacelift_bitbucket_datacenter_integration.payments");
    payments.addRepository("PLAT/networking").moveFrom("bitbucketserver_repository_webhook.networking");

    const company = BitbucketCloudIntegration.fromDefault(this, "company");
    company.addRepository("acme-workspace/infrastructure").moveFrom("bitbucket_hook.infrastructure");
  }
}

const app = new App();
new PaymentsStack(app, "payments");
app.synth();
