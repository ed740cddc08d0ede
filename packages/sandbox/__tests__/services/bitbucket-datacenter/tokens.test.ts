/** The API for access tokens of users, projects and repositories. */
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

const TOKENS = "/rest/access-tokens/latest";
const OF_REPOSITORY = `${TOKENS}/projects/PLAT/repos/infra`;
const ada = basic("ada", "ada-password");

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

it.each<[string, string, string, readonly string[]]>([
  ["user", "/users/ada", "/projects/PLAT/webhooks", ["PROJECT_ADMIN"]],
  ["project", "/projects/PLAT", "/projects/PLAT/webhooks", ["PROJECT_ADMIN"]],
  ["repository", "/projects/PLAT/repos/infra", "/projects/PLAT/repos/infra/webhooks", ["REPO_ADMIN"]],
])("creates a token of a %s that works until it is deleted, and shows it only once", async (_, owner, path, permissions) => {
  const created = await server.request("PUT", `${TOKENS}${owner}`, { as: ada, body: { name: "ci", permissions } });
  expect([created.status, created.body]).toEqual([
    200,
    expect.objectContaining({ name: "ci", permissions, id: expect.stringMatching(/^\d+$/) as string }),
  ]);
  const as = created.body.token as string;
  expect((await server.request("GET", path, { as })).status).toBe(200);
  const tokenPath = `${TOKENS}${owner}/${created.body.id}`;
  for (const response of [
    await server.request("GET", tokenPath, { as: ada }),
    await server.request("GET", `${TOKENS}${owner}`, { as: ada }),
  ]) {
    expect(response.status).toBe(200);
    expect(response.text).not.toContain(as);
  }
  expect((await server.request("DELETE", tokenPath, { as: ada })).status).toBe(204);
  expect((await server.request("GET", path, { as })).status).toBe(401);
  expect((await server.request("GET", tokenPath, { as: ada })).status).toBe(404);
  expect(JSON.stringify(await server.control("requests"))).not.toContain(as);
});

it("lists only the tokens of the owner, without the tokens themselves", async () => {
  const countTokens = async (owner: string) =>
    (await server.request("GET", `${TOKENS}${owner}?limit=100`, { as: ada })).body.values.length as number;
  expect([await countTokens("/projects/PLAT"), await countTokens("/projects/PLAT/repos/infra"), await countTokens("/users/ada")]).toEqual([
    2, 2, 4,
  ]);
});

it("expires by the sandbox's clock, counted from the creation of the token", async () => {
  let moment = Date.now();
  const ticking = jest.spyOn(Date, "now").mockImplementation(() => (moment += 1));
  const body = { name: "short", permissions: ["REPO_ADMIN"], expiryDays: 1 };
  const created = (await server.request("PUT", OF_REPOSITORY, { as: ada, body })).body;
  ticking.mockRestore();
  expect(created.expiryDate).toBe((created.createdDate as number) + 24 * 60 * 60 * 1000);
  expect((await server.request("GET", "/projects/PLAT/repos/infra", { as: created.token as string })).status).toBe(200);
  await server.control("clock", { advanceSeconds: 24 * 60 * 60 });
  expect((await server.request("GET", "/projects/PLAT/repos/infra", { as: created.token as string })).status).toBe(401);
});

it("updates the name and permissions of a token", async () => {
  const created = (await server.request("PUT", OF_REPOSITORY, { as: ada, body: { name: "ci", permissions: ["REPO_ADMIN"] } })).body;
  const path = `${OF_REPOSITORY}/${created.id}`;
  expect((await server.request("POST", path, { as: ada, body: { permissions: ["REPO_READ"] } })).body).toMatchObject({
    name: "ci",
    permissions: ["REPO_READ"],
  });
  expect((await server.request("GET", "/projects/PLAT/repos/infra/webhooks", { as: created.token as string })).status).toBe(401);
});

it.each<[string, string, string, object, number]>([
  ["a project's permission for a repository", ada, OF_REPOSITORY, { name: "x", permissions: ["PROJECT_READ"] }, 400],
  ["no permission", ada, OF_REPOSITORY, { name: "x", permissions: [] }, 400],
  ["no name", ada, OF_REPOSITORY, { permissions: ["REPO_READ"] }, 400],
  ["an invalid lifetime", ada, OF_REPOSITORY, { name: "x", permissions: ["REPO_READ"], expiryDays: 0 }, 400],
  ["a user without admin access", basic("rex", "rex-password"), OF_REPOSITORY, { name: "x", permissions: ["REPO_READ"] }, 401],
  ["another user", basic("rex", "rex-password"), `${TOKENS}/users/ada`, { name: "x", permissions: ["REPO_READ"] }, 401],
  ["an unknown user", ada, `${TOKENS}/users/nobody`, { name: "x", permissions: ["REPO_READ"] }, 404],
])("rejects %s", async (_, as, path, body, status) => {
  expect((await server.request("PUT", path, { as, body })).status).toBe(status);
});

it("lets an administrator manage the tokens of other users", async () => {
  const body = { name: "for ada", permissions: ["REPO_READ"] };
  const created = await server.request("PUT", `${TOKENS}/users/ada`, { as: basic("root", "root-password"), body });
  expect((await server.request("GET", "/plugins/servlet/applinks/whoami", { as: created.body.token as string })).text).toBe("ada");
});

describe("when the owner of a token is deleted", () => {
  const whoAmI = async (as: string) => (await server.request("GET", "/plugins/servlet/applinks/whoami", { as })).status;

  it("a repository's token stops working, also for a new repository with the same name", async () => {
    await server.control("repository", { project: "PLAT", repository: "infra", change: "rename", to: "base" });
    expect(await whoAmI("of-repository")).toBe(200);
    await server.request("DELETE", "/projects/PLAT/repos/base");
    const rejected = await server.request("GET", "/projects/PLAT/repos/base", { as: "of-repository" });
    expect([rejected.status, rejected.body.errors[0].exceptionName]).toEqual([401, expect.stringContaining("IncorrectPassword")]);
    await server.control("repository", { project: "PLAT", repository: "base", change: "create" });
    expect([await whoAmI("of-repository"), await whoAmI("of-project")]).toEqual([401, 200]);
  });

  it("a project's token stops working", async () => {
    const as = basic("root", "root-password");
    for (const repository of ["infra", "billing", "empty", "handbook", "attic"]) {
      expect((await server.request("DELETE", `/projects/PLAT/repos/${repository}`, { as })).status).toBe(202);
    }
    await server.request("PUT", "/projects/PLAT", { as, body: { key: "OLD" } });
    expect(await whoAmI("of-project")).toBe(200);
    expect((await server.request("DELETE", "/projects/OLD", { as })).status).toBe(204);
    expect(await whoAmI("of-project")).toBe(401);
  });
});
