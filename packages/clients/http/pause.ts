/** A pause between attempts, which a cancellation ends. */
import { setTimeout as sleep } from "node:timers/promises";
import { MAX_TIMER_MS } from "./connection";
import { cancellationProblem } from "./problems";
import type { RequestSummary } from "./request";

/** @throws Problem `operation-canceled` */
export async function pause(ms: number, signal: AbortSignal, request: RequestSummary): Promise<void> {
  try {
    await sleep(Math.min(ms, MAX_TIMER_MS), undefined, { signal });
  } catch {
    throw cancellationProblem(request);
  }
}
