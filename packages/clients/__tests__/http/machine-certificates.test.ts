/** Certificates of the machine, as the engine finds them, and servers that only the machine knows. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { Http } from "../../http/http";
import { machineCertificates } from "../../http/machine-certificates";
import { Secrets } from "../../http/secrets";
import { selfSignedCertificate } from "../../../sandbox";
import { LogLines, rejectionOf, settings } from "./stub-server";
import { tlsServers } from "./tls-servers";
import { tunnelingProxy } from "./tunneling-proxy";
import type { Problem } from "../../../diagnostics";

const { folder, createSignedServer, serve, listening } = tlsServers();
const signed = createSignedServer("bitbucket", "IP:127.0.0.1,DNS:bitbucket.invalid");
const chainless = createSignedServer("other", "IP:127.0.0.1");

let count = 0;

/** Writes files into a new folder; a value with an arrow is a link. Returns the folder. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const path = join(folder, `certificates ${++count}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    if (text.startsWith("-> ")) symlinkSync(text.slice(3), join(path, name));
    else writeFileSync(join(path, name), text);
  }
  return path;
}

const fileOf = (text: string) => join(folderOf({ "ca.pem": text }), "ca.pem");

describe("the certificates that Node.js does not know", () => {
  const [one, two] = [signed.authority.trim(), chainless.authority.trim()];
  const NOWHERE = { files: ["/nowhere/a.pem"], folders: ["/nowhere"] };

  it("are in the first file of the usual places, and in each folder", async () => {
    const store = { files: ["/nowhere.pem", fileOf(one), fileOf("not read")], folders: ["/nowhere", folderOf({ "two.crt": two })] };
    expect(await machineCertificates({}, store)).toEqual([one, two]);
  });

  it("are in SSL_CERT_FILE, which replaces the files but not the folders", async () => {
    const store = { files: [fileOf(two)], folders: [folderOf({ "two.crt": two })] };
    expect(await machineCertificates({ SSL_CERT_FILE: fileOf(one) }, { ...store, folders: [] })).toEqual([one]);
    expect(await machineCertificates({ SSL_CERT_FILE: fileOf(one) }, store)).toEqual([one, two]);
  });

  it("are in the folders of SSL_CERT_DIR, which replaces the folders but not the files", async () => {
    const folders = `${folderOf({ "a.0": one })}::/nowhere:${folderOf({ "b.txt": two })}`;
    expect(await machineCertificates({ SSL_CERT_DIR: folders }, NOWHERE)).toEqual([one, two]);
    expect(await machineCertificates({ SSL_CERT_DIR: "/nowhere" }, { files: [fileOf(two)], folders: [folderOf({ a: one })] })).toEqual([
      two,
    ]);
  });

  it.each<[string, string, readonly string[]]>([
    ["several in one file, with text in between", `# one\n${one}\n\nsubject=/CN=x\n${two}\n`, [one, two]],
    ["each only once, whatever its line breaks", `${one}\n${one.replaceAll("\n", "\r\n")}`, [one.replaceAll("\n", "\r\n")]],
    ["none that Node.js has", rootCertificates.join("\n"), []],
    ["no private keys and other objects", signed.server.key, []],
    ["nothing from a file of another kind", "\u0000\u0001", []],
  ])("are %s", async (_name, text, expected) => {
    expect(await machineCertificates({ SSL_CERT_FILE: fileOf(text), SSL_CERT_DIR: "/nowhere" })).toEqual(expected);
  });

  it("are read once where a folder has links named for hashes, and links out of it count", async () => {
    const target = fileOf(two);
    const linked = folderOf({ "one.pem": one, "0a1b2c3d.0": "-> one.pem", "out.pem": `-> ${target}`, "broken.pem": "-> /nowhere/x" });
    expect(await machineCertificates({ SSL_CERT_DIR: linked }, NOWHERE)).toEqual(expect.arrayContaining([one, two]));
  });
});

/** Connections are cached per certificate, so a new certificate makes the client read the environment again. */
async function send(port: number, host = "127.0.0.1", log = new LogLines(), caCertificate = selfSignedCertificate().cert) {
  const http = new Http("Spacelift", settings({ caCertificate, log }), new Secrets());
  return http.sendForJson({ method: "GET", url: new URL(`https://${host}:${port}/thing`), headers: {}, access: "read" });
}

function setEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of ["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"]) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
}

describe("a server that only the machine knows", () => {
  it.each<[string, () => Readonly<Record<string, string>>]>([
    ["SSL_CERT_FILE", () => ({ SSL_CERT_FILE: fileOf(signed.authority) })],
    ["SSL_CERT_DIR", () => ({ SSL_CERT_DIR: `/nowhere:${folderOf({ "ca.crt": signed.authority })}` })],
    ["NODE_EXTRA_CA_CERTS", () => ({ NODE_EXTRA_CA_CERTS: fileOf(signed.authority) })],
  ])("is trusted by %s, and each request is one request and one log line", async (_name, variables) => {
    const port = await serve(signed.server);
    setEnvironment(variables());
    const log = new LogLines();
    const own = selfSignedCertificate().cert;
    for (let request = 0; request < 2; request++) expect((await send(port, "127.0.0.1", log, own)).body).toEqual({ version: "9.4.0" });
    expect(log.lines).toHaveLength(2);
  });

  it("is trusted behind a proxy", async () => {
    const port = await serve(signed.server);
    const { proxy, tunnels } = tunnelingProxy(port);
    setEnvironment({ SSL_CERT_FILE: fileOf(signed.authority), https_proxy: `http://127.0.0.1:${await listening(proxy)}`, no_proxy: "" });
    expect((await send(443, "bitbucket.invalid")).body).toEqual({ version: "9.4.0" });
    expect(new Set(tunnels)).toEqual(new Set(["bitbucket.invalid:443"]));
  });

  it("is not trusted by the authority of another server, nor for another name", async () => {
    const port = await serve(signed.server);
    setEnvironment({ SSL_CERT_FILE: fileOf(chainless.authority) });
    expect(((await rejectionOf(send(port))) as Problem).diagnostic.code).toBe("remote-unreachable");
    setEnvironment({ SSL_CERT_FILE: fileOf(signed.authority) });
    expect(((await rejectionOf(send(port, "localhost"))) as Problem).diagnostic.why).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("is explained with a file that is set but cannot be read", async () => {
    const port = await serve(signed.server);
    setEnvironment({ SSL_CERT_FILE: "/nowhere/ca.pem" });
    const http = new Http("Spacelift", settings({ caCertificate: null }), new Secrets());
    const url = new URL(`https://127.0.0.1:${port}/`);
    const failure = (await rejectionOf(http.send({ method: "GET", url, headers: {}, access: "read" }))) as Problem;
    expect(failure.diagnostic.fix).toMatch(
      /^SSL_CERT_FILE names \/nowhere\/ca\.pem, which cannot be read: correct it\. If 127\.0\.0\.1 uses/,
    );
    expect(failure.diagnostic.fix).toContain("ca_certificate of the spacelift block (or SPACELIFT_CA_CERTIFICATE)");
  });
});
