/** A Data Center server whose deliveries arrive somewhere, with what its tests do most. */
import { type ReceivedDelivery, type Receiver, startReceiver } from "../../receiver";
import { type Datacenter, startDatacenter } from "./datacenter";

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests

export const SECRET = "the-secret-of-the-hook";
export const HOOKS = "/projects/PLAT/repos/infra/webhooks";
export const AT = { project: "PLAT", repository: "infra" };
export const ALL = [
  "repo:refs_changed",
  "pr:opened",
  "pr:from_ref_updated",
  "pr:modified",
  "pr:reviewer:approved",
  "pr:reviewer:unapproved",
  "pr:comment:added",
  "pr:declined",
  "pr:merged",
];

export interface Delivering {
  readonly server: Datacenter;
  readonly receiver: Receiver;
  readonly received: readonly ReceivedDelivery[];
  /** Makes a webhook for every event, with a secret. */
  hook(changes?: object, path?: string): Promise<{ readonly id: number }>;
  push(changes?: object): Promise<Json>;
  pullRequest(order: object): Promise<Json>;
  stop(): Promise<void>;
}

export async function startDelivering(): Promise<Delivering> {
  const receiver = await startReceiver();
  const server = await startDatacenter({ paired: [receiver.origin] });
  return {
    server,
    receiver,
    received: receiver.received,
    hook: async (changes = {}, path = HOOKS) => {
      const body = { name: "Spacelift", url: `${receiver.origin}/hook`, events: ALL, configuration: { secret: SECRET }, ...changes };
      const answer = await server.ask("POST", path, { body });
      if (answer.status !== 201) throw new Error(answer.text);
      return answer.body as { readonly id: number };
    },
    push: (changes = {}) => server.control("push", { ...AT, branch: "main", ...changes }),
    pullRequest: (order) => server.control("pull-request", { ...AT, ...order }),
    stop: async () => {
      await server.stop();
      await receiver.stop();
    },
  };
}
