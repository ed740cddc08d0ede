/** Runs `bitlift` with the arguments of this process, then exits. */
// First, because it reads the id of the parent process when it loads.
import "./interruption";
import { createProgram } from "./program";

// The reader of a pipe may end early (`bitlift plan | head`). An apply must not stop for that.
process.stdout.on("error", (failure: NodeJS.ErrnoException) => {
  if (failure.code !== "EPIPE") throw failure;
});

async function report(thrown: unknown): Promise<void> {
  const { reportFailure } = await import("./failure.js");
  process.exitCode = reportFailure(thrown);
}

// Thrown outside the promise of the command, for example by a listener.
process.on("uncaughtException", (thrown) => void report(thrown).finally(() => process.exit()));

createProgram()
  .parseAsync()
  .catch(report)
  // Exits explicitly: otherwise Node.js first removes the signal handlers, and a signal that npm forwards late would kill the process.
  .finally(() => process.exit());
