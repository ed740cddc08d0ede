/** Stops a long-running program on a signal, or when the npm process that started it has ended. */

/** Read when this file loads, because the parent is still running then. */
const PARENT_PROCESS_ID = process.ppid;
const PARENT_CHECK_MILLISECONDS = 500;

/**
 * Calls `stop` once. Later signals are ignored: on Ctrl+C both the terminal and npm send one, and the second must not interrupt the shutdown.
 * A program started by the npm script `script` also stops when its parent ends. A program started in another way may outlive its shell.
 */
export function onInterruption(script: string, stop: () => void): void {
  let stopped = false;
  const stopOnce = () => {
    if (stopped) return;
    stopped = true;
    clearInterval(parentCheck);
    stop();
  };
  const parentCheck = setInterval(() => {
    if (process.ppid !== PARENT_PROCESS_ID) stopOnce();
  }, PARENT_CHECK_MILLISECONDS).unref();
  if (process.env["npm_lifecycle_event"] !== script) clearInterval(parentCheck);
  process.on("SIGINT", stopOnce).on("SIGTERM", stopOnce);
}
