/** Saves the time in which V8 optimizes functions that a short command calls a few hundred times. */
import { setFlagsFromString } from "node:v8";

/**
 * How much bytecode a function may run before V8 considers optimizing it. In Node.js 20 (V8 11.3), the optimizing compiler takes most of the time
 * of the threads beside the main one.
 */
const DEFAULT_BUDGET = 67_584;
const LARGE_BUDGET = 400_000;

/** A command that takes longer calls its functions so often that optimizing them pays off. */
const SHORT_COMMAND_MILLISECONDS = 2_000;

/** Node.js 22 and later have a compiler between the two, and gain nothing. */
export function delayOptimization(): void {
  if (!process.versions.node.startsWith("20.")) return;
  setBudget(LARGE_BUDGET);
  setTimeout(() => setBudget(DEFAULT_BUDGET), SHORT_COMMAND_MILLISECONDS).unref();
}

function setBudget(bytes: number): void {
  setFlagsFromString(`--interrupt-budget=${bytes}`);
}
