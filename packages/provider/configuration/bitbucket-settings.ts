/** From the provider block and the environment to the logins that manage webhooks: Bitbucket Cloud's and Bitbucket Data Center's. */
import { readFileSync } from "node:fs";
import { problem } from "../../domain";
import type { Unknown } from "../../terraform-plugin";
import type { CloudCredentials, DatacenterCredentials } from "../../clients";
import { httpUrl, PROVIDER_VARIABLES, read, written, type BlockValues, type Environment } from "./settings";

export type BitbucketCloudBlock = BlockValues<
  "access_token" | "access_token_env" | "email" | "api_token" | "api_token_env" | "username" | "password" | "password_env" | "base_url"
>;
export type BitbucketDatacenterBlock = BlockValues<
  "url" | "access_token" | "access_token_env" | "username" | "password" | "password_env" | "ca_certificate"
>;

const BITBUCKET_CLOUD_API = "https://api.bitbucket.org/2.0";

/**
 * Bitbucket Cloud's credential and API address. A block wins as a whole; in the environment an access token goes before
 * email with API token, that before user name with password.
 * @throws Problem `bitbucket-cloud-not-configured`, `bitbucket-credentials-conflict`, `provider-configuration-unknown`.
 */
export function bitbucketCloudCredentials(
  block: BitbucketCloudBlock | null | Unknown,
  environment: Environment,
): { readonly credentials: CloudCredentials; readonly baseUrl: string } {
  const variables = read(PROVIDER_VARIABLES.bitbucket_cloud, environment);
  const from = block === null ? variables : written("bitbucket_cloud", block, environment);
  const forms: CloudCredentials[] = [];
  if (from.access_token !== null) forms.push({ accessToken: from.access_token });
  if (from.email !== null && from.api_token !== null) forms.push({ email: from.email, apiToken: from.api_token });
  if (from.username !== null && from.password !== null) forms.push({ username: from.username, password: from.password });
  const credentials = theOne(forms, "bitbucket_cloud", block, "access_token; email with api_token; username with password");
  if (credentials === undefined) {
    throw problem("bitbucket-cloud-not-configured", {
      why: `There is no complete Bitbucket Cloud credential in ${originOf("bitbucket_cloud", block)}.`,
      fix:
        "Set BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL with BITBUCKET_API_TOKEN, or write a bitbucket_cloud block. The credential needs to read, write and " +
        "delete webhooks and to read repositories and pull requests, as an administrator of the repositories.",
      at: block === null ? [] : ["bitbucket_cloud"],
    });
  }
  const baseUrl = from.base_url ?? variables.base_url ?? BITBUCKET_CLOUD_API;
  return { credentials, baseUrl: httpUrl(baseUrl, ["bitbucket_cloud", "base_url"], PROVIDER_VARIABLES.bitbucket_cloud.base_url) };
}

/**
 * Bitbucket Data Center's credential, address and own authority. A block wins as a whole, its address included: a token is never sent
 * to a server that somebody else named. In the environment an access token goes before user name with password.
 * @throws Problem `bitbucket-datacenter-not-configured`, `bitbucket-credentials-conflict`, `provider-setting-invalid`, `provider-configuration-unknown`.
 */
export function bitbucketDatacenterCredentials(
  block: BitbucketDatacenterBlock | null | Unknown,
  environment: Environment,
): { readonly credentials: DatacenterCredentials; readonly url: string; readonly caCertificate: string | null } {
  const variables = PROVIDER_VARIABLES.bitbucket_datacenter;
  const from = block === null ? read(variables, environment) : written("bitbucket_datacenter", block, environment);
  const forms: DatacenterCredentials[] = [];
  if (from.access_token !== null) forms.push({ accessToken: from.access_token });
  if (from.username !== null && from.password !== null) forms.push({ username: from.username, password: from.password });
  const credentials = theOne(forms, "bitbucket_datacenter", block, "access_token; username with password");
  if (credentials === undefined || from.url === null) {
    const missing =
      credentials === undefined ? "no complete Bitbucket Data Center credential" : "no address of a Bitbucket Data Center server";
    throw problem("bitbucket-datacenter-not-configured", {
      why: `There is ${missing} in ${originOf("bitbucket_datacenter", block)}.`,
      fix:
        "Set BITBUCKET_DATACENTER_URL with BITBUCKET_DATACENTER_TOKEN (an HTTP access token with REPO_ADMIN on the repositories), or write a bitbucket_datacenter block " +
        "with url and access_token_env.",
      at: block === null ? [] : ["bitbucket_datacenter"],
    });
  }
  const url = httpUrl(from.url, ["bitbucket_datacenter", "url"], variables.url);
  if (/\/rest(\/|$)/.test(new URL(url).pathname)) {
    throw problem("provider-setting-invalid", {
      why: `"${url}" is an address of the REST API, not of the server.`,
      fix: "Write the server's address with its context path, if it has one, and without /rest.",
      at: ["bitbucket_datacenter", "url"],
    });
  }
  return { credentials, url, caCertificate: from.ca_certificate === null ? null : pem(from.ca_certificate) };
}

/** The only credential; of several in the environment the first. */
function theOne<Form>(forms: readonly Form[], name: string, block: object | symbol | null, choice: string): Form | undefined {
  if (block === null || forms.length < 2) return forms[0];
  throw problem("bitbucket-credentials-conflict", {
    why: `The ${name} block has more than one credential.`,
    fix: `Keep one of: ${choice}.`,
    at: [name],
  });
}

function originOf(name: string, block: object | symbol | null): string {
  return block === null ? "the environment" : `the provider's ${name} block`;
}

/** Certificates as text, or the file that holds them. */
function pem(value: string): string {
  const text = value.includes("-----BEGIN") ? value : fileOf(value);
  if (/-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----/.test(text) && !text.includes("PRIVATE KEY")) return text;
  throw invalidCertificate(text.includes("PRIVATE KEY") ? "It holds a private key." : "It holds no certificate in PEM form.");
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw invalidCertificate(`It is neither a certificate in PEM form nor a file that can be read: ${path.slice(0, 200)}`);
  }
}

function invalidCertificate(why: string) {
  return problem("provider-setting-invalid", {
    why: `ca_certificate of Bitbucket Data Center cannot be used. ${why}`,
    fix: 'Give the certificate of the authority that signed the server\'s: its PEM text (file("ca.pem")) or the path of the PEM file, in ca_certificate or BITBUCKET_DATACENTER_CA_CERTIFICATE.',
    at: ["bitbucket_datacenter", "ca_certificate"],
  });
}
