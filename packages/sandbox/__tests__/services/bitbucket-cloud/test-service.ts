/** Starts an emulated Bitbucket Cloud for a test, which sends it requests over HTTP. */
import { createClock } from "../../../core/clock";
import { type BitbucketCloudSeed, createBitbucketCloud } from "../../../services/bitbucket-cloud";
import { type ListeningService, startService } from "../../listening-service";
import { type RequestOptions, sendRequest, type TestResponse } from "../../send-request";

export { sendRequest as ask, basic } from "../../send-request";

const WEBHOOK_SCOPES = ["read:webhook:bitbucket", "write:webhook:bitbucket", "delete:webhook:bitbucket"];
const API_SCOPES = [
  ...WEBHOOK_SCOPES,
  "read:repository:bitbucket",
  "read:pullrequest:bitbucket",
  "read:project:bitbucket",
  "read:workspace:bitbucket",
  "read:user:bitbucket",
];
const EVERYTHING = { "acme/*": "admin", "globex/*": "admin" } as const;

export const SEED: BitbucketCloudSeed = {
  workspaces: [
    {
      slug: "acme",
      name: "Acme",
      projects: [
        { key: "PLAT", name: "Platform" },
        { key: "PAY", name: "Payments" },
      ],
      repositories: [
        { slug: "infra", name: "Infra", project: "PLAT" },
        { slug: "billing", project: "PAY", mainBranch: "trunk" },
        { slug: "empty", mainBranch: null },
        { slug: "handbook", private: false },
      ],
    },
    { slug: "globex", repositories: [{ slug: "website" }] },
    { slug: "secretive" },
  ],
  credentials: [
    { kind: "access-token", token: "admin", scopes: ["webhook", "repository", "pullrequest", "project", "account"], access: EVERYTHING },
    { kind: "access-token", token: "webhook-only", scopes: ["webhook"], access: EVERYTHING },
    { kind: "access-token", token: "repository-only", scopes: ["repository"], access: EVERYTHING },
    { kind: "access-token", token: "admin-scope-only", scopes: ["repository:admin"], access: EVERYTHING },
    {
      kind: "access-token",
      token: "reader",
      scopes: ["webhook", "pullrequest"],
      access: { "acme/infra": "read", "acme/billing": "write" },
    },
    { kind: "access-token", token: "outsider", scopes: ["webhook", "repository"], access: { "globex/website": "admin" } },
    { kind: "access-token", token: "short-lived", scopes: ["webhook"], access: EVERYTHING, expires: "2020-01-01T00:00:00Z" },
    { kind: "api-token", email: "Ada@acme.example", displayName: "Ada", token: "ada", scopes: API_SCOPES, access: EVERYTHING },
    { kind: "api-token", email: "bob@acme.example", token: "bob", scopes: ["read:webhook:bitbucket"], access: EVERYTHING },
    { kind: "api-token", email: "jira@acme.example", token: "jira", scopes: [], access: EVERYTHING },
    { kind: "app-password", username: "legacy", token: "old", scopes: ["webhook", "repository"], access: EVERYTHING },
    {
      kind: "oauth-consumer",
      username: "consumer",
      token: "consumer-secret",
      scopes: ["webhook", "repository", "account"],
      access: EVERYTHING,
    },
  ],
};

export interface CloudTestService extends ListeningService {
  /** @param path below /2.0 */
  request(method: string, path: string, options?: RequestOptions): Promise<TestResponse>;
}

export interface CloudOptions {
  readonly seed?: BitbucketCloudSeed;
  readonly switches?: Readonly<Record<string, unknown>>;
  readonly paired?: readonly string[];
}

export async function startCloud({ seed = SEED, switches, paired = [] }: CloudOptions = {}): Promise<CloudTestService> {
  const clock = createClock();
  const service = await startService((origin) => createBitbucketCloud({ clock, seed, switches, origin, paired: () => paired }), clock);
  return { ...service, request: (method, path, options) => sendRequest(`${service.origin}/2.0${path}`, method, options) };
}

export const HOOK = { url: "https://hooks.example/one", description: "One", active: true, events: ["repo:push", "pullrequest:created"] };
