/** Git's own user names, which are no user names of a person. */
import { gitTokenKind } from "../git-user-names";

it.each([
  ["x-token-auth", "access token"],
  ["X-Token-Auth ", "access token"],
  ["x-bitbucket-api-token-auth", "API token"],
  ["ci-bot", undefined],
  ["constructor", undefined],
])("%p stands for: %p", (name, kind) => {
  expect(gitTokenKind(name)).toBe(kind);
});
