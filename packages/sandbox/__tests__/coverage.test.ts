/** The coverage page lists exactly what is emulated. */
import { BITBUCKET_CLOUD_COVERAGE } from "../services/bitbucket-cloud/coverage";
import { OPERATIONS as CLOUD } from "../services/bitbucket-cloud";
import { BITBUCKET_DATACENTER_COVERAGE } from "../services/bitbucket-datacenter/coverage";
import { OPERATIONS as DATACENTER } from "../services/bitbucket-datacenter";
import type { Coverage } from "../core/coverage-row";
import { SPACELIFT_COVERAGE } from "../services/spacelift/coverage";

const ANY = ["authentication", "rate limit", "deliveries"];

it.each<[string, readonly Coverage[], readonly { operation: string }[], readonly string[]]>([
  ["Bitbucket Cloud", BITBUCKET_CLOUD_COVERAGE, CLOUD, [...ANY, "removed", "requestToken", "Pipelines proxy", "Pipelines variables"]],
  ["Bitbucket Data Center", BITBUCKET_DATACENTER_COVERAGE, DATACENTER, [...ANY, "pages", "addresses"]],
])("of %s lists every operation and every part", (_, coverage, operations, parts) => {
  const listed = new Set(coverage.map((row) => row.operation));
  const emulated = operations.map(({ operation }) => operation);
  expect([...listed].sort()).toEqual([...new Set([...emulated, ...parts])].sort());
});

it.each<[string, readonly Coverage[]]>([
  ["Spacelift", SPACELIFT_COVERAGE],
  ["Bitbucket Cloud", BITBUCKET_CLOUD_COVERAGE],
  ["Bitbucket Data Center", BITBUCKET_DATACENTER_COVERAGE],
])("of %s has no duplicate rows", (_, coverage) => {
  const rows = coverage.map((row) => JSON.stringify(row));
  expect(rows.filter((row, index) => rows.indexOf(row) < index)).toEqual([]);
});
