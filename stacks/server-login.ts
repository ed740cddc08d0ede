/** The login to a Bitbucket Data Center server, from its entry and its CA certificate file. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { validationError, type BitbucketDatacenterLogin } from "../lib";
import type { ServerEntry } from "../packages/configuration";
import { certificateFault } from "../packages/domain";
import { asData, asWritten } from "./plain-texts";
import type { Secrets } from "./secrets";

/**
 * @param folder The folder of `bitlift.yaml`.
 * @throws Problem `configuration-invalid` if the CA certificate cannot be read, or is not a certificate.
 */
export function serverLogin(
  { key, url, login, caCertificate: path }: ServerEntry,
  folder: string,
  secrets: Secrets,
): BitbucketDatacenterLogin {
  const caCertificate = path === undefined ? undefined : asData(readCertificate(key, folder, asWritten(path)));
  if (login === undefined) return { url, caCertificate };
  if ("token" in login) return { url, caCertificate, accessToken: secrets.credential(login.token) };
  return { url, caCertificate, username: login.username, password: secrets.credential(login.password) };
}

/**
 * Reads the certificate as text, because the engine may run on another machine. The messages must not contain the content of the file, because
 * it may be a private key.
 */
function readCertificate(key: string, folder: string, path: string): string {
  const invalid = (reason: string) =>
    validationError("configuration-invalid", {
      why: `caCertificate of the server "${key}" is "${path}", but ${reason}.`,
      fix: "Set it to a PEM file that contains only the certificate of the authority. The path is relative to the folder of bitlift.yaml.",
    });
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), "utf8");
  } catch {
    throw invalid("the file does not exist or cannot be read");
  }
  const fault = certificateFault("the file", text);
  if (fault !== undefined) throw invalid(fault.why.replace(/\.$/, ""));
  return text;
}
