/** The login to one Bitbucket Data Center server, from its configuration and the file with its authority. */
import { readFileSync } from "node:fs";
import { Credential, validationError, type BitbucketDatacenterLogin } from "../lib";
import type { ServerConfiguration } from "./configuration";

export function serverLogin(
  key: string,
  { url, accessTokenEnv, username, passwordEnv, caCertificateFile }: ServerConfiguration,
): BitbucketDatacenterLogin {
  const caCertificate = caCertificateFile === undefined ? undefined : certificate(key, caCertificateFile);
  if (accessTokenEnv !== undefined) return { url, caCertificate, accessToken: Credential.fromEnvironment(accessTokenEnv) };
  return { url, caCertificate, username: username ?? "", password: Credential.fromEnvironment(passwordEnv ?? "") };
}

/** The text goes into the configuration, which may be applied on another machine. What is in the file is never repeated: it may be a key. */
function certificate(key: string, path: string): string {
  const place = `context.bitlift.bitbucketDatacenter.${key}.caCertificateFile`;
  const wrong = (what: string) =>
    validationError("configuration-invalid", {
      why: `${place} is "${path}", and ${what}.`,
      fix: "Name a PEM file that holds nothing but the certificate of the authority; a path starts where cdktf.json is.",
    });
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw wrong("there is no file that can be read");
  }
  if (text.includes("PRIVATE KEY")) throw wrong("that file holds a private key");
  if (!/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text)) throw wrong("that file is no certificate in PEM form");
  return text;
}
