/** The list of what is played names every operation, and nothing else. */
import { OPERATIONS } from "../../../sandbox/bitbucket-datacenter";
import { BITBUCKET_DATACENTER_COVERAGE } from "../../../sandbox/bitbucket-datacenter/coverage";

const PARTS = ["pages", "authentication", "addresses", "rate limit", "deliveries"];

it("has a row for each operation, but for those of projects that are the same as a repository's", () => {
  const listed = new Set(BITBUCKET_DATACENTER_COVERAGE.map(({ operation }) => operation).filter((name) => !PARTS.includes(name)));
  const played = new Set(OPERATIONS.map(({ operation }) => operation));
  expect([...listed].filter((name) => !played.has(name))).toEqual([]);
  expect([...played].filter((name) => !listed.has(name) && !listed.has(name.replace("ProjectHook", "RepositoryHook")))).toEqual([]);
});

it("names no operation twice in the same words", () => {
  const rows = BITBUCKET_DATACENTER_COVERAGE.map((row) => JSON.stringify(row));
  expect(new Set(rows).size).toBe(rows.length);
});
