/** Existing integrations and webhooks: imported, or referenced without managing them. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential, Space } from "../../lib";

class ExistingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    // region import
    // The next apply imports the integration. Remove importFrom afterwards.
    const integration = new BitbucketCloudIntegration(this, "data", {
      name: "Bitbucket for Data",
      space: Space.fromSpaceId("data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"),
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("DATA_BITBUCKET_API_TOKEN") },
    });
    integration.importFrom("bitbucket-for-data");
    // Bitlift adopts and updates an existing webhook with the URL of the integration.
    integration.addRepository("acme-workspace/warehouse");

    // A default integration that is managed elsewhere.
    const shared = BitbucketCloudIntegration.fromDefault(this, "shared");
    shared.addRepository("acme-workspace/handbook");

    // An import on Bitbucket Data Center.
    const server = new BitbucketDatacenterIntegration(this, "server", {
      name: "Data Center for Data",
      space: Space.fromSpaceId("data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"),
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromEnvironment("DATA_BITBUCKET_ACCESS_TOKEN"),
    });
    server.importFrom("data-center-for-data");
    // To update a webhook with another URL, import it by its ID. Otherwise, the apply would create a second webhook.
    server.addRepository("DATA/lake").importFrom("DATA/lake/42");

    // Another integration that is managed elsewhere, by its ID.
    const platform = BitbucketDatacenterIntegration.fromIntegrationId(this, "platform", "data-center-for-platform");
    platform.addRepository("DATA/dashboards");
    // endregion
  }
}

const app = new App();
new ExistingStack(app, "existing");
app.synth();
