/** Runs `bitlift` with the arguments of this process, then exits. */
// First, because it reads the id of the parent process when it loads.
import "./interruption";
import { INTERNAL_ERROR } from "./exit-codes";
import { createProgram } from "./program";

createProgram()
  .parseAsync()
  .catch((thrown: unknown) => {
    process.stderr.write(`Error: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    process.exitCode = INTERNAL_ERROR;
  })
  // Exits explicitly: otherwise Node.js first removes the signal handlers, and a signal that npm forwards late would kill the process.
  .finally(() => process.exit());
