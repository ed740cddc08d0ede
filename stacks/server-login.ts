/** The login to a Bitbucket Data Center server, from its configuration and its CA certificate file. */
import { readFileSync } from "node:fs";
import { Credential, validationError, type BitbucketDatacenterLogin } from "../lib";
import type { ServerConfiguration } from "./configuration-model";

/** @throws Problem `configuration-invalid` if the CA certificate cannot be read, or is not a certificate. */
export function serverLogin(key: string, server: ServerConfiguration): BitbucketDatacenterLogin {
  const { url, accessTokenEnv, username = "", passwordEnv = "", caCertificateFile } = server;
  const caCertificate = caCertificateFile === undefined ? undefined : readCertificate(key, caCertificateFile);
  if (accessTokenEnv !== undefined) return { url, caCertificate, accessToken: Credential.fromEnvironment(accessTokenEnv) };
  return { url, caCertificate, username, password: Credential.fromEnvironment(passwordEnv) };
}

/**
 * Reads the certificate as text, because the engine may run on another machine. The messages must not contain the content of the file, because
 * it may be a private key.
 */
function readCertificate(key: string, path: string): string {
  const invalid = (reason: string) =>
    validationError("configuration-invalid", {
      why: `context.bitlift.bitbucketDatacenter.${key}.caCertificateFile is "${path}", but ${reason}.`,
      fix: "Set it to a PEM file that contains only the certificate of the authority. The path is relative to the folder of cdktf.json.",
    });
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw invalid("the file does not exist or cannot be read");
  }
  if (text.includes("PRIVATE KEY")) throw invalid("the file contains a private key");
  if (!/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text))
    throw invalid("the file is not a certificate in PEM format");
  return text;
}
