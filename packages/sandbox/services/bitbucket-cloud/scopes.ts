// The scopes that operations require. Classic scopes imply other scopes; scopes of API tokens do not.

/** An operation requires all scopes of one list; the credential type decides which list. */
export interface Scopes {
  readonly classic: readonly string[];
  readonly apiToken: readonly string[];
}

/** The classic scopes that a classic scope implies directly. `repository:admin` and `project:admin` imply none. */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  project: ["repository"],
  "repository:write": ["repository"],
  pullrequest: ["repository"],
  "pullrequest:write": ["pullrequest", "repository:write"],
  "issue:write": ["issue"],
  "account:write": ["account"],
  "pipeline:write": ["pipeline"],
  "pipeline:variable": ["pipeline:write"],
  "runner:write": ["runner"],
  "snippet:write": ["snippet"],
};

/** The granted scopes and all scopes they imply. */
export function addImpliedScopes(granted: readonly string[]): ReadonlySet<string> {
  const expanded = new Set<string>();
  const add = (scope: string): void => {
    if (expanded.has(scope)) return;
    expanded.add(scope);
    (IMPLIED[scope] ?? []).forEach(add);
  };
  granted.forEach(add);
  return expanded;
}

const scopes = (classic: readonly string[], apiToken: readonly string[]): Scopes => ({ classic, apiToken });

export const SCOPES = {
  readHooks: scopes(["webhook"], ["read:webhook:bitbucket"]),
  writeHooks: scopes(["webhook"], ["read:webhook:bitbucket", "write:webhook:bitbucket"]),
  deleteHooks: scopes(["webhook"], ["delete:webhook:bitbucket"]),
  repository: scopes(["repository"], ["read:repository:bitbucket"]),
  /** Assumed. */
  adminRepository: scopes(["repository:admin"], ["admin:repository:bitbucket"]),
  deleteRepository: scopes(["repository:delete"], ["delete:repository:bitbucket"]),
  pullRequest: scopes(["pullrequest"], ["read:pullrequest:bitbucket"]),
  project: scopes(["project"], ["read:project:bitbucket"]),
  /** Any valid credential, except that an API token needs the scope. */
  workspace: scopes([], ["read:workspace:bitbucket"]),
  account: scopes(["account"], ["read:user:bitbucket"]),
  emails: scopes(["email"], ["read:user:bitbucket"]),
  ownWorkspaces: scopes(["account"], ["read:workspace:bitbucket"]),
  repositoryPermissions: scopes(["account", "repository"], ["read:repository:bitbucket"]),
} as const satisfies Readonly<Record<string, Scopes>>;
