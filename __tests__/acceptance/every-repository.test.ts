/** The default app, applied by the real engine against the sandbox: a webhook in each repository of a project and of a workspace. */
import { join } from "node:path";
import { App, TerraformOutput } from "cdktf";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import { BitbucketCloudIntegration, BitbucketDatacenterIntegration } from "../../lib";
import { BitbucketStack } from "../../stacks";
import { runProgram, SandboxClient } from "../../tools/harness";
import { cloud, content as contentOf, datacenter, repository, server, set } from "../stacks/file-content";
import { startEngineAndSandbox } from "./engine-and-sandbox";

// The engine starts several times, which takes seconds on a busy machine.
jest.setTimeout(120_000);

let folder: string;
let engine: Engine;
let sandbox: Sandbox;
let stop: () => Promise<void>;
let environment: Record<string, string>;

beforeAll(async () => {
  ({ engine, sandbox, folder, stop } = await startEngineAndSandbox("every-"));
  const { BITBUCKET_DATACENTER_TOKEN = "", BITBUCKET_DATACENTER_URL: _, ...variables } = sandbox.environment;
  environment = await cleanEnvironment(engine, folder, {
    ...variables,
    HOOKS_TOKEN: BITBUCKET_DATACENTER_TOKEN,
    PLATFORM_TOKEN: "token-that-reads-code-7f3a",
    PAYMENTS_TOKEN: "token-that-reads-code-8e2b",
  });
  synthesize();
  expect(await run(["init", "-input=false"])).toMatchObject({ code: 0 });
});
afterAll(() => stop());

const stackFolder = () => join(folder, "out/stacks/main");

function synthesize(source = "PLAT/infrastructure"): void {
  const app = new App({ outdir: join(folder, "out") });
  const content = contentOf({
    // By default, the state would be in the working directory of the tests, where the next run would find it.
    backend: { type: "local", arguments: { path: join(folder, "state") } },
    servers: [server("main", { url: sandbox.bitbucketDatacenter.url })],
    integrations: [
      datacenter("platform", {
        server: "main",
        apiHost: sandbox.bitbucketDatacenter.url,
        userFacingHost: sandbox.bitbucketDatacenter.url,
        name: "Bitbucket",
        credential: { username: "spacelift", token: { env: "PLATFORM_TOKEN" } },
        repositories: [repository("PAY/billing")],
        sets: [set("PLAT", { except: ["networking"] })],
      }),
      cloud("payments", {
        name: "Bitbucket",
        credential: { email: "spacelift@acme.example", token: { env: "PAYMENTS_TOKEN" } },
        sets: [set("acme-workspace", { query: 'name ~ "infra"' })],
      }),
    ],
  });
  const stack = new BitbucketStack(app, "main", content);
  const sourceOf = (key: string, repository: string) => {
    const integration = stack.node.findChild(key);
    if (integration instanceof BitbucketDatacenterIntegration) return integration.stackSource({ repository });
    if (integration instanceof BitbucketCloudIntegration) return integration.stackSource({ repository });
    throw new Error(`${key} is not an integration.`);
  };
  new TerraformOutput(stack, "platform-source", { value: sourceOf("platform", source), staticId: true });
  new TerraformOutput(stack, "payments-source", { value: sourceOf("payments", "acme-workspace/infrastructure"), staticId: true });
  app.synth();
}

const run = (args: readonly string[]) => runProgram(engine.path, args, { cwd: stackFolder(), env: environment });

const apply = () => run(["apply", "-input=false", "-auto-approve", "-no-color"]);
const plan = () => run(["plan", "-input=false", "-detailed-exitcode", "-no-color"]);

/** Addresses of the webhooks in the state, without the hashes. */
async function webhookAddresses(): Promise<string[]> {
  const { output } = await run(["state", "list"]);
  const lines = output.split("\n").filter((line) => /^bitlift_bitbucket_\w+_webhook/.test(line));
  return lines.map((line) => line.replace(/_[0-9A-F]{8}(?=\[|$)/, "")).sort();
}

async function changeRepository(change: "create" | "delete", repository: string): Promise<void> {
  await new SandboxClient(sandbox).control("bitbucket-datacenter", "repository", { change, project: "PLAT", repository });
}

const DATACENTER = "bitlift_bitbucket_datacenter_webhook.platform";
const CLOUD = 'bitlift_bitbucket_cloud_webhook.payments_acme-workspace["infrastructure"]';

it("creates a webhook in each repository of the list, and the second plan is empty", async () => {
  expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining("Apply complete") });
  expect(await webhookAddresses()).toEqual([
    CLOUD,
    `${DATACENTER}_pay--billing`,
    `${DATACENTER}_plat["infrastructure"]`,
    `${DATACENTER}_plat["terraform-aws-network"]`,
  ]);
  expect(await plan()).toMatchObject({ code: 0 });
});

it("passes the id of the integration to stacks through the webhook of their repository", async () => {
  const { output } = await run(["output", "-json"]);
  const values = JSON.parse(output) as Record<string, { value: unknown }>;
  expect(values["platform-source"]?.value).toEqual({ id: "bitbucket", namespace: "PLAT" });
  expect(values["payments-source"]?.value).toEqual({ id: "bitbucket", namespace: "acme-workspace" });
});

it("creates a webhook in a new repository, and deletes the webhook of a deleted repository", async () => {
  await changeRepository("create", "observability");
  await changeRepository("delete", "terraform-aws-network");
  const planned = await plan();
  expect(planned).toMatchObject({ code: 2, output: expect.stringContaining("Plan: 1 to add, 0 to change, 1 to destroy.") });
  expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining("Apply complete") });
  expect(await webhookAddresses()).toEqual([
    CLOUD,
    `${DATACENTER}_pay--billing`,
    `${DATACENTER}_plat["infrastructure"]`,
    `${DATACENTER}_plat["observability"]`,
  ]);
  expect(await plan()).toMatchObject({ code: 0 });
});

it("fails the plan if the repository of a stack is in no list, because no webhook would send its pushes to Spacelift", async () => {
  synthesize("PLAT/terraform-aws-network");
  const { code, output } = await plan();
  expect(code).toBe(1);
  expect(output).toMatch(/Invalid index[\s\S]*terraform-aws-network/);
});
