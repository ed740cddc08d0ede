/** Repositories, workspaces, users, the event catalog, OAuth tokens, and the control path. */
import { BITBUCKET_CLOUD_EVENTS } from "../../../../domain";
import { EVENT_TYPES } from "../../../services/bitbucket-cloud/events";
import { basic, type CloudTestService, SEED, startCloud } from "./test-service";

let cloud: CloudTestService;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

const ada = basic("ada@acme.example", "ada");
const slugs = (body: { values: { slug: string }[] }) => body.values.map(({ slug }) => slug);

describe("a repository", () => {
  it("has the fields that clients read", async () => {
    const { body } = await cloud.request("GET", "/repositories/acme/billing");
    expect(body).toMatchObject({
      type: "repository",
      full_name: "acme/billing",
      slug: "billing",
      name: "billing",
      scm: "git",
      is_private: true,
      mainbranch: { type: "branch", name: "trunk" },
      project: { key: "PAY", name: "Payments" },
      workspace: { slug: "acme", name: "Acme" },
      owner: { type: "team", username: "acme" },
      links: { clone: [{ name: "https" }, { name: "ssh" }], avatar: { href: expect.stringContaining("http") } },
    });
    expect(Date.parse(body.created_on as string)).not.toBeNaN();
    expect(body.links.hooks.href).toBe(`${cloud.origin}/2.0/repositories/acme/billing/hooks`);
  });

  it("has null for a missing main branch and a missing project", async () => {
    expect((await cloud.request("GET", "/repositories/acme/empty")).body).toMatchObject({ mainbranch: null, project: null });
  });

  it("gets the first branch pushed to it as its main branch", async () => {
    for (const branch of ["one", "two"]) await cloud.control("push", { workspace: "acme", repository: "empty", branch });
    expect((await cloud.request("GET", "/repositories/acme/empty")).body.mainbranch).toEqual({ type: "branch", name: "one" });
  });

  it("keeps its UUID after a reset", async () => {
    const uuid = async () => (await cloud.request("GET", "/repositories/acme/infra")).body.uuid as string;
    const before = await uuid();
    await cloud.control("reset", {});
    expect(await uuid()).toBe(before);
  });
});

