/** Webhooks of projects, the search across both scopes, and webhooks of archived repositories. */
import { type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const PROJECT_HOOKS = "/projects/PLAT/webhooks";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const createWebhook = async (changes: object = {}, path = HOOKS) =>
  (await server.request("POST", path, { body: { ...HOOK, ...changes } })).body;
const readWebhook = async (id: number | string, path = HOOKS) => (await server.request("GET", `${path}/${id}`)).body;

describe("webhooks of a project", () => {
  it("have the same operations, a separate collection, and one additional event", async () => {
    const hook = await createWebhook({ events: ["project:modified", "repo:refs_changed"] }, PROJECT_HOOKS);
    expect(hook.scopeType).toBe("project");
    expect((await server.request("GET", PROJECT_HOOKS)).body.values).toEqual([hook]);
    expect((await server.request("GET", HOOKS)).body.values).toEqual([]);
    const path = `${PROJECT_HOOKS}/${hook.id}`;
    expect((await server.request("PUT", path, { body: { ...HOOK, active: false } })).body.active).toBe(false);
    expect((await readWebhook(hook.id, PROJECT_HOOKS)).active).toBe(false);
    expect((await server.request("DELETE", path)).status).toBe(204);
    expect((await server.request("GET", path)).status).toBe(404);
  });

  it("require an administrator of the project", async () => {
    expect((await server.request("GET", PROJECT_HOOKS, { as: "of-repository" })).status).toBe(401);
    expect((await server.request("POST", PROJECT_HOOKS, { as: "repo-admin", body: HOOK })).status).toBe(401);
    expect((await server.request("GET", PROJECT_HOOKS, { as: "of-project" })).status).toBe(200);
  });
});

describe("the search", () => {
  const names = async (query = "", as = "admin") =>
    (await server.request("GET", `${HOOKS}/search${query}`, { as })).body.values.map(({ name }: { name: string }) => name);

  beforeEach(async () => {
    await createWebhook({ name: "own" });
    await createWebhook({ name: "inherited", events: ["pr:merged"] }, PROJECT_HOOKS);
    await createWebhook({ name: "of another" }, "/projects/PLAT/repos/billing/webhooks");
  });

  it("returns the webhooks of the repository and of its project, or only one of the two", async () => {
    expect(await names()).toEqual(["own", "inherited"]);
    expect(await names("?scopeType=repository")).toEqual(["own"]);
    expect(await names("?scopeType=project")).toEqual(["inherited"]);
    expect(await names("?scopeType=project&scopeType=repository")).toEqual(["own", "inherited"]);
    expect(await names("?event=pr:merged")).toEqual(["inherited"]);
    const { values } = (await server.request("GET", `${HOOKS}/search`)).body;
    expect(values.map(({ scopeType }: { scopeType: string }) => scopeType)).toEqual(["repository", "project"]);
  });

  it("requires only an administrator of the repository", async () => {
    expect(await names("", "of-repository")).toEqual(["own", "inherited"]);
    expect((await server.request("GET", `${HOOKS}/search`, { as: "of-repository-reader" })).status).toBe(401);
  });

  it("does not exist for projects, or if the server does not have it", async () => {
    expect((await server.request("GET", `${PROJECT_HOOKS}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { "webhook-search": "absent" });
    expect((await server.request("GET", `${HOOKS}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { "webhook-search": "by-version", version: "7.21" });
    expect((await server.request("GET", `${HOOKS}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { version: "8.0" });
    expect(await names()).toEqual(["own", "inherited"]);
  });
});

it("rejects changes to webhooks of an archived repository if the switch says so, but still returns them", async () => {
  const path = "/projects/PLAT/repos/attic/webhooks";
  const { id } = await createWebhook({}, path);
  await server.control("switches", { "archived-webhooks": "conflict" });
  for (const [method, suffix] of [
    ["POST", ""],
    ["PUT", `/${id}`],
    ["DELETE", `/${id}`],
  ] as const) {
    const response = await server.request(method, `${path}${suffix}`, method === "DELETE" ? {} : { body: HOOK });
    expect([response.status, response.body.errors[0].message]).toEqual([409, "Repository PLAT/attic is archived and read-only."]);
  }
  expect((await readWebhook(id, path)).name).toBe("One");
  expect((await server.request("POST", HOOKS, { body: HOOK })).status).toBe(201);
});
