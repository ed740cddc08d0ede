/** What is said when a signal ends the command. */
import { problem } from "../catalog";
import type { Interruption } from "./child";

/** At the first signal. @param isEngine Whether engines are running, and nothing else. */
export function stoppingText(isEngine: boolean): string {
  return isEngine
    ? "Stopping. The engine finishes what it has started, and stores it. A second Ctrl+C stops it at once, and the state may then lack what it has done."
    : "Stopping.";
}

export function interrupted(interruption: Interruption): Error {
  if (interruption.isForced()) {
    return problem("command-interrupted", {
      why: "The command received a second signal, so the engine stopped at once. The state may lack what it has done.",
      fix: "Run bitlift plan: what it wants to create may exist already. If the state is still locked, unlock it with the command force-unlock of the engine.",
    });
  }
  return problem("command-interrupted", {
    why: "The command received a signal. The engine stored everything that it had done, and nothing else was started.",
    fix: "Run the same command again to do the rest.",
  });
}

export function interruptedBeforePlans(): Error {
  return problem("command-interrupted", {
    why: "The command received a signal before anything was planned.",
    fix: "Run the same command again.",
  });
}
