/** Stops a long-running program on a signal, or when the npm process that started it has ended. */

/** Read when this file loads, because the parent is still running then. */
const PARENT_PROCESS_ID = process.ppid;
const PARENT_CHECK_MILLISECONDS = 500;

/**
 * Calls `stop` once. Later signals are ignored: on Ctrl+C both the terminal and npm send one, and the second must not interrupt the shutdown.
 * A program started by npm also stops when its parent ends: npm ends the shell between the two, and not the program. A program started in another way
 * may outlive its shell.
 * @param script The name of the npm script.
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
  if (!isStartedByNpm(script)) clearInterval(parentCheck);
  process.on("SIGINT", stopOnce).on("SIGTERM", stopOnce);
}

const COMMAND = "bitlift";

/** What npx starts passes these variables on to its own children: they are meant only if npx names this command. */
function isStartedByNpm(script: string): boolean {
  const { npm_lifecycle_event: event, npm_lifecycle_script: started = "" } = process.env;
  return event === script || (event === "npx" && started.split(/[\s'"]+/).includes(COMMAND));
}
