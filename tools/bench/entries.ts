/** The entries of a contest: terraform_data, our webhooks, and those of other providers. */
import type { Benchmark, Checkout } from "./benchmark";
import type { Product } from "../harness";
import type { Contestant, Entry } from "./contest";
import { PeerDeployment } from "./peer-deployment";
import { formatCount } from "./quantity";
import { prepareTerraformData } from "./terraform-data";
import { WebhookDeployment, type DeploymentOptions } from "./webhook-deployment";

/** Plans resources that exist, or creates them from an empty state. */
export type Command = "plan" | "apply";

export function baselineEntry(benchmark: Benchmark, command: Command, count: number): Entry {
  const prepare = async () => {
    const data = await prepareTerraformData(benchmark, count);
    return { run: () => (command === "plan" ? data.plan() : data.create()), stop: () => Promise.resolve() };
  };
  return { role: "baseline", name: `${command} of ${formatCount(count)} terraform_data`, count, prepare };
}

export interface WebhooksOptions {
  readonly product: Product;
  readonly checkout: Checkout;
  readonly webhooks: number;
  /** Default: 1. */
  readonly perRepository?: number;
}

export function webhooksEntry(benchmark: Benchmark, command: Command, options: WebhooksOptions): Entry {
  const { product, checkout, webhooks, perRepository = 1 } = options;
  const size = { repositories: Math.ceil(webhooks / perRepository), webhooksPerRepository: perRepository };
  const deployment: DeploymentOptions = { product, checkout, size };
  const prepare = async () => {
    if (command === "plan") {
      const applied = await WebhookDeployment.applied(benchmark, deployment);
      return { run: () => applied.plan(), stop: () => applied.stop() };
    }
    return newForEachRun(async () => {
      const empty = await WebhookDeployment.empty(benchmark, deployment);
      return { run: () => empty.apply(), stop: () => empty.stop() };
    });
  };
  const shape = perRepository === 1 ? "" : `, ${perRepository} per repository`;
  const name = `${command} of ${formatCount(webhooks)} webhooks on ${product.title}${shape}`;
  return { role: "webhooks", name, count: webhooks, prepare };
}

/** One entry for each peer that has a folder for this command and number. */
export function peerEntries(benchmark: Benchmark, command: Command, webhooks: number): readonly Entry[] {
  return benchmark.peers.flatMap((peer) => {
    const folder = peer.folderFor(command, webhooks);
    if (folder === undefined) return [];
    const start = () => PeerDeployment.start(benchmark, { root: peer.root, folder, webhooks });
    const prepare = async () => {
      if (command === "plan") {
        const applied = await start();
        await applied.ensureCreated();
        return { run: () => applied.plan(), stop: () => applied.stop() };
      }
      return newForEachRun(async () => {
        const empty = await start();
        return { run: () => empty.create(), stop: () => empty.stop() };
      });
    };
    return [{ role: "peer", name: `${command} of ${formatCount(webhooks)} by ${peer.name}`, count: webhooks, prepare }] as const;
  });
}

/** A contestant that starts another deployment for each run, because a run creates what must not exist yet. */
function newForEachRun(start: () => Promise<Contestant>): Contestant {
  const run = async () => {
    const contestant = await start();
    try {
      return await contestant.run();
    } finally {
      await contestant.stop();
    }
  };
  return { run, stop: () => Promise.resolve() };
}
