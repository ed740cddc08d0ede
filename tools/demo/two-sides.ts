/** Looks at Spacelift and Bitbucket after the deployment: what exists, who uses it, and what a push sets off. */
import type { Product } from "./products";
import type { Remote } from "./remote";
import type { Screen } from "./screen";

type Attributes = Readonly<Record<string, unknown>>;

/** Shows an integration and each of its webhooks, as the two remote systems describe them. */
export async function showBothSides(
  screen: Screen,
  remote: Remote,
  product: Product,
  deployed: ReadonlyMap<string, Attributes>,
  made: Attributes,
): Promise<void> {
  const query = `query Integration($id: ID!) { ${product.query}(id: $id) { id name ${product.webhookUrl} space { id name } } }`;
  interface Found extends Attributes {
    readonly id: string;
    readonly name: string;
    readonly space: { readonly id: string; readonly name: string };
  }
  const answer = await remote.graphql<Readonly<Record<string, Found>>>(query, { id: made["id"] });
  const found = answer[product.query];
  const webhookUrl = String(found?.[product.webhookUrl]);
  if (found === undefined) throw new Error(`Spacelift does not show the integration ${String(made["id"])}`);
  screen.say(`Spacelift  integration "${found.name}" (${found.id}) for ${product.title} in Space "${found.space.name}"`);
  screen.say(`           receives at ${webhookUrl}`);
  screen.say(`           webhook secret ${String(made["webhook_secret_fingerprint"])} (a fingerprint; the secret is in no file)`);
  for (const [address, webhook] of deployed) {
    if (!address.startsWith(product.webhook)) continue;
    const name = `${String(webhook[product.namespace])}/${String(webhook["repository"])}`;
    const hook = await product.hookOf(remote, webhook);
    if (hook.url !== webhookUrl) throw new Error(`the webhook of ${name} calls ${hook.url}`);
    const missing = product.requiredEvents.filter((event) => !hook.events.includes(event));
    if (missing.length > 0) throw new Error(`the webhook of ${name} misses ${missing.join(", ")}`);
    screen.say(`Bitbucket  ${name}: "${hook.title}", ${String(hook.events.length)} events, ${hook.secretSet ? "secret set" : "no secret"}`);
  }
}

/** A stack that reads its source through the integration. */
export interface AttachedStack {
  readonly provider: string;
  readonly repository: string;
  readonly id: string;
  readonly name: string;
  readonly branch: string;
}

/** Takes a stack that exists already, moves it into the integration's Space, and gives it the integration as its source. */
export async function attachStack(
  remote: Remote,
  product: Product,
  integration: Attributes,
  at: { readonly namespace: string; readonly slug: string },
): Promise<AttachedStack> {
  const { stacks } = await remote.graphql<{ readonly stacks: readonly AttachedStack[] }>(
    "{ stacks { id name branch provider repository } }",
  );
  const ofProduct = stacks.filter(({ provider }) => provider === product.provider);
  const stack = ofProduct.find(({ repository }) => repository === at.slug) ?? ofProduct[0];
  if (stack === undefined) throw new Error(`the emulator's Spacelift account has no stack for ${product.title}`);
  const mutation =
    "mutation Attach($id: ID!, $input: StackInput!) { stackUpdate(id: $id, input: $input) { id name branch provider repository } }";
  const input = {
    name: stack.name,
    branch: stack.branch,
    administrative: false,
    space: integration["space_id"],
    provider: product.provider,
    namespace: at.namespace,
    repository: at.slug,
    vcsIntegrationId: integration["id"],
  };
  const { stackUpdate } = await remote.graphql<{ readonly stackUpdate: AttachedStack }>(mutation, { id: stack.id, input });
  return stackUpdate;
}

interface Received {
  readonly event: string;
  readonly repository: string | null;
  readonly signature: string;
  readonly status: number;
  readonly effect: { readonly runs: readonly string[]; readonly note?: string };
}

interface Run {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  readonly branch: string;
}

/** What Spacelift receives, told in portions. */
export class Deliveries {
  private told = 0;

  constructor(private readonly remote: Remote) {}

  /**
   * The deliveries since the last call, each with its signature and the runs of the stack that it started; there must be one.
   * @param signature what each of them must have
   */
  async show(screen: Screen, stackId: string, cause: string, signature: "valid" | "missing" = "valid"): Promise<void> {
    const all = await this.remote.control<readonly Received[]>("spacelift", "deliveries");
    const runs = await this.remote.control<readonly Run[]>("spacelift", "runs");
    const fresh = all.slice(this.told);
    this.told = all.length;
    if (fresh.length === 0) throw new Error(`Spacelift received nothing after the ${cause}`);
    screen.say(cause);
    for (const { event, status, effect, ...received } of fresh) {
      if (received.signature !== signature || status !== (signature === "valid" ? 200 : 401))
        throw new Error(`${event} was answered with ${String(status)}, signature ${received.signature}`);
      const started = runs.filter(({ id, stack }) => effect.runs.includes(id) && stack === stackId);
      const what =
        started.length === 0
          ? (effect.note ?? "recorded")
          : started.map(({ type, branch }) => `run ${type} of ${stackId}, branch ${branch}`).join("; ");
      screen.say(
        `  ${event.padEnd(22)} signature ${signature}, answered ${String(status)}: ${what}`,
        started.length > 0 ? "good" : signature === "valid" ? "plain" : "warn",
      );
    }
  }
}
