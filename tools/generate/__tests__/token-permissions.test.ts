/** The pages state which permissions a token needs, for both products and both uses. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const CLOUD = "docs/resources/bitbucket_cloud_integration.md";
const DATACENTER = "docs/resources/bitbucket_datacenter_integration.md";
const NOUNS = ["webhook", "repository", "pullrequest"];

it.each<[string, string, RegExp[]]>([
  ["reading code on Cloud", CLOUD, [/id\.atlassian\.com/, /`read:repository:bitbucket` and `read:pullrequest:bitbucket`/]],
  ["reading code on Data Center", DATACENTER, [/Manage account/, /project read and repository read/]],
  ["managing webhooks on Cloud", "docs/index.md", NOUNS.map((noun) => new RegExp(`\`read:${noun}:bitbucket\``))],
  ["managing webhooks with an access token", "docs/index.md", [new RegExp(`scopes ${NOUNS.map((noun) => `\`${noun}\``).join(".*")}`)]],
  ["managing webhooks on Data Center", "docs/index.md", [/HTTP access token.*permission `REPO_ADMIN`/]],
  [
    "managing webhooks on either product",
    "README.md",
    [/read, write and delete webhooks, and to read repositories and pull requests/, /Data Center, it needs `REPO_ADMIN`/],
  ],
])("%s", (_, page, expected) => {
  const text = readFileSync(join(__dirname, "../../..", page), "utf8").replace(/\n/g, " ");
  for (const pattern of expected) expect(text).toMatch(pattern);
});
