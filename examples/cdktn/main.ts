/** An app on CDK Terrain: only the names of the imported packages differ from an app on CDKTF. */
import { App, TerraformStack } from "cdktn";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "bitlift/cdktn";

const app = new App();
const stack = new TerraformStack(app, "payments");
new BitliftProvider(stack, "bitlift");

const integration = new BitbucketCloudIntegration(stack, "bitbucket", {
  name: "Bitbucket for Payments",
  space: new Space(stack, "space", { name: "Payments" }),
  credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_API_TOKEN") },
});
integration.addRepository("acme-workspace/billing");
app.synth();
