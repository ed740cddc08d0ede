/** The steps of `npm start`. They read every result that they print from the engine, the state, a plan or the emulators. */
import { join, resolve } from "node:path";
import { chooseEngine, type Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import { buildPlugin } from "../build/plugin";
import { SandboxClient } from "../harness";
import { CdktfProject, readBitliftFile } from "./cdktf-project";
import type { ChildProcesses } from "./child-processes";
import { DeliveryReport } from "./deliveries";
import { declaredIntegrations, deployedIntegration, type DeployedIntegration, type UsedIntegration } from "./deployed-integration";
import { planRename, planReplacement, applyReplacement, repairSecret, reviewChanges, type ChangeContext } from "./change-steps";
import { changesText } from "./plan-text";
import { showMistake } from "./mistake";
import { attachStack, showRemoteState } from "./remote-state";
import type { StepPrinter } from "./step-printer";

const ROOT = resolve(__dirname, "../..");

export interface DemoContext {
  readonly printer: StepPrinter;
  readonly children: ChildProcesses;
  /** An empty folder. */
  readonly folder: string;
  readonly sandbox: Sandbox;
}

/** Runs every step. @throws if a step does not have the result that it describes */
export async function runDemo({ printer, children, folder, sandbox }: DemoContext): Promise<void> {
  const remote = new SandboxClient(sandbox);
  printer.printTitle("Bitlift: Spacelift's Bitbucket integrations as code");
  printer.print(
    "This demo runs on your machine only. Emulators replace Spacelift, Bitbucket Cloud and Bitbucket Data Center, so you need no account.",
  );
  const engine = await printer.step("Find the engine, build the plugin, start the emulators", () => prepare(printer, sandbox));
  const file = await readBitliftFile();
  const declared = declaredIntegrations(file);
  // The tokens that Spacelift uses to read code. They differ from the provider's tokens, and no file contains them.
  const tokens = declared.map(({ product, tokenVariable }) => [tokenVariable, sandbox.environment[product.token.sandboxVariable] ?? ""]);
  const variables = { ...sandbox.environment, ...(Object.fromEntries(tokens) as Record<string, string>) };
  const project = await CdktfProject.create({ folder, engine, children, variables });

  await printer.step("Declare Spaces, integrations and webhooks in bitlift.yaml", async () => {
    await project.configure(file);
    printer.print(file.trimEnd());
    await showMistake(printer, project, file);
  });
  await printer.step("Deploy them with cdktf deploy", () => deploy(printer, project));
  const state = await project.state();
  const deployed = declared.map((integration) => deployedIntegration(integration, state));
  await printer.step("Check what Spacelift and Bitbucket now contain", async () => {
    for (const integration of deployed) await showRemoteState(printer, remote, integration, state);
  });
  const used = await printer.step("Attach a stack to each integration", () => attachStacks(printer, remote, deployed));
  const deliveries = new DeliveryReport(remote, printer);
  await printer.step("Push a commit, then open and merge a pull request", () => sendEvents(printer, remote, deliveries, used));
  await printer.step("Plan again: nothing has changed", () => planWithoutChanges(printer, remote, project, used));

  const [cloud, datacenter] = used;
  if (cloud === undefined || datacenter === undefined) throw new Error("The demo needs an integration for each Bitbucket product.");
  await runChangeSteps({ printer, remote, project, deliveries, file }, cloud, datacenter);
  printNextSteps(printer);
}

async function runChangeSteps(change: ChangeContext, cloud: UsedIntegration, datacenter: UsedIntegration): Promise<void> {
  const { printer } = change;
  const { title } = datacenter.product;
  await printer.step(`Remove a webhook secret in ${title}, then repair it with an apply`, () => repairSecret(change, datacenter));
  const newName = `${cloud.name} and Billing`;
  await printer.step(`Plan a rename to "${newName}"`, () => planRename(change, cloud, newName));
  const replacement = await printer.step("Plan a replacement with the same name (-replace)", () => planReplacement(change, datacenter));
  await printer.step("Apply that replacement while a stack uses the integration", () => applyReplacement(change, datacenter, replacement));
  await printer.step("Review the rename and a deletion: who loses what", () => reviewChanges(change, cloud, newName));
}

async function prepare(printer: StepPrinter, sandbox: Sandbox): Promise<Engine> {
  const engine = await chooseEngine();
  const bytes = await buildPlugin({
    entry: join(ROOT, "packages/provider/main.ts"),
    outfile: join(ROOT, "dist/plugin/terraform-provider-bitlift"),
  });
  const { SPACELIFT_API_KEY_ENDPOINT = "", BITBUCKET_API_URL = "", BITBUCKET_DATACENTER_URL = "" } = sandbox.environment;
  printer.print(`Engine                 ${engine.name} ${engine.version}, ${engine.path}`);
  printer.print(`Plugin                 one file of ${(bytes / 1000).toFixed(0)} kB, built from packages/provider`);
  printer.print(`Spacelift              ${SPACELIFT_API_KEY_ENDPOINT}`);
  printer.print(`Bitbucket Cloud        ${BITBUCKET_API_URL}`);
  printer.print(`Bitbucket Data Center  ${BITBUCKET_DATACENTER_URL}`);
  return engine;
}

async function deploy(printer: StepPrinter, project: CdktfProject): Promise<void> {
  const output = await project.cdktf(["deploy", "--auto-approve"], (line) => {
    const completed = /\S+: (?:Creation|Modifications) complete after \d+m?s/.exec(line)?.[0];
    if (completed !== undefined) printer.print(completed, "dim");
  });
  const summary = /Apply complete!.*/.exec(output)?.[0];
  if (summary === undefined) throw new Error(`cdktf deploy did not report a complete apply:\n${output}`);
  printer.print(summary, "success");
}

async function attachStacks(
  printer: StepPrinter,
  remote: SandboxClient,
  deployed: readonly DeployedIntegration[],
): Promise<readonly UsedIntegration[]> {
  const used: UsedIntegration[] = [];
  for (const integration of deployed) {
    const stack = await attachStack(remote, integration);
    const source = `${integration.namespace}/${integration.repository}, branch ${stack.branch}`;
    printer.print(`Stack "${stack.name}" (${stack.id}) now reads ${source}, through "${String(integration.attributes["name"])}"`);
    used.push({ ...integration, stack });
  }
  return used;
}

async function sendEvents(
  printer: StepPrinter,
  remote: SandboxClient,
  deliveries: DeliveryReport,
  used: readonly UsedIntegration[],
): Promise<void> {
  printer.print("Bitbucket signs each delivery with the webhook secret, and Spacelift verifies the signature.");
  for (const { product, stack, namespace, repository } of used) {
    const target = { namespace, repository };
    printer.print(`\n${product.title}, ${namespace}/${repository}`);
    await remote.control(product.service, "push", { ...target, branch: stack.branch });
    await deliveries.show(stack.id, `Push to ${stack.branch}`);
    const branches = { action: "created", source: "more-subnets", target: stack.branch };
    const { id } = await remote.control<{ readonly id: number }>(product.service, "pull-request", { ...target, ...branches });
    await deliveries.show(stack.id, `Pull request ${id} opened`);
    await remote.control(product.service, "pull-request", { ...target, action: "merged", id });
    await deliveries.show(stack.id, `Pull request ${id} merged`);
  }
}

async function planWithoutChanges(
  printer: StepPrinter,
  remote: SandboxClient,
  project: CdktfProject,
  used: readonly UsedIntegration[],
): Promise<void> {
  await remote.clearRequests(["spacelift", ...used.map(({ product }) => product.service)]);
  const plan = await project.plan();
  if (!plan.isEmpty) throw new Error(`The second plan has changes:\n${changesText(plan.changes)}`);
  printer.print("No changes.", "success");
  for (const { product } of used) {
    const webhooks = plan.resources.filter(({ type }) => type === product.webhook).length;
    printer.print(`The plan sent ${await remote.countRequests(product.service)} requests to ${product.title} for ${webhooks} webhooks.`);
  }
  printer.print(`The plan sent ${await remote.countRequests("spacelift")} requests to Spacelift.`);
}

function printNextSteps(printer: StepPrinter): void {
  printer.printTitle("\nNext steps: use real accounts");
  printer.print(
    [
      "1. Set the credentials of the provider:",
      "   Spacelift              SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET (or SPACELIFT_API_TOKEN)",
      "   Bitbucket Cloud        BITBUCKET_ACCESS_TOKEN (or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN)",
      "   Bitbucket Data Center  BITBUCKET_DATACENTER_URL and BITBUCKET_DATACENTER_TOKEN",
      "2. Make a project in an empty folder: npm install bitlift cdktf constructs, then npx bitlift init",
      "3. Edit its bitlift.yaml. Each env names an environment variable that contains the token that Spacelift uses to read code. Set these",
      "   variables too.",
      "4. Run: npx bitlift plan, then npx bitlift apply",
      "",
      "To try your own file or pipeline without an account, run npx bitlift sandbox there, or npm run sandbox here.",
    ].join("\n"),
  );
}
