/** Proxy settings of the environment: which hosts use the proxy, and what happens with an invalid address. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Http } from "../../http/http";
import { Secrets } from "../../http/secrets";
import { Problem } from "../../../diagnostics";
import { selfSignedCertificate } from "../../../sandbox";
import { rejectionOf, LogLines, settings, startServer, stopServers } from "./stub-server";
import { tunnelingProxy } from "./tunneling-proxy";

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

/** Connections are cached per certificate, so a new certificate makes the client read the environment again. */
function send(url: string, log = new LogLines()): Promise<{ readonly body: unknown }> {
  const http = new Http("Example", settings({ caCertificate: selfSignedCertificate().cert, log }), new Secrets());
  return http.sendForJson({ method: "GET", url: new URL(url), headers: {}, access: "read" });
}

/** The address of a proxy that forwards every connection to the same server, and what its clients name. */
async function startProxy(server: string) {
  const { proxy, tunnels } = tunnelingProxy(Number(new URL(server).port));
  proxies.push(proxy);
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, tunnels };
}

it.each([
  ["no name", "", true],
  ["another domain", "example.invalid", true],
  ["a name with the same ending", "spa.invalid", true],
  ["the host", "git.corpspa.invalid", false],
  ["its domain", "other.invalid, corpspa.invalid", false],
  ["its domain with a dot", ".corpspa.invalid", false],
  ["its domain with an asterisk", "*.corpspa.invalid", false],
  ["its domain with a port", "corpspa.invalid:80", false],
  ["its domain with another port", "corpspa.invalid:81", true],
  ["all hosts", "*", false],
])("with %s in NO_PROXY (%j), a host is reached through the proxy: %s", async (_name, noProxy, isProxied) => {
  const server = await startServer(() => ({ json: { from: "the server" } }));
  const { address, tunnels } = await startProxy(server.url);
  process.env["http_proxy"] = address;
  process.env["no_proxy"] = noProxy;
  const work = send("http://git.corpspa.invalid/thing");
  if (isProxied) {
    expect((await work).body).toEqual({ from: "the server" });
    expect(tunnels).toEqual(["git.corpspa.invalid:80"]);
  } else {
    // The name does not exist, so without the proxy it is not found.
    expect(String(await rejectionOf(work))).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(tunnels).toEqual([]);
  }
});

it.each(["proxy.invalid:3128", "socks5://name:proxy-password@127.0.0.1:1", "http://name:proxy-password@:", "http://"])(
  "reports the invalid proxy address %s before sending a request, without repeating its password",
  async (address) => {
    process.env["https_proxy"] = address;
    const log = new LogLines();
    const failure = await rejectionOf(send("https://git.corpspa.invalid/thing", log));
    if (!(failure instanceof Problem)) throw failure;
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(failure.diagnostic.why).toMatch(/^https_proxy( \(.*\))? is not the address of an http or https proxy\.$/);
    expect(failure.diagnostic.fix).toContain("Set https_proxy to the complete address");
    expect(`${JSON.stringify(failure.diagnostic)}${log.text()}`).not.toContain("proxy-password");
    expect(log.lines).toEqual([]);
  },
);