describe("the list of repositories of a workspace", () => {
  it.each<[string, string, string | null, readonly string[]]>([
    ["all of them", "", "admin", ["infra", "billing", "empty", "handbook"]],
    ["those the caller can see", "", "reader", ["infra", "billing", "handbook"]],
    ["public ones without a credential", "", null, ["handbook"]],
    ["those with role member", "?role=member", "reader", ["infra", "billing"]],
    ["those with role contributor", "?role=contributor", "reader", ["billing"]],
    ["those with role admin", "?role=admin", "reader", []],
    ["those with role owner", "?role=owner", "admin", ["infra", "billing", "empty", "handbook"]],
    ["none with role member without a credential", "?role=member", null, []],
    ["them sorted", "?sort=slug", "admin", ["billing", "empty", "handbook", "infra"]],
    ["them sorted in descending order", "?sort=-slug", "admin", ["infra", "handbook", "empty", "billing"]],
    ["a page", "?sort=slug&pagelen=2&page=2", "admin", ["handbook", "infra"]],
  ])("returns %s", async (_, query, as, expected) => {
    expect(slugs((await cloud.request("GET", `/repositories/acme${query}`, { as })).body)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['project.key="PAY"', ["billing"]],
    ['project.key = "PAY" OR project.key = "PLAT"', ["infra", "billing"]],
    ['project.key != "PAY"', ["infra", "empty", "handbook"]],
    ["project.key = null", ["empty", "handbook"]],
    ['name ~ "INF"', ["infra"]],
    ['name !~ "inf" AND is_private = true', ["billing", "empty"]],
    ["is_private=false", ["handbook"]],
    ['full_name = "acme/infra"', ["infra"]],
    ['slug IN ("infra", "empty")', ["infra", "empty"]],
    ['slug NOT IN ("infra","empty")', ["billing", "handbook"]],
    ['(slug = "infra" OR slug = "empty") AND name = "Infra"', ["infra"]],
    ['slug = "infra" OR slug = "empty" AND name = "Infra"', ["infra"]],
    ["created_on > 2026-01-01T00:00:00 and created_on < 2100-01-01", ["infra", "billing", "empty", "handbook"]],
    ["updated_on <= 2020-01-01T00:00:00", []],
    ['mainbranch.name >= "t"', ["billing"]],
    ['name = "a\\"b"', []],
  ])("can be filtered by %s", async (q, expected) => {
    expect(slugs((await cloud.request("GET", `/repositories/acme?q=${encodeURIComponent(q)}`)).body)).toEqual(expected);
  });

  it.each([
    ['summary.raw = "x"', 'Field ".summary.raw" does not support filtering'],
    ["name =", "expected a value at the end"],
    ["name", "expected an operator at the end"],
    ['name = "x" "y"', "unexpected"],
    ["(name = null", ") is missing"],
    ["name = infra", "put strings in double quotes"],
    ['name IS "x"', "IS is not an operator"],
    ['name NOT "x"', "NOT is followed by IN"],
    ["name = 'x'", "position"],
    ['constructor = "x"', "does not support filtering"],
  ])("rejects the filter %s", async (q, why) => {
    const response = await cloud.request("GET", `/repositories/acme?q=${encodeURIComponent(q)}`);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(why);
  });

  it.each(["?role=boss", "?sort=constructor", "?pagelen=101"])("rejects %s", async (query) => {
    expect((await cloud.request("GET", `/repositories/acme${query}`)).status).toBe(400);
  });

  it("keeps filter and page length in the link to the next page", async () => {
    const { next } = (await cloud.request("GET", '/repositories/acme?pagelen=1&q=name~"i"')).body as { next: string };
    expect(new URL(next).searchParams.get("q")).toBe('name~"i"');
    expect(slugs((await cloud.request("GET", next.slice(`${cloud.origin}/2.0`.length))).body)).toEqual(["billing"]);
  });

  it("responds with 404 and the name of an unknown workspace", async () => {
    const response = await cloud.request("GET", "/repositories/nobody");
    expect([response.status, response.body.error.message]).toEqual([404, "No workspace with identifier 'nobody'."]);
  });
});

describe("a workspace", () => {
  it.each<[string, string, string | null, number]>([
    ["a member", "/workspaces/acme", "reader", 200],
    ["a non-member", "/workspaces/acme", "outsider", 404],
    ["no credential", "/workspaces/acme", null, 401],
    ["an unknown workspace", "/workspaces/nobody", "admin", 404],
    ["a workspace without access for the caller", "/workspaces/secretive", "admin", 404],
    ["a project", "/workspaces/acme/projects/pay", "admin", 200],
    ["an unknown project", "/workspaces/acme/projects/NO", "admin", 404],
    ["a project without the scope", "/workspaces/acme/projects/PAY", "webhook-only", 403],
  ])("%s: %s as %s responds with %i", async (_, path, as, status) => {
    expect((await cloud.request("GET", path, { as })).status).toBe(status);
  });

  it("is found by slug and by UUID, and lists its projects", async () => {
    const { body } = await cloud.request("GET", "/workspaces/acme");
    expect(body).toMatchObject({ type: "workspace", slug: "acme", name: "Acme", is_private: true });
    expect((await cloud.request("GET", `/workspaces/${encodeURIComponent(body.uuid as string)}`)).body).toEqual(body);
    const projects = (await cloud.request("GET", "/workspaces/acme/projects")).body;
    expect(projects.values.map(({ key }: { key: string }) => key)).toEqual(["PLAT", "PAY"]);
  });
});

describe("the current user", () => {
  it("is a person if an API token is used", async () => {
    const { status, body } = await cloud.request("GET", "/user", { as: ada });
    expect([status, body.type, body.display_name]).toEqual([200, "user", "Ada"]);
    expect((await cloud.request("GET", "/user/emails", { as: ada })).body.values).toMatchObject([
      { email: "ada@acme.example", is_primary: true },
    ]);
  });

  it.each([
    "/user",
    "/user/emails",
    "/user/workspaces",
    "/user/workspaces/acme/permission",
    "/user/workspaces/acme/permissions/repositories",
  ])("does not exist for an access token, and is 401 without a credential: %s", async (path) => {
    const response = await cloud.request("GET", path);
    expect([response.status, response.body.error.message]).toEqual([403, "This API is not accessible by this authentication mechanism"]);
    expect((await cloud.request("GET", path, { as: null })).status).toBe(401);
  });

  it("has workspaces and permissions", async () => {
    const workspaces = (await cloud.request("GET", "/user/workspaces?sort=slug&administrator=true", { as: ada })).body;
    expect(workspaces.values).toMatchObject([
      { type: "workspace_access", administrator: true, workspace: { type: "workspace_base", slug: "acme" } },
      { workspace: { slug: "globex" } },
    ]);
    expect((await cloud.request("GET", "/user/workspaces?administrator=false", { as: ada })).body.values).toEqual([]);
    expect((await cloud.request("GET", "/user/workspaces/acme/permission", { as: ada })).body.permission).toBe("owner");
    const filter = encodeURIComponent('repository.full_name="acme/infra"');
    const permissions = (await cloud.request("GET", `/user/workspaces/acme/permissions/repositories?q=${filter}`, { as: ada })).body;
    expect(permissions.values).toMatchObject([{ permission: "admin", repository: { full_name: "acme/infra" } }]);
    expect((await cloud.request("GET", "/user/workspaces/nobody/permission", { as: ada })).status).toBe(404);
  });
});

describe("the event catalog", () => {
  it("is public, and lists the events of repositories and workspaces", async () => {
    const subjects = (await cloud.request("GET", "/hook_events", { as: null })).body;
    expect(Object.keys(subjects as object)).toEqual(["repository", "workspace"]);
    expect(subjects.repository.links.events.href).toBe(`${cloud.origin}/2.0/hook_events/repository`);
    const { body } = await cloud.request("GET", "/hook_events/repository", { as: null });
    expect(body.pagelen).toBe(30);
    expect(body.values[0]).toEqual({ category: "Repository", label: "Push", event: "repo:push", description: expect.any(String) });
    const keys = body.values.map(({ event }: { event: string }) => event);
    expect(keys).not.toContain("repo:created");
    const workspaceEvents = (await cloud.request("GET", "/hook_events/workspace?pagelen=100", { as: null })).body.values;
    expect(workspaceEvents.length).toBe(Number(keys.length) + 2);
    expect((await cloud.request("GET", "/hook_events/team", { as: null })).status).toBe(404);
  });

  it("has the same keys as the domain package, although neither imports the other", () => {
    expect(EVENT_TYPES.map((type) => type.event).sort()).toEqual([...BITBUCKET_CLOUD_EVENTS].sort());
  });
});

describe("the list of pull requests of a commit", () => {
  const at = (commit: string, query = "") => cloud.request("GET", `/repositories/acme/infra/commit/${commit}/pullrequests${query}`);
  const open = () =>
    cloud.control("pull-request", { workspace: "acme", repository: "infra", action: "created", source: "feature", target: "main" });

  it("finds them by a commit of the source branch and by the merge commit", async () => {
    const { id, commit } = await open();
    expect((await at(commit as string)).body).toMatchObject({
      pagelen: 30,
      values: [{ id, state: "OPEN", source: { branch: { name: "feature" } } }],
    });
    const merged = await cloud.control("pull-request", { workspace: "acme", repository: "infra", action: "merged", id });
    expect((await at((merged.commit as string).slice(0, 12))).body.values).toMatchObject([{ id, state: "MERGED" }]);
    expect((await at("0".repeat(40))).body.values).toEqual([]);
  });

  it("has pages of at most 50", async () => {
    expect((await at("0".repeat(40), "?pagelen=50")).status).toBe(200);
    expect((await at("0".repeat(40), "?pagelen=51")).body.error.message).toBe("Invalid pagelen");
  });

  it("depends on the app: 404 without it, 202 while it is indexing", async () => {
    const { commit } = await open();
    await cloud.control("switches", { "commit-links-app": "indexing" });
    const indexing = await at(commit as string);
    expect([indexing.status, indexing.body.values]).toEqual([202, []]);
    await cloud.control("switches", { "commit-links-app": "absent" });
    expect((await at(commit as string)).status).toBe(404);
  });

  it("requires the scope", async () => {
    const response = await cloud.request("GET", "/repositories/acme/infra/commit/abc1234/pullrequests", { as: "repository-only" });
    expect(response.body.error.detail.required).toEqual(["pullrequest"]);
  });
});

describe("an OAuth consumer", () => {
  const request = (headers: Record<string, string>, body: string) =>
    fetch(`${cloud.origin}/site/oauth2/access_token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body,
    });

  it.each<[string, Record<string, string>, string]>([
    ["as Basic", { authorization: basic("consumer", "consumer-secret") }, "grant_type=client_credentials"],
    ["in the form", {}, "client_id=consumer&client_secret=consumer-secret&grant_type=client_credentials"],
  ])("gets a token that works for two hours with key and secret %s", async (_, headers, form) => {
    const response = await request(headers, form);
    const token = (await response.json()) as { access_token: string };
    expect(token).toMatchObject({
      token_type: "bearer",
      expires_in: 7200,
      scopes: "webhook repository account",
      state: "client_credentials",
    });
    const as = token.access_token;
    expect((await cloud.request("GET", "/repositories/acme/infra/hooks", { as })).status).toBe(200);
    expect((await cloud.request("GET", "/user", { as })).body.type).toBe("team");
    await cloud.control("clock", { advanceSeconds: 7201 });
    const expired = await cloud.request("GET", "/repositories/acme/infra/hooks", { as });
    expect([expired.status, expired.body.error.message]).toEqual([401, expect.stringContaining("Access token expired")]);
  });

  it.each<[string, Record<string, string>, string, number]>([
    ["a wrong secret", { authorization: basic("consumer", "x") }, "grant_type=client_credentials", 401],
    ["no credential", {}, "grant_type=client_credentials", 401],
    ["a user's login", { authorization: basic("ada@acme.example", "ada") }, "grant_type=client_credentials", 401],
    ["another grant type", { authorization: basic("consumer", "consumer-secret") }, "grant_type=password", 400],
  ])("gets no token with %s", async (_, headers, form, status) => {
    const response = await request(headers, form);
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty("error_description");
  });

  it("leaves neither its secret nor a token in the log", async () => {
    const response = await request({}, "client_id=consumer&client_secret=consumer-secret&grant_type=client_credentials");
    const { access_token: as } = (await response.json()) as { access_token: string };
    await cloud.request("GET", "/user", { as });
    const log = JSON.stringify(await cloud.control("requests"));
    expect(log.includes("consumer-secret") || log.includes(as)).toBe(false);
    expect(log).toContain("sha256:");
  });
});

describe("the control path", () => {
  it("replaces the seed, and a reset restores that seed and the default switches", async () => {
    await cloud.control("seed", {
      workspaces: [{ slug: "new", repositories: [{ slug: "one" }] }],
      credentials: SEED.credentials?.slice(0, 0),
    });
    expect((await cloud.request("GET", "/repositories/acme/infra")).status).toBe(401);
    await cloud.control("switches", { "rate-limit": "on" });
    await cloud.control("repository", { workspace: "new", repository: "one", change: "delete" });
    await cloud.control("reset", {});
    expect((await cloud.control("state")).workspaces).toMatchObject([{ slug: "new", repositories: [{ full_name: "new/one" }] }]);
    expect((await cloud.control("switches"))["rate-limit"]).toBe("off");
  });

  it.each<[string, string, unknown, RegExp]>([
    ["an unknown switch", "switches", { "put-missing": "merge" }, /Unknown switch "put-missing".*put-absent/],
    ["an invalid value of a switch", "switches", { "put-absent": "keep" }, /one of: reject, replace, merge/],
    ["an invalid number", "switches", { "rate-window": 0 }, /whole number of at least 1/],
    ["a push without a branch", "push", { workspace: "acme", repository: "infra" }, /"branch"/],
    [
      "a push to an unknown repository",
      "push",
      { workspace: "acme", repository: "x", branch: "main" },
      /has no repository "x".*infra, billing/,
    ],
    ["a push to an unknown workspace", "push", { workspace: "x", repository: "x", branch: "main" }, /No workspace "x".*acme/],
    ["a short commit", "push", { workspace: "acme", repository: "infra", branch: "main", commit: "abc" }, /40 hex digits/],
    ["a misspelled field", "push", { workspace: "acme", repository: "infra", brnch: "main" }, /Unknown field "brnch".*branch/],
    ["a body that is not an object", "push", [], /JSON object/],
    ["an unknown action", "pull-request", { workspace: "acme", repository: "infra", action: "closed" }, /created, updated/],
    ["a pull request without a source", "pull-request", { workspace: "acme", repository: "infra", action: "created" }, /"source"/],
    [
      "a pull request from a branch to itself",
      "pull-request",
      { workspace: "acme", repository: "infra", action: "created", source: "main" },
      /both main/,
    ],
    [
      "a pull request to an unknown branch",
      "pull-request",
      { workspace: "acme", repository: "infra", action: "created", source: "a", target: "b" },
      /no branch "b"/,
    ],
    [
      "an unknown pull request",
      "pull-request",
      { workspace: "acme", repository: "infra", action: "merged", id: 7 },
      /needs "id".*none yet/,
    ],
    ["an id that is not a number", "pull-request", { workspace: "acme", repository: "infra", action: "merged", id: "7" }, /whole number/],
    ["an unknown change", "repository", { workspace: "acme", repository: "infra", change: "fork" }, /rename, transfer/],
    [
      "a rename to a taken name",
      "repository",
      { workspace: "acme", repository: "infra", change: "rename", to: "Billing" },
      /already exists/,
    ],
    [
      "a move to an unknown workspace",
      "repository",
      { workspace: "acme", repository: "infra", change: "transfer", to: "x" },
      /No workspace "x"/,
    ],
    ["a repository that already exists", "repository", { workspace: "acme", repository: "infra", change: "create" }, /already exists/],
    ["a name instead of a slug", "repository", { workspace: "acme", repository: "New one", change: "create" }, /new-one/],
    ["an unknown project", "repository", { workspace: "acme", repository: "new", change: "create", project: "X" }, /no project "X"/],
  ])("rejects %s and says why", async (_, path, body, why) => {
    await expect(cloud.control(path, body)).rejects.toThrow(why);
  });

  it("rejects an unknown switch at startup", async () => {
    await expect(startCloud({ switches: { nothing: true } })).rejects.toThrow('Unknown switch "nothing"');
  });

  it("rejects another action on a closed pull request", async () => {
    const at = { workspace: "acme", repository: "infra" };
    const { id } = await cloud.control("pull-request", { ...at, action: "created", source: "a" });
    await cloud.control("pull-request", { ...at, action: "declined", id });
    await expect(cloud.control("pull-request", { ...at, action: "merged", id })).rejects.toThrow("already DECLINED");
  });
});
