/** What differs between the two products, as one table: everything else is one and the same declaration. */
import { bitlift } from "../provider";
import type { Attributes } from "../../terraform-plugin";

const attributesOf = (type: string, list: readonly { readonly type: string; readonly attributes: unknown }[]): Attributes => {
  const found = list.find((one) => one.type === type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found.attributes as Attributes;
};

it.each([
  [
    "resource",
    "integration",
    ["api_token_env", "api_token_wo", "api_token_wo_version", "app_password_env", "app_password_wo", "app_password_wo_version", "email"],
    ["access_token_env", "access_token_wo", "access_token_wo_version", "api_host", "user_facing_host"],
    ["username"],
  ],
  [
    "resource",
    "webhook",
    ["skip_certificate_verification", "uuid", "workspace"],
    ["project", "verify_certificate", "webhook_id"],
    ["additional_events"],
  ],
  ["data source", "integration", ["email"], ["api_host", "user_facing_host"], ["username"]],
  ["data source", "repositories", ["workspace"], [], ["project", "query", "repositories", "role"]],
])("%s: %s", (kind, noun, cloudOnly, datacenterOnly, differing) => {
  const list = kind === "resource" ? bitlift.resources : bitlift.dataSources;
  const cloud = attributesOf(`bitbucket_cloud_${noun}`, list);
  const datacenter = attributesOf(`bitbucket_datacenter_${noun}`, list);
  const missing = (from: Attributes, other: Attributes) => Object.keys(from).filter((name) => !(name in other));
  expect(missing(cloud, datacenter).sort()).toEqual(cloudOnly);
  expect(missing(datacenter, cloud).sort()).toEqual(datacenterOnly);
  const changed = Object.keys(cloud).filter(
    (name) => name in datacenter && JSON.stringify(cloud[name]) !== JSON.stringify(datacenter[name]),
  );
  expect(changed.sort()).toEqual(differing);
});

describe("a query for the repositories of Bitbucket Cloud", () => {
  it.each([
    ["nothing", {}, null],
    ["a project", { project: "PAY" }, 'project.key = "PAY"'],
    ["a query", { query: 'name ~ "terraform"' }, 'name ~ "terraform"'],
    ["both", { project: "PAY", query: 'name ~ "a" OR name ~ "b"' }, 'project.key = "PAY" AND (name ~ "a" OR name ~ "b")'],
    ["a project that would end the text", { project: 'P" OR "" = "' }, 'project.key = "P\\" OR \\"\\" = \\""'],
  ])("from %s", async (_name, given, expected) => {
    const source = bitlift.dataSources.find((one) => one.type === "bitbucket_cloud_repositories");
    const asked: unknown[] = [];
    const api = { bitbucket: () => ({ repositories: { list: (...args: unknown[]) => (asked.push(args), Promise.resolve([])) } }) };
    const config = { workspace: "acme", project: null, query: null, role: null, ...given };
    await source?.read({ config, api } as unknown as Parameters<typeof source.read>[0]);
    expect(asked).toEqual([["acme", { query: expected, role: null }]]);
  });
});
