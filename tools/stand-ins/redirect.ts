/** Leads the requests of the published provider for Bitbucket Cloud, whose address is fixed in its code, to a sandbox. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";

const HOST = "api.bitbucket.org";

interface Certificate {
  readonly key: string;
  readonly cert: string;
  readonly path: string;
}

let certificate: Certificate | undefined;

export interface Redirect {
  /** For HTTPS_PROXY. */
  readonly proxy: string;
  /** Path of the certificate that a program in Go has to trust, for SSL_CERT_FILE. */
  readonly certificate: string;
}

/**
 * Starts a proxy on 127.0.0.1 that answers as api.bitbucket.org does, with the responses of a sandbox. It ends with this process.
 * @param sandbox URL of the sandbox for Bitbucket Cloud
 */
export async function redirectBitbucketCloud(sandbox: string): Promise<Redirect> {
  const { key, cert, path } = (certificate ??= createCertificate());
  const service = createTlsServer({ key, cert }, (message, response) => forward(sandbox, message, response));
  const proxy = createServer((_message, response) => response.writeHead(405).end());
  proxy.on("connect", ({ url }, socket) => {
    if (url !== `${HOST}:443`) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    service.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  proxy.unref();
  return { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, certificate: path };
}

function forward(sandbox: string, message: IncomingMessage, response: ServerResponse): void {
  const { method, url = "/", headers } = message;
  const sent = request(new URL(url, sandbox), { method, headers }, (received) => {
    response.writeHead(received.statusCode ?? 502, received.headers);
    // Also passes on that a response was cut, for which the published provider would wait forever.
    pipeline(received, response, () => undefined);
  });
  sent.on("error", () => response.destroy());
  message.pipe(sent);
}

function createCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "bitlift-redirect-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [keyPath, path] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyPath];
  const subject = ["-subj", `/CN=${HOST}`, "-addext", `subjectAltName=DNS:${HOST}`, "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...key, "-out", path, ...subject], { stdio: "ignore" });
  return { key: readFileSync(keyPath, "utf8"), cert: readFileSync(path, "utf8"), path };
}
