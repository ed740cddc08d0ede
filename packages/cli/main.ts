/** Runs `bitlift` with the arguments of this process, then exits. */
// First, because it reads the id of the parent process when it loads.
import "./interruption";
import { createProgram } from "./program";

/** How long the command itself may take to clean up after something was thrown outside it. */
const CLEAN_UP_MILLISECONDS = 2_000;
/** The reader of a pipe has ended (`bitlift plan | head`), or the terminal is closed. An apply must not stop for that. */
const NO_READER: readonly unknown[] = ["EPIPE", "EIO"];

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (failure: NodeJS.ErrnoException) => {
    if (!NO_READER.includes(failure.code)) throw failure;
  });
}

/** Of the first failure. Others follow from it, and a command that goes on must not hide it. */
let failureCode: number | undefined;
let isFailing = false;
let failing: Promise<void> | undefined;

async function report(thrown: unknown): Promise<void> {
  if (isFailing) return;
  isFailing = true;
  const { reportFailure } = await import("./failure.js");
  failureCode = reportFailure(thrown);
}

/** Thrown outside the promise of the command, for example by a listener. Engines that are running store what they have done. */
async function endAfter(thrown: unknown): Promise<void> {
  await report(thrown);
  const { endChildren } = await import("./deployment/child.js");
  await endChildren();
  setTimeout(exit, CLEAN_UP_MILLISECONDS);
}

function exit(): void {
  process.exit(failureCode ?? process.exitCode);
}

process.on("uncaughtException", (thrown) => {
  failing ??= endAfter(thrown);
});

async function run(): Promise<void> {
  await createProgram().parseAsync().catch(report);
  // A write that failed says so only after the command has ended.
  await new Promise((done) => setImmediate(done));
  await failing;
}

// Exits explicitly: otherwise Node.js first removes the signal handlers, and a signal that npm forwards late would kill the process.
void run().finally(exit);
