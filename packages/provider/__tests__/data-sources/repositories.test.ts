/** The repositories data sources: pages that shift while they are read, and a project key that would empty the list. */
import type { Repository } from "../../../clients";
import { UNKNOWN, checkConfig, type ObjectValue, type Value } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { bitbucketCloudRepositoriesData } from "../../data-sources/bitbucket-cloud-repositories";
import { bitbucketDatacenterRepositoriesData } from "../../data-sources/bitbucket-datacenter-repositories";

const createRepository = (id: string, slug: string): Repository => ({
  id,
  namespace: "PAY",
  slug,
  name: slug,
  project: "PAY",
  mainBranch: null,
});

// "billing" was created between the two pages, and moved "ledger" to the second one.
const list = () => Promise.resolve([createRepository("2", "ledger"), createRepository("2", "ledger"), createRepository("3", "app.old")]);
const api = { bitbucket: () => ({ repositories: { list } }) } as unknown as Clients;
// The part of a handler's context that these handlers read.
const context = { api, config: { project: "PAY", workspace: "PAY" } };

it("lists each Bitbucket Cloud repository once, sorted by slug, even if two pages contain it", async () => {
  const { repositories } = await bitbucketCloudRepositoriesData.read(
    context as unknown as Parameters<typeof bitbucketCloudRepositoriesData.read>[0],
  );
  expect(repositories?.map(({ slug, uuid }) => [slug, uuid])).toEqual([
    ["app.old", "3"],
    ["ledger", "2"],
  ]);
});

it("lists each Bitbucket Data Center repository once, sorted by slug, even if two pages contain it", async () => {
  const { repositories } = await bitbucketDatacenterRepositoriesData.read(
    context as unknown as Parameters<typeof bitbucketDatacenterRepositoriesData.read>[0],
  );
  expect(repositories?.map(({ slug, id }) => [slug, id])).toEqual([
    ["app.old", "3"],
    ["ledger", "2"],
  ]);
});

it.each<[string, Value, readonly string[]]>([
  ["accepts a project that is not set", null, []],
  ["accepts a key", "PAY", []],
  ["accepts an unknown value", UNKNOWN, []],
  ["rejects an empty key", "", ["value-not-allowed"]],
  ["rejects a blank key", " ", ["value-not-allowed"]],
])("%s", (_case, project, codes) => {
  const config: ObjectValue = { workspace: "acme", project };
  const found = checkConfig(bitbucketCloudRepositoriesData.attributes, config, { writeOnly: false });
  expect(found.map(({ code }) => code)).toEqual(codes);
});
