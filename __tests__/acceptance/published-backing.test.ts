/** Constructs with published backing, deployed by a real engine with the stand-ins of the published providers. */
import { TerraformStack, Testing } from "cdktf";
import {
  BACKING_CONTEXT,
  BitbucketCloudIntegration,
  BitbucketDatacenterIntegration,
  BitliftProvider,
  Credential,
  Space,
  SpaceliftModule,
  SpaceliftStack,
  WebhookEvent,
  type Backing,
  type BitbucketDatacenterIntegrationProps,
} from "../../lib";
import { CLOUD, DATACENTER, Harness, type PlanRun } from "../../tools/harness";
import { errors } from "./diagnostics";
import { createDefaultCloudIntegration } from "./published-resources";

const PROJECT = "PLAT/infrastructure";
const REPOSITORY = "acme-workspace/infrastructure";

jest.setTimeout(240_000);

let harness: Harness;

beforeEach(async () => {
  const variables = { TF_VAR_ledger_token: "token-of-the-ledger" };
  harness = await Harness.start({ standIns: true, variables });
  await createDefaultCloudIntegration(harness.remote, harness.sandbox.environment["SPACELIFT_BITBUCKET_TOKEN"]);
});
afterEach(() => harness.stop());

/** Synthesizes a stack into the folder of the harness. */
async function write(backing: Backing, build: (stack: TerraformStack) => void): Promise<void> {
  const stack = new TerraformStack(Testing.app({ context: { [BACKING_CONTEXT]: backing } }), "published");
  build(stack);
  const { terraform, ...configuration } = JSON.parse(Testing.synth(stack, true)) as Record<string, unknown>;
  await harness.folder.write({ ...configuration, terraform: { ...(terraform as object), backend: undefined } });
  const initialized = await harness.folder.run(["init", "-input=false", "-no-color"]);
  if (initialized.code !== 0) throw new Error(initialized.output);
}

/** A Space, an integration for Bitbucket Data Center with a webhook and a stack, and a webhook of an integration for Bitbucket Cloud. */
function ledger(changes: Partial<BitbucketDatacenterIntegrationProps> = {}): (stack: TerraformStack) => void {
  return (stack) => {
    const password = Credential.fromVariable(stack, "bitbucketserver_password");
    new BitliftProvider(stack, "bitlift", { bitbucketDatacenter: { username: "admin", password } });
    const space = new Space(stack, "ledger-space", { name: "Ledger" });
    const integration = new BitbucketDatacenterIntegration(stack, "ledger", {
      name: "Ledger",
      space,
      apiHost: "https://bitbucket.acme.example",
      username: "spacelift",
      accessToken: Credential.fromVariable(stack, "ledger_token"),
      ...changes,
    });
    // The default title contains the ID, which is unknown during a replacement, and a new title replaces the webhook.
    const title = changes.isDefault === undefined ? {} : { title: "Spacelift" };
    integration.addRepository(PROJECT, { additionalEvents: [WebhookEvent.datacenter.PR_DECLINED], ...title });
    const consumer = { integration, repository: PROJECT, branch: "main", space: changes.space ?? space };
    new SpaceliftStack(stack, "production", { ...consumer, name: "Ledger production" });
    BitbucketCloudIntegration.fromDefault(stack, "company").addRepository(REPOSITORY);
  };
}

const actionsByType = ({ changes }: PlanRun) =>
  Object.fromEntries(changes.map((change) => [change.address.replace(/\.[^.]*$/, ""), change.actions.join()]));

const onlyWebhook = async () => {
  const webhooks = await harness.remote.webhooks(DATACENTER, "infrastructure");
  expect(webhooks).toHaveLength(1);
  return webhooks[0]!;
};

const secretOfWebhook = async () => {
  const [webhook] = await harness.remote.webhookResponses(DATACENTER, "infrastructure");
  return (webhook?.["configuration"] as { readonly secret: string }).secret;
};

