/** Shows which webhook deliveries Spacelift received, and which runs they started. */
import type { SandboxClient } from "../harness";
import type { StepPrinter } from "./step-printer";

interface Delivery {
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

export class DeliveryReport {
  readonly #remote: SandboxClient;
  readonly #printer: StepPrinter;
  #shownCount = 0;

  constructor(remote: SandboxClient, printer: StepPrinter) {
    this.#remote = remote;
    this.#printer = printer;
  }

  /**
   * Prints the deliveries since the last call, each with the runs of the stack that it started.
   * @throws if there are none, or if one does not have the expected signature
   */
  async show(stackId: string, cause: string, signature: "valid" | "missing" = "valid"): Promise<void> {
    const deliveries = await this.#remote.control<readonly Delivery[]>("spacelift", "deliveries");
    const runs = await this.#remote.control<readonly Run[]>("spacelift", "runs");
    const newDeliveries = deliveries.slice(this.#shownCount);
    this.#shownCount = deliveries.length;
    if (newDeliveries.length === 0) throw new Error(`Spacelift received no delivery after this: ${cause}.`);
    this.#printer.print(cause);
    for (const delivery of newDeliveries) {
      const started = runs.filter(({ id, stack }) => delivery.effect.runs.includes(id) && stack === stackId);
      this.#print(delivery, started, signature);
    }
  }

  #print({ event, status, effect, signature: received }: Delivery, runs: readonly Run[], expected: "valid" | "missing"): void {
    if (received !== expected || status !== (expected === "valid" ? 200 : 401))
      throw new Error(`Spacelift responded to ${event} with status ${status}, signature ${received}.`);
    const startedRuns = runs.map(({ type, stack, branch }) => `started a ${type} run of stack ${stack} on branch ${branch}`).join("; ");
    const result = startedRuns === "" ? (effect.note ?? "recorded") : startedRuns;
    const style = runs.length > 0 ? "success" : expected === "valid" ? "plain" : "warning";
    this.#printer.print(`  ${event.padEnd(22)} signature ${expected}, status ${status}: ${result}`, style);
  }
}
