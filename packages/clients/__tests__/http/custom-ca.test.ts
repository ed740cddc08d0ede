/** Certificates of an additional authority, over real TLS: trusted where they are configured, and nowhere else. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BitbucketDatacenter } from "../../bitbucket/datacenter/client";
import { Http } from "../../http/http";
import type { RemoteSettings } from "../../http/settings";
import { Secrets } from "../../http/secrets";
import type { Problem } from "../../../diagnostics";
import { selfSignedCertificate } from "../../../sandbox";
import { rejectionOf, LogLines, settings } from "./stub-server";
import { tlsServers, type Identity } from "./tls-servers";
import { tunnelingProxy } from "./tunneling-proxy";

const { folder, createSignedServer, createChain, serve, listening } = tlsServers();

/** Sends a request. An undefined caCertificate stands for a system without that setting. */
async function send(port: number, caCertificate: string | null | undefined, host = "127.0.0.1", changes: Partial<RemoteSettings> = {}) {
  const http = new Http("Bitbucket Data Center", settings({ ...changes, caCertificate }), new Secrets());
  return http.sendForJson({ method: "GET", url: new URL(`https://${host}:${port}/thing`), headers: {}, access: "read" });
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return (await rejectionOf(work)) as Problem;
}

const signed = createSignedServer("bitbucket", "IP:127.0.0.1,DNS:bitbucket.invalid");
const chain = createChain();
const selfSigned = selfSignedCertificate();
const unrelated = selfSignedCertificate();

/** Node.js trusts a chain without its root since 20.18. */
const trustedWithoutRoot: readonly [string, Identity, string][] =
  Number(process.versions.node.split(".")[0]) > 20 || Number(process.versions.node.split(".")[1]) >= 18
    ? [
        ["by the intermediate authority alone", chain.server, chain.intermediate],
        ["by its own certificate, although an authority has signed it", chain.serverAlone, chain.serverAlone.cert],
      ]
    : [];

describe("trusts a server", () => {
  it.each<[string, Identity, string]>([
    ["by its self-signed certificate", selfSigned, selfSigned.cert],
    ["by the authority that signed it", signed.server, signed.authority],
    ["by one of several certificates", signed.server, `# ours\n${unrelated.cert}\n${signed.authority}`],
    ["by a certificate with \\n instead of line breaks", selfSigned, selfSigned.cert.replaceAll("\n", "\\n")],
    ["by the root authority, if the server sends the intermediate certificate", chain.server, chain.root],
    ["by both authorities, if the server sends no intermediate certificate", chain.serverAlone, `${chain.intermediate}${chain.root}`],
    ...trustedWithoutRoot,
    ["by a certificate with Windows line breaks", selfSigned, selfSigned.cert.replaceAll("\n", "\r\n")],
  ])("%s", async (_name, identity, authority) => {
    const port = await serve(identity);
    expect((await send(port, authority)).body).toEqual({ version: "9.4.0" });
  });

  it("in the client of Bitbucket Data Center", async () => {
    const port = await serve(selfSigned);
    const bitbucket = (caCertificate: string | null): BitbucketDatacenter =>
      new BitbucketDatacenter({ accessToken: "token" }, `https://127.0.0.1:${port}`, { ...settings(), caCertificate });
    expect(await bitbucket(selfSigned.cert).serverVersion()).toBe("9.4.0");
    expect(await bitbucket(null).serverVersion()).toBeNull();
  });

  it("by NODE_EXTRA_CA_CERTS, in addition to the configured certificate", async () => {
    const file = join(folder, "extra.pem");
    writeFileSync(file, selfSigned.cert);
    process.env["NODE_EXTRA_CA_CERTS"] = file;
    const port = await serve(selfSigned);
    // A certificate that no other test has used, because connections are cached per certificate.
    expect((await send(port, `${unrelated.cert}\n`)).body).toEqual({ version: "9.4.0" });
  });

  it("behind a proxy", async () => {
    const port = await serve(signed.server);
    const { proxy, tunnels } = tunnelingProxy(port);
    process.env["https_proxy"] = `http://127.0.0.1:${await listening(proxy)}`;
    process.env["no_proxy"] = "";
    expect((await send(443, `${signed.authority}\n`, "bitbucket.invalid")).body).toEqual({ version: "9.4.0" });
    expect(tunnels).toEqual(["bitbucket.invalid:443"]);
  });

  it("without affecting another client of the same process", async () => {
    const port = await serve(selfSigned);
    await send(port, selfSigned.cert);
    expect((await problemOf(send(port, undefined))).diagnostic.code).toBe("remote-unreachable");
    expect((await problemOf(send(port, unrelated.cert))).diagnostic.code).toBe("remote-unreachable");
  });
});

describe("explains why a server is not trusted", () => {
  it.each<[string, string | null | undefined, string]>([
    ["system with a certificate setting", null, "or set ca_certificate of the bitbucket_datacenter block"],
    ["system with a certificate setting, by all settings of the machine", null, "certificate store of the machine"],
    ["system with a certificate setting, by a variable of the engine", null, "SSL_CERT_FILE"],
    ["system with a certificate variable", null, "BITBUCKET_DATACENTER_CA_CERTIFICATE"],
    ["another certificate is configured", unrelated.cert, "did not sign this certificate"],
    ["system without a certificate setting", undefined, "NODE_EXTRA_CA_CERTS"],
  ])("%s", async (_name, caCertificate, words) => {
    const log = new LogLines();
    const port = await serve(selfSigned);
    const failure = await problemOf(send(port, caCertificate, "127.0.0.1", { log }));
    expect(failure.diagnostic.code).toBe("remote-unreachable");
    expect(failure.diagnostic.why).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(failure.diagnostic.fix).toContain(words);
    expect(failure.execution).toBe("no");
    expect(log.lines).toHaveLength(1);
  });

  it("certificate for another host", async () => {
    const port = await serve(createSignedServer("elsewhere", "DNS:elsewhere.example").server);
    const failure = await problemOf(send(port, readFileSync(join(folder, "elsewhere-ca.pem"), "utf8")));
    expect(failure.diagnostic.why).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(failure.diagnostic.fix).toContain("The certificate is for another host");
  });
});

describe("reports an invalid certificate before sending a request", () => {
  it.each<[string, string, string]>([
    ["words", "trust everything", "no complete certificate"],
    ["the path of a file", "/etc/ssl/ca.pem", "no complete certificate"],
    ["a certificate that was cut off", selfSigned.cert.slice(0, 200), "no complete certificate"],
    ["a certificate that was changed", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "Certificate 1 of 1"],
    [
      "a valid and an invalid one",
      `${selfSigned.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      "Certificate 2 of 2",
    ],
  ])("%s", async (_name, text, words) => {
    const port = await serve(selfSigned);
    const log = new LogLines();
    const failure = await problemOf(send(port, text, "127.0.0.1", { log }));
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(failure.diagnostic.why).toContain("BITBUCKET_DATACENTER_CA_CERTIFICATE");
    expect(failure.diagnostic.why).toContain(words);
    expect(log.lines).toEqual([]);
  });
});
