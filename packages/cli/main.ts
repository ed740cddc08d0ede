/** Runs `bitlift` with the arguments of this process, then exits. */
// First, because it remembers the parent process.
import "./interruption";
import { INTERNAL_ERROR } from "./exit-codes";
import { program } from "./program";

program()
  .parseAsync()
  .catch((thrown: unknown) => {
    process.stderr.write(`Error: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    process.exitCode = INTERNAL_ERROR;
  })
  // Exit explicitly: when the event loop merely runs dry, Node.js removes the signal handlers first, and a signal that npm forwards late kills the process.
  .finally(() => process.exit());
