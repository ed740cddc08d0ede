/** A Bitbucket Data Center server: a team's integration, its repositories, and a stack of Spacelift's own provider that reads one of them. */
import { App, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketDatacenterIntegration, BitliftProvider, Credential, Space, WebhookEvent } from "../../lib";

/** `cdktf get` makes a class for each type of a provider; here they are written out, so that the example needs no download. */
class SpaceliftProvider extends TerraformProvider {}

class PlatformStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // region stack
    // The login that manages webhooks. Without the block it comes from the environment: BITBUCKET_DATACENTER_URL and _TOKEN.
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
      // Through VCS agents: apiHost "private://<pool>", and userFacingHost the address that people open.
      apiHost: "https://bitbucket.acme.example",
      // What Spacelift reads code with.
      username: "spacelift",
      accessToken: Credential.fromEnvironment("PLATFORM_BITBUCKET_TOKEN"),
    });

    integration.addRepositories(["PLAT/infrastructure", "PLAT/networking", "~jdoe/dotfiles"]);
    integration.addRepository("PAY/billing", { additionalEvents: [WebhookEvent.datacenter.PR_DECLINED] });

    // For a stack of Spacelift's own provider: id of the integration, and the project key as namespace.
    const source = integration.stackSource({ repository: "PLAT/networking", space: platform });
    // endregion

    new SpaceliftProvider(this, "spacelift", {
      terraformResourceType: "spacelift",
      terraformProviderSource: "spacelift-io/spacelift",
      // Without a version, cdktf neither plans nor deploys.
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
