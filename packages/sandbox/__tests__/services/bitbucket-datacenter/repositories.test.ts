/** Repositories: reading, listing, creating, updating, moving, deleting; their branches and settings. */
import { basic, type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const INFRA = "/projects/PLAT/repos/infra";
const root = basic("root", "root-password");
const rex = basic("rex", "rex-password");

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

interface HasSlug {
  readonly slug: string;
}

const slugs = async (path: string, as: string | null = "admin"): Promise<readonly string[]> =>
  ((await server.request("GET", path, { as })).body.values as readonly HasSlug[]).map(({ slug }) => slug);

it("returns a repository and its project with the recorded keys", async () => {
  const { status, body } = await server.request("GET", INFRA);
  const { port } = new URL(server.origin);
  expect(status).toBe(200);
  expect(body).toEqual({
    slug: "infra",
    id: 1,
    name: "Infra",
    hierarchyId: expect.stringMatching(/^[0-9a-f]{20}$/) as string,
    scmId: "git",
    state: "AVAILABLE",
    statusMessage: "Available",
    forkable: true,
    project: {
      key: "PLAT",
      id: 1,
      name: "Platform",
      public: false,
      type: "NORMAL",
      links: { self: [{ href: `http://127.0.0.1:${port}/projects/PLAT` }] },
    },
    public: false,
    archived: false,
    links: {
      clone: [
        { href: `http://127.0.0.1:${port}/scm/plat/infra.git`, name: "http" },
        { href: "ssh://git@127.0.0.1:7999/plat/infra.git", name: "ssh" },
      ],
      self: [{ href: `http://127.0.0.1:${port}/projects/PLAT/repos/infra/browse` }],
    },
  });
});

describe("lists", () => {
  it("of a project have all readable repositories, including archived ones", async () => {
    expect(await slugs("/projects/PLAT/repos")).toEqual(["infra", "billing", "empty", "handbook", "attic"]);
    expect(await slugs("/projects/PLAT/repos", "of-repository")).toEqual(["infra", "handbook"]);
    expect(await slugs("/projects/PLAT/repos", null)).toEqual(["handbook"]);
    expect(await slugs("/users/ada/repos")).toEqual(["dotfiles"]);
  });

  it.each<[string, string, readonly string[]]>([
    ["", root, ["infra", "billing", "empty", "handbook", "site", "tool", "dotfiles"]],
    ["", "admin", ["infra", "billing", "empty", "handbook", "tool", "dotfiles"]],
    ["projectkey=plat", root, ["infra", "billing", "empty", "handbook"]],
    ["projectkey=PLA", root, []],
    ["projectname=web", root, ["site"]],
    ["name=inf", root, ["infra"]],
    ["name=nfra", root, []],
    ["archived=ALL&projectkey=PLAT", root, ["infra", "billing", "empty", "handbook", "attic"]],
    ["archived=ARCHIVED", root, ["attic"]],
    ["archived=ACTIVE&name=a", root, []],
    ["visibility=public", root, ["handbook", "tool"]],
    ["visibility=private&projectkey=PLAT", root, ["infra", "billing", "empty"]],
    ["state=AVAILABLE&projectkey=WEB", root, ["site"]],
    ["state=OFFLINE", root, []],
    ["permission=REPO_ADMIN", rex, ["billing"]],
    ["permission=REPO_WRITE", rex, ["billing"]],
    ["permission=REPO_READ", rex, ["infra", "billing", "empty", "handbook", "tool"]],
    ["permission=REPO_OWNER", rex, []],
  ])("of the server can be filtered with %j as %s", async (query, as, expected) => {
    expect(await slugs(`/repos?limit=100&${query}`, as)).toEqual(expected);
  });
});

describe("creating a repository", () => {
  it("derives the slug from the name, and creates it empty", async () => {
    const { status, body } = await server.request("POST", "/projects/plat/repos", {
      body: { name: "New Thing!", description: "What it is", forkable: false, public: true, links: {} },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ slug: "new-thing", name: "New Thing!", description: "What it is", forkable: false, public: true });
    expect((await server.request("GET", "/projects/PLAT/repos/new-thing")).body).toEqual(body);
    expect((await server.request("GET", "/projects/PLAT/repos/new-thing/default-branch")).status).toBe(204);
    expect((await server.request("GET", "/projects/PLAT/repos/new-thing/branches")).body.values).toEqual([]);
    // It is public immediately.
    expect((await server.request("GET", "/projects/PLAT/repos/new-thing", { as: null })).status).toBe(200);
  });

  it.each<[string, string, object, number, string | null]>([
    ["a name in use", "admin", { name: "INFRA" }, 409, "This repository URL is already taken."],
    ["no name", "admin", {}, 400, "The repository name is required."],
    ["a name without a letter", "admin", { name: "!" }, 400, "The repository name is required."],
    ["a read token", "reader", { name: "x" }, 401, "You are not permitted to access this resource"],
    ["a token for repositories only", "repo-admin", { name: "x" }, 401, "You are not permitted to access this resource"],
  ])("with %s, as %s, is rejected", async (_, as, body, status, message) => {
    const response = await server.request("POST", "/projects/PLAT/repos", { as, body });
    expect([response.status, response.body.errors[0].message]).toEqual([status, message]);
  });

  it("in a personal project requires only its owner", async () => {
    const as = basic("rex", "rex-password");
    expect((await server.request("POST", "/projects/~rex/repos", { as, body: { name: "notes" } })).status).toBe(201);
    expect((await server.request("POST", "/projects/~ada/repos", { as, body: { name: "notes" } })).status).toBe(401);
  });
});

describe("updating a repository", () => {
  it("changes only the fields that are sent, at the same address", async () => {
    const before = (await server.request("GET", INFRA)).body;
    const { status, body } = await server.request("PUT", INFRA, {
      body: { name: "Infra", slug: "infra", description: "second", forkable: false },
    });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, description: "second", forkable: false });
    expect((await server.request("PUT", INFRA, { body: { archived: true, public: true } })).body).toEqual({
      ...body,
      archived: true,
      public: true,
    });
    expect(await slugs("/repos?name=infra")).toEqual([]);
  });

  it("to another name moves it with its id and webhooks, and the old address responds with 404", async () => {
    const hook = (await server.request("POST", `${INFRA}/webhooks`, { body: HOOK })).body;
    const { body } = await server.request("PUT", INFRA, { body: { name: "Core Infra" } });
    expect(body).toMatchObject({ id: 1, slug: "core-infra", name: "Core Infra" });
    expect((await server.request("GET", `/projects/PLAT/repos/core-infra/webhooks/${hook.id}`)).body).toEqual(hook);
    for (const path of [INFRA, `${INFRA}/webhooks`, `${INFRA}/webhooks/${hook.id}`]) {
      expect((await server.request("GET", path)).body.errors[0].exceptionName).toBe(
        "com.atlassian.bitbucket.repository.NoSuchRepositoryException",
      );
    }
  });

  it("to another project requires an administrator of both", async () => {
    const body = { project: { key: "web" } };
    expect((await server.request("PUT", INFRA, { body })).status).toBe(401);
    expect((await server.request("PUT", INFRA, { as: root, body: { project: { key: "NOPE" } } })).status).toBe(404);
    expect((await server.request("PUT", INFRA, { as: root, body })).body.project.key).toBe("WEB");
    expect((await server.request("GET", "/projects/WEB/repos/infra", { as: root })).body.id).toBe(1);
    // A user whose access came from the project has lost it.
    expect((await server.request("GET", "/projects/WEB/repos/infra", { as: rex })).status).toBe(401);
  });

  it("to an address in use responds with 409 and changes nothing", async () => {
    const before = (await server.request("GET", INFRA)).body;
    expect((await server.request("PUT", INFRA, { body: { name: "Billing", description: "x" } })).status).toBe(409);
    expect((await server.request("GET", INFRA)).body).toEqual(before);
  });
});