it("one apply makes the Space, the integration, the webhooks and the stack, and the next plan is empty", async () => {
  await write("published", ledger());
  await harness.folder.applyAndReplan();
  const webhook = await onlyWebhook();
  expect(webhook.url).toMatch(/\/ledger$/);
  expect(webhook.events).toEqual(expect.arrayContaining(["repo:refs_changed", "pr:opened", "pr:declined"]));
  const [hook] = await harness.remote.webhookResponses(CLOUD, "infrastructure");
  expect(hook).toMatchObject({ skip_cert_verification: false, secret_set: true, active: true });
  const { stacks } = await harness.remote.graphql<{ stacks: readonly { readonly vcsIntegration: object }[] }>(
    "{stacks{name vcsIntegration{id}}}",
  );
  expect(stacks).toContainEqual({ name: "Ledger production", vcsIntegration: { id: "ledger" } });
  const plugins = await harness.folder.run(["providers"]);
  expect(plugins.output).not.toMatch(/provider\[terraform\.local/);
});

it("a new name replaces the integration and its webhook, create first, and the stack moves in between", async () => {
  await write("published", ledger());
  await harness.folder.applyAndReplan();
  await write("published", ledger({ name: "General ledger" }));
  const planned = await harness.folder.plan();
  expect(actionsByType(planned)).toEqual({
    null_resource: expect.stringMatching(/create/) as string,
    spacelift_bitbucket_datacenter_integration: "create,delete",
    bitbucketserver_repository_webhook: "create,delete",
    spacelift_stack: "update",
  });
  await harness.folder.applyAndReplan();
  expect((await onlyWebhook()).url).toMatch(/\/general-ledger$/);
});

it("a default flag replaces the integration, destroy first, with the same URL; the next apply attaches the stack again", async () => {
  await write("published", ledger({ space: Space.ROOT, isDefault: false }));
  await harness.folder.applyAndReplan();
  const before = await onlyWebhook();
  const secret = await secretOfWebhook();
  await write("published", ledger({ space: Space.ROOT, isDefault: true }));
  const planned = await harness.folder.plan();
  expect(actionsByType(planned)).toMatchObject({
    spacelift_bitbucket_datacenter_integration: "delete,create",
    bitbucketserver_repository_webhook: "update",
  });
  expect(await harness.folder.apply()).toMatchObject({ code: 0 });
  const after = await onlyWebhook();
  expect([after.id, after.url]).toEqual([before.id, before.url]);
  expect(await secretOfWebhook()).not.toBe(secret);
  // Spacelift detached the stack, and the engine skips an update whose values are equal in the end. The next apply attaches the stack again.
  expect(actionsByType(await harness.folder.plan())).toEqual({ spacelift_stack: "update" });
  await harness.folder.applyAndReplan();
});

it("the engine refuses a webhook without a secret, and warns about a URL of another integration", async () => {
  const webhookUrl = "https://acme.app.spacelift.io/webhooks/bitbucket-cloud/other";
  const found = { id: "main", name: "Main", isDefault: false, space: { id: "root" }, webhookSecret: null, webhookUrl };
  const body = { data: { bitbucketCloudIntegration: found } };
  await harness.remote.control("spacelift", "faults", {
    operation: "bitbucketCloudIntegration",
    kind: "status",
    status: 200,
    body,
    times: 9,
  });
  await write("published", (stack) => {
    BitbucketCloudIntegration.fromIntegrationId(stack, "company", "main").addRepository(REPOSITORY);
  });
  const planned = await harness.folder.plan();
  expect(errors(planned).join()).toContain("The webhook secret is not visible.");
  expect(planned.output).toContain("The webhook URL does not end in the ID of the integration.");
});

it("a stack and a module attach to an integration of this package's provider in the same apply", async () => {
  await write("bitlift", (stack) => {
    new BitliftProvider(stack, "bitlift");
    const space = new Space(stack, "platform", { name: "Networks" });
    const integration = new BitbucketCloudIntegration(stack, "platform-bitbucket", {
      name: "Bitbucket for Platform",
      space,
      credential: { email: "spacelift@acme.example", apiToken: Credential.fromEnvironment("SPACELIFT_BITBUCKET_TOKEN") },
    });
    integration.addRepositories([REPOSITORY, "acme-workspace/networking"]);
    new SpaceliftStack(stack, "network", { name: "network", integration, repository: REPOSITORY, branch: "main", space });
    new SpaceliftModule(stack, "module", { name: "net", integration, repository: "acme-workspace/networking", branch: "main", space });
  });
  await harness.folder.applyAndReplan();
  const planned = await harness.remote.graphql("{stacks{name vcsIntegration{id}} modules{name vcsIntegration{id}}}");
  expect(planned).toMatchObject({
    stacks: expect.arrayContaining([{ name: "network", vcsIntegration: { id: "bitbucket-for-platform" } }]) as object,
    modules: expect.arrayContaining([{ name: "net", vcsIntegration: { id: "bitbucket-for-platform" } }]) as object,
  });
  expect((await harness.folder.destroy()).code).toBe(0);
});
