/** Projects: finding, listing, creating, changing, deleting. */
import { basic, type Datacenter, HOOK, startDatacenter } from "./test-service";

const root = basic("root", "root-password");
const maker = basic("maker", "maker-password");

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const keys = async (query: string, as: string | null): Promise<readonly string[]> =>
  ((await server.ask("GET", `/projects?${query}`, { as })).body.values as readonly { key: string }[]).map(({ key }) => key);

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
])("the list with %j as %s has those that can be seen, and no personal ones", async (query, as, expected) => {
  expect(await keys(query, as)).toEqual(expected);
});

it("shows one by its key in any case, and a user's own by the user's name", async () => {
  const { status, body } = await server.ask("GET", "/projects/plat");
  expect(status).toBe(200);
  const links = { self: [{ href: `${server.origin}/projects/PLAT` }] };
  expect(body).toEqual({ key: "PLAT", id: 1, name: "Platform", public: false, type: "NORMAL", links });
  const own = (await server.ask("GET", "/projects/~ada")).body;
  expect(own).toMatchObject({
    key: "~ada",
    name: "Ada",
    type: "PERSONAL",
    owner: { name: "ada", slug: "ada", emailAddress: "ada@sandbox.invalid" },
  });
  expect(own.links.self[0].href).toBe(`${server.origin}/users/ada`);
});

describe("creating a project", () => {
  it("answers 201, with the key in upper case", async () => {
    const { status, body } = await server.ask("POST", "/projects", {
      as: root,
      body: { key: "abc", name: "Alpha", description: "x", public: true },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ key: "ABC", name: "Alpha", description: "x", public: true, type: "NORMAL" });
    expect((await server.ask("GET", "/projects/ABC", { as: null })).body).toEqual(body);
  });

  it("needs the permission for it", async () => {
    const body = { key: "NEW", name: "New" };
    for (const as of ["admin", "of-project", basic("ada", "ada-password")]) {
      expect((await server.ask("POST", "/projects", { as, body })).status).toBe(401);
    }
    expect((await server.ask("POST", "/projects", { as: maker, body })).status).toBe(201);
  });

  it.each<[string, object, number, string, string | null]>([
    ["no key", { name: "x" }, 400, "The project key is required.", "key"],
    ["no name", { key: "X" }, 400, "The project name is required.", "name"],
    [
      "a key that is none",
      { key: "1x", name: "x" },
      400,
      "The project key may have letters, digits, - and _, and starts with a letter.",
      "key",
    ],
    ["a key that is taken", { key: "plat", name: "x" }, 409, "This project key is already taken.", null],
    ["a name that is taken", { key: "X", name: "platform" }, 409, "This project name is already taken.", null],
  ])("with %s is refused", async (_, body, status, message, context) => {
    const answer = await server.ask("POST", "/projects", { as: root, body });
    expect([answer.status, answer.body.errors[0].message, answer.body.errors[0].context]).toEqual([status, message, context]);
  });
});

describe("changing a project", () => {
  it("changes what is sent, and its repositories follow a new key", async () => {
    await server.ask("POST", "/projects/PLAT/webhooks", { body: HOOK });
    const { status, body } = await server.ask("PUT", "/projects/PLAT", { body: { key: "CORE", description: "second" } });
    expect([status, body]).toEqual([200, expect.objectContaining({ id: 1, key: "CORE", name: "Platform", description: "second" })]);
    expect((await server.ask("GET", "/projects/CORE/repos/infra")).body.project.key).toBe("CORE");
    expect((await server.ask("GET", "/projects/CORE/webhooks")).body.values).toHaveLength(1);
    expect((await server.ask("GET", "/projects/PLAT")).status).toBe(404);
    await server.control("switches", { renamed: "redirect" });
    const answer = await server.ask("GET", "/projects/PLAT/repos/infra");
    expect([answer.status, answer.headers.get("location")]).toEqual([307, `${server.origin}/rest/api/1.0/projects/CORE/repos/infra`]);
  });

  it("to the key of another is 409, by anybody else 401", async () => {
    expect((await server.ask("PUT", "/projects/PLAT", { body: { key: "WEB" } })).status).toBe(409);
    expect((await server.ask("PUT", "/projects/PLAT", { as: "repo-admin", body: { name: "x" } })).status).toBe(401);
  });
});

it("deletes a project once it is empty", async () => {
  expect((await server.ask("DELETE", "/projects/WEB", { as: root })).status).toBe(409);
  await server.ask("DELETE", "/projects/WEB/repos/site", { as: root });
  expect((await server.ask("DELETE", "/projects/WEB", { as: root })).status).toBe(204);
  expect((await server.ask("GET", "/projects/WEB", { as: root })).status).toBe(404);
});
