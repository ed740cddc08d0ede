/** Measures the time from the start of the plugin to its handshake line, relative to a Node.js process that does nothing. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { median, type Row } from "./table";

/** Alternates between the two, so that load on the machine affects both. */
export async function measureStartUp(plugin: string, rounds: number): Promise<Row[]> {
  const certificate = await readFile(join(__dirname, "client-certificate.pem"), "utf8");
  const emptyTimes: number[] = [];
  const pluginTimes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    emptyTimes.push(await timeToExit(["-e", "0"]));
    pluginTimes.push(await timeToHandshake(plugin, certificate));
  }
  const [emptyTime, pluginTime] = [median(emptyTimes), median(pluginTimes)];
  return [
    {
      what: "plugin start to handshake line with mutual TLS, relative to node -e 0",
      measured: `${pluginTime.toFixed(0)} ms and ${emptyTime.toFixed(0)} ms`,
      ratio: pluginTime / emptyTime,
      target: 2,
    },
  ];
}

function timeToExit(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: "ignore", env: {} });
    child.once("error", reject);
    child.once("exit", () => {
      resolve(performance.now() - start);
    });
  });
}

function timeToHandshake(plugin: string, certificate: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const env = {
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "6",
      PLUGIN_CLIENT_CERT: certificate,
    };
    const start = performance.now();
    const child = spawn(process.execPath, [plugin], { stdio: ["ignore", "pipe", "ignore"], env });
    let text = "";
    let time: number | undefined;
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (time !== undefined || !text.includes("\n")) return;
      time = performance.now() - start;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("exit", () => {
      // Core version, protocol, network, address, type, certificate.
      if (time !== undefined && /^1\|6\|(unix|tcp)\|[^|]+\|grpc\|[^|\s]+/.test(text)) resolve(time);
      else reject(new Error(`The plugin printed "${text.trim()}" instead of a handshake line.`));
    });
  });
}
