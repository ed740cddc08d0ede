/** NO_PROXY: the rules of the engine (Go's httpproxy), as a table, and over a real proxy. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { Http } from "../../http/http";
import { parseNoProxy } from "../../http/no-proxy";
import { Secrets } from "../../http/secrets";
import { selfSignedCertificate } from "../../../sandbox";
import { settings } from "./stub-server";

describe("a host is reached without the proxy", () => {
  it.each<[string, string, boolean]>([
    ["", "http://git.example.com/", false],
    ["*", "http://git.example.com/", true],
    ["other.example, *", "http://git.example.com/", true],
    // Names.
    ["git.example.com", "https://git.example.com/", true],
    ["GIT.Example.com", "https://git.example.com/", true],
    ["example.com", "https://git.example.com/", true],
    ["example.com", "https://example.com/", true],
    ["example.com", "https://badexample.com/", false],
    [".example.com", "https://git.example.com/", true],
    [".example.com", "https://example.com/", false],
    ["*.example.com", "https://git.example.com/", true],
    ["*.example.com", "https://example.com/", false],
    ["bücher.example", "https://www.xn--bcher-kva.example/", true],
    ["a.example b.example\tc.example", "https://b.example/", true],
    // Ports.
    ["example.com:443", "https://git.example.com/", true],
    ["example.com:443", "http://git.example.com/", false],
    ["example.com:8443", "https://git.example.com:8443/", true],
    [".example.com:80", "http://git.example.com/", true],
    // Addresses.
    ["10.1.2.3", "http://10.1.2.3/", true],
    ["10.1.2.3", "http://10.1.2.4/", false],
    ["10.1.2.3:80", "http://10.1.2.3/", true],
    ["10.1.2.3:80", "http://10.1.2.3:8080/", false],
    ["fd00::1", "http://[fd00::1]/", true],
    ["FD00:0:0::1", "http://[fd00::1]/", true],
    ["[fd00::1]", "http://[fd00::1]/", true],
    ["[fd00::1]:7990", "http://[fd00::1]:7990/", true],
    ["[fd00::1]:7990", "http://[fd00::1]:80/", false],
    ["1.2.3", "http://10.1.2.3/", false],
    ["2.3", "http://10.1.2.3/", false],
    // Ranges, for addresses only: names are not resolved.
    ["10.0.0.0/8", "http://10.255.0.1:7990/", true],
    ["10.0.0.0/8", "http://11.0.0.1/", false],
    ["10.20.30.40/8", "http://10.1.1.1/", true],
    ["192.168.0.0/16, 172.16.0.0/12", "https://172.31.0.9/", true],
    ["192.168.0.0/16, 172.16.0.0/12", "https://172.32.0.9/", false],
    ["10.1.2.3/32", "http://10.1.2.3/", true],
    ["0.0.0.0/0", "http://8.8.8.8/", true],
    ["0.0.0.0/0", "http://git.example.com/", false],
    ["0.0.0.0/0", "http://[fd00::1]/", false],
    ["fd00::/8", "http://[fdab::1]/", true],
    ["fd00::/8", "http://[2001:db8::1]/", false],
    ["10.0.0.0/8", "http://[::ffff:10.1.2.3]/", true],
    // An entry that is neither a range nor a name has no effect.
    ["10.0.0.0/33", "http://10.1.2.3/", false],
    ["10.0.0/8", "http://10.1.2.3/", false],
    ["/8", "http://10.1.2.3/", false],
    [",, ,", "http://git.example.com/", false],
    [":80", "http://git.example.com/", false],
  ])("NO_PROXY=%j, %s: %s", (text, url, expected) => {
    expect(parseNoProxy(text)(new URL(url))).toBe(expected);
  });
});

const own = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4");

describe("with a server on an address that is not loopback", () => {
  if (own === undefined) {
    // Jest prints the name of a skipped test.
    it.skip("cannot be tested: this machine has only loopback addresses", () => undefined);
    return;
  }
  const { address } = own;
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  it.each([
    [`${address.replace(/\..*/, "")}.0.0.0/8`, 0],
    [address, 0],
    ["203.0.113.0/24", 1],
    ["", 1],
  ])("NO_PROXY=%j makes %s requests through the proxy", async (noProxy, proxied) => {
    const server = createServer((_request, response) =>
      response.setHeader("content-type", "application/json").end('{"from":"the server"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    let count = 0;
    const proxy = createServer().on("connect", (_request, socket) => {
      count++;
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    process.env["http_proxy"] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    process.env["no_proxy"] = noProxy;
    // Connections are cached per certificate, so a new certificate makes the client read the environment again.
    const http = new Http("Example", settings({ caCertificate: selfSignedCertificate().cert, firstRetryMs: 1 }), new Secrets());
    const url = new URL(`http://${address}:${(server.address() as AddressInfo).port}/`);
    const outcome = await http.send({ method: "GET", url, headers: {}, access: "write" }).then(
      ({ body }) => body,
      () => "rejected by the proxy",
    );
    for (const each of [server, proxy]) {
      each.closeAllConnections();
      await new Promise((resolve) => each.close(resolve));
    }
    expect(outcome).toEqual(proxied === 0 ? { from: "the server" } : "rejected by the proxy");
    expect(count > 0 ? 1 : 0).toBe(proxied);
  });
});
