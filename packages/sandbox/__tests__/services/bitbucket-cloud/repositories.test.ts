/** Repositories, workspaces, persons, the catalogue of events, and tokens of consumers. */
import { BITBUCKET_CLOUD_EVENTS } from "../../../../domain";
import { EVENT_TYPES } from "../../../services/bitbucket-cloud/events";
import { basic, type Cloud, SEED, startCloud } from "./test-service";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

const ada = basic("ada@acme.example", "ada");
const slugs = (body: { values: { slug: string }[] }) => body.values.map((one) => one.slug);

describe("a repository", () => {
  it("shows what clients read", async () => {
    const { body } = await cloud.ask("GET", "/repositories/acme/billing");
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

  it("that is empty has no main branch, and one without a project has none", async () => {
    expect((await cloud.ask("GET", "/repositories/acme/empty")).body).toMatchObject({ mainbranch: null, project: null });
  });

  it("that was empty has the first branch that is pushed as its main branch", async () => {
    for (const branch of ["one", "two"]) await cloud.control("push", { workspace: "acme", repository: "empty", branch });
    expect((await cloud.ask("GET", "/repositories/acme/empty")).body.mainbranch).toEqual({ type: "branch", name: "one" });
  });

  it("keeps its UUID over a reset", async () => {
    const uuid = async () => (await cloud.ask("GET", "/repositories/acme/infra")).body.uuid as string;
    const before = await uuid();
    await cloud.control("reset", {});
    expect(await uuid()).toBe(before);
  });
});

describe("the repositories of a workspace", () => {
  it.each<[string, string, string | null, readonly string[]]>([
    ["all", "", "admin", ["infra", "billing", "empty", "handbook"]],
    ["what the caller sees", "", "reader", ["infra", "billing", "handbook"]],
    ["the public ones, for everybody", "", null, ["handbook"]],
    ["role member", "?role=member", "reader", ["infra", "billing"]],
    ["role contributor", "?role=contributor", "reader", ["billing"]],
    ["role admin", "?role=admin", "reader", []],
    ["role owner", "?role=owner", "admin", ["infra", "billing", "empty", "handbook"]],
    ["role member without a credential", "?role=member", null, []],
    ["sorted", "?sort=slug", "admin", ["billing", "empty", "handbook", "infra"]],
    ["sorted backwards", "?sort=-slug", "admin", ["infra", "handbook", "empty", "billing"]],
    ["a page", "?sort=slug&pagelen=2&page=2", "admin", ["handbook", "infra"]],
  ])("%s", async (_, query, as, expected) => {
    expect(slugs((await cloud.ask("GET", `/repositories/acme${query}`, { as })).body)).toEqual(expected);
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
  ])("filtered by %s", async (q, expected) => {
    expect(slugs((await cloud.ask("GET", `/repositories/acme?q=${encodeURIComponent(q)}`)).body)).toEqual(expected);
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
  ])("refuses the filter %s", async (q, why) => {
    const answer = await cloud.ask("GET", `/repositories/acme?q=${encodeURIComponent(q)}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(why);
  });

  it.each(["?role=boss", "?sort=constructor", "?pagelen=101"])("refuses %s", async (query) => {
    expect((await cloud.ask("GET", `/repositories/acme${query}`)).status).toBe(400);
  });

  it("carries filter and page length into the next page", async () => {
    const { next } = (await cloud.ask("GET", '/repositories/acme?pagelen=1&q=name~"i"')).body as { next: string };
    expect(new URL(next).searchParams.get("q")).toBe('name~"i"');
    expect(slugs((await cloud.ask("GET", next.slice(`${cloud.origin}/2.0`.length))).body)).toEqual(["billing"]);
  });

  it("of a workspace that does not exist are 404 with its name", async () => {
    const answer = await cloud.ask("GET", "/repositories/nobody");
    expect([answer.status, answer.body.error.message]).toEqual([404, "No workspace with identifier 'nobody'."]);
  });
});

describe("a workspace", () => {
  it.each<[string, string, string | null, number]>([
    ["its members see it", "/workspaces/acme", "reader", 200],
    ["others do not", "/workspaces/acme", "outsider", 404],
    ["nobody sees one without a credential", "/workspaces/acme", null, 401],
    ["one that does not exist", "/workspaces/nobody", "admin", 404],
    ["one without anything for the caller", "/workspaces/secretive", "admin", 404],
    ["its project", "/workspaces/acme/projects/pay", "admin", 200],
    ["a project that does not exist", "/workspaces/acme/projects/NO", "admin", 404],
    ["a project without the scope", "/workspaces/acme/projects/PAY", "webhook-only", 403],
  ])("%s: %s as %s is %i", async (_, path, as, status) => {
    expect((await cloud.ask("GET", path, { as })).status).toBe(status);
  });

  it("shows slug, name, UUID and links, and its projects", async () => {
    const { body } = await cloud.ask("GET", "/workspaces/acme");
    expect(body).toMatchObject({ type: "workspace", slug: "acme", name: "Acme", is_private: true });
    expect((await cloud.ask("GET", `/workspaces/${encodeURIComponent(body.uuid as string)}`)).body).toEqual(body);
    const projects = (await cloud.ask("GET", "/workspaces/acme/projects")).body;
    expect(projects.values.map((one: { key: string }) => one.key)).toEqual(["PLAT", "PAY"]);
  });
});

describe("who am I", () => {
  it("is a person for an API token", async () => {
    const { status, body } = await cloud.ask("GET", "/user", { as: ada });
    expect([status, body.type, body.display_name]).toEqual([200, "user", "Ada"]);
    expect((await cloud.ask("GET", "/user/emails", { as: ada })).body.values).toMatchObject([
      { email: "ada@acme.example", is_primary: true },
    ]);
  });

  it.each([
    "/user",
    "/user/emails",
    "/user/workspaces",
    "/user/workspaces/acme/permission",
    "/user/workspaces/acme/permissions/repositories",
  ])("is nobody for an access token, and 401 without a credential: %s", async (path) => {
    const answer = await cloud.ask("GET", path);
    expect([answer.status, answer.body.error.message]).toEqual([403, "This API is not accessible by this authentication mechanism"]);
    expect((await cloud.ask("GET", path, { as: null })).status).toBe(401);
  });

  it("lists the caller's workspaces and permissions", async () => {
    const workspaces = (await cloud.ask("GET", "/user/workspaces?sort=slug&administrator=true", { as: ada })).body;
    expect(workspaces.values).toMatchObject([
      { type: "workspace_access", administrator: true, workspace: { type: "workspace_base", slug: "acme" } },
      { workspace: { slug: "globex" } },
    ]);
    expect((await cloud.ask("GET", "/user/workspaces?administrator=false", { as: ada })).body.values).toEqual([]);
    expect((await cloud.ask("GET", "/user/workspaces/acme/permission", { as: ada })).body.permission).toBe("owner");
    const filter = encodeURIComponent('repository.full_name="acme/infra"');
    const permissions = (await cloud.ask("GET", `/user/workspaces/acme/permissions/repositories?q=${filter}`, { as: ada })).body;
    expect(permissions.values).toMatchObject([{ permission: "admin", repository: { full_name: "acme/infra" } }]);
    expect((await cloud.ask("GET", "/user/workspaces/nobody/permission", { as: ada })).status).toBe(404);
  });
});

describe("the catalogue of events", () => {
  it("is open to everybody and says what each kind of subject can have", async () => {
    const subjects = (await cloud.ask("GET", "/hook_events", { as: null })).body;
    expect(Object.keys(subjects as object)).toEqual(["repository", "workspace"]);
    expect(subjects.repository.links.events.href).toBe(`${cloud.origin}/2.0/hook_events/repository`);
    const { body } = await cloud.ask("GET", "/hook_events/repository", { as: null });
    expect(body.pagelen).toBe(30);
    expect(body.values[0]).toEqual({ category: "Repository", label: "Push", event: "repo:push", description: expect.any(String) });
    const keys = body.values.map((one: { event: string }) => one.event);
    expect(keys).not.toContain("repo:created");
    const ofWorkspaces = (await cloud.ask("GET", "/hook_events/workspace?pagelen=100", { as: null })).body.values;
    expect(ofWorkspaces.length).toBe(Number(keys.length) + 2);
    expect((await cloud.ask("GET", "/hook_events/team", { as: null })).status).toBe(404);
  });

  it("has the same keys as the project's vocabulary, although neither reads the other", () => {
    expect(EVENT_TYPES.map((type) => type.event).sort()).toEqual([...BITBUCKET_CLOUD_EVENTS].sort());
  });
});

describe("the pull requests of a commit", () => {
  const at = (commit: string, query = "") => cloud.ask("GET", `/repositories/acme/infra/commit/${commit}/pullrequests${query}`);
  const open = () =>
    cloud.control("pull-request", { workspace: "acme", repository: "infra", action: "created", source: "feature", target: "main" });

  it("are found by a commit of the source branch and by the merge commit", async () => {
    const { id, commit } = await open();
    expect((await at(commit as string)).body).toMatchObject({
      pagelen: 30,
      values: [{ id, state: "OPEN", source: { branch: { name: "feature" } } }],
    });
    const merged = await cloud.control("pull-request", { workspace: "acme", repository: "infra", action: "merged", id });
    expect((await at((merged.commit as string).slice(0, 12))).body.values).toMatchObject([{ id, state: "MERGED" }]);
    expect((await at("0".repeat(40))).body.values).toEqual([]);
  });

  it("come in pages of at most 50", async () => {
    expect((await at("0".repeat(40), "?pagelen=50")).status).toBe(200);
    expect((await at("0".repeat(40), "?pagelen=51")).body.error.message).toBe("Invalid pagelen");
  });

  it("need the app: absent it is 404, while indexing 202", async () => {
    const { commit } = await open();
    await cloud.control("switches", { "commit-links-app": "indexing" });
    const indexing = await at(commit as string);
    expect([indexing.status, indexing.body.values]).toEqual([202, []]);
    await cloud.control("switches", { "commit-links-app": "absent" });
    expect((await at(commit as string)).status).toBe(404);
  });

  it("need the scope", async () => {
    const answer = await cloud.ask("GET", "/repositories/acme/infra/commit/abc1234/pullrequests", { as: "repository-only" });
    expect(answer.body.error.detail.required).toEqual(["pullrequest"]);
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
  ])("gets a token with key and secret %s, which works for two hours", async (_, headers, form) => {
    const answer = await request(headers, form);
    const token = (await answer.json()) as { access_token: string };
    expect(token).toMatchObject({
      token_type: "bearer",
      expires_in: 7200,
      scopes: "webhook repository account",
      state: "client_credentials",
    });
    const as = token.access_token;
    expect((await cloud.ask("GET", "/repositories/acme/infra/hooks", { as })).status).toBe(200);
    expect((await cloud.ask("GET", "/user", { as })).body.type).toBe("team");
    await cloud.control("clock", { advanceSeconds: 7201 });
    const expired = await cloud.ask("GET", "/repositories/acme/infra/hooks", { as });
    expect([expired.status, expired.body.error.message]).toEqual([401, expect.stringContaining("Access token expired")]);
  });

  it.each<[string, Record<string, string>, string, number]>([
    ["a wrong secret", { authorization: basic("consumer", "x") }, "grant_type=client_credentials", 401],
    ["nothing", {}, "grant_type=client_credentials", 401],
    ["a user's login", { authorization: basic("ada@acme.example", "ada") }, "grant_type=client_credentials", 401],
    ["another grant", { authorization: basic("consumer", "consumer-secret") }, "grant_type=password", 400],
  ])("gets none with %s", async (_, headers, form, status) => {
    const answer = await request(headers, form);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty("error_description");
  });

  it("leaves neither secret nor token in the log", async () => {
    const answer = await request({}, "client_id=consumer&client_secret=consumer-secret&grant_type=client_credentials");
    const { access_token: as } = (await answer.json()) as { access_token: string };
    await cloud.ask("GET", "/user", { as });
    const log = JSON.stringify(await cloud.control("requests"));
    expect(log.includes("consumer-secret") || log.includes(as)).toBe(false);
    expect(log).toContain("sha256:");
  });
});

describe("what drives it", () => {
  it("can be seeded anew, and reset brings that seed back without switches", async () => {
    await cloud.control("seed", {
      workspaces: [{ slug: "new", repositories: [{ slug: "one" }] }],
      credentials: SEED.credentials?.slice(0, 0),
    });
    expect((await cloud.ask("GET", "/repositories/acme/infra")).status).toBe(401);
    await cloud.control("switches", { "rate-limit": "on" });
    await cloud.control("repository", { workspace: "new", repository: "one", change: "delete" });
    await cloud.control("reset", {});
    expect((await cloud.control("state")).workspaces).toMatchObject([{ slug: "new", repositories: [{ full_name: "new/one" }] }]);
    expect((await cloud.control("switches"))["rate-limit"]).toBe("off");
  });

  it.each<[string, string, unknown, RegExp]>([
    ["a switch that does not exist", "switches", { "put-missing": "merge" }, /Unknown switch "put-missing".*put-absent/],
    ["a value that a switch does not have", "switches", { "put-absent": "keep" }, /one of: reject, replace, merge/],
    ["a number that is none", "switches", { "rate-window": 0 }, /whole number of at least 1/],
    ["a push without a branch", "push", { workspace: "acme", repository: "infra" }, /"branch"/],
    ["a push to nowhere", "push", { workspace: "acme", repository: "x", branch: "main" }, /has no repository "x".*infra, billing/],
    ["a push to an unknown workspace", "push", { workspace: "x", repository: "x", branch: "main" }, /No workspace "x".*acme/],
    ["a short commit", "push", { workspace: "acme", repository: "infra", branch: "main", commit: "abc" }, /40 hex digits/],
    ["a misspelt field", "push", { workspace: "acme", repository: "infra", brnch: "main" }, /Unknown field "brnch".*branch/],
    ["no object", "push", [], /JSON object/],
    ["an action that does not exist", "pull-request", { workspace: "acme", repository: "infra", action: "closed" }, /created, updated/],
    ["a pull request without a source", "pull-request", { workspace: "acme", repository: "infra", action: "created" }, /"source"/],
    ["one onto itself", "pull-request", { workspace: "acme", repository: "infra", action: "created", source: "main" }, /both main/],
    [
      "one to a branch that does not exist",
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
    ["an id that is no number", "pull-request", { workspace: "acme", repository: "infra", action: "merged", id: "7" }, /whole number/],
    ["a change that does not exist", "repository", { workspace: "acme", repository: "infra", change: "fork" }, /rename, transfer/],
    [
      "a rename to a taken name",
      "repository",
      { workspace: "acme", repository: "infra", change: "rename", to: "Billing" },
      /already exists/,
    ],
    ["a move to nowhere", "repository", { workspace: "acme", repository: "infra", change: "transfer", to: "x" }, /No workspace "x"/],
    ["a repository that exists", "repository", { workspace: "acme", repository: "infra", change: "create" }, /already exists/],
    ["a name in place of a slug", "repository", { workspace: "acme", repository: "New one", change: "create" }, /new-one/],
    ["an unknown project", "repository", { workspace: "acme", repository: "new", change: "create", project: "X" }, /no project "X"/],
  ])("refuses %s and says why", async (_, path, body, why) => {
    await expect(cloud.control(path, body)).rejects.toThrow(why);
  });

  it("refuses an unknown switch at the start", async () => {
    await expect(startCloud({ switches: { nothing: true } })).rejects.toThrow('Unknown switch "nothing"');
  });

  it("refuses a further action on a pull request that is closed", async () => {
    const at = { workspace: "acme", repository: "infra" };
    const { id } = await cloud.control("pull-request", { ...at, action: "created", source: "a" });
    await cloud.control("pull-request", { ...at, action: "declined", id });
    await expect(cloud.control("pull-request", { ...at, action: "merged", id })).rejects.toThrow("already DECLINED");
  });
});
