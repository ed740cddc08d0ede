/** The REST API for pull requests, which the control path creates. */
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

const REPOSITORY = "/projects/PLAT/repos/infra";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const changePullRequest = (input: object) => server.control("pull-request", { project: "PLAT", repository: "infra", ...input });
const get = async (path: string) => (await server.request("GET", `${REPOSITORY}${path}`)).body;
const ids = async (path: string) => (await get(path)).values.map(({ id }: { id: number }) => id) as number[];

it("lists them by state and branch, newest first", async () => {
  for (const source of ["one", "two", "three"]) await changePullRequest({ action: "created", source });
  await changePullRequest({ action: "merged", id: 1 });
  await changePullRequest({ action: "declined", id: 2 });
  await changePullRequest({ action: "created", source: "four", target: "three" });
  expect(await ids("/pull-requests")).toEqual([4, 3]);
  expect(await ids("/pull-requests?state=ALL")).toEqual([4, 3, 2, 1]);
  expect(await ids("/pull-requests?state=merged")).toEqual([1]);
  expect(await ids("/pull-requests?at=refs/heads/main")).toEqual([3]);
  expect(await ids("/pull-requests?at=refs/heads/three&direction=OUTGOING")).toEqual([3]);
  expect(await get("/pull-requests?state=ALL&limit=1&start=1")).toMatchObject({ size: 1, nextPageStart: 2, values: [{ id: 3 }] });
});

it("finds them by every commit they ever had, and by the merge commit", async () => {
  const first = "a".repeat(40);
  await server.control("push", { project: "PLAT", repository: "infra", branch: "feature", commit: first });
  const { id } = await changePullRequest({ action: "created", source: "feature" });
  const second = (await changePullRequest({ action: "updated", id, commit: "b".repeat(40) })).commit as string;
  const merged = (await changePullRequest({ action: "merged", id })).commit as string;
  for (const commit of [first, second, merged, first.toUpperCase()]) expect(await ids(`/commits/${commit}/pull-requests`)).toEqual([id]);
  expect(await ids(`/commits/${"c".repeat(40)}/pull-requests`)).toEqual([]);
});

it("returns a pull request with its approval and version, and dates in the format of the switch", async () => {
  await changePullRequest({ action: "created", source: "feature", title: "More" });
  await changePullRequest({ action: "approved", id: 1 });
  expect(await get("/pull-requests/1")).toMatchObject({
    id: 1,
    version: 1,
    title: "More",
    createdDate: expect.any(Number),
    author: { user: { name: "sandbox-developer" } },
    reviewers: [{ user: { name: "sandbox-reviewer" }, approved: true, status: "APPROVED" }],
    links: { self: [{ href: `${server.origin}/projects/PLAT/repos/infra/pull-requests/1` }] },
  });
  await server.control("switches", { version: "10.2" });
  expect((await get("/pull-requests/1")).createdDate).toEqual(expect.any(Number));
  await server.control("switches", { "rest-timestamps": "iso" });
  expect((await get("/pull-requests/1")).createdDate).toMatch(/Z$/);
});

it.each([
  ["an unknown number", `${REPOSITORY}/pull-requests/9`, "admin", 404, "com.atlassian.bitbucket.pull.NoSuchPullRequestException"],
  [
    "a user who cannot see the repository",
    `${REPOSITORY}/pull-requests`,
    basic("out", "out-password"),
    401,
    "com.atlassian.bitbucket.AuthorisationException",
  ],
])("responds with an error to %s", async (_, path, as, status, exception) => {
  const response = await server.request("GET", path, { as });
  expect(response.status).toBe(status);
  expect(response.body.errors[0].exceptionName).toBe(exception);
});
