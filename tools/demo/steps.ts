/** The steps of `npm start`. Every line about a result is read from the engine, the state, a plan or the emulators; nothing is written in advance. */
import { join, resolve } from "node:path";
import { buildPlugin } from "../build/plugin";
import { chooseEngine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import type { Children } from "./children";
import { changesIn, changesText, differences, type PlannedChange } from "./plan-reading";
import { hookPath, PRODUCTS, type Product } from "./products";
import { Project, type Context, type Plan } from "./project";
import { Remote } from "./remote";
import type { Screen } from "./screen";
import { attachStack, Deliveries, showBothSides, type AttachedStack } from "./two-sides";

const ROOT = resolve(__dirname, "../..");

/** What the story needs from whoever tells it. */
export interface Stage {
  readonly screen: Screen;
  readonly children: Children;
  /** An empty folder. */
  readonly folder: string;
  readonly sandbox: Sandbox;
}

type Attributes = Readonly<Record<string, unknown>>;

/** One integration of the configuration, with its first repository. */
interface Declared {
  readonly product: Product;
  readonly key: string;
  readonly name: string;
  /** Variable with the token that Spacelift reads code with. */
  readonly tokenVariable: string;
  readonly namespace: string;
  readonly slug: string;
}

/** The same once it is deployed, with a stack that uses it. */
interface Deployed extends Declared {
  readonly address: string;
  readonly made: Attributes;
  readonly stack: AttachedStack;
}

/** Tells everything, and throws when a step does not do what it says. */
export async function tellTheStory({ screen, children, folder, sandbox }: Stage): Promise<void> {
  const remote = new Remote(sandbox);
  screen.title("Bitlift: Spacelift's Bitbucket integrations as code");
  screen.say(
    "The main job, on this machine only: emulators of Spacelift, Bitbucket Cloud and Bitbucket Data Center answer, and no account is needed.",
  );

  const engine = await screen.step("Engine, plugin, emulators", async () => {
    const chosen = await chooseEngine();
    const bytes = await buildPlugin({
      entry: join(ROOT, "packages/provider/main.ts"),
      outfile: join(ROOT, "dist/plugin/terraform-provider-bitlift"),
    });
    screen.say(`Engine       ${chosen.name} ${chosen.version}, ${chosen.path}`);
    screen.say(`Plugin       one file of ${(bytes / 1000).toFixed(0)} kB, built from provider/`);
    screen.say(`Spacelift    ${sandbox.environment["SPACELIFT_API_KEY_ENDPOINT"] ?? ""}`);
    screen.say(`Cloud        ${sandbox.environment["BITBUCKET_API_URL"] ?? ""}`);
    screen.say(`Data Center  ${sandbox.environment["BITBUCKET_DATACENTER_URL"] ?? ""}`);
    return chosen;
  });

  const context = await Project.ownContext();
  const declared = PRODUCTS.map((product) => declaredFor(context, product));
  const project = await Project.create(folder, engine, children, {
    ...sandbox.environment,
    // What Spacelift reads code with: other credentials than ours, and in no file.
    ...Object.fromEntries(declared.map(({ product, tokenVariable }) => [tokenVariable, sandbox.environment[product.sandboxToken] ?? ""])),
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

  const state = await project.state();
  const made = declared.map((one) => ({ ...one, ...only(state, one.product.integration) }));
  await screen.step("What exists now, on both sides", async () => {
    for (const one of made) await showBothSides(screen, remote, one.product, state, one.made);
  });

  const deployed = await screen.step("Stacks take their source through the integrations", async () => {
    const attached: Deployed[] = [];
    for (const one of made) {
      const stack = await attachStack(remote, one.product, one.made, one);
      const reads = `reads ${one.namespace}/${one.slug}, branch ${stack.branch}, through "${String(one.made["name"])}"`;
      screen.say(`stackUpdate: ${stack.name} (${stack.id}) ${reads}`);
      attached.push({ ...one, stack });
    }
    return attached;
  });

  const deliveries = new Deliveries(remote);
  await screen.step("A push, and a pull request that is merged", async () => {
    for (const { product, stack, namespace, slug } of deployed) {
      const at = { namespace, repository: slug };
      screen.say(`${product.title}, ${namespace}/${slug}`);
      await remote.control(product.service, "push", { ...at, branch: stack.branch });
      await deliveries.show(screen, stack.id, `push to ${stack.branch}`);
      const source = { action: "created", source: "more-subnets", target: stack.branch };
      const opened = await remote.control<{ readonly id: number }>(product.service, "pull-request", { ...at, ...source });
      await deliveries.show(screen, stack.id, `pull request ${String(opened.id)} opened`);
      await remote.control(product.service, "pull-request", { ...at, action: "merged", id: opened.id });
      await deliveries.show(screen, stack.id, `pull request ${String(opened.id)} merged`);
    }
  });

  await screen.step("A second plan", async () => {
    await remote.forgetRequests();
    const plan = await project.plan();
    if (!plan.empty) throw new Error(`the second plan is not empty:\n${changesText(changesIn(plan.resources))}`);
    screen.say("No changes.", "good");
    for (const { product } of deployed) {
      const webhooks = plan.resources.filter(({ address }) => address.startsWith(product.webhook)).length;
      const requests = await remote.countRequests(product.service);
      screen.say(`It took ${String(requests)} requests to ${product.title} for ${String(webhooks)} webhooks.`);
    }
    screen.say(`It took ${String(await remote.countRequests("spacelift"))} requests to Spacelift.`);
  });

  const cloud = of(deployed, "cloud");
  const datacenter = of(deployed, "datacenter");
  await screen.step(`Somebody takes the secret out of a webhook in ${datacenter.product.title}`, () =>
    loseTheSecret(screen, project, remote, deliveries, datacenter),
  );

  const newName = `${cloud.name} and Billing`;
  await screen.step(`A plan for a rename, to "${newName}"`, async () => {
    await project.configure(withIntegration(context, cloud.key, { name: newName }));
    await project.cdktf(["synth"]);
    const plan = await project.plan();
    const change = showChanges(screen, plan, cloud.address);
    insist(
      change.actions.join() === "create,delete" && change.unknown.has("webhook_url"),
      "a rename creates first, and its URL is new",
      plan,
    );
    screen.say(
      "\nSpacelift makes the URL from the name, so a rename is a new integration. It is created first, the webhooks follow, the old one goes last.",
    );
    showWarnings(screen, plan, cloud.stack.name);
  });

  const replacement = await screen.step("A plan for a replacement under the same name: -replace", async () => {
    await project.configure(withIntegration(context, datacenter.key, { replacementOrder: "destroy-first" }));
    await project.cdktf(["synth"]);
    const plan = await project.plan(`-replace=${datacenter.address}`);
    const change = showChanges(screen, plan, datacenter.address);
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
    const refusal = said?.find(({ severity, detail }) => severity === "error" && detail.includes(datacenter.stack.name));
    if (refusal === undefined) throw new Error("the apply was not refused for the sake of the stack");
    screen.say(`Error: ${refusal.summary}\n${tight(refusal.detail)}`, "warn");
    const plan = await project.plan();
    insist(changesIn(plan.resources).length === 0, "a refused replacement leaves everything as it was", plan);
    screen.say("\nNothing was changed: the plan after it is empty.", "good");
  });

  farewell(screen);
}

/** Bitbucket saves a webhook without a secret, and Spacelift refuses each of its deliveries: the plan shows it, and one apply puts it right. */
async function loseTheSecret(screen: Screen, project: Project, remote: Remote, deliveries: Deliveries, at: Deployed): Promise<void> {
  const { product, namespace, slug, stack } = at;
  const push = () => remote.control(product.service, "push", { namespace, repository: slug, branch: stack.branch });
  const webhook = [...(await project.state())].find(
    ([address, { project: key, repository }]) => address.startsWith(product.webhook) && key === namespace && repository === slug,
  );
  if (webhook === undefined) throw new Error(`the state has no webhook for ${namespace}/${slug}`);
  const [address, attributes] = webhook;
  const hook = await product.hookOf(remote, attributes);
  await remote.bitbucketDatacenter("PUT", hookPath(attributes), { name: hook.title, url: hook.url, events: hook.events, active: true });
  await push();
  await deliveries.show(screen, stack.id, `push to ${stack.branch}`, "missing");
  const plan = await project.plan();
  const change = showChanges(screen, plan, address);
  insist(change.actions.join() === "update" && differences(change).includes("secret_fingerprint"), "the secret is missing", plan);
  await project.apply(plan);
  await push();
  await deliveries.show(screen, stack.id, `push to ${stack.branch}, after the apply`);
}

function showChanges(screen: Screen, plan: Plan, subject: string): PlannedChange {
  const changes = changesIn(plan.resources);
  screen.say(changesText(changes, ["id", "webhook_url"]));
  const change = changes.find(({ address }) => address === subject);
  if (change === undefined) throw new Error(`the plan does not change ${subject}`);
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

/** The only object of the state whose address begins so. */
function only(state: ReadonlyMap<string, Attributes>, prefix: string): { readonly address: string; readonly made: Attributes } {
  const found = [...state].filter(([address]) => address.startsWith(prefix));
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`the state has ${String(found.length)} objects whose address starts with ${prefix}`);
  const [address, made] = first;
  return { address, made };
}

function of(deployed: readonly Deployed[], key: Product["key"]): Deployed {
  const found = deployed.find(({ product }) => product.key === key);
  if (found === undefined) throw new Error(`nothing was deployed for ${key}`);
  return found;
}

/** The integration that cdktf.json declares for a product. */
function declaredFor(context: Context, product: Product): Declared {
  const integrations = Object.entries((context["integrations"] ?? {}) as Readonly<Record<string, Attributes>>);
  const [key, settings] = integrations.find(([, one]) => (one["product"] ?? "cloud") === product.key) ?? [];
  const [repository = ""] = (settings?.["repositories"] ?? []) as readonly string[];
  const [namespace = "", slug = ""] = repository.split("/");
  if (key === undefined || settings === undefined || slug === "")
    throw new Error(`cdktf.json declares no integration with a repository for ${product.title}`);
  return { product, key, name: String(settings["name"]), tokenVariable: String(settings[product.tokenSetting]), namespace, slug };
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
      "for Bitbucket Cloud BITBUCKET_ACCESS_TOKEN (or BITBUCKET_EMAIL and BITBUCKET_API_TOKEN),",
      "for Bitbucket Data Center BITBUCKET_DATACENTER_URL and BITBUCKET_DATACENTER_TOKEN.",
      "Change context.bitlift in cdktf.json; each apiTokenEnv or accessTokenEnv there names the variable with the token that Spacelift reads code with.",
      "Then: npm run build -- --plugin && npx cdktf deploy",
      "",
      "To try your own configuration or pipeline without an account: npm run sandbox",
    ].join("\n"),
  );
}
