/** The provider's logins for managing webhooks on Bitbucket Cloud and Bitbucket Data Center, from the provider block or the environment. */
import { completeCredentials, describeForms, problem, PROVIDER_LOGINS, type CompleteCredential, type CredentialForm } from "../../domain";
import type { Unknown } from "../../terraform-plugin";
import type { CloudCredentials, DatacenterCredentials } from "../../clients";
import { readBlock, readVariables, type BlockValues } from "./block-values";
import { readCaCertificate } from "./ca-certificate";
import { parseHttpAddress } from "./http-address";
import { PROVIDER_VARIABLES, type Environment } from "./provider-variables";

export type BitbucketCloudBlock = BlockValues<
  "access_token" | "access_token_env" | "email" | "api_token" | "api_token_env" | "username" | "password" | "password_env" | "base_url"
>;
export type BitbucketDatacenterBlock = BlockValues<
  "url" | "access_token" | "access_token_env" | "username" | "password" | "password_env" | "ca_certificate"
>;

const BITBUCKET_CLOUD_API = "https://api.bitbucket.org/2.0";

/**
 * Credential and API address of Bitbucket Cloud. A block replaces the environment, except for the address.
 * @throws Problem `bitbucket-cloud-not-configured`, `bitbucket-credentials-conflict`, `provider-configuration-unknown`
 */
export function bitbucketCloudCredentials(
  block: BitbucketCloudBlock | null | Unknown,
  environment: Environment,
): { readonly credentials: CloudCredentials; readonly baseUrl: string } {
  const variables = readVariables(PROVIDER_VARIABLES.bitbucket_cloud, environment);
  const values = block === null ? variables : readBlock("bitbucket_cloud", block, environment);
  const credentials = selectCredential(PROVIDER_LOGINS.bitbucket_cloud, values, "bitbucket_cloud", block);
  if (credentials === undefined) {
    throw problem("bitbucket-cloud-not-configured", {
      why: `No complete Bitbucket Cloud credential is set in ${describeOrigin("bitbucket_cloud", block)}.`,
      fix:
        "Set BITBUCKET_ACCESS_TOKEN, or BITBUCKET_EMAIL with BITBUCKET_API_TOKEN, or add a bitbucket_cloud block to the provider. The credential must have " +
        "administrator access to the repositories, to read, create, and delete webhooks, and to read repositories and pull requests.",
      at: block === null ? [] : ["bitbucket_cloud"],
    });
  }
  const baseUrl = values.base_url ?? variables.base_url ?? BITBUCKET_CLOUD_API;
  return { credentials, baseUrl: parseHttpAddress(baseUrl, ["bitbucket_cloud", "base_url"], PROVIDER_VARIABLES.bitbucket_cloud.base_url) };
}

/**
 * Credential, address, and CA certificate of Bitbucket Data Center. A block replaces the environment, including the address: a token from the
 * block is never sent to a server that the environment names, and vice versa.
 * @throws Problem `bitbucket-datacenter-not-configured`, `bitbucket-credentials-conflict`, `provider-setting-invalid`, `provider-configuration-unknown`
 */
export function bitbucketDatacenterCredentials(
  block: BitbucketDatacenterBlock | null | Unknown,
  environment: Environment,
): { readonly credentials: DatacenterCredentials; readonly url: string; readonly caCertificate: string | null } {
  const variables = PROVIDER_VARIABLES.bitbucket_datacenter;
  const values = block === null ? readVariables(variables, environment) : readBlock("bitbucket_datacenter", block, environment);
  const credentials = selectCredential(PROVIDER_LOGINS.bitbucket_datacenter, values, "bitbucket_datacenter", block);
  if (credentials === undefined || values.url === null) {
    const missing = credentials === undefined ? "complete Bitbucket Data Center credential" : "address of a Bitbucket Data Center server";
    throw problem("bitbucket-datacenter-not-configured", {
      why: `No ${missing} is set in ${describeOrigin("bitbucket_datacenter", block)}.`,
      fix:
        "Set BITBUCKET_DATACENTER_URL and BITBUCKET_DATACENTER_TOKEN (an HTTP access token with REPO_ADMIN on the repositories), or add a bitbucket_datacenter block " +
        "with url and access_token_env to the provider.",
      at: block === null ? [] : ["bitbucket_datacenter"],
    });
  }
  const url = parseHttpAddress(values.url, ["bitbucket_datacenter", "url"], variables.url);
  if (/\/rest(\/|$)/.test(new URL(url).pathname)) {
    throw problem("provider-setting-invalid", {
      why: `"${url}" is an address of the REST API, not of the server.`,
      fix: "Set the address of the server without /rest, including its context path if it has one.",
      at: ["bitbucket_datacenter", "url"],
    });
  }
  return { credentials, url, caCertificate: values.ca_certificate === null ? null : readCaCertificate(values.ca_certificate) };
}

/** The complete credential, if any. A block must not contain more than one. In the environment, the first complete form takes precedence. */
function selectCredential<Form extends CredentialForm>(
  forms: readonly Form[],
  values: Readonly<Partial<Record<Form["fields"][number], string | null>>>,
  name: string,
  block: object | symbol | null,
): CompleteCredential<Form> | undefined {
  const complete = completeCredentials(forms, values);
  if (block === null || complete.length < 2) return complete[0];
  throw problem("bitbucket-credentials-conflict", {
    why: `The ${name} block contains more than one credential.`,
    fix: `Keep only one of: ${describeForms(forms)}.`,
    at: [name],
  });
}

function describeOrigin(name: string, block: object | symbol | null): string {
  return block === null ? "the environment" : `the provider's ${name} block`;
}
