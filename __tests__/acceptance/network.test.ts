/** The network of the machine where the engine runs: its certificates, and its proxy. */
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { selfSignedCertificate } from "../../packages/sandbox";
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

/** Listens, with TLS or without, and passes everything on to an address of the sandbox, which has no TLS. Returns its own address. */
async function relay(
  address: string,
  { host = "127.0.0.1", tls }: { readonly host?: string; readonly tls?: { key: string; cert: string } },
) {
  const remote = new URL(address);
  const pass = (socket: NodeJS.ReadWriteStream & { destroy(): void }): void => {
    const upstream = connect(Number(remote.port), remote.hostname);
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on("error", () => socket.destroy());
  };
  const server: Server = tls === undefined ? createServer(pass) : createTlsServer(tls, pass);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const port = String((server.address() as AddressInfo).port);
  return { server, address: `http${tls === undefined ? "" : "s"}://${host}:${port}${remote.pathname}` };
}

scenario(
  "Spacelift and Bitbucket Cloud are trusted by ca_certificate, by its variable, and by the machine, each only where it is set",
  async ({ folder, sandbox }) => {
    const tls = selfSignedCertificate();
    const { SPACELIFT_API_KEY_ENDPOINT = "", BITBUCKET_API_URL = "" } = sandbox.environment;
    const spacelift = await relay(SPACELIFT_API_KEY_ENDPOINT, { tls });
    const cloud = await relay(BITBUCKET_API_URL, { tls });
    const encrypted = { SPACELIFT_API_KEY_ENDPOINT: spacelift.address, BITBUCKET_API_URL: cloud.address };
    const certificates = join(folder.path, "certificates");
    const file = join(certificates, "authority.pem");
    await mkdir(certificates);
    await writeFile(file, tls.cert);

    await folder.write(configuration(CLOUD));
    const variables = { SPACELIFT_CA_CERTIFICATE: file, BITBUCKET_CA_CERTIFICATE: tls.cert };
    expect(errors(await folder.apply([], { ...encrypted, ...variables }))).toEqual([]);
    for (const machine of [{ SSL_CERT_FILE: file }, { SSL_CERT_DIR: certificates }, { NODE_EXTRA_CA_CERTS: file }])
      expect(await folder.plan([], { ...encrypted, ...machine })).toMatchObject({ code: 0, diagnostics: [] });
    const block = { ca_certificate: file };
    await folder.write({ provider: { bitlift: { spacelift: block, bitbucket_cloud: block } }, ...configuration(CLOUD) });
    expect(await folder.plan([], encrypted)).toMatchObject({ code: 0, diagnostics: [] });

    await folder.write({ provider: { bitlift: { spacelift: block } }, ...configuration(CLOUD) });
    const untrusted = await folder.plan([], encrypted);
    expect(new Set(errorCodes(untrusted))).toEqual(new Set(["remote-unreachable"]));
    expect(errors(untrusted).join()).toContain("ca_certificate of the bitbucket_cloud block (or BITBUCKET_CA_CERTIFICATE)");
    expect(errors(untrusted).join()).not.toContain("SPACELIFT_CA_CERTIFICATE");
    for (const { server } of [spacelift, cloud]) server.close();
  },
  { pluginStart: "by engine" },
);

const own = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4");
if (own === undefined) it.skip("NO_PROXY cannot be tested: this machine has only loopback addresses", () => undefined);
else
  scenario(
    "a server in a range of NO_PROXY is reached without the proxy",
    async ({ folder, sandbox }) => {
      const { server, address } = await relay(sandbox.environment["BITBUCKET_API_URL"] ?? "", { host: own.address });
      const proxied = {
        // The sandbox itself listens on a loopback address, which never needs a proxy.
        BITBUCKET_API_URL: address,
        // Nothing listens there.
        HTTP_PROXY: "http://127.0.0.1:9",
      };
      await folder.write(configuration(CLOUD));
      const range = `${own.address.replace(/\..*/, "")}.0.0.0/8`;
      expect(errors(await folder.apply([], { ...proxied, NO_PROXY: range }))).toEqual([]);
      expect((await folder.plan([], { ...proxied, NO_PROXY: range })).code).toBe(0);
      const through = await folder.plan([], { ...proxied, NO_PROXY: "203.0.113.0/24" });
      expect(new Set(errorCodes(through))).toEqual(new Set(["remote-unreachable"]));
      server.close();
    },
    { pluginStart: "by engine" },
  );
