/** Pull requests and the comments on them, through the REST API and through the control path. */
import { basic, type CloudTestService, startCloud } from "./test-service";

const AT = { workspace: "acme", repository: "infra" };
const REPOSITORY = "/repositories/acme/infra";
const COMMENTS = `${REPOSITORY}/pullrequests/1/comments`;
const ada = basic("ada@acme.example", "ada");

let cloud: CloudTestService;
beforeEach(async () => {
  cloud = await startCloud();
  await cloud.control("pull-request", { ...AT, action: "created", source: "feature", title: "More" });
});
afterEach(() => cloud.stop());

const write = (raw: unknown, as = "admin") => cloud.request("POST", COMMENTS, { as, body: { content: { raw } } });
const list = async (query = "", as = "admin") => (await cloud.request("GET", `${COMMENTS}${query}`, { as })).body;
const texts = async (query = "") => (await list(query)).values.map((comment: any) => comment.content.raw) as string[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON
const inject = (body: object) => cloud.control("comment", { ...AT, id: 1, ...body });

describe("pull requests", () => {
  const find = async (q: string) => {
    const { body } = await cloud.request("GET", `${REPOSITORY}/pullrequests?q=${encodeURIComponent(q)}`);
    return body.values.map(({ id }: { id: number }) => id) as number[];
  };

  it("are found by source branch and state", async () => {
    await cloud.control("pull-request", { ...AT, action: "created", source: "other" });
    await cloud.control("pull-request", { ...AT, action: "merged", id: 1 });
    await cloud.control("pull-request", { ...AT, action: "created", source: "feature-2" });
    expect(await find('source.branch.name="feature-2" AND state="OPEN"')).toEqual([3]);
    expect(await find('source.branch.name="feature" AND state="OPEN"')).toEqual([]);
    expect(await find('source.branch.name="feature" AND state="MERGED"')).toEqual([1]);
    expect(await find('destination.branch.name="main"')).toEqual([3, 2]);
    expect((await cloud.request("GET", `${REPOSITORY}/pullrequests?state=MERGED&state=OPEN&sort=id`)).body.values).toMatchObject([
      { id: 1 },
      { id: 2 },
      { id: 3 },
    ]);
  });

  it("have at most 50 on a page", async () => {
    const response = await cloud.request("GET", `${REPOSITORY}/pullrequests?pagelen=51`);
    expect([response.status, response.body.error.message]).toEqual([400, "Invalid pagelen"]);
  });

  it("show branches, commits and the number of comments", async () => {
    await write("one");
    const head = (await cloud.control("state")).workspaces[0].repositories[0].branches.feature as string;
    expect((await cloud.request("GET", `${REPOSITORY}/pullrequests/1`)).body).toMatchObject({
      title: "More",
      source: { branch: { name: "feature" }, commit: { hash: head.slice(0, 12) } },
      destination: { branch: { name: "main" }, commit: { hash: expect.stringMatching(/^[0-9a-f]{12}$/) } },
      comment_count: 1,
    });
  });

  it.each(["2", "x"])("that do not exist (%s) are 404, and so are their comments", async (id) => {
    for (const path of ["", "/comments", "/statuses"])
      expect((await cloud.request("GET", `${REPOSITORY}/pullrequests/${id}${path}`)).status).toBe(404);
  });
});

describe("comments", () => {
  it("are created with the address of the comment in Location", async () => {
    const { status, body, headers } = await write("**Hello**");
    expect([status, headers.get("location")]).toEqual([201, `${cloud.origin}/2.0${COMMENTS}/${body.id}`]);
    expect(body).toMatchObject({
      type: "pullrequest_comment",
      content: { raw: "**Hello**", markup: "markdown", type: "rendered" },
      user: { display_name: "Access token" },
      deleted: false,
      pullrequest: { id: 1 },
    });
    expect((await cloud.request("GET", `${COMMENTS}/${body.id}`)).body).toEqual(body);
  });

  it("escape HTML", async () => {
    const { body } = await write('<details>&<a href="x">');
    expect(body.content.html).toBe('<p>&lt;details&gt;&amp;&lt;a href="x"&gt;</p>');
  });

  it("keep the place in the diff, and what they reply to", async () => {
    const { body: first } = await cloud.request("POST", COMMENTS, { body: { content: { raw: "Here" }, inline: { path: "a.tf", to: 3 } } });
    expect(first.inline).toMatchObject({ path: "a.tf", to: 3, from: null });
    const { body: reply } = await cloud.request("POST", COMMENTS, { body: { content: { raw: "Yes" }, parent: { id: first.id } } });
    expect(reply.parent.id).toBe(first.id);
  });

  it.each<[string, unknown]>([
    ["no content", {}],
    ["an empty text", { content: { raw: " " } }],
    ["a text that is no string", { content: { raw: 1 } }],
    ["a place without a path", { content: { raw: "x" }, inline: { to: 1 } }],
    ["a line below 1", { content: { raw: "x" }, inline: { path: "a", to: 0 } }],
    ["a reply to nothing", { content: { raw: "x" }, parent: { id: 99 } }],
    ["a list", []],
  ])("with %s are rejected", async (_, body) => {
    const response = await cloud.request("POST", COMMENTS, { body });
    expect([response.status, response.body.type]).toEqual([400, "error"]);
    expect((await list()).size).toBe(0);
  });

  it("are listed in pages, oldest first, with filter and order", async () => {
    await inject({ action: "add", text: "noise", count: 119 });
    await write("[marker]: # (one)");
    expect(await list("?pagelen=100")).toMatchObject({ size: 120, pagelen: 100, next: expect.stringContaining("page=2") });
    expect(await texts("?pagelen=100&page=2")).toHaveLength(20);
    expect(await texts(`?q=${encodeURIComponent('content.raw ~ "marker"')}`)).toEqual(["[marker]: # (one)"]);
    expect((await list("?sort=-id&pagelen=1")).values[0].id).toBe(120);
    expect((await list(`?q=${encodeURIComponent("id > 118")}&sort=-id`)).values.map(({ id }: { id: number }) => id)).toEqual([120, 119]);
    expect((await cloud.request("GET", `${COMMENTS}?pagelen=101`)).status).toBe(400);
    await cloud.control("switches", { "shorter-pages": 7 });
    expect((await list("?pagelen=100")).values).toHaveLength(7);
  });

  it("are changed by their author only", async () => {
    const { id } = (await write("one")).body as { id: number };
    const change = (as: string) => cloud.request("PUT", `${COMMENTS}/${id}`, { as, body: { content: { raw: "two" } } });
    expect((await change(ada)).status).toBe(403);
    expect(await texts()).toEqual(["one"]);
    expect(await change("admin")).toMatchObject({ status: 200, body: { id, content: { raw: "two" } } });
    expect((await cloud.request("PUT", `${COMMENTS}/99`, { body: { content: { raw: "x" } } })).status).toBe(404);
  });

  it.each([
    ["text", [["one", true]]],
    ["blank", [["", true]]],
    ["absent", []],
  ])("stay in the list when they are deleted (switch deleted-comments: %s)", async (value, expected) => {
    await cloud.control("switches", { "deleted-comments": value });
    const { id } = (await write("one")).body as { id: number };
    expect((await cloud.request("DELETE", `${COMMENTS}/${id}`)).status).toBe(204);
    const shown = (await list()).values.map((comment: any) => [comment.content.raw, comment.deleted]); // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON
    expect(shown).toEqual(expected);
    for (const method of ["PUT", "DELETE"])
      expect((await cloud.request(method, `${COMMENTS}/${id}`, { body: { content: { raw: "x" } } })).status).toBe(404);
    expect((await cloud.request("GET", `${REPOSITORY}/pullrequests/1`)).body.comment_count).toBe(0);
  });

  it("are resolved once and reopened once", async () => {
    const { id } = (await write("one")).body as { id: number };
    const statuses = [];
    for (const method of ["POST", "POST", "DELETE", "DELETE"])
      statuses.push((await cloud.request(method, `${COMMENTS}/${id}/resolve`, method === "POST" ? { body: {} } : {})).status);
    expect(statuses).toEqual([200, 409, 204, 409]);
  });

  it("above the ceiling get 400 as an HTML page, those of 200,000 characters do not", async () => {
    expect((await write("x".repeat(200_000))).status).toBe(201);
    await cloud.control("switches", { "comment-ceiling": 40_000 });
    expect((await write("x".repeat(40_000))).status).toBe(201);
    const response = await write("x".repeat(40_001));
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
    expect(response.text).toContain("Bad Request (400)");
    expect(response.body).toBeUndefined();
  });

  it("conflict once if the switch says so", async () => {
    await cloud.control("switches", { "comment-conflict": "once" });
    expect([(await write("one")).status, (await write("one")).status]).toEqual([409, 201]);
    expect(await texts()).toEqual(["one"]);
  });

  it.each([
    ["read access and the scope for reading pull requests", "reader", 201],
    ["an API token with the scopes for reading", ada, 201],
    ["a token without the scope", "repository-only", 403],
    ["a token of another repository", "outsider", 403],
  ])("with %s", async (_, as, status) => {
    expect((await write("one", as)).status).toBe(status);
  });

  it("need a login to write, and only on public repositories none to read", async () => {
    expect((await cloud.request("POST", COMMENTS, { as: null, body: { content: { raw: "x" } } })).status).toBe(401);
    expect((await cloud.request("GET", COMMENTS, { as: null })).status).toBe(404);
    await cloud.control("pull-request", { workspace: "acme", repository: "handbook", action: "created", source: "feature" });
    expect((await cloud.request("GET", "/repositories/acme/handbook/pullrequests/1/comments", { as: null })).status).toBe(200);
  });
});

it("GET /user is 403 for an access token, and for everyone if the switch says so", async () => {
  expect((await cloud.request("GET", "/user")).status).toBe(403);
  expect((await cloud.request("GET", "/user", { as: ada })).status).toBe(200);
  await cloud.control("switches", { "user-endpoint": "forbidden" });
  const response = await cloud.request("GET", "/user", { as: ada });
  expect([response.status, response.body.error.message]).toEqual([403, "This API is not accessible by this authentication mechanism"]);
});

describe("the control path", () => {
  it("adds, edits and deletes comments of other people", async () => {
    const { id } = (await inject({ action: "add", text: "Looks good", author: "Grace Hopper" })) as { id: number };
    expect((await list()).values).toMatchObject([{ id, user: { display_name: "Grace Hopper", nickname: "grace-hopper" } }]);
    await inject({ action: "edit", comment: id, text: "Looks bad" });
    expect(await cloud.control("comments")).toMatchObject([
      {
        repository: "acme/infra",
        pullRequest: 1,
        id,
        text: "Looks bad",
        version: 1,
        deleted: false,
        author: { displayName: "Grace Hopper" },
      },
    ]);
    await inject({ action: "delete", comment: id });
    expect(await cloud.control("comments?repository=ACME/infra")).toMatchObject([{ id, deleted: true }]);
    expect(await cloud.control("comments?repository=acme/billing")).toEqual([]);
  });

  it("a comment with an event is in the list, too", async () => {
    await cloud.control("pull-request", { ...AT, action: "comment", id: 1, message: "By webhook" });
    expect((await list()).values).toMatchObject([{ content: { raw: "By webhook" }, user: { display_name: "Sandbox Developer" } }]);
  });

  it.each([
    ["an unknown pull request", { action: "add", id: 9, text: "x" }, /number of a pull request of acme\/infra. Known ids: 1/],
    ["an unknown comment", { action: "edit", comment: 9, text: "x" }, /id of a comment .* none yet/],
    ["no text", { action: "add" }, /"text" is required/],
    ["an unknown action", { action: "like" }, /add, edit, delete/],
    ["too many", { action: "add", text: "x", count: 10_001 }, /1 to 10000/],
  ])("rejects %s", async (_, body, message) => {
    await expect(inject(body)).rejects.toThrow(message);
  });

  it("rejects an unknown repository in a list", async () => {
    await expect(cloud.control("comments?repository=acme/none")).rejects.toThrow(/no repository "acme\/none".*acme\/infra/);
  });

  it("forgets everything on reset", async () => {
    await write("one");
    await cloud.control("reset", {});
    expect(await cloud.control("comments")).toEqual([]);
  });
});
