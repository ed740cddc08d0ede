/** The plugin as a process: handshake, TLS, shutdown, and cleanup. */
import { status, type ServiceError } from "@grpc/grpc-js";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildPlugin } from "../../../../tools/build/plugin";
import { makeCertificate } from "../../wire/certificate";
import { COOKIE, startPlugin, type PluginProcess, type StartOptions } from "../plugin-process";

const folder = mkdtempSync(join(tmpdir(), "rt-"));
const executable = join(folder, "terraform-provider-echo");
const running: PluginProcess[] = [];

async function start(options?: StartOptions): Promise<PluginProcess> {
  const plugin = await startPlugin(executable, { ...options, environment: { TMPDIR: folder, ...options?.environment } });
  running.push(plugin);
  return plugin;
}

const statusOf = async (call: Promise<unknown>): Promise<number> => {
  const thrown: unknown = await call.catch((reason: unknown) => reason);
  return (thrown as ServiceError).code;
};
const remainingSockets = () => readdirSync(folder).filter((name) => name.startsWith("plugin-"));

beforeAll(async () => {
  const size = await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: executable });
  expect(size).toBeLessThan(175_000);
});

afterEach(async () => {
  for (const plugin of running.splice(0)) {
    plugin.close();
    await plugin.exit;
  }
  for (const name of remainingSockets()) rmSync(join(folder, name), { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the built file", () => {
  it("is a single executable file", () => {
    expect(statSync(executable).mode & 0o777).toBe(0o755);
    expect(readdirSync(dirname(executable))).toEqual(["terraform-provider-echo"]);
    const help = execFileSync(executable, ["--help"], { encoding: "utf8" });
    expect(help).toContain("terraform.local/echo/echo 0.0.1");
    expect(help).toContain("--debug");
  });

  it("has the same bytes when it is built again in another folder", async () => {
    const secondBuild = join(folder, "again", "terraform-provider-echo");
    await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: secondBuild });
    const hash = (path: string) => execFileSync("sha256sum", [path], { encoding: "utf8" }).split(" ")[0];
    expect(hash(secondBuild)).toBe(hash(executable));
    rmSync(dirname(secondBuild), { recursive: true });
  });
});

