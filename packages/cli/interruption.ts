/** When a program that keeps running should end: on a signal, or when npm, which started it, is gone. */

const PARENT = process.ppid;
const POLL_MILLISECONDS = 500;

/**
 * Calls `end` once. Signals stay handled after that: on Ctrl+C both the terminal and npm send one, and the second must not cut the shutdown
 * short. A program that the npm script `script` started ends with its parent; one that was started by hand may outlive its shell.
 */
export function onInterruption(script: string, end: () => void): void {
  let ended = false;
  const once = () => {
    if (ended) return;
    ended = true;
    clearInterval(watch);
    end();
  };
  const watch = setInterval(() => {
    if (process.ppid !== PARENT) once();
  }, POLL_MILLISECONDS).unref();
  if (process.env["npm_lifecycle_event"] !== script) clearInterval(watch);
  process.on("SIGINT", once).on("SIGTERM", once);
}
