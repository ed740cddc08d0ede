/** The attributes in which the declarations of the two products differ. All others are identical. */
import { bitlift } from "../provider";
import type { Attributes } from "../../terraform-plugin";

const findAttributes = (type: string, list: readonly { readonly type: string; readonly attributes: unknown }[]): Attributes => {
  const found = list.find((declaration) => declaration.type === type);
  if (found === undefined) throw new Error(`${type} is not declared`);
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
])(
  "the %s %s differs between the products only in the listed attributes",
  (declarationType, noun, cloudOnly, datacenterOnly, differing) => {
    const list = declarationType === "resource" ? bitlift.resources : bitlift.dataSources;
    const cloud = findAttributes(`bitbucket_cloud_${noun}`, list);
    const datacenter = findAttributes(`bitbucket_datacenter_${noun}`, list);
    const namesOnlyIn = (own: Attributes, foreign: Attributes) => Object.keys(own).filter((name) => !(name in foreign));
    expect(namesOnlyIn(cloud, datacenter).sort()).toEqual(cloudOnly);
    expect(namesOnlyIn(datacenter, cloud).sort()).toEqual(datacenterOnly);
    const changed = Object.keys(cloud).filter(
      (name) => name in datacenter && JSON.stringify(cloud[name]) !== JSON.stringify(datacenter[name]),
    );
    expect(changed.sort()).toEqual(differing);
  },
);

describe("the filter for repositories of Bitbucket Cloud", () => {
  it.each([
    ["nothing", {}, null],
    ["a project", { project: "PAY" }, 'project.key = "PAY"'],
    ["a query", { query: 'name ~ "terraform"' }, 'name ~ "terraform"'],
    ["both", { project: "PAY", query: 'name ~ "a" OR name ~ "b"' }, 'project.key = "PAY" AND (name ~ "a" OR name ~ "b")'],
    ["a project with quotation marks", { project: 'P" OR "" = "' }, 'project.key = "P\\" OR \\"\\" = \\""'],
  ])("is built from %s", async (_case, given, expected) => {
    const dataSource = bitlift.dataSources.find(({ type }) => type === "bitbucket_cloud_repositories");
    const requests: unknown[] = [];
    const api = {
      loginProblem: () => undefined,
      bitbucket: () => ({ repositories: { list: (...args: unknown[]) => (requests.push(args), Promise.resolve([])) } }),
    };
    const config = { workspace: "acme", project: null, query: null, role: null, ...given };
    await dataSource?.read({ config, api } as unknown as Parameters<typeof dataSource.read>[0]);
    expect(requests).toEqual([["acme", { query: expected, role: null }]]);
  });
});
