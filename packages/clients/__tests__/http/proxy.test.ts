/** Proxies of the environment: who goes through, who does not, and what is said of an address that is none. */
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { Http } from "../../http/http";
import { Secrets } from "../../http/secrets";
import { Problem } from "../../../diagnostics";
import { selfSignedCertificate } from "../../../sandbox";
import { rejectionOf, LogLines, settings, startServer, stopServers } from "./stub-server";

const environment = { ...process.env };
const proxies: Server[] = [];

afterEach(async () => {
  process.env = { ...environment };
  for (const proxy of proxies.splice(0)) {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
  await stopServers();
});

/** Connections are kept per certificate: one of its own makes a client read the environment anew. */
function ask(url: string, log = new LogLines()): Promise<{ readonly body: unknown }> {
  const http = new Http("Example", settings({ caCertificate: selfSignedCertificate().cert, log }), new Secrets());
  return http.sendForJson({ method: "GET", url: new URL(url), headers: {}, access: "read" });
}

/** Leads everywhere to the same server. */
async function startProxy(server: string, tunnels: string[]): Promise<string> {
  const proxy = createServer().on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    const through = connect(Number(new URL(server).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      through.pipe(socket).pipe(through);
    });
    for (const end of [through, socket]) end.on("error", () => socket.destroy());
  });
  proxies.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  return `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
}

it.each([
  ["of nobody", "", true],
  ["of another domain", "example.invalid", true],
  ["of a name that only ends alike", "spa.invalid", true],
  ["of the host", "git.corpspa.invalid", false],
  ["of its domain", "other.invalid, corpspa.invalid", false],
  ["of its domain with a dot", ".corpspa.invalid", false],
  ["of its domain with a star", "*.corpspa.invalid", false],
  ["of its domain with a port", "corpspa.invalid:80", false],
  ["of its domain with another port", "corpspa.invalid:81", true],
  ["of everybody", "*", false],
])("with the name %s in NO_PROXY, a host behind a proxy is asked through it or not", async (_name, noProxy, through) => {
  const server = await startServer(() => ({ json: { from: "the server" } }));
  const tunnels: string[] = [];
  process.env["http_proxy"] = await startProxy(server.url, tunnels);
  process.env["no_proxy"] = noProxy;
  const work = ask("http://git.corpspa.invalid/thing");
  if (through) {
    expect((await work).body).toEqual({ from: "the server" });
    expect(tunnels).toEqual(["git.corpspa.invalid:80"]);
  } else {
    // Nobody has this name: without the proxy it is not found.
    expect(String(await rejectionOf(work))).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(tunnels).toEqual([]);
  }
});

it.each(["proxy.invalid:3128", "socks5://name:proxy-password@127.0.0.1:1", "http://name:proxy-password@:", "http://"])(
  "%s is not a proxy's address: that is said at once, and without its password",
  async (address) => {
    process.env["https_proxy"] = address;
    const log = new LogLines();
    const failure = await rejectionOf(ask("https://git.corpspa.invalid/thing", log));
    if (!(failure instanceof Problem)) throw failure;
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(failure.diagnostic.why).toContain("HTTPS_PROXY");
    expect(`${JSON.stringify(failure.diagnostic)}${log.text()}`).not.toContain("proxy-password");
    expect(log.lines).toEqual([]);
  },
);
