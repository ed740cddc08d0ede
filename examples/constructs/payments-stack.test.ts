/** What the stack declares, and which mistakes synthesis rejects. Needs no engine, no network and no credentials. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Testing, TerraformStack } from "cdktf";
import { BitbucketCloudIntegration, BitliftProvider, Credential } from "bitlift";
import { PaymentsStack } from "./payments-stack";

interface Synthesized {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** The JSON that the engine would read. `true` runs the validations first, as `cdktf synth` does. */
function synthesize(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true)) as Synthesized;
}

// region resources
test("every repository has a webhook that delivers to the integration", () => {
  const { resource } = synthesize(new PaymentsStack(Testing.app(), "payments"));
  const webhooks = Object.values(resource["bitlift_bitbucket_cloud_webhook"] ?? {});
  assert.deepEqual(webhooks.map(({ repository }) => repository).sort(), ["infrastructure", "networking"]);
  for (const { webhook_url: url } of webhooks) {
    assert.match(String(url), /^\$\{bitlift_bitbucket_cloud_integration\..+\.webhook_url\}$/);
  }
});

test("the integration belongs to the Space of the team", () => {
  const { resource } = synthesize(new PaymentsStack(Testing.app(), "payments"));
  const [integration] = Object.values(resource["bitlift_bitbucket_cloud_integration"] ?? {});
  assert.match(String(integration?.["space_id"]), /^\$\{bitlift_space\..+\.id\}$/);
});
// endregion

// region validation
test("a second integration with the same name is an error before anything is deployed", () => {
  const stack = new PaymentsStack(Testing.app(), "payments");
  new BitbucketCloudIntegration(stack, "copy", {
    name: "bitbucket for PAYMENTS",
    credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("SPACELIFT_BITBUCKET_TOKEN") },
  });
  assert.throws(
    () => synthesize(stack),
    /payments\/copy: Error: An integration with this name already exists[\s\S]*\(duplicate-integration-name\)/,
  );
});
// endregion

// region own-rule
/** A rule of this company: every integration has a description. It runs together with the rules of Bitlift. */
class DescribedStack extends TerraformStack {
  constructor(...[scope, id]: ConstructorParameters<typeof TerraformStack>) {
    super(scope, id);
    new BitliftProvider(this, "bitlift");
    this.node.addValidation({
      validate: () =>
        this.node
          .findAll()
          .filter((construct) => construct instanceof BitbucketCloudIntegration && !construct.props.description)
          .map((construct) => `${construct.node.path}: set a description, so that people know whom to ask.`),
    });
  }
}

test("a rule of your own is reported with the rules of Bitlift", () => {
  const stack = new DescribedStack(Testing.app(), "described");
  new BitbucketCloudIntegration(stack, "integration", {
    name: "Bitbucket for Payments",
    credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("SPACELIFT_BITBUCKET_TOKEN") },
  });
  assert.throws(() => synthesize(stack), /described\/integration: set a description/);
});
// endregion
