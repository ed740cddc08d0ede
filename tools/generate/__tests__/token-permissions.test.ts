/** Whoever makes a token finds on the pages which permissions it needs, for either product and for either use. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const CLOUD = "docs/resources/bitbucket_cloud_integration.md";
const DATACENTER = "docs/resources/bitbucket_datacenter_integration.md";
const MANAGING = ["webhook", "repository", "pullrequest"];

it.each<[string, string, RegExp]>([
  ["what reads code on Cloud", CLOUD, /made at id\.atlassian\.com.*`read:repository:bitbucket` and `read:pullrequest:bitbucket`/],
  ["what reads code on Data Center", DATACENTER, /made there under Manage account.*project read and repository read/],
  ["what manages webhooks on Cloud", "docs/provider.md", new RegExp(MANAGING.map((noun) => `\`read:${noun}:bitbucket\``).join(".*"))],
  ["the same with an access token", "docs/provider.md", new RegExp(`scopes ${MANAGING.map((noun) => `\`${noun}\``).join(".*")}`)],
  ["what manages webhooks on Data Center", "docs/provider.md", /HTTP access token.*permission `REPO_ADMIN`/],
  [
    "what manages webhooks on either",
    "README.md",
    /delete webhooks and to read repositories and pull requests on Cloud, and `REPO_ADMIN` on Data Center/,
  ],
])("%s", (_, page, said) => {
  expect(readFileSync(join(__dirname, "../../..", page), "utf8")).toMatch(said);
});
