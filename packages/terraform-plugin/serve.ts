/** The plugin's executable part: answers an engine that has started it, waits for one in debugging, or tells a person what it is. */
import { writeSync } from "node:fs";
import type { AnyProvider } from "./provider";
import { redact } from "./schema/secrets";
import { Session } from "./server/session";
import { engineSpeaksProtocol, handshakeLine, reattachJson, startedByEngine } from "./wire/handshake";
import type * as Listen from "./wire/listen";
import { levelFrom, pluginLog } from "./wire/log";
import type * as Rpc from "./wire/rpc";

const STDOUT = 1;
const STDERR = 2;
const ORPHAN_CHECK_MILLISECONDS = 1_000;

/** Serves the provider until the engine says goodbye. Resolves once the engine can connect; the process then lives on. */
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
    print(STDERR, `${provider.name} needs an engine that speaks plugin protocol 6: Terraform 1.5 or later, OpenTofu 1.6 or later.\n`);
    process.exitCode = 1;
    return;
  }
  await start(provider, debug);
}

async function start(provider: AnyProvider, debug: boolean): Promise<void> {
  const log = pluginLog(provider.name, levelFrom(process.env), (line) => {
    print(STDERR, line);
  });
  const session = new Session(provider, log);
  process.on("uncaughtException", (thrown: unknown) => {
    // Engines show what follows this word to the user when the command fails.
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    print(STDERR, `panic: ${redact(text, session.secrets)}\n`);
    process.exit(2);
  });
  // Loaded here, because everybody who reads a declaration imports this folder and only a plugin needs a server.
  /* eslint-disable @typescript-eslint/no-require-imports -- as above */
  const { listen } = require("./wire/listen") as typeof Listen;
  const { callsOf } = require("./wire/rpc") as typeof Rpc;
  /* eslint-enable @typescript-eslint/no-require-imports */
  // In debugging there is no launcher that could have given a certificate, and no one who says goodbye.
  const environment = debug ? { ...process.env, PLUGIN_CLIENT_CERT: "" } : process.env;
  const onShutdown = () => {
    if (!debug) process.exit(0);
  };
  const listening = await listen(callsOf(session), { environment, log, onShutdown });
  process.on("exit", () => {
    listening.address.remove();
  });
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGHUP", () => process.exit(129));
  const { network } = listening.address;
  if (debug) {
    process.on("SIGINT", () => process.exit(0));
    print(STDERR, `${provider.name} waits for an engine. Set this variable where you run the engine; Ctrl-C ends the wait.\n\n`);
    print(STDOUT, `TF_REATTACH_PROVIDERS='${reattachJson(provider.source, process.pid, network, listening.text)}'\n`);
    return;
  }
  // A terminal sends Ctrl-C to the engine and to its plugins: the engine decides, and asks by StopProvider.
  process.on("SIGINT", () => undefined);
  exitWithoutParent(process.ppid);
  const multiplex = process.env.PLUGIN_MULTIPLEX_GRPC === "true";
  print(STDOUT, `${handshakeLine({ network, address: listening.text, certificate: listening.certificate, multiplex })}\n`);
}

/** An engine that was killed says no goodbye. */
function exitWithoutParent(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, ORPHAN_CHECK_MILLISECONDS).unref();
}

/** Directly to the descriptor: Node's stream objects cost a millisecond to make, and may lose lines when the process exits. */
function print(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // The engine has closed its end; there is nobody left to tell.
  }
}

function helpText(provider: AnyProvider): string {
  return `This is the Terraform and OpenTofu provider ${provider.source}, version ${provider.version}.
${provider.summary}

Engines start it themselves; it is of no use when started by hand, except for debugging:

  --debug   Serve until Ctrl-C, and print the TF_REATTACH_PROVIDERS setting with which an engine uses this very process.
            Start it under a debugger with: node --inspect <this file> --debug
  --help    Print this text.

What it does is written to the engine's log: TF_LOG_PROVIDER=debug (or trace) on the engine's command.
`;
}
