/** What exists already: taken over, or used as it is. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "../../lib";

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
    // endregion
  }
}

const app = new App();
new ExistingStack(app, "existing");
app.synth();
