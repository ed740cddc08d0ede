/** Creating, updating and deleting repositories over the API, with the bodies that a published provider sends. */
import { ask, basic, type CloudTestService, HOOK, SEED, startCloud } from "./test-service";

const scopes = ["repository", "repository:admin", "repository:delete", "pullrequest", "webhook"];
const seed = {
  ...SEED,
  credentials: [
    ...(SEED.credentials ?? []),
    { kind: "access-token", token: "owner", scopes, access: { "acme/*": "admin" } },
    { kind: "access-token", token: "one-admin", scopes, access: { "acme/infra": "admin" } },
  ],
} as typeof SEED;

let cloud: CloudTestService;
beforeEach(async () => {
  cloud = await startCloud({ seed });
});
afterEach(() => cloud.stop());

const send = (method: string, path: string, body?: unknown, as = "owner") =>
  cloud.request(method, `/repositories/acme${path}`, { as, body });
/** As recorded: an empty type, dates in the year 1, and no false values. */
const BODY = {
  type: "",
  created_on: "0001-01-01T00:00:00Z",
  updated_on: "0001-01-01T00:00:00Z",
  fork_policy: "allow_forks",
  is_private: true,
  name: "beta",
  project: { key: "PAY" },
  scm: "git",
};

describe("creating a repository", () => {
  it("responds with 201 and the empty repository, with all fields that clients read", async () => {
    const { status, body } = await send("POST", "/beta", BODY);
    expect(status).toBe(201);
    expect(body).toMatchObject({ full_name: "acme/beta", is_private: true, mainbranch: null, project: { key: "PAY" } });
    expect(Date.parse(body.created_on as string)).toBeGreaterThan(Date.parse("2020-01-01"));
    expect((await send("GET", "/beta")).body).toEqual(body);
    expect((await send("POST", "/beta/hooks", HOOK)).status).toBe(201);
  });

  it("also works with PUT if it does not exist", async () => {
    expect((await send("PUT", "/gamma", { ...BODY, name: "Gamma" })).status).toBe(201);
    expect((await send("GET", "/gamma")).body.name).toBe("Gamma");
  });

  it("makes it public if is_private is absent", async () => {
    await send("POST", "/open", { name: "open" });
    expect((await cloud.request("GET", "/repositories/acme/open", { as: null })).status).toBe(200);
  });

  it("with the name of a deleted one creates a different repository", async () => {
    const before = (await send("GET", "/billing")).body.uuid as string;
    await send("DELETE", "/billing");
    const after = (await send("POST", "/billing", BODY)).body.uuid as string;
    expect(after).not.toBe(before);
    expect((await cloud.request("GET", `/repositories/{}/${before}`, { as: "owner" })).status).toBe(404);
  });

  it.each<[string, string, string, unknown, string, number]>([
    ["an existing repository", "POST", "/infra", BODY, "owner", 400],
    ["an unknown project", "POST", "/beta", { ...BODY, project: { key: "NO" } }, "owner", 400],
    ["a body that is not an object", "POST", "/beta", [], "owner", 400],
    ["a missing scope", "POST", "/beta", BODY, "admin", 403],
    ["an admin of only one repository", "POST", "/beta", BODY, "one-admin", 403],
    ["an invisible workspace", "POST", "/beta", BODY, "outsider", 403],
    ["a rename to a name in use", "PUT", "/infra", { ...BODY, name: "Billing" }, "owner", 400],
    ["settings changed by a reader", "PUT", "/infra/pipelines_config", { enabled: true }, "repository-only", 403],
  ])("is rejected: %s", async (_, method, path, body, as, status) => {
    expect((await send(method, path, body, as)).status).toBe(status);
  });
});

it("a new name changes the slug and sends a Location, and keeps UUID and webhooks", async () => {
  const { uuid } = (await send("GET", "/infra")).body as { uuid: string };
  await send("POST", "/infra/hooks", HOOK);
  const { status, headers, body } = await send("PUT", "/infra", { ...BODY, name: "Platform Infra", description: "second" });
  expect([status, headers.get("location")]).toEqual([200, `${cloud.origin}/2.0/repositories/acme/platform-infra`]);
  expect(body).toMatchObject({ uuid, slug: "platform-infra", description: "second", project: { key: "PAY" } });
  expect((await send("GET", "/platform-infra/hooks")).body.size).toBe(1);
  expect((await send("GET", "/infra")).status).toBe(404);
  expect((await send("PUT", "/platform-infra", { ...BODY, name: "Platform Infra" })).headers.get("location")).toBeNull();
});

it("the Pipelines configuration is 404 until it is set, and the override settings always exist", async () => {
  expect((await send("GET", "/infra/pipelines_config")).status).toBe(404);
  expect((await send("PUT", "/infra/pipelines_config", { type: "" })).body.enabled).toBe(false);
  expect((await send("PUT", "/infra/pipelines_config", { enabled: true })).body.enabled).toBe(true);
  expect((await send("GET", "/infra/pipelines_config")).body.enabled).toBe(true);
  expect((await send("GET", "/infra/override-settings")).body).toMatchObject({ default_merge_strategy: true, branching_model: true });
  await send("PUT", "/infra/override-settings", { branching_model: false });
  expect((await send("GET", "/infra/override-settings")).body).toMatchObject({ default_merge_strategy: true, branching_model: false });
});

it("a person is found by UUID, and an unknown UUID is 404", async () => {
  const ada = basic("ada@acme.example", "ada");
  const me = (await cloud.request("GET", "/user", { as: ada })).body as { uuid: string };
  expect((await ask(`${cloud.origin}/2.0/users/${encodeURIComponent(me.uuid)}`, "GET", { as: ada })).body).toEqual(me);
  expect((await cloud.request("GET", "/users/{11111111-1111-4111-8111-111111111111}")).status).toBe(404);
});

it("accepts a recorded webhook body with an empty secret and skip_cert_verification", async () => {
  const recorded = {
    active: true,
    description: "d",
    events: ["repo:push", "pullrequest:updated"],
    secret: "",
    skip_cert_verification: true,
  };
  const created = await send("POST", "/infra/hooks", { ...recorded, url: "https://hooks.example/x" });
  expect(created.body).toMatchObject({ secret_set: false, skip_cert_verification: true });
});