describe("a former address", () => {
  const requestLocation = async (method: string, path: string, body?: object) => {
    const response = await server.request(method, path, body === undefined ? {} : { body });
    return [response.status, response.headers.get("location")];
  };

  beforeEach(async () => {
    await server.control("switches", { renamed: "redirect" });
    await server.request("PUT", INFRA, { body: { name: "core" } });
  });

  it.each([
    ["GET", "/rest/api/1.0/projects/PLAT/repos/infra", "/rest/api/1.0/projects/PLAT/repos/core"],
    ["GET", "/rest/api/latest/projects/plat/repos/INFRA/webhooks?limit=5", "/rest/api/latest/projects/PLAT/repos/core/webhooks?limit=5"],
    ["PUT", "/rest/api/1.0/projects/PLAT/repos/infra/webhooks/3", "/rest/api/1.0/projects/PLAT/repos/core/webhooks/3"],
    ["DELETE", "/rest/api/1.0/projects/PLAT/repos/infra/webhooks/3", "/rest/api/1.0/projects/PLAT/repos/core/webhooks/3"],
    ["DELETE", "/rest/api/1.0/projects/PLAT/repos/infra", "/rest/api/1.0/projects/PLAT/repos/core"],
    ["GET", "/rest/git-lfs/admin/projects/PLAT/repos/infra/enabled", "/rest/git-lfs/admin/projects/PLAT/repos/core/enabled"],
  ])("redirects %s %s to the new one with 307 if the switch says so", async (method, path, to) => {
    expect(await requestLocation(method, path, method === "PUT" ? HOOK : undefined)).toEqual([307, `${server.origin}${to}`]);
  });

  it("redirects after several moves, for callers that can see the repository", async () => {
    await server.request("PUT", "/projects/PLAT/repos/core", { as: root, body: { name: "center", project: { key: "WEB" } } });
    for (const path of [INFRA, "/projects/PLAT/repos/core"]) {
      const { status, headers } = await server.request("GET", path, { as: root });
      expect([status, headers.get("location")]).toEqual([307, `${server.origin}/rest/api/1.0/projects/WEB/repos/center`]);
      expect(await requestLocation("GET", path)).toEqual([404, null]);
    }
  });

  it("does not redirect once another repository has it, or the repository is deleted", async () => {
    await server.request("POST", "/projects/PLAT/repos", { body: { name: "infra" } });
    expect((await server.request("GET", INFRA)).status).toBe(200);
    await server.request("DELETE", INFRA);
    expect((await server.request("GET", INFRA)).status).toBe(404);
  });
});

