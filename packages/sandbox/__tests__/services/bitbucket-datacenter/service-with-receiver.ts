/** Starts an emulated Data Center together with a receiver of its deliveries. */
import { type ReceivedDelivery, type Receiver, startReceiver } from "../../receiver";
import { type DatacenterTestService, startDatacenter } from "./test-service";

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests

export const SECRET = "the-secret-of-the-hook";
export const HOOKS = "/projects/PLAT/repos/infra/webhooks";
export const TARGET = { project: "PLAT", repository: "infra" };
export const ALL_EVENTS = [
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

export interface ServiceWithReceiver {
  readonly server: DatacenterTestService;
  readonly receiver: Receiver;
  readonly received: readonly ReceivedDelivery[];
  /** The webhook subscribes to all events and has a secret. */
  createWebhook(changes?: object, path?: string): Promise<{ readonly id: number }>;
  push(changes?: object): Promise<Json>;
  changePullRequest(input: object): Promise<Json>;
  stop(): Promise<void>;
}

export async function startServiceWithReceiver(): Promise<ServiceWithReceiver> {
  const receiver = await startReceiver();
  const server = await startDatacenter({ paired: [receiver.origin] });
  return {
    server,
    receiver,
    received: receiver.received,
    createWebhook: async (changes = {}, path = HOOKS) => {
      const body = { name: "Spacelift", url: `${receiver.origin}/hook`, events: ALL_EVENTS, configuration: { secret: SECRET }, ...changes };
      const response = await server.request("POST", path, { body });
      if (response.status !== 201) throw new Error(response.text);
      return response.body as { readonly id: number };
    },
    push: (changes = {}) => server.control("push", { ...TARGET, branch: "main", ...changes }),
    changePullRequest: (input) => server.control("pull-request", { ...TARGET, ...input }),
    stop: async () => {
      await server.stop();
      await receiver.stop();
    },
  };
}
