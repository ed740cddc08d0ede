/** A stack in Spacelift's own provider that reads its source through an integration of this app. */
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space } from "../../lib";

/** `cdktf get` would generate a class for each type of the provider. This example declares its own class, so that it requires no download. */
class SpaceliftProvider extends TerraformProvider {}

class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    // region source
    const platform = new Space(this, "platform", { name: "Platform" });
    const production = new Space(this, "production", { name: "Production", parent: platform, inheritEntities: true });

    const integration = new BitbucketCloudIntegration(this, "bitbucket", {
      name: "Bitbucket for Platform",
      space: platform,
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PLATFORM_BITBUCKET_API_TOKEN") },
    });
    integration.addRepository("acme-workspace/networking");

    // The source takes its ID from the webhook, so the engine creates the stack after the webhook, and moves both to another integration together.
    const source = integration.stackSource({ repository: "acme-workspace/networking", space: production });
    // endregion

    new SpaceliftProvider(this, "spacelift", {
      terraformResourceType: "spacelift",
      terraformProviderSource: "spacelift-io/spacelift",
      // cdktf requires a version to plan and deploy.
      terraformGeneratorMetadata: { providerName: "spacelift", providerVersion: "~> 1.0" },
    });
    const network = new TerraformResource(this, "network", { terraformResourceType: "spacelift_stack" });
    network.addOverride("name", "network");
    network.addOverride("space_id", production.spaceId);
    network.addOverride("repository", "networking");
    network.addOverride("branch", "main");
    network.addOverride("bitbucket_cloud", source);
  }
}

const app = new App();
new PlatformStack(app, "platform");
app.synth();
