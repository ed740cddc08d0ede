/** What the scenarios of drfaust92's provider assume: the workspace, the callers, and the existing webhooks. */
import type { BitbucketCloudSeed, SeedCredential, SeedHook } from "../../packages/sandbox";

/** Replaces every redacted value, including the secrets of credentials. */
export const SECRET = "a-secret-in-place-of-a-redacted-one";

const OWNER = { "acme/*": "admin" } as const;
const ALL_SCOPES = [
  ...[
    "read:webhook:bitbucket",
    "write:webhook:bitbucket",
    "delete:webhook:bitbucket",
    "read:pullrequest:bitbucket",
    "read:project:bitbucket",
  ],
  ...[
    "read:repository:bitbucket",
    "admin:repository:bitbucket",
    "delete:repository:bitbucket",
    "read:workspace:bitbucket",
    "read:user:bitbucket",
  ],
];
const CLASSIC = ["webhook", "repository", "pullrequest", "project", "account", "email"];

const apiToken = (name: string, scopes: readonly string[], access: SeedCredential["access"]): SeedCredential => ({
  kind: "api-token",
  email: `${name}@acme.example`,
  token: `token of ${name}`,
  scopes,
  access,
});

export const CONSUMER = "stub-key";
export const ACCESS_TOKEN = "an-access-token";

const CREDENTIALS: readonly SeedCredential[] = [
  apiToken("owner", ALL_SCOPES, OWNER),
  apiToken("reader", ALL_SCOPES, { "acme/*": "read" }),
  apiToken("narrow", ["read:repository:bitbucket"], OWNER),
  apiToken("scopeless", [], OWNER),
  apiToken("stranger", ALL_SCOPES, { "other/*": "admin" }),
  { kind: "access-token", token: ACCESS_TOKEN, scopes: CLASSIC, access: OWNER },
  { kind: "oauth-consumer", username: CONSUMER, token: SECRET, scopes: CLASSIC, access: OWNER },
];

/** The Authorization header of a caller; undefined for an anonymous one. */
export function authorizationOf(as: string): string | undefined {
  const basic = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  if (as === "nobody") return undefined;
  if (as === "consumer") return basic(CONSUMER, SECRET);
  if (as === "unknown-consumer") return basic(CONSUMER, "a wrong secret");
  if (as === "revoked") return basic("owner@acme.example", "a former token");
  return basic(`${as}@acme.example`, `token of ${as}`);
}

const hook = (uuid: string): SeedHook => ({
  uuid: `{${uuid}}`,
  url: "https://ci.example.com/hook",
  description: "ci",
  events: ["repo:push", "pullrequest:updated", "pullrequest:created"],
  skipCertVerification: true,
});
const FIRST = hook("00000000-0000-4000-8000-000000000001");
const EXISTING = hook("202cf34e-7ccf-44b7-ba6b-8827a14d5324");
const THIRTEENTH = hook("00000000-0000-4000-8000-000000000013");

/** By scenario and repository. */
const HOOKS: Readonly<Record<string, Readonly<Record<string, readonly SeedHook[]>>>> = {
  "hook import": { alpha: [EXISTING] },
  "hook faults on write": { alpha: [EXISTING] },
  "partial failures, 10 hooks": { q8: [THIRTEENTH] },
  redirects: { alpha: [FIRST], newname: [FIRST] },
};

export function createCloudSeed(scenario: string): BitbucketCloudSeed {
  const repository = (slug: string) => ({ slug, project: "ABC", hooks: HOOKS[scenario]?.[slug] ?? [] });
  const repositories = [
    {
      ...repository("alpha"),
      uuid: "{11111111-2222-4333-8444-555555555555}",
      mainBranch: scenario === "data source faults" ? null : "main",
    },
    ...(scenario === "redirects" ? [repository("newname")] : []),
    ...["q2", "q5", "q8"].map(repository),
  ];
  return {
    workspaces: [
      {
        slug: "acme",
        name: "Acme",
        uuid: "{99999999-2222-4333-8444-555555555555}",
        projects: [{ key: "ABC", name: "Abc" }],
        repositories,
      },
      { slug: "other" },
    ],
    credentials: CREDENTIALS,
  };
}

/** The user in the recorded responses. */
export const RECORDED_USER = "{aaaaaaaa-0000-4000-8000-000000000001}";

/** By exchange: a change by another client just before it, as a request to the control path. */
export const CHANGES_BEFORE: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  73: { workspace: "acme", repository: "alpha", change: "delete" },
};
