/** Bitbucket integrations: identity, the default integration, roles, secrets, deletion. */
import { createPayments, createStack, type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

const ALL = "id name description isDefault space{id name} labels username email webhookUrl webhookSecret vcsChecks useGitCheckout";
const READ = `query($id:ID){bitbucketCloudIntegration(id:$id){${ALL}}}`;
const UPDATE = `mutation($input:BitbucketCloudIntegrationUpdateInput!){bitbucketCloudIntegrationUpdateV2(input:$input){${ALL}}}`;
const DELETE = "mutation($id:ID){bitbucketCloudIntegrationDelete(id:$id){id name}}";
const REGENERATE = "mutation($id:ID){bitbucketCloudIntegrationRegenerateWebhookSecret(id:$id){id name webhookSecret}}";
const DEFAULT = { name: "Main", spaceID: "root", isDefault: true };

async function marksOf(operation: string): Promise<readonly string[]> {
  const log = (await spacelift.get(`requests?operation=${operation}`)) as { marks: string[] }[];
  return log.at(-1)?.marks ?? [];
}

async function messages(query: string, variables: Record<string, unknown>, as?: string): Promise<string> {
  return (await spacelift.request(query, variables, as)).errors.map((error) => error.message).join();
}

describe("create", () => {
  it("derives the id and the webhook address from the name, creates a secret, and sets the defaults", async () => {
    await createPayments(spacelift, { name: "Bitbucket for Payments  Team!" });
    const { data } = await spacelift.request(READ, { id: "bitbucket-for-payments-team" });
    expect(data.bitbucketCloudIntegration).toEqual({
      id: "bitbucket-for-payments-team",
      name: "Bitbucket for Payments  Team!",
      description: "",
      isDefault: false,
      space: { id: "team", name: "Team" },
      labels: [],
      username: null,
      email: "bot@acme.example",
      webhookUrl: expect.stringMatching(
        new RegExp(`^${spacelift.origin}/bitbucket-cloud/[0-9A-Z]{26}/integration/bitbucket-for-payments-team$`),
      ),
      webhookSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
      vcsChecks: "INDIVIDUAL",
      useGitCheckout: false,
    });
  });

  it("stores every setting", async () => {
    const settings = { labels: ["b", "a"], description: "**x**", vcsChecks: "ALL", useGitCheckout: true };
    await createPayments(spacelift, settings);
    expect((await spacelift.request(READ, { id: "payments" })).data.bitbucketCloudIntegration).toMatchObject(settings);
  });

  it.each([
    ["", "root"],
    [null, "root"],
    ["child", "child"],
  ])("puts an integration with Space %j into %s", async (spaceID, id) => {
    await createPayments(spacelift, { spaceID });
    expect((await spacelift.request(READ, { id: "payments" })).data.bitbucketCloudIntegration.space.id).toBe(id);
  });

  it("accepts a user name and an app password in the V1 mutation", async () => {
    const query = `mutation($custom:CustomVCSInput){bitbucketCloudIntegrationCreate(username:"bot",appPassword:"pw",customInput:$custom){${ALL}}}`;
    const { data } = await spacelift.request(query, { custom: { name: "Old", spaceID: "team" } });
    expect(data.bitbucketCloudIntegrationCreate).toMatchObject({ id: "old", username: "bot", email: null });
  });

  it("creates the default integration if the name is missing, and marks the request", async () => {
    const query = 'mutation{bitbucketCloudIntegrationCreateV2(input:{email:"a@b.example",apiToken:"t"}){id isDefault}}';
    expect((await spacelift.request(query)).data.bitbucketCloudIntegrationCreateV2).toEqual({
      id: "bitbucket-cloud-default",
      isDefault: true,
    });
    expect(await marksOf("bitbucketCloudIntegrationCreateV2")).toEqual(["emptyId"]);
  });

  it.each([
    ["a name whose slug exists", { name: "PAYMENTS!" }, /an object with the identifier "payments" already exists/],
    ["a name without a letter or digit", { name: "!!" }, /must contain a letter or a digit/],
    ["an unknown Space", { name: "x", spaceID: "nowhere" }, /space "nowhere" could not be found/],
    ["a second default", { ...DEFAULT, name: "Second" }, /already has a default integration for this provider/],
    ["a default outside root", { ...DEFAULT, name: "x", spaceID: "team" }, /must be in the space "root" not in "team"/],
  ])("rejects %s and changes nothing", async (_, input, message) => {
    await createPayments(spacelift);
    await createPayments(spacelift, DEFAULT);
    await expect(createPayments(spacelift, input)).rejects.toThrow(message);
    expect((await spacelift.request("{vcsIntegrations{id}}")).data.vcsIntegrations).toEqual([{ id: "payments" }, { id: "main" }]);
  });

  it("allows the same id on Cloud and on Data Center", async () => {
    await createPayments(spacelift);
    const query = `mutation{bitbucketDatacenterIntegrationCreate(apiHost:"https://b.example",userFacingHost:"https://b.example",username:"bot",
      accessToken:"t",customInput:{name:"Payments",spaceID:"team"}){id apiHost webhookURL}}`;
    const { data } = await spacelift.request(query);
    expect(data.bitbucketDatacenterIntegrationCreate).toMatchObject({ id: "payments", apiHost: "https://b.example" });
    expect(data.bitbucketDatacenterIntegrationCreate.webhookURL).toMatch(/\/bitbucket_datacenter\/[0-9A-Z]{26}\/integration\/payments$/);
    expect((await spacelift.request("{integrationsCount{bitbucketCloud bitbucketDatacenter github}}")).data.integrationsCount).toEqual({
      bitbucketCloud: 1,
      bitbucketDatacenter: 1,
      github: 0,
    });
  });
});

describe("update", () => {
  const update = async (custom: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    (await spacelift.request(UPDATE, { input: { email: "new@acme.example", ...more, customInput: { id: "payments", ...custom } } })).data
      .bitbucketCloudIntegrationUpdateV2 as Record<string, unknown>;

  it("changes settings and keeps the secret and the address", async () => {
    const before = await createPayments(spacelift);
    const settings = { description: "d", labels: ["x"], vcsChecks: "AGGREGATED", useGitCheckout: true };
    const after = await update({ ...settings, space: "child" }, { apiToken: "next" });
    const kept = { webhookSecret: before["webhookSecret"], webhookUrl: before["webhookUrl"] };
    expect(after).toMatchObject({ ...settings, ...kept, email: "new@acme.example", space: { id: "child" } });
  });

  it("keeps missing fields, and keeps the token if it is null", async () => {
    await createPayments(spacelift, { labels: ["x"], description: "d", vcsChecks: "ALL", useGitCheckout: true });
    const token = async (): Promise<unknown> => (await spacelift.get("state")).accounts[0].integrations[0].credential;
    const before = await token();
    const kept = { labels: ["x"], description: "d", vcsChecks: "ALL", useGitCheckout: true };
    expect(await update({ space: "", useGitCheckout: null }, { apiToken: null })).toMatchObject(kept);
    expect(await token()).toBe(before);
    await update({}, { apiToken: "other" });
    expect(await token()).not.toBe(before);
  });

  it.each([
    ["labels-null", { labels: null }, "labels", [], ["x"]],
    ["description-empty", { description: "" }, "description", "", "d"],
  ])("clears or keeps a field, depending on the switch %s", async (name, custom, field, cleared, kept) => {
    await createPayments(spacelift, { labels: ["x"], description: "d" });
    await spacelift.post("switches", { [name]: "keeps" });
    expect((await update(custom))[field]).toEqual(kept);
    await spacelift.post("switches", { [name]: "clears" });
    expect((await update(custom))[field]).toEqual(cleared);
  });

  it("replaces an app password by an API token and vice versa", async () => {
    await createPayments(spacelift);
    const query = `mutation($custom:CustomVCSUpdateInput){bitbucketCloudIntegrationUpdate(username:"bot",appPassword:"pw",customInput:$custom){${ALL}}}`;
    const first = (await spacelift.request(query, { custom: { id: "payments" } })).data.bitbucketCloudIntegrationUpdate;
    expect(first).toMatchObject({ username: "bot", email: null });
    expect(await update({})).toMatchObject({ username: null, email: "new@acme.example" });
  });

  it.each(["name", "isDefault"])("has no field %s", async (field) => {
    await createPayments(spacelift);
    const query = `mutation($custom:CustomVCSUpdateInput){bitbucketCloudIntegrationUpdate(username:"u",customInput:$custom){id}}`;
    const text = await messages(query, { custom: { id: "payments", [field]: field === "name" ? "x" : true } });
    expect(text).toMatch(`Field "${field}" is not defined by type "CustomVCSUpdateInput"`);
  });

  it("rejects an unknown id, an unknown Space, and a move of the default integration", async () => {
    await createPayments(spacelift, DEFAULT);
    expect(await messages(UPDATE, { input: { customInput: { id: "gone" } } })).toBe("not found");
    expect(await messages(UPDATE, { input: { customInput: { id: "main", space: "nowhere" } } })).toMatch(/"nowhere" could not be found/);
    expect(await messages(UPDATE, { input: { customInput: { id: "main", space: "team" } } })).toMatch(/must be in the space "root"/);
  });

  it("rejects a move if a stack would lose access", async () => {
    await createPayments(spacelift);
    await createStack(spacelift);
    expect(await messages(UPDATE, { input: { customInput: { id: "payments", space: "child", labels: ["x"] } } })).toMatch(
      /payments-prod space has no access to VCS integration "payments"/,
    );
    expect((await spacelift.request(READ, { id: "payments" })).data.bitbucketCloudIntegration).toMatchObject({
      space: { id: "team" },
      labels: [],
    });
  });
});

describe("an empty id", () => {
  const cases: readonly [operation: string, query: string][] = [
    ["bitbucketCloudIntegration", 'query{bitbucketCloudIntegration(id:""){id}}'],
    ["bitbucketCloudIntegration", "query{bitbucketCloudIntegration{id}}"],
    ["bitbucketCloudIntegrationUpdateV2", 'mutation{bitbucketCloudIntegrationUpdateV2(input:{email:"e",apiToken:"t"}){id}}'],
    ["bitbucketCloudIntegrationUpdateV2", 'mutation{bitbucketCloudIntegrationUpdateV2(input:{customInput:{id:""}}){id}}'],
    ["bitbucketCloudIntegrationUpdate", 'mutation{bitbucketCloudIntegrationUpdate(username:"u"){id}}'],
    ["bitbucketCloudIntegrationDelete", "mutation{bitbucketCloudIntegrationDelete(id:null){id}}"],
    ["bitbucketCloudIntegrationRegenerateWebhookSecret", "mutation{bitbucketCloudIntegrationRegenerateWebhookSecret{id}}"],
    ["vcsIntegration", "query{vcsIntegration(provider:BITBUCKET_CLOUD){id}}"],
  ];
  it.each(cases)("means the default integration for %s, and is marked in the log (%s)", async (operation, query) => {
    await createPayments(spacelift);
    await createPayments(spacelift, DEFAULT);
    expect((await spacelift.request(query)).data[operation]).toEqual({ id: "main" });
    expect(await marksOf(operation)).toEqual(["emptyId"]);
  });

  it("is the only id that is marked", async () => {
    await createPayments(spacelift);
    await spacelift.request(READ, { id: "payments" });
    expect(await marksOf("bitbucketCloudIntegration")).toEqual([]);
  });
});

describe("delete", () => {
  it("always succeeds, detaches stacks and modules, and does not reattach them to a new integration with the same name", async () => {
    const before = await createPayments(spacelift);
    await createStack(spacelift);
    const module = { updateInput: { branch: "main" }, repository: "terraform-aws-vpc", namespace: "acme-workspace", space: "team" };
    const input = { ...module, provider: "BITBUCKET_CLOUD", vcsIntegrationId: "payments" };
    await spacelift.request("mutation($input:ModuleCreateInput!){moduleCreate(input:$input){id}}", { input });
    expect((await spacelift.request(DELETE, { id: "payments" })).data.bitbucketCloudIntegrationDelete).toEqual({
      id: "payments",
      name: "Payments",
    });

    const after = await createPayments(spacelift);
    expect(after["webhookUrl"]).toBe(before["webhookUrl"]);
    expect(after["webhookSecret"]).not.toBe(before["webhookSecret"]);
    const { data } = await spacelift.request(
      '{stack(id:"payments-prod"){vcsDetached vcsIntegration{id} provider namespace repository branch} module(id:"terraform-aws-vpc"){vcsIntegration{id} provider}}',
    );
    expect(data).toEqual({
      stack: {
        vcsDetached: true,
        vcsIntegration: null,
        provider: "BITBUCKET_CLOUD",
        namespace: "acme-workspace",
        repository: "infra",
        branch: "main",
      },
      module: { vcsIntegration: null, provider: "BITBUCKET_CLOUD" },
    });
    const run = await spacelift.request('mutation{runTrigger(stack:"payments-prod"){id}}');
    expect(run.errors[0]?.message).toMatch(/detached/);
  });

  it.each(["null", "not-found"])("responds to an unknown id as the switch absent says: %s", async (absent) => {
    await spacelift.post("switches", { absent });
    for (const query of [READ, DELETE, REGENERATE]) {
      const response = await spacelift.request(query, { id: "gone" });
      expect(response.errors.map((error) => error.message)).toEqual(absent === "null" ? [] : ["not found"]);
      expect(Object.values(response.data as object)).toEqual([null]);
    }
  });
});

it("regenerates the secret and keeps the address", async () => {
  const before = await createPayments(spacelift);
  const { data } = await spacelift.request(REGENERATE, { id: "payments" });
  expect(data.bitbucketCloudIntegrationRegenerateWebhookSecret.webhookSecret).toMatch(/^[0-9a-f]{64}$/);
  expect(data.bitbucketCloudIntegrationRegenerateWebhookSecret.webhookSecret).not.toBe(before["webhookSecret"]);
  expect((await spacelift.request(READ, { id: "payments" })).data.bitbucketCloudIntegration.webhookUrl).toBe(before["webhookUrl"]);
});

describe("access", () => {
  beforeEach(async () => {
    await createPayments(spacelift);
    await createPayments(spacelift, DEFAULT);
  });

  it.each([
    ["ROOT", ["payments", "main"]],
    ["READER", ["payments", "main"]],
    ["TEAM", ["payments", "main"]],
    ["CHILD", ["payments", "main"]],
    ["NO_ROLES", ["main"]],
  ])("lists for the key %s: %j", async (key, ids) => {
    const { data } = await spacelift.request("{vcsIntegrations{id name provider isDefault space{id name}}}", {}, key);
    expect(data.vcsIntegrations.map(({ id }: { id: string }) => id)).toEqual(ids);
    const listed = (await spacelift.request('{vcsIntegration(provider:BITBUCKET_CLOUD,id:"payments"){id}}', {}, key)).data.vcsIntegration;
    expect(listed).toEqual(ids.includes("payments") ? { id: "payments" } : null);
  });

  it("shows details to admins of the Space, and details of the default integration to root admins only", async () => {
    const secret = async (id: string, key: string): Promise<unknown> =>
      (await spacelift.request(READ, { id }, key)).data.bitbucketCloudIntegration?.webhookSecret;
    expect(await secret("payments", "ROOT")).toMatch(/^[0-9a-f]{64}$/);
    expect(await secret("payments", "TEAM")).toMatch(/^[0-9a-f]{64}$/);
    expect(await secret("main", "ROOT")).toMatch(/^[0-9a-f]{64}$/);
    expect(await secret("main", "TEAM")).toBeUndefined();
    expect(await secret("payments", "READER")).toBeUndefined();
  });

  it.each([
    ["unauthorized", null, ["unauthorized"]],
    ["null-object", null, []],
    [
      "null-fields",
      expect.objectContaining({
        id: "payments",
        name: "Payments",
        isDefault: false,
        space: { id: "team", name: "Team" },
        webhookSecret: null,
        webhookUrl: null,
        email: null,
        labels: null,
      }),
      [],
    ],
  ])("responds to a key without admin rights as the switch hidden says: %s", async (hidden, value, errors) => {
    await spacelift.post("switches", { hidden });
    const response = await spacelift.request(READ, { id: "payments" }, "READER");
    expect(response.data.bitbucketCloudIntegration).toEqual(value);
    expect(response.errors.map((error) => error.message)).toEqual(errors);
  });

  it("shows no fields of an integration that the key cannot list", async () => {
    await spacelift.post("switches", { hidden: "null-fields" });
    expect((await spacelift.request(READ, { id: "payments" }, "NO_ROLES")).data.bitbucketCloudIntegration).toBeNull();
  });

  it.each([
    ["allowed", []],
    ["root-only", ["unauthorized", "unauthorized", "unauthorized"]],
  ])("lets an admin of the Space manage its integrations if the switch space-admin says so: %s", async (spaceAdmin, errors) => {
    await spacelift.post("switches", { "space-admin": spaceAdmin });
    const found = [
      (await spacelift.request(UPDATE, { input: { customInput: { id: "payments" } } }, "TEAM")).errors,
      (await spacelift.request(REGENERATE, { id: "payments" }, "TEAM")).errors,
      (await spacelift.request(DELETE, { id: "payments" }, "TEAM")).errors,
    ].flat();
    expect(found.map((error) => error.message)).toEqual(errors);
  });

  it.each(["READER", "WRITER", "NO_ROLES"])("rejects all changes by the key %s", async (key) => {
    expect(await messages(UPDATE, { input: { customInput: { id: "payments" } } }, key)).toBe("unauthorized");
    expect(await messages(DELETE, { id: "payments" }, key)).toBe("unauthorized");
    expect(await messages(DELETE, { id: "main" }, "TEAM")).toBe("unauthorized");
  });

  it.each([
    ["team", ["payments", "main"]],
    ["child", ["payments", "main"]],
    ["island", ["main"]],
    ["root", ["main"]],
  ])("lets a stack in the Space %s use: %j", async (id, ids) => {
    const query = "query($id:ID!){attachableVCSIntegrationsForProviderInSpace(id:$id,provider:BITBUCKET_CLOUD){id name provider}}";
    const { data } = await spacelift.request(query, { id });
    expect(data.attachableVCSIntegrationsForProviderInSpace.map((integration: { id: string }) => integration.id)).toEqual(ids);
  });

  it("searches integrations by their fields", async () => {
    const query = "query($input:SearchInput!){searchVCSIntegrations(input:$input){edges{node{id}}}}";
    const input = { predicates: [{ field: "isDefault", constraint: { booleanEquals: [true] } }] };
    expect((await spacelift.request(query, { input })).data.searchVCSIntegrations.edges).toEqual([{ node: { id: "main" } }]);
  });
});

describe("reading from Bitbucket", () => {
  const sourceCode = {
    checkCredential: (_: string, { credential }: { credential: string }) =>
      credential === "token" ? undefined : "the API token is not accepted",
    listRepositories: () => [
      { namespace: "acme-workspace", repository: "infra" },
      { namespace: "acme-workspace", repository: "website" },
    ],
    listBranches: (_: string, __: unknown, ___: string, repository: string) => (repository === "infra" ? ["main", "next"] : undefined),
  };
  const TEST = 'mutation{bitbucketCloudIntegrationTest(id:"payments")}';
  const STATUS = '{vcsIntegrationTest(provider:BITBUCKET_CLOUD,id:"payments"){status}}';
  const LIST = '{repositories(provider:BITBUCKET_CLOUD,vcsIntegrationID:"payments",filter:"inf"){id namespace}}';
  const branches = (repository: string): string =>
    `{branches(provider:BITBUCKET_CLOUD,namespace:"acme-workspace",repository:"${repository}",vcsIntegrationID:"payments")}`;

  beforeEach(async () => {
    await spacelift.stop();
    spacelift = await startSpacelift({ sourceCode });
    await createPayments(spacelift);
  });

  it("uses the credential of the integration", async () => {
    expect((await spacelift.request(TEST)).data).toEqual({ bitbucketCloudIntegrationTest: "OK" });
    expect((await spacelift.request(STATUS)).data).toEqual({ vcsIntegrationTest: { status: "OK" } });
    expect((await spacelift.request(LIST)).data).toEqual({ repositories: [{ id: "infra", namespace: "acme-workspace" }] });
    expect((await spacelift.request(branches("infra"))).data).toEqual({ branches: ["main", "next"] });
    expect(await messages(branches("other"), {})).toMatch(/acme-workspace\/other could not be read/);
  });

  it("reports the problem of a bad credential, which the creation accepted", async () => {
    await spacelift.request(UPDATE, { input: { apiToken: "bad", customInput: { id: "payments" } } });
    for (const query of [TEST, LIST, branches("infra")]) expect(await messages(query, {})).toBe("the API token is not accepted");
    expect((await spacelift.request(STATUS)).data).toEqual({ vcsIntegrationTest: { status: "the API token is not accepted" } });
    expect(await messages(TEST, {}, "READER")).toBe("unauthorized");
  });
});

it("returns the webhook address of the account", async () => {
  const { data } = await spacelift.request("{bitbucketCloudWebhooksEndpoint}");
  expect(data.bitbucketCloudWebhooksEndpoint).toMatch(new RegExp(`^${spacelift.origin}/bitbucket-cloud/[0-9A-Z]{26}$`));
});