describe("started by an unsupported engine, or by none", () => {
  it("prints help to standard error, and fails", async () => {
    const plugin = await start({ environment: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    expect(await plugin.exit).toBe(1);
    expect(plugin.stdout()).toBe("");
    expect(plugin.stderr()).toMatch(/Terraform and OpenTofu start this program themselves[\s\S]*--debug/);
  });

  it("fails if the engine does not speak protocol 6", async () => {
    const plugin = await start({ environment: { PLUGIN_PROTOCOL_VERSIONS: "4,5" } });
    expect(await plugin.exit).toBe(1);
    expect(plugin.stdout()).toMatch(/^echo requires an engine with plugin protocol 6: .*\n$/);
  });
});

describe("the handshake", () => {
  it("contains a socket that only this user can open, and a certificate in base64 without padding", async () => {
    const plugin = await start();
    expect(plugin.handshake).toHaveLength(6);
    expect([plugin.handshake[0], plugin.handshake[1], plugin.handshake[2], plugin.handshake[4]]).toEqual(["1", "6", "unix", "grpc"]);
    expect(plugin.handshake[5]).toMatch(/^[A-Za-z0-9+/]{100,}$/);
    expect(statSync(dirname(plugin.handshake[3] ?? "")).mode & 0o777).toBe(0o700);
    expect(await plugin.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
  });

  it("contains no certificate if the launcher has none", async () => {
    const plugin = await start({ tls: false });
    expect(plugin.handshake[5]).toBe("");
    expect(await plugin.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
  });

  it("uses the directory that the launcher sets", async () => {
    const directory = join(folder, "named");
    mkdirSync(directory);
    const plugin = await start({ environment: { PLUGIN_UNIX_SOCKET_DIR: directory } });
    expect(dirname(plugin.handshake[3] ?? "")).toBe(directory);
    await plugin.call("controller", "shutdown", {});
    await plugin.exit;
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it("has a seventh part only if the launcher requests it", async () => {
    const plugin = await start({ environment: { PLUGIN_MULTIPLEX_GRPC: "true" } });
    expect(plugin.handshake.slice(6)).toEqual(["true"]);
  });

  it.each(["two words", "it's $HOME", "ümlaut", "comma, semicolon; colon:"])("contains a socket in a folder named %j", async (name) => {
    const named = join(folder, name);
    mkdirSync(named);
    const plugin = await start({ environment: { TMPDIR: named } });
    expect(plugin.handshake[2]).toBe("unix");
    expect(dirname(dirname(plugin.handshake[3] ?? ""))).toBe(named);
    expect(await plugin.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
    await plugin.call("controller", "shutdown", {});
    await plugin.exit;
    expect(readdirSync(named)).toEqual([]);
    rmSync(named, { recursive: true });
  });
});

describe("without a usable folder for a socket, the handshake contains a loopback port", () => {
  const file = join(folder, "file");
  const named = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  beforeAll(() => {
    writeFileSync(file, "");
  });

  it.each<[string, () => Readonly<Record<string, string>>]>([
    ["the path of the socket would be too long", () => ({ TMPDIR: named("x".repeat(90)) })],
    ["the path contains what separates the parts of the handshake", () => ({ TMPDIR: named("a|b") })],
    ["the path contains a line break", () => ({ TMPDIR: named("a\nb") })],
    ["the temporary folder is missing", () => ({ TMPDIR: join(folder, "missing") })],
    ["the temporary folder is a file", () => ({ TMPDIR: file })],
    // Its owner, root included, cannot create anything there.
    ["the temporary folder is read-only", () => ({ TMPDIR: process.platform === "linux" ? "/proc/self" : "/dev" })],
    ["the launcher's folder is missing", () => ({ PLUGIN_UNIX_SOCKET_DIR: join(folder, "missing") })],
    ["the launcher's folder is a file", () => ({ PLUGIN_UNIX_SOCKET_DIR: file })],
    ["the path in the launcher's folder would be too long", () => ({ PLUGIN_UNIX_SOCKET_DIR: named("y".repeat(90)) })],
  ])("%s", async (_case, environment) => {
    const plugin = await start({ environment: environment() });
    expect(plugin.handshake[2]).toBe("tcp");
    expect(plugin.handshake[3]).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await plugin.call("provider", "getMetadata", {})).toMatchObject({ resources: [{ typeName: "echo_thing" }] });
    await plugin.call("controller", "shutdown", {});
    expect(await plugin.exit).toBe(0);
    expect(plugin.stderr()).toBe("");
    expect(readdirSync(folder).filter((name) => name.startsWith("plugin-"))).toEqual([]);
  });
});

it("with TLS, only the owner of the client certificate can connect", async () => {
  const plugin = await start();
  const otherLauncher = await startPlugin(executable, {
    environment: { TMPDIR: folder, PLUGIN_CLIENT_CERT: makeCertificate().certificatePem },
  });
  running.push(otherLauncher);
  expect(await statusOf(otherLauncher.call("provider", "getMetadata", {}))).toBe(status.UNAVAILABLE);
  expect(await plugin.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
});

describe("the gRPC server", () => {
  it("serves health checks", async () => {
    const plugin = await start();
    expect(await plugin.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
  });

  it("accepts messages far beyond four megabytes", async () => {
    const plugin = await start();
    const name = Buffer.alloc(12 * 2 ** 20, 0x61);
    const json = Buffer.from(JSON.stringify({ name: name.toString("latin1") }));
    const rawState = { json, flatmap: {} };
    const response = (await plugin.call("provider", "upgradeResourceState", { typeName: "echo_thing", version: 1, rawState })) as {
      upgradedState: { msgpack: Buffer };
    };
    expect(response.upgradedState.msgpack.length).toBeGreaterThan(name.length);
  });
});

describe("the process", () => {
  it("responds to Shutdown, then exits at once with code 0 and removes its socket", async () => {
    const plugin = await start();
    const before = Date.now();
    expect(await plugin.call("controller", "shutdown", {})).toEqual({});
    expect(await plugin.exit).toBe(0);
    expect(Date.now() - before).toBeLessThan(1_000);
    expect(existsSync(plugin.handshake[3] ?? "")).toBe(false);
    expect(remainingSockets()).toEqual([]);
  });

  it("ignores an interrupt, which the engine handles", async () => {
    const plugin = await start();
    plugin.child.kill("SIGINT");
    expect(await plugin.call("health", "check", { service: "plugin" })).toEqual({ status: 1 });
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("exits on %s, and removes its socket", async (signal, code) => {
    const plugin = await start();
    plugin.child.kill(signal);
    expect(await plugin.exit).toBe(code);
    expect(remainingSockets()).toEqual([]);
  });

  it("exits if the engine was killed", async () => {
    // A shell acts as the engine: it starts the plugin, then the test kills it.
    const script = `"${process.execPath}" "${executable}" & wait`;
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
    // The stream closes when the plugin exits, because the plugin holds the other end.
    await once(engine.stdout, "close");
    expect(remainingSockets()).toEqual([]);
  });

  it("ends if the provider cannot be loaded, which happens after the handshake", async () => {
    const entry = join(folder, "broken.ts");
    const runtime = JSON.stringify(resolve(__dirname, "../.."));
    const identity = '{ name: "broken", source: "terraform.local/broken/broken", version: "0.0.1", summary: "Fails." }';
    writeFileSync(
      entry,
      `import { serve } from ${runtime};\nvoid serve({ ...${identity}, load: () => Promise.reject(new Error("no declarations")) });\n`,
    );
    const outfile = join(folder, "broken");
    await buildPlugin({ entry, outfile });
    const plugin = await startPlugin(outfile, { environment: { TMPDIR: folder } });
    running.push(plugin);
    expect(plugin.handshake).toHaveLength(6);
    expect(await plugin.exit).toBe(2);
    expect(plugin.stderr()).toMatch(/^panic: Error: no declarations\n/);
    expect(remainingSockets()).toEqual([]);
  });

  it("reports an exception at its start in the form that engines show to the user", async () => {
    const preload = join(folder, "no-network.js");
    writeFileSync(preload, 'require("node:net").Server.prototype.listen = () => { throw new Error("no network\\nat all"); };');
    const plugin = await start({ environment: { NODE_OPTIONS: `--require ${preload}` } });
    expect(await plugin.exit).toBe(2);
    expect(plugin.stdout()).toBe("The provider echo could not start: no network at all\n");
    expect(plugin.stderr()).toMatch(/^panic: .*\n[^]*\n +at /);
  });
});

describe("with --debug", () => {
  it("prints the variable for the engine, serves without TLS, and exits on an interrupt", async () => {
    const plugin = await start({ options: ["--debug"], environment: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
    const json = /^TF_REATTACH_PROVIDERS='(.*)'\n$/.exec(plugin.stdout())?.[1] ?? "";
    expect(JSON.parse(json)).toEqual({
      "terraform.local/echo/echo": {
        Protocol: "grpc",
        ProtocolVersion: 6,
        Pid: plugin.child.pid,
        Test: true,
        Addr: { Network: "unix", String: expect.stringContaining(folder) as string },
      },
    });
    plugin.child.kill("SIGINT");
    expect(await plugin.exit).toBe(0);
    expect(remainingSockets()).toEqual([]);
  });
});

it("logs in the format of engines if the environment sets a level", async () => {
  const plugin = await start({ environment: { TF_LOG_PROVIDER: "trace" } });
  await plugin.call("provider", "getMetadata", {});
  await plugin.call("controller", "shutdown", {});
  await plugin.exit;
  const line = JSON.parse(plugin.stderr().split("\n")[0] ?? "") as Record<string, string>;
  expect(line).toMatchObject({ "@level": "trace", "@module": "echo", "@message": "call completed", call: "getMetadata" });
});
