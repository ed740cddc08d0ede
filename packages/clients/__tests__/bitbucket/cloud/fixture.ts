/** A recorded webhook, and a client for a stub server. */
import { BitbucketCloud, type CloudCredentials } from "../../../bitbucket/cloud/client";
import type { RemoteSettings } from "../../../http/settings";
import type { Problem } from "../../../../diagnostics";
import { rejectionOf, settings, type StubServer, type StubResponse } from "../../http/stub-server";

export const UUID = "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}";
export const REPOSITORY_UUID = "{aaaaaaaa-7ccf-44b7-ba6b-8827a14d5324}";
export const HOOKS = "/2.0/repositories/acme/app/hooks";
export const HOOK = `${HOOKS}/%7B202cf34e-7ccf-44b7-ba6b-8827a14d5324%7D`;
export const repository = { namespace: "acme", repository: "app" };
export const input = {
  url: "https://hooks.example/payments",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push", "pullrequest:created"],
  verifyCertificate: true,
};
/** A recorded response with fields of every kind. */
export const hook = {
  type: "webhook_subscription",
  uuid: "{202CF34E-7ccf-44b7-ba6b-8827a14d5324}",
  description: "Spacelift (payments)",
  url: "https://hooks.example/payments",
  active: true,
  skip_cert_verification: false,
  events: ["pullrequest:created", "repo:push"],
  created_at: "2025-08-23T15:07:25.469063524Z",
  subject: { type: "repository", name: "app", full_name: "acme/app", uuid: REPOSITORY_UUID },
  links: { self: { href: "https://api.example/hooks/1" } },
  source: null,
  read_only: false,
  history_enabled: true,
  secret_set: true,
};
export const ABSENT: StubResponse = {
  status: 404,
  json: { type: "error", error: { message: "You may not have access to this repository or it no longer exists in this workspace." } },
};

export const token: CloudCredentials = { accessToken: "ATCTT-access-token" };
export const client = (server: StubServer, credentials: CloudCredentials = token, changes: Partial<RemoteSettings> = {}): BitbucketCloud =>
  new BitbucketCloud(credentials, `${server.url}/2.0`, settings(changes));

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return (await rejectionOf(work)) as Problem;
}
