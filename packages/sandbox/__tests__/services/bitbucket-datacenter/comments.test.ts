/** Comments on pull requests, and the activities that list them. */
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

const AT = { project: "PLAT", repository: "infra" };
const PULL_REQUEST = "/projects/PLAT/repos/infra/pull-requests/1";
const COMMENTS = `${PULL_REQUEST}/comments`;
const rex = basic("rex", "rex-password");

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
  await server.control("pull-request", { ...AT, action: "created", source: "feature" });
});
afterEach(() => server.stop());

const write = (body: object, as = "admin") => server.request("POST", COMMENTS, { as, body });
const change = (id: number, body: object, as = "admin") => server.request("PUT", `${COMMENTS}/${id}`, { as, body });
const remove = (id: number, version: number | string, as = "admin") =>
  server.request("DELETE", `${COMMENTS}/${id}?version=${version}`, { as });
const activities = async (query = "") => (await server.request("GET", `${PULL_REQUEST}/activities${query}`)).body;
const inject = (body: object) => server.control("comment", { ...AT, id: 1, ...body });

/** The texts of general comments, newest first. */
async function texts(query = ""): Promise<string[]> {
  const { values } = await activities(query);
  return values.filter(({ action }: { action: string }) => action === "COMMENTED").map((item: any) => item.comment.text); // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON
}

it("are created with version 0, and activities contain them with their replies", async () => {
  const { status, body } = await write({ text: "One" });
  expect([status, body]).toMatchObject([201, { version: 0, text: "One", severity: "NORMAL", state: "OPEN", author: { name: "ada" } }]);
  const reply = await write({ text: "Two", parent: { id: body.id } }, rex);
  expect(reply.body.author).toMatchObject({ name: "rex", displayName: "Rex" });
  expect((await activities()).values).toMatchObject([
    { action: "COMMENTED", commentAction: "ADDED", comment: { id: body.id, text: "One", comments: [{ text: "Two" }] } },
    { action: "OPENED" },
  ]);
  expect((await server.request("GET", `${COMMENTS}/${body.id}`)).body.comments).toHaveLength(1);
});

it("are blockers or comments on a file if the request says so", async () => {
  expect((await write({ text: "Stop", severity: "BLOCKER" })).body.severity).toBe("BLOCKER");
  const anchor = { path: "main.tf", line: 3, lineType: "ADDED", fileType: "TO", diffType: "EFFECTIVE" };
  expect((await write({ text: "Here", anchor })).body.anchor).toEqual(anchor);
  expect((await server.request("GET", `${COMMENTS}?path=main.tf`)).body.values).toMatchObject([{ text: "Here" }]);
  expect((await server.request("GET", COMMENTS)).status).toBe(400);
});

const TOO_LONG = {
  errors: [{ context: "text", message: "Please enter a non-empty value less than 32768 characters", exceptionName: null }],
};

it.each<[string, string, number]>([
  ["an empty text", "", 400],
  ["a blank text", " \n", 400],
  ["32,768 characters", "x".repeat(32_768), 201],
  ["32,769 characters", "x".repeat(32_769), 400],
])("with %s", async (_, text, status) => {
  const response = await write({ text });
  expect(response.status).toBe(status);
  if (status === 400) expect(response.body).toEqual(TOO_LONG);
});

it.each<[string, object]>([
  ["an unknown severity", { severity: "HIGH" }],
  ["an unknown state", { state: "DONE" }],
  ["a place without a path", { anchor: { line: 1 } }],
])("with %s are rejected", async (_, body) => {
  expect((await write({ text: "x", ...body })).status).toBe(400);
});

it("change only with the current version", async () => {
  const { id } = (await write({ text: "One" })).body as { id: number };
  expect((await change(id, { text: "Two", version: 0 })).body).toMatchObject({ text: "Two", version: 1 });
  for (const body of [{ text: "Three", version: 0 }, { text: "Three" }]) {
    const stale = await change(id, body);
    expect([stale.status, stale.body.errors[0].exceptionName]).toEqual([409, "com.atlassian.bitbucket.comment.CommentOutOfDateException"]);
  }
  expect(await texts()).toEqual(["Two"]);
  expect((await change(id, { state: "RESOLVED", version: 1 })).body).toMatchObject({ text: "Two", state: "RESOLVED", version: 2 });
  expect((await change(99, { text: "x", version: 0 })).status).toBe(404);
});

it("conflict with a change by somebody else, who can come just in time", async () => {
  const { id } = (await write({ text: "One" })).body as { id: number };
  await inject({ action: "edit", comment: id, text: "Changed" });
  expect((await change(id, { text: "Two", version: 0 })).status).toBe(409);
  await server.control("switches", { "comment-conflict": "once" });
  expect((await change(id, { text: "Two", version: 1 })).status).toBe(409);
  expect((await change(id, { text: "Two", version: 1 })).status).toBe(409);
  expect((await server.request("GET", `${COMMENTS}/${id}`)).body).toMatchObject({ text: "Changed", version: 2 });
  expect((await change(id, { text: "Two", version: 2 })).status).toBe(200);
});

it("are deleted with the current version and without replies, and disappear", async () => {
  const { id } = (await write({ text: "One" })).body as { id: number };
  const reply = (await write({ text: "Two", parent: { id } })).body as { id: number };
  expect([(await remove(id, 0)).status, (await remove(reply.id, 7)).status, (await remove(reply.id, "")).status]).toEqual([409, 409, 409]);
  expect([(await remove(reply.id, 0)).status, (await remove(id, 0)).status, (await remove(id, 0)).status]).toEqual([204, 204, 404]);
  expect(await texts()).toEqual([]);
});

it("of others are changed by nobody, and deleted by administrators", async () => {
  const { id } = (await write({ text: "By Rex" }, rex)).body as { id: number };
  const { id: other } = (await write({ text: "By Ada" })).body as { id: number };
  expect([(await change(id, { text: "x", version: 0 })).status, (await remove(other, 0, rex)).status]).toEqual([401, 401]);
  expect((await remove(id, 0)).status).toBe(204);
});

it("are on several pages of activities, with other activities between them", async () => {
  await inject({ action: "add", text: "noise", count: 40, author: "Grace Hopper" });
  await server.control("pull-request", { ...AT, action: "declined", id: 1 });
  const first = await activities();
  expect([first.size, first.isLastPage, first.values[0].action]).toEqual([25, false, "DECLINED"]);
  expect((await texts(`?start=${String(first.nextPageStart)}`)).length).toBe(16);
  expect(first.values[1].comment.author).toMatchObject({ name: "grace-hopper", displayName: "Grace Hopper" });
});

it("cannot be written in an archived repository", async () => {
  await server.control("pull-request", { project: "PLAT", repository: "attic", action: "created", source: "feature" });
  const path = "/projects/PLAT/repos/attic/pull-requests/1/comments";
  expect((await server.request("POST", path, { body: { text: "x" } })).status).toBe(409);
});

it.each([
  ["a reader", "reader", 201],
  ["a token of the repository", "of-repository-reader", 201],
  ["a user without access", basic("out", "out-password"), 401],
  ["nobody", null, 401],
])("are written by %s", async (_, as, status) => {
  expect((await server.request("POST", COMMENTS, { as, body: { text: "x" } })).status).toBe(status);
});

it("of the control path are real comments, which the control path also lists", async () => {
  await server.control("pull-request", { ...AT, action: "comment", id: 1, message: "By webhook" });
  expect(await texts()).toEqual(["By webhook"]);
  expect(await server.control("comments")).toMatchObject([{ repository: "PLAT/infra", pullRequest: 1, text: "By webhook", version: 0 }]);
});
