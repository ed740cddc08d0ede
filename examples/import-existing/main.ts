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
    // An existing webhook with the URL of the integration is adopted and updated.
    integration.addRepository("acme-workspace/warehouse");

    // The default integration of the account is managed elsewhere.
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
    // A webhook with another URL is imported by its ID and updated. Otherwise, a second webhook would be created.
    server.addRepository("DATA/lake").importFrom("DATA/lake/42");

    // This integration is managed elsewhere, too. It is referenced by its ID.
    const platform = BitbucketDatacenterIntegration.fromIntegrationId(this, "platform", "data-center-for-platform");
    platform.addRepository("DATA/dashboards");
    // endregion
  }
}

const app = new App();
new ExistingStack(app, "existing");
app.synth();
