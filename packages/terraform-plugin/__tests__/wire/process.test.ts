/** The plugin as a process: handshake, TLS, goodbye, and what is left behind. */
import { status, type ServiceError } from "@grpc/grpc-js";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildPlugin } from "../../../../tools/build/plugin";
import { makeCertificate } from "../../wire/certificate";
import { COOKIE, start, type Started, type StartOptions } from "../launcher";

const folder = mkdtempSync(join(tmpdir(), "rt-"));
const plugin = join(folder, "terraform-provider-echo");
const started: Started[] = [];

async function begin(options?: StartOptions): Promise<Started> {
  const one = await start(plugin, { ...options, environment: { TMPDIR: folder, ...options?.environment } });
  started.push(one);
  return one;
}

const failureOf = async (call: Promise<unknown>): Promise<number> => {
  const thrown: unknown = await call.catch((reason: unknown) => reason);
  return (thrown as ServiceError).code;
};
const left = () => readdirSync(folder).filter((name) => name.startsWith("plugin-"));

beforeAll(async () => {
  const size = await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: plugin });
  expect(size).toBeLessThan(300_000);
});

afterEach(async () => {
  for (const one of started.splice(0)) {
    one.close();
    await one.exit;
  }
  for (const name of left()) rmSync(join(folder, name), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the file", () => {
  it("is executable, starts by itself, and nothing lies beside it", () => {
    expect(statSync(plugin).mode & 0o777).toBe(0o755);
    expect(readdirSync(dirname(plugin))).toEqual(["terraform-provider-echo"]);
    const help = execFileSync(plugin, ["--help"], { encoding: "utf8" });
    expect(help).toContain("terraform.local/echo/echo, version 0.0.1");
    expect(help).toContain("--debug");
  });

  it("is the same file when it is built again elsewhere", async () => {
    const again = join(folder, "again", "terraform-provider-echo");
    await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: again });
    const hash = (path: string) => execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ")[0];
    expect(hash(again)).toBe(hash(plugin));
    rmSync(dirname(again), { recursive: true });
  });
});

