/** A webhook in every repository of a project or workspace, including future ones, on two servers and in Bitbucket Cloud. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential } from "../../lib";

class EveryRepositoryStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");

    // region every
    const datacenter = new BitbucketDatacenterIntegration(this, "platform", {
      name: "Data Center for Platform",
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromEnvironment("PLATFORM_BITBUCKET_TOKEN"),
    });
    // Each plan reads the list from Bitbucket. A new repository gets its webhook with the next apply.
    datacenter.addRepositoriesOf("PLAT", { role: "REPO_ADMIN", except: ["sandbox"] });

    const cloud = new BitbucketCloudIntegration(this, "payments", {
      name: "Bitbucket for Payments",
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("PAYMENTS_BITBUCKET_API_TOKEN") },
    });
    // All repositories of a workspace, filtered by project and by an expression in Bitbucket's filter language.
    cloud.addRepositoriesOf("acme-workspace", { project: "PAY", query: 'name ~ "terraform"' });
    // endregion

    // region servers
    // A second server needs its own provider with the login that manages webhooks there.
    const oldServer = new BitliftProvider(this, "old-server", {
      alias: "old",
      bitbucketDatacenter: { url: "https://old.acme.example/bitbucket", accessToken: Credential.fromEnvironment("OLD_WEBHOOKS_TOKEN") },
    });
    const old = new BitbucketDatacenterIntegration(this, "old", {
      name: "Old Data Center",
      apiHost: "https://old.acme.example/bitbucket",
      username: "spacelift",
      accessToken: Credential.fromEnvironment("OLD_BITBUCKET_TOKEN"),
      provider: oldServer,
    });
    old.addRepositoriesOf("INFRA");
    // endregion
  }
}

const app = new App();
new EveryRepositoryStack(app, "every-repository");
app.synth();
