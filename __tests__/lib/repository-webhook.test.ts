/** Webhooks in the synthesized configuration. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  CloudRepository,
  RepositoryWebhook,
  WebhookEvent,
  type CloudWebhookOptions,
  type DatacenterWebhookOptions,
} from "../../lib";
import { CREDENTIAL, onlyResource, SERVER, stackWith, synthesize, validationMessageOf, type Synthesized } from "./synthesis";

const TYPE = "bitlift_bitbucket_cloud_webhook";
const INTEGRATION = "bitlift_bitbucket_cloud_integration";

function webhookArguments(options: CloudWebhookOptions): Record<string, unknown> {
  const configuration = synthesize((stack) => {
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }).addRepository(
      "acme/infrastructure",
      options,
    );
  });
  return onlyResource(configuration, TYPE);
}

it("writes the repository, and references the ID, URL and fingerprint of the integration", () => {
  const configuration = synthesize((stack) => {
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL }).addRepository("acme/infrastructure");
  });
  const [address] = Object.keys(configuration.resource[INTEGRATION] ?? {});
  expect(onlyResource(configuration, TYPE)).toEqual({
    workspace: "acme",
    repository: "infrastructure",
    integration_id: `\${${INTEGRATION}.${address}.id}`,
    webhook_url: `\${${INTEGRATION}.${address}.webhook_url}`,
    secret_fingerprint: `\${${INTEGRATION}.${address}.webhook_secret_fingerprint}`,
    lifecycle: { create_before_destroy: true },
  });
});

it.each<[string, CloudWebhookOptions, Record<string, unknown>]>([
  ["title", { title: "Deliveries" }, { title: "Deliveries" }],
  ["active", { active: false }, { active: false }],
  ["skip_certificate_verification", { skipCertificateVerification: true }, { skip_certificate_verification: true }],
  ["adopt_existing", { adoptExisting: false }, { adopt_existing: false }],
  [
    "additional_events",
    { additionalEvents: [WebhookEvent.cloud.PULLREQUEST_REJECTED, WebhookEvent.custom("repo:brand_new")] },
    { additional_events: ["pullrequest:rejected", "repo:brand_new"] },
  ],
])("writes %s", (_, options, expected) => {
  expect(webhookArguments(options)).toMatchObject(expected);
});

it("references a repository that the same stack creates", () => {
  const configuration = synthesize((stack) => {
    const integration = new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL });
    integration.addRepository(CloudRepository.of("acme", "${bitbucket_repository.new.slug}"), { constructId: "new" });
  });
  expect(onlyResource(configuration, TYPE)).toMatchObject({ workspace: "acme", repository: "${bitbucket_repository.new.slug}" });
});

it("can be declared outside its integration and imported", () => {
  const configuration = synthesize((stack) => {
    const integration = new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL });
    const webhook = new RepositoryWebhook(stack, "hook", { integration, repository: CloudRepository.parse("acme/infrastructure") });
    webhook.importFrom("acme/infrastructure/{202cf34e-7ccf-44b7-ba6b-8827a14d5324}");
  });
  expect(onlyResource(configuration, TYPE)).toMatchObject({ workspace: "acme", repository: "infrastructure" });
  expect(configuration.import).toEqual([
    {
      id: "acme/infrastructure/{202cf34e-7ccf-44b7-ba6b-8827a14d5324}",
      to: expect.stringMatching(/^bitlift_bitbucket_cloud_webhook\.hook_/),
    },
  ]);
});

it("reads an integration of another stack from the state of that stack", () => {
  const outdir = mkdtempSync(join(tmpdir(), "cross-stack-"));
  try {
    const pluginPath = join(outdir, "plugin");
    writeFileSync(pluginPath, "#!/usr/bin/env node\n");
    const app = new App({ outdir });
    const [home, away] = ["home", "away"].map((id) => new TerraformStack(app, id)) as [TerraformStack, TerraformStack];
    for (const stack of [home, away]) new BitliftProvider(stack, "bitlift", { pluginPath });
    const integration = new BitbucketCloudIntegration(home, "payments", { name: "Payments", credential: CREDENTIAL });
    new RepositoryWebhook(away, "hook", { integration, repository: CloudRepository.of("acme", "infrastructure") });
    app.synth();
    const configuration = JSON.parse(readFileSync(join(outdir, "stacks/away/cdk.tf.json"), "utf8")) as {
      resource: Record<string, Record<string, object>>;
    };
    expect(Object.values(configuration.resource[TYPE] ?? {})).toEqual([
      expect.objectContaining({
        integration_id: expect.stringMatching(/^\$\{data\.terraform_remote_state\.cross-stack-reference-input-home\.outputs\./),
      }),
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

it("requires a constructId if the repository is known only after apply", () => {
  const stack = stackWith((scope) => {
    const integration = new BitbucketCloudIntegration(scope, "payments", { name: "Payments", credential: CREDENTIAL });
    integration.addRepository(CloudRepository.of("acme", integration.integrationId));
  });
  expect(validationMessageOf(stack)).toMatch(/known only after apply[\s\S]*constructId/);
});

describe("in Bitbucket Data Center", () => {
  const DATACENTER = "bitlift_bitbucket_datacenter_webhook";
  const configuration = (options: DatacenterWebhookOptions) =>
    synthesize((stack) => {
      const integration = new BitbucketDatacenterIntegration(stack, "platform", { name: "Platform", ...SERVER });
      const webhook = integration.addRepository("~jdoe/dotfiles", options);
      new TerraformOutput(stack, "id", { value: webhook.webhookId, staticId: true });
      webhook.importFrom("~jdoe/dotfiles/42");
    });

  it("writes the project, the repository, and the options of Data Center", () => {
    const additionalEvents = [WebhookEvent.datacenter.PR_DECLINED];
    expect(onlyResource(configuration({ verifyCertificate: false, additionalEvents }), DATACENTER)).toMatchObject({
      project: "~jdoe",
      repository: "dotfiles",
      verify_certificate: false,
      additional_events: ["pr:declined"],
    });
  });

  it("returns the ID that Bitbucket assigned, and is imported by it", () => {
    const { import: imports, output, resource } = configuration({}) as Synthesized & { output: unknown };
    const address = `${DATACENTER}.${Object.keys(resource[DATACENTER] ?? {}).join()}`;
    expect(imports).toEqual([{ id: "~jdoe/dotfiles/42", to: address }]);
    expect(output).toEqual({ id: { value: `\${${address}.webhook_id}` } });
  });
});
