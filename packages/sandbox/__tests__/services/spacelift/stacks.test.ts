/** Stacks, modules and runs: their integrations, access, and searches. */
import { createPayments, createStack, type GraphqlResponse, type RunningSpacelift, STACK_INPUT, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

const UPDATE =
  "mutation($id:ID!$input:StackInput!){stackUpdate(id: $id, input: $input){id space description labels vcsDetached vcsIntegration{id isDefault}}}";
const MODULE = {
  updateInput: { branch: "main" },
  repository: "terraform-aws-vpc",
  namespace: "acme-workspace",
  provider: "BITBUCKET_CLOUD",
  space: "team",
};
const CREATE_MODULE =
  "mutation($input:ModuleCreateInput!){moduleCreate(input:$input){id name terraformProvider space vcsIntegration{id isDefault} branch}}";
const UPDATE_MODULE = "mutation($id:ID!$input:ModuleUpdateV2Input!){moduleUpdateV2(id:$id,input:$input){space labels vcsIntegration{id}}}";

describe("a stack", () => {
  it("uses the given integration", async () => {
    await createPayments(spacelift);
    const { data } = await createStack(spacelift);
    expect(data.stackCreate).toEqual({
      id: "payments-prod",
      space: "team",
      vcsDetached: false,
      vcsIntegration: { id: "payments", isDefault: false },
    });
  });

  it.each([null, "", undefined])("uses the default integration if the id is %j, and keeps it when the default changes", async (id) => {
    await createPayments(spacelift, { name: "Main", spaceID: "root", isDefault: true });
    const { data } = await createStack(spacelift, { vcsIntegrationId: id });
    expect(data.stackCreate.vcsIntegration).toEqual({ id: "main", isDefault: true });
    await spacelift.request('mutation{bitbucketCloudIntegrationDelete(id:"main"){id}}');
    await createPayments(spacelift, { name: "Other", spaceID: "root", isDefault: true });
    expect((await spacelift.request('{stack(id:"payments-prod"){vcsIntegration{id}}}')).data.stack).toEqual({ vcsIntegration: null });
  });

  it.each([
    ["an unknown integration", { vcsIntegrationId: "gone" }, /VCS integration "gone" could not be found/],
    ["no integration if no default integration exists", { vcsIntegrationId: null }, /no default integration for this provider/],
    ["an integration of a child Space", { space: "root" }, /cannot attach VCS integration, stack space has no access/],
    ["an integration of a parent from which it does not inherit", { space: "island" }, /has no access to VCS integration "payments"/],
    ["a Cloud integration for a Data Center stack", { provider: "BITBUCKET_DATACENTER" }, /VCS integration "payments" could not be found/],
    ["an unknown Space", { space: "nowhere" }, /space "nowhere" could not be found/],
    ["a name without a letter", { name: "-" }, /must contain a letter or a digit/],
  ])("is rejected with %s", async (_, input, message) => {
    await createPayments(spacelift);
    const { data, errors } = await createStack(spacelift, input);
    expect(data).toEqual({ stackCreate: null });
    expect(errors[0]?.message).toMatch(message);
  });

  it("is rejected if its name exists, unless it has a separate slug", async () => {
    await createPayments(spacelift);
    await createStack(spacelift);
    expect((await createStack(spacelift)).errors[0]?.message).toMatch(/identifier "payments-prod" already exists/);
    const query = 'mutation($input:StackInput!){stackCreate(input:$input,manageState:false,slug:"second"){id managesStateFile}}';
    expect((await spacelift.request(query, { input: STACK_INPUT })).data.stackCreate).toEqual({ id: "second", managesStateFile: false });
  });

  it("in a Space that inherits can use an integration of the parent Space", async () => {
    await createPayments(spacelift);
    expect((await createStack(spacelift, { space: "child" })).errors).toEqual([]);
  });

  it("of another provider is only stored", async () => {
    expect((await createStack(spacelift, { provider: "GITHUB", vcsIntegrationId: null })).data.stackCreate).toMatchObject({
      vcsDetached: false,
      vcsIntegration: null,
    });
    const other = await createStack(spacelift, { name: "b", provider: "GITLAB", vcsIntegrationId: "anything" });
    expect(other.data.stackCreate).toMatchObject({ vcsIntegration: { id: "anything" }, vcsDetached: false });
  });

  it("moves to another integration, and null clears fields", async () => {
    await createPayments(spacelift);
    await createPayments(spacelift, { name: "Next" });
    await createStack(spacelift, { description: "d", labels: ["a"] });
    const { data } = await spacelift.request(UPDATE, {
      id: "payments-prod",
      input: { ...STACK_INPUT, vcsIntegrationId: "next", labels: null, description: null },
    });
    expect(data.stackUpdate).toEqual({
      id: "payments-prod",
      space: "team",
      description: null,
      labels: [],
      vcsDetached: false,
      vcsIntegration: { id: "next", isDefault: false },
    });
    const rejected = await spacelift.request(UPDATE, { id: "payments-prod", input: { ...STACK_INPUT, space: "island" } });
    expect(rejected.errors[0]?.message).toMatch(/no access/);
    expect((await spacelift.request(UPDATE, { id: "gone", input: STACK_INPUT })).errors[0]?.message).toBe("not found");
  });

  it("is deleted immediately, unless it is protected", async () => {
    await createPayments(spacelift);
    await createStack(spacelift);
    await createStack(spacelift, { name: "Safe", protectFromDeletion: true });
    const query = "mutation($id:ID!){stackDelete(id: $id){id deleting}}";
    expect((await spacelift.request(query, { id: "payments-prod" })).data.stackDelete).toEqual({ id: "payments-prod", deleting: false });
    expect((await spacelift.request(query, { id: "payments-prod" })).data.stackDelete).toBeNull();
    expect((await spacelift.request(query, { id: "safe" })).errors[0]?.message).toMatch(/protected from deletion/);
    expect((await spacelift.request("{stacks{id}}")).data.stacks).toEqual([{ id: "safe" }]);
  });

  it.each([
    ["ROOT", true, []],
    ["CHILD", true, ["unauthorized"]],
    ["WRITER", true, ["unauthorized"]],
    ["NO_ROLES", false, ["not found"]],
  ])("is visible to the key %s: %s; a change results in %j", async (key, seen, errors) => {
    await createPayments(spacelift);
    await createStack(spacelift);
    const { data } = await spacelift.request('{stack(id:"payments-prod"){id} stacks{id} searchStacks(input:{}){edges{node{id}}}}', {}, key);
    const stack = { id: "payments-prod" };
    expect(data).toEqual({
      stack: seen ? stack : null,
      stacks: seen ? [stack] : [],
      searchStacks: { edges: seen ? [{ node: stack }] : [] },
    });
    const update = await spacelift.request(UPDATE, { id: "payments-prod", input: STACK_INPUT }, key);
    expect(update.errors.map((error) => error.message)).toEqual(errors);
  });
});

describe("runs", () => {
  it("are triggered by writers, one per call", async () => {
    await createPayments(spacelift);
    await createStack(spacelift);
    const query =
      'mutation($type:RunType){runTrigger(stack:"payments-prod",commitSha:"abc",runType:$type){state type triggeredBy branch commit{hash}}}';
    const { data } = await spacelift.request(query, { type: "PROPOSED" }, "WRITER");
    expect(data.runTrigger).toEqual({ state: "QUEUED", type: "PROPOSED", triggeredBy: "WRITER", branch: "main", commit: { hash: "abc" } });
    expect((await spacelift.request(query, {}, "CHILD")).errors[0]?.message).toBe("unauthorized");
    expect(await spacelift.get("runs")).toEqual([
      expect.objectContaining({ account: "acme", stack: "payments-prod", type: "PROPOSED", commit: "abc", integration: null }),
    ]);
    expect((await spacelift.request('mutation{runTrigger(stack:"gone"){id}}')).errors[0]?.message).toBe("not found");
  });
});

describe("a module", () => {
  beforeEach(async () => {
    await createPayments(spacelift);
  });

  it("derives its name and provider from the repository, and uses the given integration", async () => {
    const { data } = await spacelift.request(CREATE_MODULE, { input: { ...MODULE, vcsIntegrationId: "payments" } });
    expect(data.moduleCreate).toEqual({
      id: "terraform-aws-vpc",
      name: "vpc",
      terraformProvider: "aws",
      space: "team",
      branch: "main",
      vcsIntegration: { id: "payments", isDefault: false },
    });
  });

  it.each([
    ["a bad name", { name: "Vpc" }, /must start and end with a lowercase letter/],
    ["an integration that it cannot use", { space: "root" }, /module space has no access/],
    ["no default", { vcsIntegrationId: null }, /no default integration/],
  ])("is rejected with %s", async (_, input, message) => {
    const response = await spacelift.request(CREATE_MODULE, { input: { ...MODULE, vcsIntegrationId: "payments", ...input } });
    expect(response.errors[0]?.message).toMatch(message);
  });

  it("can be updated in the flat form, shared, read, listed and deleted", async () => {
    await spacelift.request(CREATE_MODULE, { input: { ...MODULE, vcsIntegrationId: "payments" } });
    const id = "terraform-aws-vpc";
    await createPayments(spacelift, { name: "Next" });
    const input = { repository: "terraform-aws-vpc", vcsIntegrationId: "next", labels: ["x"] };
    expect((await spacelift.request(UPDATE_MODULE, { id, input })).data.moduleUpdateV2).toEqual({
      space: "team",
      labels: ["x"],
      vcsIntegration: { id: "next" },
    });
    expect((await spacelift.request(UPDATE_MODULE, { id, input: { labels: [] } })).errors[0]?.message).toMatch(
      /"repository" of required type/,
    );
    const share =
      "mutation($id:ID!$input:ModuleShareInput!){moduleShare(id: $id, input: $input){from{account{subdomain},space{id}},to{space{id}},module{name}}}";
    expect((await spacelift.request(share, { id, input: { accounts: [], spaces: ["root"] } })).data.moduleShare).toEqual([
      { from: { account: { subdomain: "acme" }, space: { id: "team" } }, to: { space: { id: "root" } }, module: { name: "vpc" } },
    ]);
    const first = await spacelift.request(
      'mutation($id:ID!){moduleUpdate(id:$id,input:{branch:"next"}){branch labels vcsIntegration{id}}}',
      {
        id,
      },
    );
    expect(first.data.moduleUpdate).toEqual({ branch: "next", labels: [], vcsIntegration: { id: "next" } });
    const search = '{modules{id} searchModules(input:{predicates:[{field:"labels",constraint:{stringMatches:["x"]}}]}){edges{node{id}}}}';
    expect((await spacelift.request(search)).data).toEqual({ modules: [{ id }], searchModules: { edges: [] } });
    expect((await spacelift.request("mutation($id:ID!){moduleDelete(id:$id){id}}", { id })).data.moduleDelete).toEqual({ id });
    expect((await spacelift.request("query($id:ID!){module(id:$id){id}}", { id })).data.module).toBeNull();
  });
});

describe("searching", () => {
  const SEARCH =
    "query($input:SearchInput!){searchStacks(input: $input){edges{cursor,node{id}},pageInfo{startCursor,endCursor,hasNextPage,hasPreviousPage}}}";
  const ids = async (input: Record<string, unknown>): Promise<string[]> =>
    (await spacelift.request(SEARCH, { input })).data.searchStacks.edges.map((edge: { node: { id: string } }) => edge.node.id);

  beforeEach(async () => {
    const stack = (id: string, more: object) => ({ id, name: id, provider: "GITHUB" as const, namespace: "o", repository: "r", ...more });
    await spacelift.post("seed", {
      accounts: [
        {
          name: "acme",
          keys: [{ id: "ROOT", secret: "root-secret", admin: true }],
          stacks: [stack("a", { labels: ["x"] }), stack("b", { branch: "next" }), stack("c", { labels: ["x", "y"], repository: "infra" })],
        },
      ],
    });
  });

  it("pages by cursor to the last page", async () => {
    const pages: unknown[] = [];
    let after: string | null = null;
    do {
      const response: GraphqlResponse = await spacelift.request(SEARCH, { input: { first: 2, after, predicates: null } });
      const { edges, pageInfo } = response.data.searchStacks;
      pages.push([edges.map((edge: { node: { id: string } }) => edge.node.id), pageInfo.hasPreviousPage]);
      after = pageInfo.hasNextPage === true ? (pageInfo.endCursor as string) : null;
    } while (after !== null);
    expect(pages).toEqual([
      [["a", "b"], false],
      [["c"], true],
    ]);
  });

  it.each([
    [{ predicates: [{ field: "label", constraint: { booleanEquals: null, enumEquals: null, stringMatches: ["x"] } }] }, ["a", "c"]],
    [{ predicates: [{ field: "label", constraint: { stringMatches: ["x"] }, exclude: true }] }, ["b"]],
    [{ predicates: [{ field: "repository", constraint: { stringMatches: ["infra", "other"] } }] }, ["c"]],
    [
      {
        predicates: [
          { field: "administrative", constraint: { booleanEquals: [false] } },
          { field: "branch", constraint: { stringMatches: ["next"] } },
        ],
      },
      ["b"],
    ],
    [{ fullTextSearch: "B" }, ["b"]],
    [{ orderBy: { field: "name", direction: "DESC" } }, ["c", "b", "a"]],
  ])("finds with %j: %j", async (input, expected) => {
    expect(await ids(input)).toEqual(expected);
  });

  it.each([
    [{ predicates: [{ field: "vcsIntegration", constraint: { stringMatches: ["x"] } }] }, 'unknown field "vcsIntegration"'],
    [{ orderBy: { field: "nothing", direction: "ASC" } }, 'unknown field "nothing"'],
    [{ after: "bm9uZQ" }, "invalid cursor"],
    [{ first: 0 }, "first must be above 0"],
  ])("rejects %j", async (input, message) => {
    expect((await spacelift.request(SEARCH, { input })).errors[0]?.message).toBe(message);
  });

  it("lists the fields that can be searched", async () => {
    const query = "{searchStacksSuggestions(input:{}){filteredCount fields{name}} searchModulesSuggestions(input:{}){filteredCount}}";
    const { data } = await spacelift.request(query);
    expect(data.searchStacksSuggestions.filteredCount).toBe(3);
    expect(data.searchModulesSuggestions.filteredCount).toBe(0);
    const names = data.searchStacksSuggestions.fields.map((field: { name: string }) => field.name);
    expect(names).toEqual(expect.arrayContaining(["label", "repository"]));
    expect(names).not.toContain("vcsIntegration");
  });
});
