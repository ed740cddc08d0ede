/** A Bitbucket Data Center server: the integration of a team, its repositories, and a stack that reads one of them. */
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketDatacenterIntegration, BitliftProvider, Credential, Space, WebhookEvent } from "../../lib";

/** `cdktf get` would generate a class for each type of the provider. This example declares its own class, so that it requires no download. */
class SpaceliftProvider extends TerraformProvider {}

class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // region stack
    // The login that manages webhooks. By default, it is read from BITBUCKET_DATACENTER_URL and BITBUCKET_DATACENTER_TOKEN.
    new BitliftProvider(this, "bitlift", {
      bitbucketDatacenter: {
        url: "https://bitbucket.acme.example",
        accessToken: Credential.fromEnvironment("WEBHOOKS_BITBUCKET_TOKEN"),
      },
    });

    const platform = new Space(this, "platform", { name: "Platform" });

    const integration = new BitbucketDatacenterIntegration(this, "bitbucket", {
      name: "Data Center for Platform",
      space: platform,
      // With VCS agents, set apiHost to "private://<pool>", and userFacingHost to the URL that people open.
      apiHost: "https://bitbucket.acme.example",
      // The credential that Spacelift uses to read code.
      username: "spacelift",
      accessToken: Credential.fromEnvironment("PLATFORM_BITBUCKET_TOKEN"),
    });

    integration.addRepositories(["PLAT/infrastructure", "PLAT/networking", "~jdoe/dotfiles"]);
    integration.addRepository("PAY/billing", { additionalEvents: [WebhookEvent.datacenter.PR_DECLINED] });

    // The source of a stack in Spacelift's own provider: the ID of the integration, and the project key as the namespace.
    const source = integration.stackSource({ repository: "PLAT/networking", space: platform });
    // endregion

    new SpaceliftProvider(this, "spacelift", {
      terraformResourceType: "spacelift",
      terraformProviderSource: "spacelift-io/spacelift",
      // cdktf requires a version to plan and deploy.
      terraformGeneratorMetadata: { providerName: "spacelift", providerVersion: "~> 1.0" },
    });
    const network = new TerraformResource(this, "network", { terraformResourceType: "spacelift_stack" });
    network.addOverride("name", "network");
    network.addOverride("space_id", platform.spaceId);
    network.addOverride("repository", "networking");
    network.addOverride("branch", "main");
    network.addOverride("bitbucket_datacenter", source);
  }
}

const app = new App();
new PlatformStack(app, "platform");
app.synth();
