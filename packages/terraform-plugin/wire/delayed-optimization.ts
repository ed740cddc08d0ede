/** Saves the time in which V8 optimizes functions that a short command calls a few hundred times. */
import { setFlagsFromString } from "node:v8";

/**
 * How much bytecode a function may run before V8 considers optimizing it: six times the default of V8 11.3 in Node.js 20, where the optimizing
 * compiler takes most of the time of the threads beside the main one. Functions that run for long are still optimized, only later.
 */
const INTERRUPT_BUDGET = 400_000;

/** Node.js 22 and later optimize with a compiler between the two, and gain nothing. */
export function delayOptimization(): void {
  if (process.versions.node.startsWith("20.")) setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
}
