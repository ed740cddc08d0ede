/** What exists already: taken over, or used as it is. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential, Space } from "../../lib";

class ExistingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    // region import
    // Taken over: the next apply imports it. Remove importFrom afterwards.
    const integration = new BitbucketCloudIntegration(this, "data", {
      name: "Bitbucket for Data",
      space: Space.fromSpaceId("data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"),
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("DATA_BITBUCKET_API_TOKEN") },
    });
    integration.importFrom("bitbucket-for-data");
    // A webhook with the integration's URL that somebody made by hand is found and corrected.
    integration.addRepository("acme-workspace/warehouse");

    // Used as it is: somebody else manages the account's default integration.
    const shared = BitbucketCloudIntegration.fromDefault(this, "shared");
    shared.addRepository("acme-workspace/handbook");

    // The same on Bitbucket Data Center.
    const server = new BitbucketDatacenterIntegration(this, "server", {
      name: "Data Center for Data",
      space: Space.fromSpaceId("data-01HN0BF3GMYZQ4NYVNQ1RKQ9M7"),
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromEnvironment("DATA_BITBUCKET_ACCESS_TOKEN"),
    });
    server.importFrom("data-center-for-data");
    // A webhook with another URL is imported by its number: it is corrected, and no second one is made.
    server.addRepository("DATA/lake").importFrom("DATA/lake/42");

    // Used as it is, by its id.
    const platform = BitbucketDatacenterIntegration.fromIntegrationId(this, "platform", "data-center-for-platform");
    platform.addRepository("DATA/dashboards");
    // endregion
  }
}

const app = new App();
new ExistingStack(app, "existing");
app.synth();
