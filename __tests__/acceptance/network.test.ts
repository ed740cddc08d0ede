/** The network of the machine where the engine runs: its certificates, and its proxy. */
import { writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { CLOUD, DATACENTER } from "../../tools/harness";
import { configuration } from "./configuration";
import { errorCodes, errors } from "./diagnostics";
import { scenario } from "./scenario";

scenario(
  "a server is trusted if the machine trusts its certificate; otherwise the error names every way to make it trusted",
  async ({ folder, sandbox }) => {
    await folder.write(configuration(DATACENTER));
    const file = join(folder.path, "authority of the machine.pem");
    await writeFile(file, sandbox.environment["BITBUCKET_DATACENTER_CA_CERTIFICATE"] ?? "");
    const ofTheMachine = { BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined, SSL_CERT_FILE: file };
    expect(errors(await folder.apply([], ofTheMachine))).toEqual([]);
    const { code, changes } = await folder.plan([], ofTheMachine);
    expect({ code, changes }).toEqual({ code: 0, changes: [] });

    const untrusted = await folder.plan([], { BITBUCKET_DATACENTER_CA_CERTIFICATE: undefined });
    expect(new Set(errorCodes(untrusted))).toEqual(new Set(["remote-unreachable"]));
    const text = errors(untrusted).join();
    for (const way of [
      "certificate store of the machine",
      "NODE_EXTRA_CA_CERTS",
      "SSL_CERT_FILE",
      "ca_certificate of the bitbucket_datacenter block",
    ])
      expect(text).toContain(way);
  },
  { datacenterTls: true, pluginStart: "by engine" },
);

const own = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4");
if (own === undefined) it.skip("NO_PROXY cannot be tested: this machine has only loopback addresses", () => undefined);
else
  scenario(
    "a server in a range of NO_PROXY is reached without the proxy",
    async ({ folder, sandbox }) => {
      const remote = new URL(sandbox.environment["BITBUCKET_API_URL"] ?? "");
      // The sandbox listens on a loopback address, which never needs a proxy.
      const relay = createServer((socket) => {
        const upstream = connect(Number(remote.port), remote.hostname);
        socket.pipe(upstream).pipe(socket);
        for (const end of [socket, upstream]) end.on("error", () => socket.destroy());
      });
      await new Promise<void>((resolve) => relay.listen(0, own.address, resolve));
      const port = String((relay.address() as AddressInfo).port);
      const proxied = {
        BITBUCKET_API_URL: `http://${own.address}:${port}${remote.pathname}`,
        // Nothing listens there.
        HTTP_PROXY: "http://127.0.0.1:9",
      };
      await folder.write(configuration(CLOUD));
      const range = `${own.address.replace(/\..*/, "")}.0.0.0/8`;
      expect(errors(await folder.apply([], { ...proxied, NO_PROXY: range }))).toEqual([]);
      expect((await folder.plan([], { ...proxied, NO_PROXY: range })).code).toBe(0);
      const through = await folder.plan([], { ...proxied, NO_PROXY: "203.0.113.0/24" });
      expect(new Set(errorCodes(through))).toEqual(new Set(["remote-unreachable"]));
      relay.close();
    },
    { pluginStart: "by engine" },
  );
