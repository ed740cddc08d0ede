/** The steps of the demo that change a deployment: drift, a rename, and a replacement. */
import { changedAttributes, type Fields, type PlannedChange, type SandboxClient } from "../harness";
import type { CdktfProject, Plan } from "./cdktf-project";
import type { DeliveryReport } from "./deliveries";
import { withIntegration, withoutIntegration, type UsedIntegration } from "./deployed-integration";
import { changesText } from "./plan-text";
import { readWebhook, webhookPath } from "./remote-state";
import type { StepPrinter } from "./step-printer";

export interface ChangeContext {
  readonly printer: StepPrinter;
  readonly remote: SandboxClient;
  readonly project: CdktfProject;
  readonly deliveries: DeliveryReport;
  /** The content of bitlift.yaml. */
  readonly file: string;
}

/** Bitbucket accepts a webhook without a secret, but Spacelift rejects its deliveries. The plan shows the drift, and an apply repairs it. */
export async function repairSecret(change: ChangeContext, integration: UsedIntegration): Promise<void> {
  const { printer, remote, project, deliveries } = change;
  const { product, namespace, repository, stack } = integration;
  const push = () => remote.control(product.service, "push", { namespace, repository, branch: stack.branch });
  const [address, attributes] = await webhookInState(project, integration);
  const { title, url, events } = await readWebhook(remote, product, attributes);
  await remote.bitbucket(product, "PUT", webhookPath(product, attributes), { name: title, url, events, active: true });
  await push();
  await deliveries.show(stack.id, `Push to ${stack.branch}, without the secret`, "missing");
  printer.print("\nThe plan detects the missing secret:");
  const plan = await project.plan();
  const planned = showChanges(printer, plan, address);
  const repairs = planned.actions.join() === "update" && changedAttributes(planned).includes("secret_fingerprint");
  requirePlan(plan, repairs, "adds the secret in place");
  await project.apply(plan);
  await push();
  printer.print("");
  await deliveries.show(stack.id, `Push to ${stack.branch}, after the apply`);
}

async function webhookInState(project: CdktfProject, integration: UsedIntegration): Promise<readonly [string, Fields]> {
  const { product, namespace, repository } = integration;
  const found = [...(await project.state())].find(
    ([address, attributes]) =>
      address.startsWith(`${product.webhook}.`) &&
      attributes[product.namespaceArgument] === namespace &&
      attributes["repository"] === repository,
  );
  if (found === undefined) throw new Error(`The state has no webhook for ${namespace}/${repository}.`);
  return found;
}

export async function planRename({ printer, project, file }: ChangeContext, integration: UsedIntegration, name: string): Promise<void> {
  await project.configure(withIntegration(file, integration.key, { name }));
  await project.cdktf(["synth"]);
  const plan = await project.plan();
  const change = showChanges(printer, plan, integration.address);
  const createsFirst = change.actions.join() === "create,delete" && change.unknown["webhook_url"] === true;
  requirePlan(plan, createsFirst, "creates the new integration first, with a new URL");
  printer.print(
    "\nSpacelift derives the webhook URL from the name, so a rename replaces the integration. An apply creates the new integration first,\nthen moves the webhooks to it, and deletes the old integration last.",
  );
  showWarnings(printer, plan, integration.stack.name);
}

export async function planReplacement({ printer, project, file }: ChangeContext, integration: UsedIntegration): Promise<Plan> {
  await project.configure(withIntegration(file, integration.key, { replacementOrder: "destroy-first" }));
  await project.cdktf(["synth"]);
  const plan = await project.plan(`-replace=${integration.address}`);
  const change = showChanges(printer, plan, integration.address);
  const changed = changedAttributes(change);
  const keepsUrl = !changed.includes("webhook_url") && changed.includes("webhook_secret_fingerprint");
  requirePlan(plan, change.actions.join() === "delete,create" && keepsUrl, "deletes first, keeps the URL and rotates the secret");
  printer.print(
    "\nThe name stays the same, so the URL does too, and every webhook stays. The secret is new; the same apply updates it in each webhook.",
  );
  return plan;
}

export async function applyReplacement({ printer, project }: ChangeContext, { stack }: UsedIntegration, replacement: Plan): Promise<void> {
  const diagnostics = await project.applyWithErrors(replacement);
  const error = diagnostics.find(({ severity, detail }) => severity === "error" && detail.includes(stack.name));
  if (error === undefined) throw new Error(`The apply did not report that stack "${stack.name}" uses the integration.`);
  printer.print(`Error: ${error.summary}\n${withoutEmptyLines(error.detail)}`, "warning");
  const plan = await project.plan();
  requirePlan(plan, plan.changes.length === 0, "has no changes after the failed apply");
  printer.print("\nThe apply failed before it changed anything: the next plan has no changes.", "success");
}

/** What the rename, and a deletion, do to people. */
export async function reviewChanges({ printer, project, file }: ChangeContext, integration: UsedIntegration, name: string): Promise<void> {
  const { key, stack } = integration;
  const review = async (title: string, changed: string, code: string): Promise<void> => {
    await project.configure(changed);
    const text = await project.review();
    if (!text.includes(code) || !text.includes(stack.name))
      throw new Error(`The review does not report ${code} and "${stack.name}":\n${text}`);
    printer.print(`\n${title}\n\n${text}`);
  };
  await review(`The rename to "${name}":`, withIntegration(file, key, { name }), "integration-renamed");
  await review(`The deletion of "${integration.name}":`, withoutIntegration(file, key), "integration-deleted");
}

/** Prints the changes, and returns the one at the address. */
function showChanges(printer: StepPrinter, plan: Plan, address: string): PlannedChange {
  printer.print(changesText(plan.changes, ["id", "webhook_url"]));
  const change = plan.changes.find((planned) => planned.address === address);
  if (change === undefined) throw new Error(`The plan does not change ${address}.`);
  return change;
}

function showWarnings(printer: StepPrinter, plan: Plan, stackName: string): void {
  const warnings = plan.diagnostics.filter(({ severity, detail }) => severity === "warning" && detail.includes(stackName));
  if (warnings.length === 0) throw new Error(`The plan does not warn that stack "${stackName}" is affected.`);
  for (const { summary, detail } of warnings) printer.print(`\nWarning: ${summary}\n${withoutEmptyLines(detail)}`, "warning");
}

/** Bitlift separates the parts of a diagnostic with empty lines. */
function withoutEmptyLines(text: string): string {
  return text.trim().replace(/\n{2,}/g, "\n");
}

function requirePlan(plan: Plan, isExpected: boolean, expectation: string): void {
  if (!isExpected) throw new Error(`The demo expects a plan that ${expectation}, but the plan is:\n${changesText(plan.changes)}`);
}
