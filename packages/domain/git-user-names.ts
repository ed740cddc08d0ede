/** User names that Bitbucket accepts only for git over HTTPS. Its REST API rejects a login with one of them. */

/** What the token next to such a user name is. */
export type GitTokenKind = "access token" | "API token";

const KINDS: Readonly<Record<string, GitTokenKind>> = {
  "x-token-auth": "access token",
  "x-bitbucket-api-token-auth": "API token",
};

/** The kind of token that git sends with this user name; undefined for any other user name. */
export function gitTokenKind(userName: string): GitTokenKind | undefined {
  const name = userName.trim().toLowerCase();
  return Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
}
