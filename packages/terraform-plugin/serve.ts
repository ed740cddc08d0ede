/** The executable part of a plugin: serves an engine that started it, waits for one with `--debug`, or prints help. */
import { writeSync } from "node:fs";
import type { AnyProvider } from "./provider";
import { redact } from "./schema/secrets";
import { Session } from "./server/session";
import { engineSpeaksProtocol, handshakeLine, reattachJson, startedByEngine } from "./wire/handshake";
import type * as Listen from "./wire/listen";
import { levelFrom, pluginLog, type PluginLog } from "./wire/log";
import type * as Rpc from "./wire/rpc";

const STDOUT = 1;
const STDERR = 2;
const PARENT_CHECK_MILLISECONDS = 1_000;

/** Serves the provider until the engine shuts it down. Resolves once the engine can connect; the process keeps running after that. */
export async function serve(provider: AnyProvider): Promise<void> {
  const options = process.argv.slice(2);
  const debug = options.includes("--debug");
  if (options.includes("--help")) {
    print(STDOUT, helpText(provider));
    return;
  }
  if (!debug && !startedByEngine(process.env)) {
    print(STDERR, helpText(provider));
    process.exitCode = 1;
    return;
  }
  if (!debug && !engineSpeaksProtocol(process.env)) {
    // Engines show the first line of standard output if a plugin does not start.
    print(STDOUT, `${provider.name} requires an engine with plugin protocol 6: Terraform 1.5 or later, or OpenTofu 1.6 or later.\n`);
    process.exitCode = 1;
    return;
  }
  const log = pluginLog(provider.name, levelFrom(process.env), (line) => {
    print(STDERR, line);
  });
  const session = new Session(provider, log);
  const start = { completed: debug };
  exitOnException(session, start);
  if (debug) await waitForEngine(session, log);
  else await serveEngine(session, log);
  start.completed = true;
}

/** Serves the engine that started this process. */
async function serveEngine(session: Session, log: PluginLog): Promise<void> {
  const server = await startServer(session, log, { environment: process.env, onShutdown: () => process.exit(0) });
  // A terminal sends Ctrl+C to the engine and to its plugins. The engine decides what to do, and calls StopProvider.
  process.on("SIGINT", () => undefined);
  exitWithParent(process.ppid);
  const { address, endpoint, certificate } = server;
  const multiplex = process.env.PLUGIN_MULTIPLEX_GRPC === "true";
  print(STDOUT, `${handshakeLine({ network: address.network, address: endpoint, certificate, multiplex })}\n`);
}

/** Serves any engine that is started with the printed variable. */
async function waitForEngine(session: Session, log: PluginLog): Promise<void> {
  // There is no launcher, so none passes a certificate or shuts the plugin down.
  const environment = { ...process.env, PLUGIN_CLIENT_CERT: "" };
  const { address, endpoint } = await startServer(session, log, { environment, onShutdown: () => undefined });
  process.on("SIGINT", () => process.exit(0));
  const { name, source } = session.provider;
  print(STDERR, `${name} is waiting for an engine. Set this variable where you run the engine. Press Ctrl+C to stop.\n\n`);
  print(STDOUT, `TF_REATTACH_PROVIDERS='${reattachJson(source, process.pid, address.network, endpoint)}'\n`);
}

async function startServer(
  session: Session,
  log: PluginLog,
  options: Pick<Listen.ListenOptions, "environment" | "onShutdown">,
): Promise<Listen.ListeningServer> {
  // Loaded on demand: code that only reads declarations also imports this file, and needs no server.
  /* eslint-disable @typescript-eslint/no-require-imports -- as above */
  const { listen } = require("./wire/listen") as typeof Listen;
  const { rpcMethods } = require("./wire/rpc") as typeof Rpc;
  /* eslint-enable @typescript-eslint/no-require-imports */
  const server = await listen(rpcMethods(session), { ...options, log });
  process.on("exit", () => {
    server.address.remove();
  });
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGHUP", () => process.exit(129));
  return server;
}

/** Until the start is completed, an engine reads standard output, and shows its first line if that is not the handshake line. */
function exitOnException(session: Session, start: { readonly completed: boolean }): void {
  process.on("uncaughtException", (thrown: unknown) => {
    const message = redact(thrown instanceof Error ? thrown.message : String(thrown), session.secrets);
    if (!start.completed) print(STDOUT, `The provider ${session.provider.name} could not start: ${message.replaceAll(/\s+/g, " ")}\n`);
    // If the command fails, engines show the text after `panic:` to the user.
    const text = redact(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown), session.secrets);
    print(STDERR, `panic: ${text}\n`);
    process.exit(2);
  });
}

/** Exits when the parent process has ended: an engine that was killed cannot shut its plugins down. */
function exitWithParent(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MILLISECONDS).unref();
}

/** Writes directly to the file descriptor: Node's stream objects take a millisecond to create, and may lose lines when the process exits. */
function print(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // The engine has closed its end of the pipe.
  }
}

function helpText(provider: AnyProvider): string {
  return `${provider.source} ${provider.version}: a provider for Terraform and OpenTofu.
${provider.summary}

Terraform and OpenTofu start this program themselves. Run it yourself only to debug it:

  --debug   Serve until Ctrl+C, and print the TF_REATTACH_PROVIDERS variable that makes an engine use this process.
            To attach a debugger, run: node --inspect <this file> --debug
  --help    Print this text.

To see the provider's log, set TF_LOG_PROVIDER=debug (or trace) where you run the engine.
`;
}
