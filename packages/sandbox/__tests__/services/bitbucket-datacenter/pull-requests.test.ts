/** Pull requests as the REST API of Bitbucket Data Center shows them; the control path makes them. */
import { basic, type Datacenter, startDatacenter } from "./test-service";

const REPOSITORY = "/projects/PLAT/repos/infra";

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const act = (order: object) => server.control("pull-request", { project: "PLAT", repository: "infra", ...order });
const get = async (path: string) => (await server.ask("GET", `${REPOSITORY}${path}`)).body;
const ids = async (path: string) => (await get(path)).values.map(({ id }: { id: number }) => id) as number[];

it("are listed with the newest first, by state and branch", async () => {
  for (const source of ["one", "two", "three"]) await act({ action: "created", source });
  await act({ action: "merged", id: 1 });
  await act({ action: "declined", id: 2 });
  await act({ action: "created", source: "four", target: "three" });
  expect(await ids("/pull-requests")).toEqual([4, 3]);
  expect(await ids("/pull-requests?state=ALL")).toEqual([4, 3, 2, 1]);
  expect(await ids("/pull-requests?state=merged")).toEqual([1]);
  expect(await ids("/pull-requests?at=refs/heads/main")).toEqual([3]);
  expect(await ids("/pull-requests?at=refs/heads/three&direction=OUTGOING")).toEqual([3]);
  expect(await get("/pull-requests?state=ALL&limit=1&start=1")).toMatchObject({ size: 1, nextPageStart: 2, values: [{ id: 3 }] });
});

it("are found by each commit that they ever had, and by the one that merged them", async () => {
  const first = "a".repeat(40);
  await server.control("push", { project: "PLAT", repository: "infra", branch: "feature", commit: first });
  const { id } = await act({ action: "created", source: "feature" });
  const second = (await act({ action: "updated", id, commit: "b".repeat(40) })).commit as string;
  const merged = (await act({ action: "merged", id })).commit as string;
  for (const commit of [first, second, merged, first.toUpperCase()]) expect(await ids(`/commits/${commit}/pull-requests`)).toEqual([id]);
  expect(await ids(`/commits/${"c".repeat(40)}/pull-requests`)).toEqual([]);
});

it("are shown one by one, with their approval and version, dates as the switch says", async () => {
  await act({ action: "created", source: "feature", title: "More" });
  await act({ action: "approved", id: 1 });
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
    "somebody who cannot see the repository",
    `${REPOSITORY}/pull-requests`,
    basic("out", "out-password"),
    401,
    "com.atlassian.bitbucket.AuthorisationException",
  ],
])("are not there for %s", async (_, path, as, status, exception) => {
  const answer = await server.ask("GET", path, { as });
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].exceptionName).toBe(exception);
});
