/** Projects: reading, listing, creating, updating, deleting. */
import { basic, type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const root = basic("root", "root-password");
const maker = basic("maker", "maker-password");

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const keys = async (query: string, as: string | null): Promise<readonly string[]> =>
  ((await server.request("GET", `/projects?${query}`, { as })).body.values as readonly { key: string }[]).map(({ key }) => key);

it.each<[string, string | null, readonly string[]]>([
  ["", root, ["PLAT", "WEB", "OPEN"]],
  ["", "admin", ["PLAT", "OPEN"]],
  ["", null, ["PLAT", "OPEN"]],
  ["name=plat", root, ["PLAT"]],
  ["name=form", root, []],
  ["permission=PROJECT_ADMIN", "admin", ["PLAT"]],
  ["permission=PROJECT_ADMIN", "repo-admin", []],
  ["permission=PROJECT_READ", basic("rex", "rex-password"), ["PLAT", "OPEN"]],
  ["permission=REPO_ADMIN", root, []],
])("the list with %j as %s has the visible projects, except personal ones", async (query, as, expected) => {
  expect(await keys(query, as)).toEqual(expected);
});

it("finds a project by its key in any case, and a personal project by the user name", async () => {
  const { status, body } = await server.request("GET", "/projects/plat");
  expect(status).toBe(200);
  const links = { self: [{ href: `${server.origin}/projects/PLAT` }] };
  expect(body).toEqual({ key: "PLAT", id: 1, name: "Platform", public: false, type: "NORMAL", links });
  const personal = (await server.request("GET", "/projects/~ada")).body;
  expect(personal).toMatchObject({
    key: "~ada",
    name: "Ada",
    type: "PERSONAL",
    owner: { name: "ada", slug: "ada", emailAddress: "ada@sandbox.invalid" },
  });
  expect(personal.links.self[0].href).toBe(`${server.origin}/users/ada`);
});

describe("creating a project", () => {
  it("responds with 201, with the key in upper case", async () => {
    const { status, body } = await server.request("POST", "/projects", {
      as: root,
      body: { key: "abc", name: "Alpha", description: "x", public: true },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ key: "ABC", name: "Alpha", description: "x", public: true, type: "NORMAL" });
    expect((await server.request("GET", "/projects/ABC", { as: null })).body).toEqual(body);
  });

  it("requires the permission PROJECT_CREATE", async () => {
    const body = { key: "NEW", name: "New" };
    for (const as of ["admin", "of-project", basic("ada", "ada-password")]) {
      expect((await server.request("POST", "/projects", { as, body })).status).toBe(401);
    }
    expect((await server.request("POST", "/projects", { as: maker, body })).status).toBe(201);
  });

  it.each<[string, object, number, string, string | null]>([
    ["no key", { name: "x" }, 400, "The project key is required.", "key"],
    ["no name", { key: "X" }, 400, "The project name is required.", "name"],
    [
      "an invalid key",
      { key: "1x", name: "x" },
      400,
      "The project key may have letters, digits, - and _, and starts with a letter.",
      "key",
    ],
    ["a key in use", { key: "plat", name: "x" }, 409, "This project key is already taken.", null],
    ["a name in use", { key: "X", name: "platform" }, 409, "This project name is already taken.", null],
  ])("with %s is rejected", async (_, body, status, message, context) => {
    const response = await server.request("POST", "/projects", { as: root, body });
    expect([response.status, response.body.errors[0].message, response.body.errors[0].context]).toEqual([status, message, context]);
  });
});

describe("updating a project", () => {
  it("changes the fields that are sent, and a new key applies to its repositories", async () => {
    await server.request("POST", "/projects/PLAT/webhooks", { body: HOOK });
    const { status, body } = await server.request("PUT", "/projects/PLAT", { body: { key: "CORE", description: "second" } });
    expect([status, body]).toEqual([200, expect.objectContaining({ id: 1, key: "CORE", name: "Platform", description: "second" })]);
    expect((await server.request("GET", "/projects/CORE/repos/infra")).body.project.key).toBe("CORE");
    expect((await server.request("GET", "/projects/CORE/webhooks")).body.values).toHaveLength(1);
    expect((await server.request("GET", "/projects/PLAT")).status).toBe(404);
    await server.control("switches", { renamed: "redirect" });
    const response = await server.request("GET", "/projects/PLAT/repos/infra");
    expect([response.status, response.headers.get("location")]).toEqual([307, `${server.origin}/rest/api/1.0/projects/CORE/repos/infra`]);
  });

  it("responds with 409 to a key in use, and with 401 to other users", async () => {
    expect((await server.request("PUT", "/projects/PLAT", { body: { key: "WEB" } })).status).toBe(409);
    expect((await server.request("PUT", "/projects/PLAT", { as: "repo-admin", body: { name: "x" } })).status).toBe(401);
  });
});

it("deletes a project once it is empty", async () => {
  expect((await server.request("DELETE", "/projects/WEB", { as: root })).status).toBe(409);
  await server.request("DELETE", "/projects/WEB/repos/site", { as: root });
  expect((await server.request("DELETE", "/projects/WEB", { as: root })).status).toBe(204);
  expect((await server.request("GET", "/projects/WEB", { as: root })).status).toBe(404);
});
