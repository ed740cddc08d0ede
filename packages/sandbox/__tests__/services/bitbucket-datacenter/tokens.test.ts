/** The API for access tokens: of users, projects and repositories. */
import { basic, type Datacenter, startDatacenter } from "./test-service";

const TOKENS = "/rest/access-tokens/latest";
const OF_REPOSITORY = `${TOKENS}/projects/PLAT/repos/infra`;
const ada = basic("ada", "ada-password");

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

it.each<[string, string, string, readonly string[]]>([
  ["user", "/users/ada", "/projects/PLAT/webhooks", ["PROJECT_ADMIN"]],
  ["project", "/projects/PLAT", "/projects/PLAT/webhooks", ["PROJECT_ADMIN"]],
  ["repository", "/projects/PLAT/repos/infra", "/projects/PLAT/repos/infra/webhooks", ["REPO_ADMIN"]],
])("makes a token of a %s that works until it is deleted, and shows it once", async (_, owner, path, permissions) => {
  const made = await server.ask("PUT", `${TOKENS}${owner}`, { as: ada, body: { name: "ci", permissions } });
  expect([made.status, made.body]).toEqual([
    200,
    expect.objectContaining({ name: "ci", permissions, id: expect.stringMatching(/^\d+$/) as string }),
  ]);
  const as = made.body.token as string;
  expect((await server.ask("GET", path, { as })).status).toBe(200);
  const one = `${TOKENS}${owner}/${String(made.body.id)}`;
  for (const answer of [await server.ask("GET", one, { as: ada }), await server.ask("GET", `${TOKENS}${owner}`, { as: ada })]) {
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(as);
  }
  expect((await server.ask("DELETE", one, { as: ada })).status).toBe(204);
  expect((await server.ask("GET", path, { as })).status).toBe(401);
  expect((await server.ask("GET", one, { as: ada })).status).toBe(404);
  expect(JSON.stringify(await server.control("requests"))).not.toContain(as);
});

it("lists a place's own tokens only, without the tokens themselves", async () => {
  const names = async (owner: string) => (await server.ask("GET", `${TOKENS}${owner}?limit=100`, { as: ada })).body.values.length as number;
  expect([await names("/projects/PLAT"), await names("/projects/PLAT/repos/infra"), await names("/users/ada")]).toEqual([2, 2, 4]);
});

it("expires by the sandbox's clock, counted from its making", async () => {
  let moment = Date.now();
  const ticking = jest.spyOn(Date, "now").mockImplementation(() => (moment += 1));
  const body = { name: "short", permissions: ["REPO_ADMIN"], expiryDays: 1 };
  const made = (await server.ask("PUT", OF_REPOSITORY, { as: ada, body })).body;
  ticking.mockRestore();
  expect(made.expiryDate).toBe((made.createdDate as number) + 24 * 60 * 60 * 1000);
  expect((await server.ask("GET", "/projects/PLAT/repos/infra", { as: made.token as string })).status).toBe(200);
  await server.control("clock", { advanceSeconds: 24 * 60 * 60 });
  expect((await server.ask("GET", "/projects/PLAT/repos/infra", { as: made.token as string })).status).toBe(401);
});

it("changes name and permissions of one", async () => {
  const made = (await server.ask("PUT", OF_REPOSITORY, { as: ada, body: { name: "ci", permissions: ["REPO_ADMIN"] } })).body;
  const path = `${OF_REPOSITORY}/${String(made.id)}`;
  expect((await server.ask("POST", path, { as: ada, body: { permissions: ["REPO_READ"] } })).body).toMatchObject({
    name: "ci",
    permissions: ["REPO_READ"],
  });
  expect((await server.ask("GET", "/projects/PLAT/repos/infra/webhooks", { as: made.token as string })).status).toBe(401);
});

it.each<[string, string, string, object, number]>([
  ["a project's permission for a repository", ada, OF_REPOSITORY, { name: "x", permissions: ["PROJECT_READ"] }, 400],
  ["no permission", ada, OF_REPOSITORY, { name: "x", permissions: [] }, 400],
  ["no name", ada, OF_REPOSITORY, { permissions: ["REPO_READ"] }, 400],
  ["a lifetime that is none", ada, OF_REPOSITORY, { name: "x", permissions: ["REPO_READ"], expiryDays: 0 }, 400],
  ["somebody without admin", basic("rex", "rex-password"), OF_REPOSITORY, { name: "x", permissions: ["REPO_READ"] }, 401],
  ["another user", basic("rex", "rex-password"), `${TOKENS}/users/ada`, { name: "x", permissions: ["REPO_READ"] }, 401],
  ["a user who does not exist", ada, `${TOKENS}/users/nobody`, { name: "x", permissions: ["REPO_READ"] }, 404],
])("refuses %s", async (_, as, path, body, status) => {
  expect((await server.ask("PUT", path, { as, body })).status).toBe(status);
});

it("lets an administrator manage tokens of others", async () => {
  const body = { name: "for ada", permissions: ["REPO_READ"] };
  const made = await server.ask("PUT", `${TOKENS}/users/ada`, { as: basic("root", "root-password"), body });
  expect((await server.ask("GET", "/plugins/servlet/applinks/whoami", { as: made.body.token as string })).text).toBe("ada");
});

describe("when what a token belongs to is deleted", () => {
  const whoAmI = async (as: string) => (await server.ask("GET", "/plugins/servlet/applinks/whoami", { as })).status;

  it("a repository's token dies with it, and is not there for another one of the name", async () => {
    await server.control("repository", { project: "PLAT", repository: "infra", change: "rename", to: "base" });
    expect(await whoAmI("of-repository")).toBe(200);
    await server.ask("DELETE", "/projects/PLAT/repos/base");
    const refused = await server.ask("GET", "/projects/PLAT/repos/base", { as: "of-repository" });
    expect([refused.status, refused.body.errors[0].exceptionName]).toEqual([401, expect.stringContaining("IncorrectPassword")]);
    await server.control("repository", { project: "PLAT", repository: "base", change: "create" });
    expect([await whoAmI("of-repository"), await whoAmI("of-project")]).toEqual([401, 200]);
  });

  it("so does a project's", async () => {
    const as = basic("root", "root-password");
    for (const repository of ["infra", "billing", "empty", "handbook", "attic"]) {
      expect((await server.ask("DELETE", `/projects/PLAT/repos/${repository}`, { as })).status).toBe(202);
    }
    await server.ask("PUT", "/projects/PLAT", { as, body: { key: "OLD" } });
    expect(await whoAmI("of-project")).toBe(200);
    expect((await server.ask("DELETE", "/projects/OLD", { as })).status).toBe(204);
    expect(await whoAmI("of-project")).toBe(401);
  });
});
