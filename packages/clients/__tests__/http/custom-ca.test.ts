/** Certificates of an authority of one's own, over real TLS: trusted where they are given, and nowhere else. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createProxy, type Server } from "node:http";
import { createServer, type Server as TlsServer } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BitbucketDatacenter } from "../../bitbucket/datacenter/client";
import { Http } from "../../http/http";
import type { RemoteSettings } from "../../http/settings";
import { Secrets } from "../../http/secrets";
import type { Problem } from "../../../diagnostics";
import { selfSignedCertificate } from "../../../sandbox";
import { rejectionOf, LogLines, settings } from "./stub-server";

const folder = mkdtempSync(join(tmpdir(), "bitlift-authority-"));
const servers: (Server | TlsServer)[] = [];
const environment = { ...process.env };

afterEach(async () => {
  process.env = { ...environment };
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** An authority, and a server's certificate that it has signed. */
function signed(name: string, subjectAltName: string): { readonly authority: string; readonly server: Identity } {
  const file = (what: string): string => join(folder, `${name}-${what}`);
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { stdio: "ignore" });
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", file("ca.key"), "-out", file("ca.pem"), "-subj", `/CN=Authority ${name}`, "-days", "2");
  openssl("req", "-new", ...newKey, "-keyout", file("key.pem"), "-out", file("request.pem"), "-subj", `/CN=${name}`);
  writeFileSync(file("extensions"), `subjectAltName=${subjectAltName}\n`);
  const by = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial"];
  openssl("x509", "-req", "-in", file("request.pem"), ...by, "-out", file("cert.pem"), "-days", "2", "-extfile", file("extensions"));
  const read = (what: string): string => readFileSync(file(what), "utf8");
  return { authority: read("ca.pem"), server: { key: read("key.pem"), cert: read("cert.pem") } };
}

/** A server whose certificate was signed by an authority in between, which the first one has signed. */
function signedInBetween(): { readonly between: string; readonly root: string; readonly server: Identity; readonly serverAlone: Identity } {
  const file = (what: string): string => join(folder, `chain-${what}`);
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { stdio: "ignore" });
  };
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", file("root.key"), "-out", file("root.pem"), "-subj", "/CN=Root", "-days", "2");
  for (const [name, by, extensions] of [
    ["between", "root", "basicConstraints=critical,CA:TRUE"],
    ["server", "between", "subjectAltName=IP:127.0.0.1"],
  ] as const) {
    openssl("req", "-new", ...newKey, "-keyout", file(`${name}.key`), "-out", file("request.pem"), "-subj", `/CN=${name}`);
    writeFileSync(file("extensions"), `${extensions}\n`);
    const signer = ["-CA", file(`${by}.pem`), "-CAkey", file(`${by}.key`), "-CAcreateserial"];
    openssl(
      "x509",
      "-req",
      "-in",
      file("request.pem"),
      ...signer,
      "-out",
      file(`${name}.pem`),
      "-days",
      "2",
      "-extfile",
      file("extensions"),
    );
  }
  const read = (what: string): string => readFileSync(file(what), "utf8");
  const [key, cert, between] = [read("server.key"), read("server.pem"), read("between.pem")];
  return { between, root: read("root.pem"), server: { key, cert: `${cert}${between}` }, serverAlone: { key, cert } };
}

/** Answers every request with the version of a Bitbucket server. Returns the port. */
async function serve(identity: Identity): Promise<number> {
  return listening(
    createServer(identity, (_request, response) => response.setHeader("content-type", "application/json").end('{"version":"9.4.0"}')),
  );
}

async function listening(server: Server | TlsServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  return (server.address() as AddressInfo).port;
}

/** Asks as the client of a system does that may have an authority of its own; undefined: of one that may not. */
async function ask(port: number, caCertificate: string | null | undefined, host = "127.0.0.1", changes: Partial<RemoteSettings> = {}) {
  const http = new Http("Example", settings({ ...changes, ...(caCertificate === undefined ? {} : { caCertificate }) }), new Secrets());
  return http.sendForJson({ method: "GET", url: new URL(`https://${host}:${String(port)}/thing`), headers: {}, access: "read" });
}

async function refusal(work: Promise<unknown>): Promise<Problem> {
  // All that these requests fail with are Problems.
  return (await rejectionOf(work)) as Problem;
}

const signedOnce = signed("bitbucket", "IP:127.0.0.1,DNS:bitbucket.invalid");
const chain = signedInBetween();
const alone = selfSignedCertificate();
const stranger = selfSignedCertificate();

/** Node.js can do without the root from 20.18 on. */
const trustedWithoutRoot: readonly [string, Identity, string][] =
  Number(process.versions.node.split(".")[0]) > 20 || Number(process.versions.node.split(".")[1]) >= 18
    ? [
        ["by the authority in between alone", chain.server, chain.between],
        ["by its own certificate, though an authority has signed it", chain.serverAlone, chain.serverAlone.cert],
      ]
    : [];

