/** The variants of Spacelift's GraphQL schema: layouts of the V2 inputs, names of types, and older servers. */
import { type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

async function fieldsOf(type: string): Promise<string[] | null> {
  const query = "query($name:String!){__type(name:$name){inputFields{name} fields{name}}}";
  const found = (await spacelift.request(query, { name: type }, null)).data.__type;
  return found === null ? null : ((found.inputFields ?? found.fields) as { name: string }[]).map((field) => field.name);
}

const CREATE =
  "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id space{id} isDefault labels}}";
const UPDATE =
  "mutation($input:BitbucketCloudIntegrationUpdateInput!){bitbucketCloudIntegrationUpdateV2(input:$input){id space{id} labels}}";
const CREDENTIAL = { email: "bot@acme.example", apiToken: "t" };

it("nests the V2 input by default", async () => {
  expect(await fieldsOf("BitbucketCloudIntegrationInput")).toEqual(["email", "apiToken", "customInput"]);
  expect(await fieldsOf("BitbucketCloudIntegrationUpdateInput")).toEqual(["email", "apiToken", "customInput"]);
  const flat = await spacelift.request(CREATE, { input: { ...CREDENTIAL, name: "Payments" } });
  expect(flat.errors[0]?.message).toMatch('Field "name" is not defined by type "BitbucketCloudIntegrationInput"');
});

it.each(["spaceID", "space", "spaceId"])("has a flat V2 input with the Space as %s, if switched", async (space) => {
  await spacelift.post("switches", { "v2-input": "flat", "space-field": space });
  const settings = ["labels", "description", "vcsChecks", "useGitCheckout"];
  expect(await fieldsOf("BitbucketCloudIntegrationInput")).toEqual(["email", "apiToken", "name", space, "isDefault", ...settings]);
  expect(await fieldsOf("BitbucketCloudIntegrationUpdateInput")).toEqual(["email", "apiToken", "id", space, ...settings]);

  const created = await spacelift.request(CREATE, {
    input: { ...CREDENTIAL, name: "Payments", [space]: "team", isDefault: false, labels: ["a"] },
  });
  expect(created.data.bitbucketCloudIntegrationCreateV2).toEqual({
    id: "payments",
    space: { id: "team" },
    isDefault: false,
    labels: ["a"],
  });
  const updated = await spacelift.request(UPDATE, { input: { id: "payments", [space]: "child", labels: [] } });
  expect(updated.data.bitbucketCloudIntegrationUpdateV2).toEqual({ id: "payments", space: { id: "child" }, labels: [] });
  const nested = await spacelift.request(CREATE, { input: { ...CREDENTIAL, name: "x", customInput: { name: "x" } } });
  expect(nested.errors[0]?.message).toMatch('Field "customInput" is not defined');
});

it("renames the input types, and accepts the new names", async () => {
  await spacelift.post("switches", { "type-names": "renamed" });
  for (const gone of ["BitbucketCloudIntegrationInput", "CustomVCSInput", "CustomVCSUpdateInput"]) expect(await fieldsOf(gone)).toBeNull();
  const query = '{__type(name:"Mutation"){fields{name args{type{ofType{name}}}}}}';
  const { fields } = (await spacelift.request(query)).data.__type as {
    fields: { name: string; args: { type: { ofType: { name: string } } }[] }[];
  };
  const input = fields.find((field) => field.name === "bitbucketCloudIntegrationCreateV2")?.args[0]?.type.ofType.name ?? "";
  const created = await spacelift.request(CREATE.replace("BitbucketCloudIntegrationInput", input), {
    input: { ...CREDENTIAL, customInput: { name: "Payments" } },
  });
  expect(created.data.bitbucketCloudIntegrationCreateV2.id).toBe("payments");
});

it.each([
  ["v2-input", UPDATE, 'Cannot query field "bitbucketCloudIntegrationUpdateV2" on type "Mutation"', { input: {} }],
  [
    "v1-mutations",
    'mutation{bitbucketCloudIntegrationCreate(username:"u",appPassword:"p"){id}}',
    'Cannot query field "bitbucketCloudIntegrationCreate"',
  ],
  [
    "regenerate",
    "mutation{bitbucketCloudIntegrationRegenerateWebhookSecret{id}}",
    'Cannot query field "bitbucketCloudIntegrationRegenerateWebhookSecret"',
  ],
  ["email-field", "{bitbucketCloudIntegration{email}}", 'Cannot query field "email" on type "BitbucketCloudIntegration"'],
  ["webhook-secret-field", "{bitbucketCloudIntegration{webhookSecret}}", 'Cannot query field "webhookSecret"'],
  ["use-git-checkout-field", "{bitbucketCloudIntegration{useGitCheckout}}", 'Cannot query field "useGitCheckout"'],
  ["viewer-admin-field", "{viewer{admin}}", 'Cannot query field "admin" on type "Viewer"'],
  ["vcs-detached-field", "{stacks{vcsDetached}}", 'Cannot query field "vcsDetached" on type "Stack"'],
])(
  "a server without %s responds with an error that is not marked as not emulated",
  async (name, query, message, variables: Record<string, unknown> = {}) => {
    expect((await spacelift.request(query, variables)).errors.map((error) => error.message).join()).not.toMatch("Cannot query field");
    await spacelift.post("switches", { [name]: "absent" });
    const response = await spacelift.request(query, variables);
    expect(response.status).toBe(200);
    expect(response.data).toBeUndefined();
    expect(response.errors.map((error) => error.message).join()).toMatch(message);
    const log = (await spacelift.get("requests")) as { marks: string[] }[];
    expect(log.at(-1)?.marks).toEqual(["rejected"]);
  },
);

it("removes the field useGitCheckout from the inputs as well", async () => {
  await spacelift.post("switches", { "use-git-checkout-field": "absent" });
  expect(await fieldsOf("CustomVCSInput")).not.toContain("useGitCheckout");
  expect(await fieldsOf("CustomVCSUpdateInput")).not.toContain("useGitCheckout");
});

it.each([
  ["slug", /\/integration\/main$/],
  ["account", /\/bitbucket-cloud\/[0-9A-Z]{26}$/],
])("the address of a default integration depends on the switch default-url: %s", async (form, address) => {
  await spacelift.post("switches", { "default-url": form });
  const input = { ...CREDENTIAL, customInput: { name: "Main", isDefault: true } };
  await spacelift.request(CREATE, { input });
  expect((await spacelift.request("{bitbucketCloudIntegration{webhookUrl}}")).data.bitbucketCloudIntegration.webhookUrl).toMatch(address);
});

describe("switches", () => {
  it("are all shown, and initial switches survive a reset", async () => {
    await spacelift.stop();
    spacelift = await startSpacelift({ switches: { hidden: "null-fields" } });
    expect(await spacelift.get("switches")).toMatchObject({
      hidden: "null-fields",
      absent: "null",
      "v2-input": "nested",
      unsigned: "refuse",
    });
    await spacelift.post("switches", { hidden: "null-object", absent: "not-found", "token-lifetime": 60 });
    await spacelift.post("reset", {});
    expect(await spacelift.get("switches")).toMatchObject({ hidden: "null-fields", absent: "null", "token-lifetime": 3600 });
  });

  it.each([
    [{ hiden: "null-fields" }, /Unknown switch "hiden"/],
    [{ toString: "x" }, /Unknown switch "toString"/],
    [{ absent: "not-found", hidden: "maybe" }, /"hidden" must be one of: unauthorized, null-object, null-fields/],
    [{ "token-lifetime": 0 }, /whole number of at least 1/],
    [["hidden"], /JSON object/],
  ])("reject %j and set nothing", async (values, message) => {
    await expect(spacelift.post("switches", values)).rejects.toThrow(message);
    expect(await spacelift.get("switches")).toMatchObject({ absent: "null", hidden: "unauthorized" });
  });
});
