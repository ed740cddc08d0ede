/** Engines print a warning about an object once for each walk over the configuration, so it may be in the log twice. */
import type { PlanMessage, PlanModel } from "../plan/plan-model";

export function withoutRepeatedMessages(plan: PlanModel): PlanModel {
  if (plan.messages === undefined) return plan;
  const different = new Map<string, PlanMessage>();
  for (const message of plan.messages) {
    const { severity, code, address, summary, why, fix } = message;
    const key = JSON.stringify([severity, code, address, summary, why, fix]);
    if (!different.has(key)) different.set(key, message);
  }
  return { ...plan, messages: [...different.values()] };
}
