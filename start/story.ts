/** The steps of `npm start`. Every line about a result is read from the engine, the state, a plan or the emulators; nothing is written in advance. */
import { join, resolve } from "node:path";
import { buildPlugin } from "../build/plugin";
import { chooseEngine } from "../engine";
import type { Sandbox } from "../sandbox";
import type { Children } from "./children";
import { changesIn, changesText, differences, type PlannedChange } from "./plan-reading";
import { Project, type Context, type Plan } from "./project";
import { Remote } from "./remote";
import type { Screen } from "./screen";
import { attachStack, Deliveries, showBothSides } from "./two-sides";

const ROOT = resolve(__dirname, "..");
const INTEGRATION = "bitlift_bitbucket_cloud_integration.";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook.";

/** What the story needs from whoever tells it. */
export interface Stage {
  readonly screen: Screen;
  readonly children: Children;
  /** An empty folder. */
  readonly folder: string;
  readonly sandbox: Sandbox;
}

interface Integration {
  readonly key: string;
  readonly name: string;
  readonly apiTokenEnv: string;
  readonly repositories: readonly string[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** Tells everything, and throws when a step does not do what it says. */
export async function tellTheStory({ screen, children, folder, sandbox }: Stage): Promise<void> {
  const remote = new Remote(sandbox);
  screen.title("Bitlift: Spacelift's Bitbucket integrations as code");
  screen.say("The main job, on this machine only: emulators of Spacelift and Bitbucket Cloud answer, and no account is needed.");

  const engine = await screen.step("Engine, plugin, emulators", async () => {
    const chosen = await chooseEngine();
    const bytes = await buildPlugin({
      entry: join(ROOT, "provider/main.ts"),
      outfile: join(ROOT, "dist/plugin/terraform-provider-bitlift"),
    });
    screen.say(`Engine     ${chosen.name} ${chosen.version}, ${chosen.path}`);
    screen.say(`Plugin     one file of ${(bytes / 1000).toFixed(0)} kB, built from provider/`);
    screen.say(`Spacelift  ${sandbox.environment["SPACELIFT_API_KEY_ENDPOINT"] ?? ""}`);
    screen.say(`Bitbucket  ${sandbox.environment["BITBUCKET_API_URL"] ?? ""}`);
    return chosen;
  });

  const context = await Project.ownContext();
  const integration = onlyIntegration(context);
  const [repository = ""] = integration.repositories;
  const [workspace = "", slug = ""] = repository.split("/");
  const project = await Project.create(folder, engine, children, {
    ...sandbox.environment,
    // What Spacelift reads code with: another credential than ours, and in no file.
    [integration.apiTokenEnv]: sandbox.environment["SPACELIFT_BITBUCKET_TOKEN"] ?? "",
  });

  await screen.step("What is declared: the context of cdktf.json", async () => {
    await project.configure(context);
    screen.say(JSON.stringify(context, null, 2));
  });

  await screen.step("cdktf deploy", async () => {
    const output = await project.cdktf(["deploy", "--auto-approve"], (line) => {
      const done = /\S+: (?:Creation|Modifications) complete after \d+m?s/.exec(line)?.[0];
      if (done !== undefined) screen.say(done, "quiet");
    });
    const done = /Apply complete!.*/.exec(output)?.[0];
    if (done === undefined) throw new Error(`cdktf deploy did not say that the apply is complete:\n${output}`);
    screen.say(done, "good");
  });

  const deployed = await project.state();
  const [integrationAddress, made] = only(deployed, INTEGRATION);
  await screen.step("What exists now, on both sides", () => showBothSides(screen, remote, deployed, made));

  const stack = await screen.step("A stack takes its source through the integration", async () => {
    const attached = await attachStack(remote, made, { workspace, slug });
    screen.say(
      `stackUpdate: ${attached.name} (${attached.id}) reads ${repository}, branch ${attached.branch}, through "${String(made["name"])}"`,
    );
    return attached;
  });

  await screen.step("A push, and a pull request that is merged", async () => {
    const at = { workspace, repository: slug };
    const deliveries = new Deliveries(remote, stack.id);
    await remote.control("bitbucket-cloud", "push", { ...at, branch: stack.branch });
    await deliveries.show(screen, `push to ${stack.branch}`);
    const opened = await remote.control<{ readonly id: number }>("bitbucket-cloud", "pull-request", {
      ...at,
      action: "created",
      source: "more-subnets",
      target: stack.branch,
    });
    await deliveries.show(screen, `pull request ${String(opened.id)} opened`);
    await remote.control("bitbucket-cloud", "pull-request", { ...at, action: "merged", id: opened.id });
    await deliveries.show(screen, `pull request ${String(opened.id)} merged`);
  });

  await screen.step("A second plan", async () => {
    await remote.forgetRequests();
    const plan = await project.plan();
    if (!plan.empty) throw new Error(`the second plan is not empty:\n${changesText(changesIn(plan.resources))}`);
    screen.say("No changes.", "good");
    const webhooks = plan.resources.filter(({ address }) => address.startsWith(WEBHOOK)).length;
    const [bitbucket, spacelift] = [await remote.countRequests("bitbucket-cloud"), await remote.countRequests("spacelift")];
    screen.say(
      `It took ${String(bitbucket)} requests to Bitbucket for ${String(webhooks)} webhooks, and ${String(spacelift)} to Spacelift.`,
    );
  });

  const newName = `${integration.name} and Billing`;
  await screen.step(`A plan for a rename, to "${newName}"`, async () => {
    await project.configure(withIntegration(context, integration.key, { name: newName }));
    await project.cdktf(["synth"]);
    const plan = await project.plan();
    const change = showChanges(screen, plan, integrationAddress);
    insist(
      change.actions.join() === "create,delete" && change.unknown.has("webhook_url"),
      "a rename creates first, and its URL is new",
      plan,
    );
    screen.say(
      "\nSpacelift makes the URL from the name, so a rename is a new integration. It is created first, the webhooks follow, the old one goes last.",
    );
    showWarnings(screen, plan, stack.name);
  });

  const replacement = await screen.step("A plan for a replacement under the same name: -replace", async () => {
    await project.configure(withIntegration(context, integration.key, { replacementOrder: "destroy-first" }));
    await project.cdktf(["synth"]);
    const plan = await project.plan(`-replace=${integrationAddress}`);
    const change = showChanges(screen, plan, integrationAddress);
    const changed = differences(change);
    insist(
      change.actions.join() === "delete,create" && !changed.includes("webhook_url") && changed.includes("webhook_secret_fingerprint"),
      "a replacement under the same name keeps the URL and rotates the secret",
      plan,
    );
    screen.say(
      "\nSame name, same URL: no repository has to be re-pointed. The secret is a new one, and each webhook gets it in place, in the same apply.",
    );
    return plan;
  });

  await screen.step("Applying that, while a stack takes its source through the integration", async () => {
    const said = await project.refusedApply(replacement);
    const refusal = said?.find(({ severity, detail }) => severity === "error" && detail.includes(stack.name));
    if (refusal === undefined) throw new Error("the apply was not refused for the sake of the stack");
    screen.say(`Error: ${refusal.summary}\n${tight(refusal.detail)}`, "warn");
    const plan = await project.plan();
    insist(changesIn(plan.resources).length === 0, "a refused replacement leaves everything as it was", plan);
    screen.say("\nNothing was changed: the plan after it is empty.", "good");
  });

  farewell(screen);
}

function showChanges(screen: Screen, plan: Plan, integrationAddress: string): PlannedChange {
  const changes = changesIn(plan.resources);
  screen.say(changesText(changes, ["id", "webhook_url"]));
  const change = changes.find(({ address }) => address === integrationAddress);
  if (change === undefined) throw new Error("the plan does not change the integration");
  return change;
}

function showWarnings(screen: Screen, plan: Plan, stackName: string): void {
  const warnings = plan.said.filter(({ severity, detail }) => severity === "warning" && detail.includes(stackName));
  if (warnings.length === 0) throw new Error(`the plan does not warn that "${stackName}" is affected`);
  for (const { summary, detail } of warnings) screen.say(`\nWarning: ${summary}\n${tight(detail)}`, "warn");
}

/** Engines set diagnostics apart with empty lines; here they stand below each other. */
function tight(text: string): string {
  return text.trim().replace(/\n{2,}/g, "\n");
}

function insist(holds: boolean, claim: string, plan: Plan): void {
  if (!holds) throw new Error(`this plan does not show that ${claim}:\n${changesText(changesIn(plan.resources))}`);
}

function only(state: ReadonlyMap<string, Attributes>, prefix: string): readonly [string, Attributes] {
  const found = [...state].filter(([address]) => address.startsWith(prefix));
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`the state has ${String(found.length)} objects whose address starts with ${prefix}`);
  return first;
}

function onlyIntegration(context: Context): Integration {
  const [entry] = Object.entries((context["integrations"] ?? {}) as Readonly<Record<string, Omit<Integration, "key">>>);
  if (entry === undefined) throw new Error("cdktf.json declares no integration");
  return { key: entry[0], ...entry[1] };
}

function withIntegration(context: Context, key: string, changes: Attributes): Context {
  const integrations = context["integrations"] as Readonly<Record<string, Attributes>>;
  return { ...context, integrations: { ...integrations, [key]: { ...integrations[key], ...changes } } };
}

function farewell(screen: Screen): void {
  screen.title("\nWith real accounts");
  screen.say(
    [
      "Set SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID and SPACELIFT_API_KEY_SECRET (or SPACELIFT_API_TOKEN),",
      "and BITBUCKET_ACCESS_TOKEN (or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN).",
      "Change context.bitlift in cdktf.json; each apiTokenEnv there names the variable with the token that Spacelift reads code with.",
      "Then: npm run build -- --plugin && npx cdktf deploy",
      "",
      "To try your own configuration or pipeline without an account: npm run sandbox",
    ].join("\n"),
  );
}