describe("deleting a repository", () => {
  it("responds with 202, deletes its webhooks, and responds with 204 afterwards", async () => {
    await server.request("POST", `${INFRA}/webhooks`, { body: HOOK });
    const response = await server.request("DELETE", INFRA);
    expect([response.status, response.body.message]).toEqual([202, "Repository scheduled for deletion."]);
    expect((await server.request("GET", `${INFRA}/webhooks/1`)).status).toBe(404);
    const again = await server.request("DELETE", INFRA);
    expect([again.status, again.text]).toEqual([204, ""]);
    // A new repository with the same name has no webhooks, a different id, and no access for the old token.
    await server.request("POST", "/projects/PLAT/repos", { body: { name: "infra" } });
    expect((await server.request("GET", `${INFRA}/webhooks`)).body.values).toEqual([]);
    expect((await server.request("GET", INFRA)).body.id).toBeGreaterThan(1);
    expect((await server.request("GET", INFRA, { as: "of-repository" })).status).toBe(401);
  });

  it("requires an administrator", async () => {
    expect((await server.request("DELETE", INFRA, { as: rex })).status).toBe(401);
    expect((await server.request("GET", INFRA)).status).toBe(200);
  });
});

describe("branches", () => {
  it("have a head commit, and one is the default", async () => {
    const { values } = (await server.request("GET", `${INFRA}/branches`)).body;
    expect(values).toEqual([
      {
        id: "refs/heads/main",
        displayId: "main",
        type: "BRANCH",
        latestCommit: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
        latestChangeset: values[0].latestCommit,
        isDefault: true,
      },
    ]);
    for (const path of ["default-branch", "branches/default"])
      expect((await server.request("GET", `${INFRA}/${path}`)).body).toEqual(values[0]);
    expect((await server.request("GET", "/projects/PLAT/repos/billing/default-branch")).body.displayId).toBe("trunk");
  });

  it("can be filtered, and the default can be changed", async () => {
    await server.control("push", { project: "PLAT", repository: "infra", branch: "feature/one" });
    const { values } = (await server.request("GET", `${INFRA}/branches?filterText=ONE`)).body;
    expect(values.map(({ displayId }: { displayId: string }) => displayId)).toEqual(["feature/one"]);
    expect((await server.request("PUT", `${INFRA}/default-branch`, { body: { id: "refs/heads/feature/one" } })).status).toBe(204);
    expect((await server.request("GET", `${INFRA}/default-branch`)).body.displayId).toBe("feature/one");
    expect((await server.request("PUT", `${INFRA}/default-branch`, { body: { id: "refs/heads/nope" } })).status).toBe(404);
    expect((await server.request("PUT", `${INFRA}/default-branch`, { as: rex, body: { id: "refs/heads/main" } })).status).toBe(401);
  });

  it("of an empty repository do not exist: 204, or 404 at the older path", async () => {
    expect((await server.request("GET", "/projects/PLAT/repos/empty/default-branch")).status).toBe(204);
    expect((await server.request("GET", "/projects/PLAT/repos/empty/branches/default")).status).toBe(404);
  });

  it("that are pushed first are the default, unless the repository was created with another default", async () => {
    const defaultOf = async (repository: string) => {
      for (const branch of ["one", "two"]) await server.control("push", { project: "PLAT", repository, branch });
      const response = await server.request("GET", `/projects/PLAT/repos/${repository}/default-branch`);
      return response.body.displayId as string | undefined;
    };
    await server.request("POST", "/projects/PLAT/repos", { body: { name: "other", defaultBranch: "refs/heads/trunk" } });
    expect([await defaultOf("empty"), await defaultOf("other")]).toEqual(["one", undefined]);
    await server.control("push", { project: "PLAT", repository: "other", branch: "trunk" });
    expect(await defaultOf("other")).toBe("trunk");
  });
});

describe("settings", () => {
  const LFS = "/rest/git-lfs/admin/projects/PLAT/repos/infra/enabled";

  it("include an empty list of plug-in hooks", async () => {
    const { status, body } = await server.request("GET", `${INFRA}/settings/hooks`);
    expect([status, body]).toEqual([200, { size: 0, limit: 25, isLastPage: true, values: [], start: 0 }]);
    expect((await server.request("GET", `${INFRA}/settings/hooks`, { as: rex })).status).toBe(401);
  });

  it("include Git LFS, which is off at first: an empty 404", async () => {
    const off = await server.request("GET", LFS);
    expect([off.status, off.text]).toEqual([404, ""]);
    expect((await server.request("PUT", LFS, { as: rex })).status).toBe(401);
    expect((await server.request("PUT", LFS)).status).toBe(200);
    expect((await server.request("GET", LFS)).status).toBe(200);
    expect((await server.request("DELETE", LFS)).status).toBe(204);
    expect((await server.request("GET", LFS)).status).toBe(404);
  });
});
