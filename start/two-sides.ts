/** Looks at Spacelift and Bitbucket after the deployment: what exists, who uses it, and what a push sets off. */
import { REQUIRED_BITBUCKET_CLOUD_EVENTS } from "../vocabulary/required-events";
import type { Remote } from "./remote";
import type { Screen } from "./screen";

const WEBHOOK = "bitlift_bitbucket_cloud_webhook.";

type Attributes = Readonly<Record<string, unknown>>;

/** Shows the integration and every webhook, as the two remote systems describe them. */
export async function showBothSides(
  screen: Screen,
  remote: Remote,
  deployed: ReadonlyMap<string, Attributes>,
  made: Attributes,
): Promise<void> {
  const query = "query Integration($id: ID!) { bitbucketCloudIntegration(id: $id) { id name webhookUrl space { id name } } }";
  interface Answer {
    readonly bitbucketCloudIntegration: {
      readonly id: string;
      readonly name: string;
      readonly webhookUrl: string;
      readonly space: { readonly id: string; readonly name: string };
    };
  }
  const { bitbucketCloudIntegration: found } = await remote.graphql<Answer>(query, { id: made["id"] });
  screen.say(`Spacelift  integration "${found.name}" (${found.id}) in Space "${found.space.name}"`);
  screen.say(`           receives at ${found.webhookUrl}`);
  screen.say(`           webhook secret ${String(made["webhook_secret_fingerprint"])} (a fingerprint; the secret is in no file)`);
  for (const [address, webhook] of deployed) {
    if (!address.startsWith(WEBHOOK)) continue;
    const name = `${String(webhook["workspace"])}/${String(webhook["repository"])}`;
    interface Hook {
      readonly url: string;
      readonly description: string;
      readonly events: readonly string[];
      readonly secret_set: boolean;
    }
    const hook = await remote.bitbucket<Hook>(`/repositories/${name}/hooks/${encodeURIComponent(String(webhook["uuid"]))}`);
    if (hook.url !== found.webhookUrl) throw new Error(`the webhook of ${name} calls ${hook.url}`);
    const missing = REQUIRED_BITBUCKET_CLOUD_EVENTS.filter(({ key }) => !hook.events.includes(key));
    if (missing.length > 0) throw new Error(`the webhook of ${name} misses ${missing.map(({ key }) => key).join(", ")}`);
    screen.say(
      `Bitbucket  ${name}: "${hook.description}", ${String(hook.events.length)} events, ${hook.secret_set ? "secret set" : "no secret"}`,
    );
  }
}

/** A stack that reads its source through the integration. */
export interface AttachedStack {
  readonly id: string;
  readonly name: string;
  readonly branch: string;
}

/** Takes a stack that exists already, moves it into the integration's Space, and gives it the integration as its source. */
export async function attachStack(
  remote: Remote,
  integration: Attributes,
  at: { readonly workspace: string; readonly slug: string },
): Promise<AttachedStack> {
  const { stacks } = await remote.graphql<{ readonly stacks: readonly AttachedStack[] }>("{ stacks { id name branch } }");
  const [stack] = stacks;
  if (stack === undefined) throw new Error("the emulator's Spacelift account has no stack");
  const mutation = "mutation Attach($id: ID!, $input: StackInput!) { stackUpdate(id: $id, input: $input) { id name branch } }";
  const input = {
    name: stack.name,
    branch: stack.branch,
    administrative: false,
    space: integration["space_id"],
    provider: "BITBUCKET_CLOUD",
    namespace: at.workspace,
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

  constructor(
    private readonly remote: Remote,
    private readonly stackId: string,
  ) {}

  /** The deliveries since the last call, each with its signature and the runs that it started; one of them must be valid. */
  async show(screen: Screen, cause: string): Promise<void> {
    const all = await this.remote.control<readonly Received[]>("spacelift", "deliveries");
    const runs = await this.remote.control<readonly Run[]>("spacelift", "runs");
    const fresh = all.slice(this.told);
    this.told = all.length;
    if (fresh.length === 0) throw new Error(`Spacelift received nothing after the ${cause}`);
    screen.say(cause);
    for (const { event, signature, status, effect } of fresh) {
      if (signature !== "valid" || status !== 200) throw new Error(`${event} was answered with ${String(status)}, signature ${signature}`);
      const started = runs.filter(({ id, stack }) => effect.runs.includes(id) && stack === this.stackId);
      const what =
        started.length === 0
          ? (effect.note ?? "recorded")
          : started.map(({ type, branch }) => `run ${type} of ${this.stackId}, branch ${branch}`).join("; ");
      screen.say(
        `  ${event.padEnd(22)} signature ${signature}, answered ${String(status)}: ${what}`,
        started.length > 0 ? "good" : "plain",
      );
    }
  }
}
