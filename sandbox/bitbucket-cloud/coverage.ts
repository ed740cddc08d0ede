// What the sandbox plays of Bitbucket Cloud and how certain each point is; sandbox/coverage.md is generated from it.

export interface Coverage {
  /** Operation as in the request log, or a part of the service. */
  readonly operation: string;
  readonly field?: string;
  /** documented: Atlassian says so; recorded: seen in a real answer or on a client's wire; assumed: nobody outside has confirmed it. */
  readonly evidence: "documented" | "recorded" | "assumed";
  readonly note: string;
}

const row = (operation: string, evidence: Coverage["evidence"], note: string, field?: string): Coverage => ({
  operation,
  ...(field === undefined ? {} : { field }),
  evidence,
  note,
});

const HOOK_FIELDS: readonly (readonly [field: string, evidence: Coverage["evidence"], note: string])[] = [
  ["uuid", "recorded", "in braces, lower case"],
  ["events", "recorded", "shown in another order than sent, the same each time"],
  ["created_at", "recorded", "nine digits of a second; there is no time of the last change"],
  ["secret_set", "documented", "the only sign of a secret"],
  ["skip_cert_verification", "recorded", "missing in the specification, in every recorded answer"],
  ["history_enabled", "recorded", "shown; that it can be set is assumed"],
  ["subject_type", "documented", "missing in recorded answers: switch subject-type"],
  ["read_only", "recorded", "always false"],
  ["source", "recorded", "always null"],
  ["subject", "recorded", "type, name, full_name, uuid, links"],
];

export const BITBUCKET_CLOUD_COVERAGE: readonly Coverage[] = [
  row("listRepositoryHooks", "documented", "pages; administrators only"),
  ...HOOK_FIELDS.map(([field, evidence, note]) => row("getRepositoryHook", evidence, note, field)),
  row("getRepositoryHook", "documented", "404 for an unknown id; its wording is assumed"),
  row("createRepositoryHook", "documented", "201 with Location; needs the scopes of its events too: switch event-scopes"),
  row("createRepositoryHook", "documented", "absent, null and empty make no secret; at most 128 characters", "secret"),
  row(
    "createRepositoryHook",
    "documented",
    "private and loopback addresses are refused, the wording is assumed: switch webhook-urls",
    "url",
  ),
  row("createRepositoryHook", "assumed", "a second webhook with the same URL is allowed: switch duplicate-urls", "url"),
  row("createRepositoryHook", "assumed", "an unknown key is 400, repo:created and project:updated too: switch unknown-events", "events"),
  row("createRepositoryHook", "assumed", "no highest number of webhooks: switch hook-limit"),
  row("updateRepositoryHook", "documented", "absent keeps the secret, null and empty remove it", "secret"),
  row("updateRepositoryHook", "assumed", "absent url or events are 400, the rest gets its default: switch put-absent"),
  row("updateRepositoryHook", "recorded", "read-only fields in the body are ignored"),
  row("deleteRepositoryHook", "documented", "204, then 404"),
  row("listWorkspaceHooks", "documented", "as for repositories; owners of the workspace only"),
  row("createWorkspaceHook", "documented", "as for repositories"),
  row("getWorkspaceHook", "documented", "as for repositories"),
  row("updateWorkspaceHook", "documented", "as for repositories"),
  row("deleteWorkspaceHook", "documented", "as for repositories"),
  row("getRepository", "documented", "by slug in any case or by UUID; {} in place of the workspace"),
  row("getRepository", "recorded", "404 for missing and invisible alike"),
  row("getRepository", "assumed", "the slug of before a rename is 404: switch old-slug"),
  row("listRepositories", "documented", "role, q, sort, pagelen, page, fields"),
  row("listRepositories", "assumed", "which fields can be filtered and sorted by", "q"),
  row("createRepository", "documented", "POST, or PUT where there is none; needed scopes and error texts are assumed"),
  row("updateRepository", "documented", "a new name is a new slug, with Location"),
  row("deleteRepository", "documented", "204; webhooks go with it"),
  row("getPipelinesConfig", "recorded", "404 until it was set"),
  row("updatePipelinesConfig", "recorded", "enabled"),
  row("getOverrideSettings", "recorded", "as the published provider needs it"),
  row("updateOverrideSettings", "assumed", "default_merge_strategy and branching_model"),
  row("getUserByUuid", "recorded", "persons and consumers of the seed"),
  row("listPullRequestsOfCommit", "documented", "pages of 30, at most 50; 202 while indexing: switch commit-links-app"),
  row("listPullRequestsOfCommit", "assumed", "404 of a missing app has the text of an unknown address"),
  row("getUser", "documented", "persons only: an access token gets 403"),
  row("listEmails", "documented", "shape of an item assumed"),
  row("listOwnWorkspaces", "documented", "administrator and sort=slug"),
  row("getOwnPermission", "documented", "owner or member"),
  row("listOwnRepositoryPermissions", "documented", "admin, write or read"),
  row("getWorkspace", "documented", "404 when invisible"),
  row("listProjects", "documented", "of a workspace"),
  row("getProject", "documented", "by key"),
  row("listEventSubjects", "documented", "without a credential"),
  row("listEvents", "documented", "pages of 30, without a credential; which keys only a workspace has is assumed but for two"),
  row("requestToken", "documented", "client_credentials only; key and secret as Basic or in the form"),
  row("removed", "recorded", "410 with the announcement, for lists over all workspaces"),
  row("authentication", "recorded", "bodies of 401; WWW-Authenticate on each"),
  row("authentication", "assumed", "order of checks: credential, address, rate limit, kind, scope, visibility, administrator, body"),
  row("authentication", "documented", "app passwords are refused: switch app-passwords"),
  row("authentication", "assumed", "an API token as Bearer is refused: switch bearer-api-tokens"),
  row("rate limit", "documented", "off until switched on; webhooks have a budget of their own"),
  row("rate limit", "recorded", "headers and both bodies of 429: switches rate-headers, rate-body"),
  row("deliveries", "documented", "headers, signature, 10 s, two more attempts after 5xx, 256 KB"),
  row("deliveries", "recorded", "payloads of pushes and pull requests"),
  row("deliveries", "assumed", "X-Hook-UUID without braces; no second attempt without an answer"),
];
