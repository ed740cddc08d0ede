/** A stack and a module of Spacelift's own provider that read their source through an integration of this app. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, Credential, Space, SpaceliftModule, SpaceliftStack } from "../../lib";

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
    integration.addRepositories(["acme-workspace/networking", "acme-workspace/terraform-aws-vpc"]);

    // The engine creates the stack after the webhook of its repository, and moves both to another integration together.
    new SpaceliftStack(this, "network", {
      name: "network",
      integration,
      repository: "acme-workspace/networking",
      branch: "main",
      space: production,
    });
    new SpaceliftModule(this, "vpc", { integration, repository: "acme-workspace/terraform-aws-vpc", branch: "main", space: platform });
    // endregion
  }
}

const app = new App();
new PlatformStack(app, "platform");
app.synth();