describe("a server is trusted", () => {
  it.each<[string, Identity, string]>([
    ["by its self-signed certificate", alone, alone.cert],
    ["by the authority that has signed it", signedOnce.server, signedOnce.authority],
    ["by one of several certificates", signedOnce.server, `# ours\n${stranger.cert}\n${signedOnce.authority}`],
    ["by a certificate whose line breaks were written as two letters", alone, alone.cert.replaceAll("\n", "\\n")],
    ["by the first of two authorities, where it sends the one in between", chain.server, chain.root],
    ["by both authorities, where it sends none", chain.serverAlone, `${chain.between}${chain.root}`],
    ...trustedWithoutRoot,
    ["by a certificate with the line breaks of Windows", alone, alone.cert.replaceAll("\n", "\r\n")],
  ])("%s", async (_name, identity, authority) => {
    const port = await serve(identity);
    expect((await ask(port, authority)).body).toEqual({ version: "9.4.0" });
  });

  it("by the client of Bitbucket Data Center", async () => {
    const port = await serve(alone);
    const bitbucket = (caCertificate: string | null): BitbucketDatacenter =>
      new BitbucketDatacenter({ accessToken: "token" }, `https://127.0.0.1:${String(port)}`, { ...settings(), caCertificate });
    expect(await bitbucket(alone.cert).serverVersion()).toBe("9.4.0");
    expect(await bitbucket(null).serverVersion()).toBeNull();
  });

  it("by what NODE_EXTRA_CA_CERTS names, beside one's own", async () => {
    const file = join(folder, "extra.pem");
    writeFileSync(file, alone.cert);
    process.env["NODE_EXTRA_CA_CERTS"] = file;
    const port = await serve(alone);
    // A pair that no other test has used: connections are kept per certificate.
    expect((await ask(port, `${stranger.cert}\n`)).body).toEqual({ version: "9.4.0" });
  });

  it("behind a proxy too", async () => {
    const port = await serve(signedOnce.server);
    const tunnels: string[] = [];
    const proxy = createProxy().on("connect", (request, socket) => {
      tunnels.push(request.url ?? "");
      const through = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        through.pipe(socket).pipe(through);
      });
      for (const end of [through, socket]) end.on("error", () => socket.destroy());
    });
    process.env["https_proxy"] = `http://127.0.0.1:${String(await listening(proxy))}`;
    process.env["no_proxy"] = "";
    expect((await ask(443, `${signedOnce.authority}\n`, "bitbucket.invalid")).body).toEqual({ version: "9.4.0" });
    expect(tunnels).toEqual(["bitbucket.invalid:443"]);
  });

  it("without a word about it in another client of the same process", async () => {
    const port = await serve(alone);
    await ask(port, alone.cert);
    expect((await refusal(ask(port, undefined))).diagnostic.code).toBe("remote-unreachable");
    expect((await refusal(ask(port, stranger.cert))).diagnostic.code).toBe("remote-unreachable");
  });
});

describe("a server is not trusted, and a person is told what helps", () => {
  it.each<[string, string | null | undefined, string]>([
    ["in the settings of a system that takes a certificate", null, "give that authority's certificate in ca_certificate"],
    ["in the variable of a system that takes a certificate", null, "BITBUCKET_DATACENTER_CA_CERTIFICATE"],
    ["another certificate", stranger.cert, "is not of the authority that signed this certificate"],
    ["in the environment, for a system that takes none", undefined, "NODE_EXTRA_CA_CERTS"],
  ])("%s", async (_name, caCertificate, words) => {
    const log = new LogLines();
    const port = await serve(alone);
    const failure = await refusal(ask(port, caCertificate, "127.0.0.1", { log }));
    expect(failure.diagnostic.code).toBe("remote-unreachable");
    expect(failure.diagnostic.why).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(failure.diagnostic.fix).toContain(words);
    expect(failure.execution).toBe("no");
    expect(log.lines).toHaveLength(1);
  });

  it("the name, where the certificate is for another host", async () => {
    const port = await serve(signed("elsewhere", "DNS:elsewhere.example").server);
    const failure = await refusal(ask(port, readFileSync(join(folder, "elsewhere-ca.pem"), "utf8")));
    expect(failure.diagnostic.why).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(failure.diagnostic.fix).toContain("The certificate is for another host");
  });
});

describe("a text that is no certificate is refused before anything is sent", () => {
  it.each<[string, string, string]>([
    ["words", "trust everybody", "no whole certificate"],
    ["the path of a file", "/etc/ssl/ca.pem", "no whole certificate"],
    ["a certificate that was cut off", alone.cert.slice(0, 200), "no whole certificate"],
    ["a certificate that was changed", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "Certificate 1 of 1"],
    ["a good one and a bad one", `${alone.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`, "Certificate 2 of 2"],
  ])("%s", async (_name, text, words) => {
    const port = await serve(alone);
    const log = new LogLines();
    const failure = await refusal(ask(port, text, "127.0.0.1", { log }));
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(failure.diagnostic.why).toContain("BITBUCKET_DATACENTER_CA_CERTIFICATE");
    expect(failure.diagnostic.why).toContain(words);
    expect(log.lines).toEqual([]);
  });
});
