/** The same constructs with the published providers: a Space, an integration for Bitbucket Data Center, webhooks on both products, and a stack. */
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration, BitliftProvider, Credential, Space, SpaceliftStack } from "../../lib";

class LedgerStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The published providers take the secrets of their logins from variables of the engine, or from environment variables of their own.
    new BitliftProvider(this, "bitlift", {
      bitbucketDatacenter: {
        url: "https://bitbucket.acme.example",
        username: "webhooks",
        password: Credential.fromVariable(this, "bitbucket_password"),
      },
    });

    const space = new Space(this, "ledger-space", { name: "Ledger" });
    const ledger = new BitbucketDatacenterIntegration(this, "ledger", {
      name: "Ledger",
      space,
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromVariable(this, "ledger_token"),
    });
    ledger.addRepository("PLAT/ledger");
    new SpaceliftStack(this, "production", {
      name: "Ledger production",
      integration: ledger,
      repository: "PLAT/ledger",
      branch: "main",
      space,
    });

    // Spacelift's own provider cannot create this one, so it is found by its ID.
    const cloud = BitbucketCloudIntegration.fromIntegrationId(this, "company", "bitbucket-for-acme");
    cloud.addRepository("acme-workspace/handbook");
  }
}

const app = new App({ context: { bitliftBacking: "published" } });
new LedgerStack(app, "ledger");
app.synth();