describe("started by hand", () => {
  it("it says what it is and how to debug it, on standard error, and fails", async () => {
    const one = await begin({ environment: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    expect(await one.exit).toBe(1);
    expect(one.stdout()).toBe("");
    expect(one.stderr()).toMatch(/Engines start it themselves[\s\S]*--debug/);
  });

  it("it refuses an engine that does not speak protocol 6", async () => {
    const one = await begin({ environment: { PLUGIN_PROTOCOL_VERSIONS: "4,5" } });
    expect(await one.exit).toBe(1);
    expect(one.stderr()).toContain("protocol 6");
  });
});

describe("the handshake", () => {
  it("names a socket that only this user can reach, and a certificate without padding", async () => {
    const one = await begin();
    expect(one.parts).toHaveLength(6);
    expect([one.parts[0], one.parts[1], one.parts[2], one.parts[4]]).toEqual(["1", "6", "unix", "grpc"]);
    expect(one.parts[5]).toMatch(/^[A-Za-z0-9+/]{100,}$/);
    expect(statSync(dirname(one.parts[3] ?? "")).mode & 0o777).toBe(0o700);
    expect(await one.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
  });

  it("is plain without a client certificate", async () => {
    const one = await begin({ tls: false });
    expect(one.parts[5]).toBe("");
    expect(await one.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
  });

  it("keeps to the directory that the launcher names", async () => {
    const directory = join(folder, "named");
    mkdirSync(directory);
    const one = await begin({ environment: { PLUGIN_UNIX_SOCKET_DIR: directory } });
    expect(dirname(one.parts[3] ?? "")).toBe(directory);
    await one.call("controller", "shutdown", {});
    await one.exit;
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it("has a seventh part only when it is asked for", async () => {
    const one = await begin({ environment: { PLUGIN_MULTIPLEX_GRPC: "true" } });
    expect(one.parts.slice(6)).toEqual(["true"]);
  });

  it("takes a loopback port where the socket's path would be too long", async () => {
    const long = join(folder, "x".repeat(90));
    mkdirSync(long);
    const one = await begin({ environment: { TMPDIR: long } });
    expect(one.parts[2]).toBe("tcp");
    expect(one.parts[3]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await one.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
    expect(readdirSync(long)).toEqual([]);
    rmSync(long, { recursive: true });
  });
});

it("with TLS, only the owner of the client certificate gets in", async () => {
  const one = await begin();
  const stranger = await start(plugin, { environment: { TMPDIR: folder, PLUGIN_CLIENT_CERT: makeCertificate().certificatePem } });
  started.push(stranger);
  expect(await failureOf(stranger.call("provider", "getMetadata", {}))).toBe(status.UNAVAILABLE);
  expect(await one.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
});

describe("the services beside the provider", () => {
  it("answers a health check, and leaves unknown calls unimplemented", async () => {
    const one = await begin();
    expect(await one.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
  });

  it("takes messages far beyond four megabytes", async () => {
    const one = await begin();
    const big = Buffer.alloc(12 * 2 ** 20, 0x61);
    const json = Buffer.from(JSON.stringify({ name: big.toString("latin1") }));
    const rawState = { json, flatmap: {} };
    const answer = (await one.call("provider", "upgradeResourceState", { typeName: "echo_thing", version: 1, rawState })) as {
      upgradedState: { msgpack: Buffer };
    };
    expect(answer.upgradedState.msgpack.length).toBeGreaterThan(big.length);
  });
});

describe("the end", () => {
  it("comes after a reply to the goodbye, at once, with code 0 and without a trace", async () => {
    const one = await begin();
    const before = Date.now();
    expect(await one.call("controller", "shutdown", {})).toEqual({});
    expect(await one.exit).toBe(0);
    expect(Date.now() - before).toBeLessThan(1_000);
    expect(existsSync(one.parts[3] ?? "")).toBe(false);
    expect(left()).toEqual([]);
  });

  it("does not come with an interrupt, which the engine handles", async () => {
    const one = await begin();
    one.child.kill("SIGINT");
    expect(await one.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("comes with %s, and the socket goes", async (signal, code) => {
    const one = await begin();
    one.child.kill(signal);
    expect(await one.exit).toBe(code);
    expect(left()).toEqual([]);
  });

  it("comes when the engine was killed", async () => {
    // A shell in the middle plays the engine: it starts the plugin, and dies without a word.
    const script = `"${process.execPath}" "${plugin}" & wait`;
    const environment = { PATH: process.env.PATH, TMPDIR: folder, TF_PLUGIN_MAGIC_COOKIE: COOKIE };
    const engine = spawn("/bin/sh", ["-c", script], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    await new Promise<void>((done) => {
      engine.stdout.on("data", (text: Buffer) => {
        output += text.toString();
        if (output.includes("|grpc|")) done();
      });
    });
    engine.kill("SIGKILL");
    // The plugin held the other end.
    await once(engine.stdout, "close");
    expect(left()).toEqual([]);
  });

  it("by an exception is told in the words that engines show to the user", async () => {
    const one = await begin({ environment: { PLUGIN_UNIX_SOCKET_DIR: join(folder, "does-not-exist") } });
    expect(await one.exit).toBe(2);
    expect(one.stderr()).toMatch(/^panic: .*\n +at /);
  });
});

describe("for debugging", () => {
  it("it prints the setting for the engine, serves without TLS, and ends with an interrupt", async () => {
    const one = await begin({ options: ["--debug"], environment: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    const json = /^TF_REATTACH_PROVIDERS='(.*)'\n$/.exec(one.stdout())?.[1] ?? "";
    expect(JSON.parse(json)).toEqual({
      "terraform.local/echo/echo": {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: one.child.pid,
        Test: true,
        Addr: { Network: "unix", String: expect.stringContaining(folder) as string },
      },
    });
    one.child.kill("SIGINT");
    expect(await one.exit).toBe(0);
    expect(left()).toEqual([]);
  });
});

it("logs in the engine's form when it is asked to", async () => {
  const one = await begin({ environment: { TF_LOG_PROVIDER: "trace" } });
  await one.call("provider", "getMetadata", {});
  await one.call("controller", "shutdown", {});
  await one.exit;
  const line = JSON.parse(one.stderr().split("\n")[0] ?? "") as Record<string, string>;
  expect(line).toMatchObject({ "@level": "trace", "@module": "echo", "@message": "call answered", call: "getMetadata" });
});
