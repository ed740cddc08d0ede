/** Build statuses of commits and pull requests. */
import { basic, type CloudTestService, startCloud } from "./test-service";

const AT = { workspace: "acme", repository: "infra" };
const REPOSITORY = "/repositories/acme/infra";
const STATUS = { key: "bitlift", state: "SUCCESSFUL", url: "https://ci.example/1", name: "Review", description: "Fine" };

let cloud: CloudTestService;
let head: string;
beforeEach(async () => {
  cloud = await startCloud();
  head = (await cloud.control("pull-request", { ...AT, action: "created", source: "feature" })).commit;
});
afterEach(() => cloud.stop());

const post = (body: unknown, { commit = head, as = "admin" } = {}) =>
  cloud.request("POST", `${REPOSITORY}/commit/${commit}/statuses/build`, { as, body });
const list = async (query = "") => (await cloud.request("GET", `${REPOSITORY}/commit/${head}/statuses${query}`)).body.values;

it("the same key overwrites the status", async () => {
  const first = await post(STATUS);
  const second = await post({ ...STATUS, state: "FAILED" });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual({ ...first.body, state: "FAILED", updated_on: second.body.updated_on });
  expect(first.body).toMatchObject({ type: "build", ...STATUS, refname: null });
  expect(await list()).toEqual([second.body]);
});

it("is read and changed by its key", async () => {
  const path = `${REPOSITORY}/commit/${head}/statuses/build/bitlift`;
  const change = (body: unknown) => cloud.request("PUT", path, { body });
  expect([(await cloud.request("GET", path)).status, (await change(STATUS)).status]).toEqual([404, 404]);
  await post(STATUS);
  expect(await change({ state: "STOPPED", url: STATUS.url, key: "another" })).toMatchObject({ status: 200, body: { key: "bitlift" } });
  expect((await cloud.request("GET", path)).body).toMatchObject({ state: "STOPPED", description: "" });
});

it.each<[string, object, string]>([
  ["no key", { key: undefined }, "key"],
  ["a key of 41 characters", { key: "k".repeat(41) }, "key"],
  ["no state", { state: undefined }, "state"],
  ["an unknown state", { state: "PASSED" }, "state"],
  ["no url", { url: undefined }, "url"],
  ["a url that is none", { url: "ci" }, "url"],
  ["a url on localhost", { url: "http://localhost:8080/1" }, "url"],
  ["a long name", { name: "n".repeat(256) }, "name"],
  ["a long description", { description: "d".repeat(256) }, "description"],
])("with %s is rejected", async (_, change, field) => {
  const response = await post({ ...STATUS, ...change });
  expect([response.status, Object.keys(response.body.error.fields)]).toEqual([400, [field]]);
  expect(await list()).toEqual([]);
});

it("without a url, or with a longer key, is accepted if the switch says so", async () => {
  await cloud.control("switches", { "status-url": "optional", "status-key-limit": 50 });
  expect((await post({ ...STATUS, url: undefined, key: "k".repeat(50) })).status).toBe(201);
});

it("accepts a commit as the pull request shows it, and no unknown commit", async () => {
  const { body } = await cloud.request("GET", `${REPOSITORY}/pullrequests/1`);
  expect((await post(STATUS, { commit: body.source.commit.hash })).status).toBe(201);
  expect(await list()).toHaveLength(1);
  for (const commit of ["f".repeat(40), head.slice(0, 6)]) expect((await post(STATUS, { commit })).status).toBe(404);
});

it("belongs to the pull request with its commit, unless it names another branch", async () => {
  await post(STATUS);
  await post({ ...STATUS, key: "b", refname: "feature" });
  await post({ ...STATUS, key: "c", refname: "other" });
  const { body } = await cloud.request("GET", `${REPOSITORY}/pullrequests/1/statuses`);
  expect(body.values.map(({ key }: { key: string }) => key)).toEqual(["bitlift", "b"]);
  expect(await list("?refname=other")).toMatchObject([{ key: "c" }]);
  expect(await list(`?q=${encodeURIComponent('key = "b"')}`)).toMatchObject([{ key: "b" }]);
  expect(await list("?sort=-key")).toMatchObject([{ key: "c" }, { key: "bitlift" }, { key: "b" }]);
  expect(await cloud.control("statuses")).toMatchObject([{ repository: "acme/infra", commit: head, key: "bitlift" }, {}, {}]);
});

it.each([
  ["read access is enough", basic("ada@acme.example", "ada"), 201],
  ["the scope for repositories is enough", "repository-only", 201],
  ["without the scope", "webhook-only", 403],
])("%s", async (_, as, status) => {
  expect((await post(STATUS, { as })).status).toBe(status);
});
