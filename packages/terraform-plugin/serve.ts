/** The executable part of a plugin: serves an engine that started it, waits for one with `--debug`, or prints help. */
import { writeSync } from "node:fs";
import type { AnyProvider } from "./provider";
import { engineSpeaksProtocol, handshakeLine, reattachJson, startedByEngine } from "./wire/handshake";
import { listen, type ListeningServer } from "./wire/listen";
import { levelFrom, pluginLog, type PluginLog } from "./wire/log";

const STDOUT = 1;
const STDERR = 2;
const PARENT_CHECK_MILLISECONDS = 1_000;

/**
 * A provider that is loaded after the handshake. People wait for that line at every start, and an engine starts a plugin several times for one
 * command, so the start loads only what the line needs.
 */
export interface DeferredProvider extends Pick<AnyProvider, "name" | "source" | "version" | "summary"> {
  /** Called once. */
  load(): Promise<AnyProvider>;
}

/** Serves the provider until the engine shuts it down. Resolves once the engine can connect; the process keeps running after that. */
export async function serve(provider: AnyProvider | DeferredProvider): Promise<void> {
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
  const start: Start = { completed: debug, redact: (text) => text };
  exitOnException(provider.name, start);
  const server = await (debug ? waitForEngine(provider, log) : serveEngine(log));
  start.completed = true;
  const { providerServer } = await import("./wire/provider-server.js");
  const loaded = "load" in provider ? await provider.load() : provider;
  const onShutdown = debug ? () => undefined : () => process.exit(0);
  const plugin = providerServer(loaded, log, onShutdown);
  start.redact = (text) => plugin.redact(text);
  server.acceptWith((socket) => plugin.accept(socket));
}

/** What an exception changes during a start, and after it. */
interface Start {
  /** The engine has the handshake line, and no longer reads standard output. */
  completed: boolean;
  /** Hides the secrets that the provider knows. */
  redact: (text: string) => string;
}

/** Prints the handshake line for the engine that started this process. */
async function serveEngine(log: PluginLog): Promise<ListeningServer> {
  const server = await startServer(process.env, log);
  // A terminal sends Ctrl+C to the engine and to its plugins. The engine decides what to do, and calls StopProvider.
  process.on("SIGINT", () => undefined);
  exitWithParent(process.ppid);
  const { address, endpoint, certificate } = server;
  const multiplex = process.env.PLUGIN_MULTIPLEX_GRPC === "true";
  print(STDOUT, `${handshakeLine({ network: address.network, address: endpoint, certificate, multiplex })}\n`);
  return server;
}

/** Prints the variable with which any engine uses this process. */
async function waitForEngine({ name, source }: Pick<AnyProvider, "name" | "source">, log: PluginLog): Promise<ListeningServer> {
  // There is no launcher, so none passes a certificate or shuts the plugin down.
  const server = await startServer({ ...process.env, PLUGIN_CLIENT_CERT: "" }, log);
  const { address, endpoint } = server;
  process.on("SIGINT", () => process.exit(0));
  print(STDERR, `${name} is waiting for an engine. Set this variable where you run the engine. Press Ctrl+C to stop.\n\n`);
  print(STDOUT, `TF_REATTACH_PROVIDERS='${reattachJson(source, process.pid, address.network, endpoint)}'\n`);
  return server;
}

async function startServer(environment: NodeJS.ProcessEnv, log: PluginLog): Promise<ListeningServer> {
  const server = await listen(environment, log);
  process.on("exit", () => {
    server.address.remove();
  });
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGHUP", () => process.exit(129));
  return server;
}

/** Until the start is completed, an engine reads standard output, and shows its first line if that is not the handshake line. */
function exitOnException(name: string, start: Start): void {
  process.on("uncaughtException", (thrown: unknown) => {
    const message = start.redact(thrown instanceof Error ? thrown.message : String(thrown));
    if (!start.completed) print(STDOUT, `The provider ${name} could not start: ${message.replaceAll(/\s+/g, " ")}\n`);
    // If the command fails, engines show the text after `panic:` to the user.
    const text = start.redact(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
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

function helpText(provider: Pick<AnyProvider, "source" | "version" | "summary">): string {
  return `${provider.source} ${provider.version}: a provider for Terraform and OpenTofu.
${provider.summary}

Terraform and OpenTofu start this program themselves. Run it yourself only to debug it:

  --debug   Serve until Ctrl+C, and print the TF_REATTACH_PROVIDERS variable that makes an engine use this process.
            To attach a debugger, run: node --inspect <this file> --debug
  --help    Print this text.

To see the provider's log, set TF_LOG_PROVIDER=debug (or trace) where you run the engine.
`;
}
