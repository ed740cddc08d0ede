/** TLS servers whose certificates are signed by authorities of the test, made with openssl. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createServer, type Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

const NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function openssl(...args: readonly string[]): void {
  execFileSync("openssl", args, { stdio: "ignore" });
}

/** Closes the servers and restores the environment after each test, and removes the folder after the last one. */
export function tlsServers() {
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

  const read = (name: string): string => readFileSync(join(folder, name), "utf8");

  function createAuthority(name: string): void {
    const files = ["-keyout", join(folder, `${name}.key`), "-out", join(folder, `${name}.pem`)];
    openssl("req", "-x509", ...NEW_KEY, ...files, "-subj", `/CN=Authority ${name}`, "-days", "2");
  }

  function sign(name: string, by: string, extensions: string): void {
    const file = (ending: string): string => join(folder, `${name}.${ending}`);
    openssl("req", "-new", ...NEW_KEY, "-keyout", file("key"), "-out", file("request"), "-subj", `/CN=${name}`);
    writeFileSync(file("extensions"), `${extensions}\n`);
    const signer = ["-CA", join(folder, `${by}.pem`), "-CAkey", join(folder, `${by}.key`), "-CAcreateserial"];
    openssl("x509", "-req", "-in", file("request"), ...signer, "-out", file("pem"), "-days", "2", "-extfile", file("extensions"));
  }

  async function listening(server: Server | TlsServer): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  return {
    folder,

    /** An authority, and a server certificate that it signs. */
    createSignedServer: (name: string, subjectAltName: string): { readonly authority: string; readonly server: Identity } => {
      createAuthority(`${name}-ca`);
      sign(name, `${name}-ca`, `subjectAltName=${subjectAltName}`);
      return { authority: read(`${name}-ca.pem`), server: { key: read(`${name}.key`), cert: read(`${name}.pem`) } };
    },

    /** A root authority, an intermediate authority that it signs, and a server certificate that the intermediate authority signs. */
    createChain: () => {
      createAuthority("root");
      sign("intermediate", "root", "basicConstraints=critical,CA:TRUE");
      sign("server", "intermediate", "subjectAltName=IP:127.0.0.1");
      const [key, cert, intermediate] = [read("server.key"), read("server.pem"), read("intermediate.pem")];
      return { intermediate, root: read("root.pem"), server: { key, cert: `${cert}${intermediate}` }, serverAlone: { key, cert } };
    },

    /** Responds to every request with the version of a Bitbucket server. Returns the port. */
    serve: (identity: Identity): Promise<number> => {
      const body = '{"version":"9.4.0"}';
      return listening(createServer(identity, (_request, response) => response.setHeader("content-type", "application/json").end(body)));
    },

    /** Starts a server. Returns its port. */
    listening,
  };
}
