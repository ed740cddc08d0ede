/** How long the plugin takes from spawn to its handshake line, against a Node.js that does nothing. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { median, type Row } from "./table";

/** Alternates the two, so that a busy moment of the machine falls on both. */
export async function measureStartUp(plugin: string, rounds: number): Promise<Row[]> {
  const certificate = await readFile(join(__dirname, "client-certificate.pem"), "utf8");
  const bare: number[] = [];
  const started: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await untilExit(["-e", "0"]));
    started.push(await untilHandshake(plugin, certificate));
  }
  const [base, time] = [median(bare), median(started)];
  return [
    {
      what: "plugin start to handshake line, mutual TLS, against node -e 0",
      measured: `${time.toFixed(0)} ms, ${base.toFixed(0)} ms`,
      ratio: time / base,
      aim: 2,
    },
  ];
}

function untilExit(args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const from = performance.now();
    const child = spawn(process.execPath, args, { stdio: "ignore", env: {} });
    child.once("error", fail);
    child.once("exit", () => {
      done(performance.now() - from);
    });
  });
}

function untilHandshake(plugin: string, certificate: string): Promise<number> {
  return new Promise((done, fail) => {
    const env = {
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "6",
      PLUGIN_CLIENT_CERT: certificate,
    };
    const from = performance.now();
    const child = spawn(process.execPath, [plugin], { stdio: ["ignore", "pipe", "ignore"], env });
    let text = "";
    let time: number | undefined;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (time !== undefined || !text.includes("\n")) return;
      time = performance.now() - from;
      child.kill("SIGKILL");
    });
    child.once("error", fail);
    child.once("exit", () => {
      // Core version, protocol, network, address, form, certificate.
      if (time !== undefined && /^1\|6\|(unix|tcp)\|[^|]+\|grpc\|[^|\s]+/.test(text)) done(time);
      else fail(new Error(`The plugin printed no handshake line but "${text.trim()}".`));
    });
  });
}
