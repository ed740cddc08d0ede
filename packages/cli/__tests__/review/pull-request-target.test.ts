/** Which pull request a review belongs to, on servers with international hosts. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentSecrets } from "../../review/secrets";
import { reviewTarget } from "../../review/pull-request-target";

/** After as many calls, V8 has optimized them, and URL.canParse of Node.js 20 and 22 answers differently. */
const CALLS = 30_000;
const ADDRESS = "https://bücher.example/projects/PLAT/repos/ledger/pull-requests/7";

it("the address of a pull request may have an international host, also after many calls", async () => {
  for (let index = 0; index < CALLS; index++) await reviewTarget("https://bitbucket.org/acme/a/pull-requests/1", {}, ".");
  await expect(reviewTarget(ADDRESS, {}, ".")).resolves.toMatchObject({ server: "https://xn--bcher-kva.example", pullRequest: "7" });
});

it("an address without a path is not a secret, also after many calls", () => {
  for (let index = 0; index < CALLS; index++) environmentSecrets({ TOKEN_URL: "https://login.example" }, undefined);
  expect(environmentSecrets({ TOKEN_URL: "https://bücher.example" }, undefined)).toEqual([]);
});

describe("in a clone", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pull-request-"));
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    "ssh://git@bücher.example:7999/plat/ledger.git",
    "https://bücher.example/scm/plat/ledger.git",
    "git@BÜCHER.example:plat/ledger.git",
  ])("the remote %s belongs to the server with this host", async (remote) => {
    execFileSync("git", ["remote", "add", "origin", remote], { cwd: folder });
    const environment = { BITBUCKET_DATACENTER_URL: "https://bücher.example" };
    await expect(reviewTarget("7", environment, folder)).resolves.toMatchObject({ product: "datacenter", repository: "ledger" });
    await expect(reviewTarget("7", { BITBUCKET_DATACENTER_URL: "https://other.example" }, folder)).rejects.toThrow("Nothing says");
  });
});
