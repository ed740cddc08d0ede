/** When a program that stays should end: a signal, or npm, which started it, is gone. */

const PARENT = process.ppid;
const PACE = 500;

/**
 * Calls `end` once. Signals stay handled after that: on Ctrl+C both the terminal and npm send one, and the second must not cut the ending short.
 * A program that npm's script `script` started ends with its parent; one that was started by hand may outlive the shell it came from.
 */
export function onInterruption(script: string, end: () => void): void {
  let over = false;
  const once = () => {
    if (over) return;
    over = true;
    clearInterval(watch);
    end();
  };
  const watch = setInterval(() => {
    if (process.ppid !== PARENT) once();
  }, PACE).unref();
  if (process.env["npm_lifecycle_event"] !== script) clearInterval(watch);
  process.on("SIGINT", once).on("SIGTERM", once);
}
