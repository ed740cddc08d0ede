/** The certificates of authorities that this machine trusts, found as the engine finds them: by the rules of Go's crypto/x509. */
import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** Where Linux distributions keep them: the first file that exists is read, and every folder. */
const MACHINE_STORE = {
  files: [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ],
  folders: ["/etc/ssl/certs", "/etc/pki/tls/certs"],
};

/**
 * PEM texts of the certificates that Node.js does not know. SSL_CERT_FILE replaces the files, and SSL_CERT_DIR, folders with colons between
 * them, replaces the folders. What cannot be read is left out.
 */
export async function machineCertificates(environment: NodeJS.ProcessEnv = process.env, store = MACHINE_STORE): Promise<readonly string[]> {
  const files = environment["SSL_CERT_FILE"] ? [environment["SSL_CERT_FILE"]] : store.files;
  const folders = environment["SSL_CERT_DIR"]?.split(":").filter((folder) => folder !== "") ?? [];
  const texts = [
    await firstReadable(files),
    ...(await Promise.all((folders.length > 0 ? folders : store.folders).map(readFolder))).flat(),
    ...(await keychain()),
  ];
  const { rootCertificates } = await import("node:tls");
  const known = new Set(rootCertificates.map(contentOf));
  const found = texts.flatMap((text) => text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []);
  const unknown = new Map(found.map((certificate) => [contentOf(certificate), certificate]));
  return [...unknown].filter(([content]) => !known.has(content)).map(([, certificate]) => certificate);
}

/** The keychain of macOS, which Node.js can read since version 22.15. */
async function keychain(): Promise<readonly string[]> {
  if (process.platform !== "darwin") return [];
  const { getCACertificates } = (await import("node:tls")) as { readonly getCACertificates?: (type: string) => readonly string[] };
  return getCACertificates?.("system") ?? [];
}

async function firstReadable(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const text = await readIfPossible(file);
    if (text !== undefined) return text;
  }
  return "";
}

async function readFolder(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.map(async (name) => ((await isAlias(join(folder, name))) ? "" : readIfPossible(join(folder, name)))),
  );
  return texts.map((text) => text ?? "");
}

/** Whether the file is a link to another one in its folder: OpenSSL finds certificates by links that are named for hashes. */
async function isAlias(file: string): Promise<boolean> {
  const target = await readlink(file).catch(() => "/");
  return !target.includes("/");
}

function readIfPossible(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined);
}

/** Texts of one certificate may differ in their line breaks. */
function contentOf(certificate: string): string {
  return certificate.replaceAll(/\s/g, "");
}
