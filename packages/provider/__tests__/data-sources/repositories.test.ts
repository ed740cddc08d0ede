/** The list of repositories: where Bitbucket's pages shift while they are read, and where a project without a name would empty it. */
import type { Repository } from "../../../clients";
import { UNKNOWN, checkConfig, type ObjectValue, type Value } from "../../../terraform-plugin";
import type { Clients } from "../../configuration/clients";
import { bitbucketCloudRepositoriesData } from "../../data-sources/bitbucket-cloud-repositories";
import { bitbucketDatacenterRepositoriesData } from "../../data-sources/bitbucket-datacenter-repositories";

const repository = (id: string, slug: string): Repository => ({ id, namespace: "PAY", slug, name: slug, project: "PAY", mainBranch: null });

it.each([
  ["cloud", bitbucketCloudRepositoriesData],
  ["datacenter", bitbucketDatacenterRepositoriesData],
])("has each repository of %s once, by its slug, also one that was on two pages", async (_product, source) => {
  // "billing" was made between the two pages, and moved "ledger" to the second one.
  const list = () => Promise.resolve([repository("2", "ledger"), repository("2", "ledger"), repository("3", "app.old")]);
  const api = { bitbucket: () => ({ repositories: { list } }) } as unknown as Clients;
  const question = { api, config: { project: "PAY", workspace: "PAY" } };
  // What a handler gets, as far as it looks at it.
  const { repositories } = await source.read(question as unknown as Parameters<typeof source.read>[0]);
  expect((repositories as readonly { readonly slug: string }[]).map(({ slug }) => slug)).toEqual(["app.old", "ledger"]);
});

it.each<[string, Value, readonly string[]]>([
  ["left out", null, []],
  ["a key", "PAY", []],
  ["decided later", UNKNOWN, []],
  ["empty", "", ["value-not-allowed"]],
  ["blank", " ", ["value-not-allowed"]],
])("a project of Bitbucket Cloud that is %s", (_name, project, codes) => {
  const config: ObjectValue = { workspace: "acme", project };
  const found = checkConfig(bitbucketCloudRepositoriesData.attributes, config, { writeOnly: false });
  expect(found.map(({ code }) => code)).toEqual(codes);
});
