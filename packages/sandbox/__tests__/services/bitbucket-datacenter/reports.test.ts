/** Code Insights and build statuses of commits. */
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

const REPORT = { title: "Review", details: "Two findings", result: "FAIL", data: [] };
const ANNOTATION = { message: "Why", severity: "HIGH", path: "main.tf", line: 1, externalId: "one" };
const rex = basic("rex", "rex-password");

let server: DatacenterTestService;
let commit: string;
beforeEach(async () => {
  server = await startDatacenter();
  commit = (await server.control("push", { project: "PLAT", repository: "infra", branch: "main" })).commit;
});
afterEach(() => server.stop());

const reports = () => `/rest/insights/latest/projects/PLAT/repos/infra/commits/${commit}/reports`;
const put = (body: unknown, as = "admin") => server.request("PUT", `${reports()}/bitlift`, { as, body });
const post = (annotations: unknown, as = "admin") =>
  server.request("POST", `${reports()}/bitlift/annotations`, { as, body: { annotations } });
const count = async () => (await server.request("GET", `${reports()}/bitlift/annotations`)).body.totalCount as number;

describe("a report", () => {
  it("is created, read, listed and deleted with its annotations", async () => {
    const { status, body } = await put({ ...REPORT, data: [{ title: "Dangers", type: "NUMBER", value: 2 }] });
    expect([status, body]).toMatchObject([200, { key: "bitlift", ...REPORT, data: [{ value: 2 }], createdDate: expect.any(Number) }]);
    expect((await server.request("GET", `${reports()}/bitlift`)).body).toEqual(body);
    expect((await server.request("GET", reports())).body.values).toEqual([body]);
    await post([ANNOTATION]);
    expect(await server.control("reports")).toMatchObject([{ repository: "PLAT/infra", commit, key: "bitlift", annotations: [{}] }]);
    expect((await server.request("DELETE", `${reports()}/bitlift`)).status).toBe(204);
    expect((await server.request("GET", `${reports()}/bitlift`)).status).toBe(404);
  });

  it.each<[string, object]>([
    ["no title", { title: undefined }],
    ["a title of 451 characters", { title: "t".repeat(451) }],
    ["details of 2,001 characters", { details: "d".repeat(2001) }],
    ["an unknown result", { result: "PASSED" }],
    ["no data", { data: undefined }],
    ["seven items of data", { data: Array.from({ length: 7 }, () => ({ title: "t", value: 1 })) }],
    ["a long reporter", { reporter: "r".repeat(451) }],
  ])("with %s is rejected", async (_, change) => {
    const response = await put({ ...REPORT, ...change });
    expect([response.status, response.body.errors[0].context]).toEqual([400, Object.keys(change)[0]]);
  });

  it("without data is accepted if the switch says so", async () => {
    await server.control("switches", { "report-data": "optional" });
    expect((await put({ title: "Review" })).status).toBe(200);
  });

  it("of somebody else answers 401 to every change", async () => {
    await put(REPORT);
    const answers = [
      await put(REPORT, rex),
      await post([ANNOTATION], rex),
      await server.request("DELETE", `${reports()}/bitlift`, { as: rex }),
      await server.request("DELETE", `${reports()}/bitlift/annotations`, { as: rex }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it("exists from 5.15 on, for commits that the repository has", async () => {
    commit = "f".repeat(40);
    expect((await put(REPORT)).status).toBe(404);
    await server.control("switches", { version: "5.14" });
    expect((await put(REPORT)).body["status-code"]).toBe(404);
  });
});

describe("annotations", () => {
  beforeEach(() => put(REPORT));

  it("are added again if they exist already, and survive a new report", async () => {
    expect([(await post([ANNOTATION])).status, (await post([ANNOTATION])).status]).toEqual([204, 204]);
    await put(REPORT);
    expect(await count()).toBe(2);
  });

  it("above 1,000 refuse the whole request, which can have more than 100", async () => {
    const many = (length: number) => Array.from({ length }, () => ANNOTATION);
    expect((await post(many(999))).status).toBe(204);
    expect((await post(many(2))).status).toBe(400);
    expect(await count()).toBe(999);
    expect((await post(many(1))).status).toBe(204);
    await server.control("switches", { "annotation-limit": 2000 });
    expect((await post(many(2))).status).toBe(204);
  });

  it.each<[string, unknown]>([
    ["no list", undefined],
    ["no message", [{ ...ANNOTATION, message: "" }]],
    ["a message of 2,001 characters", [{ ...ANNOTATION, message: "m".repeat(2001) }]],
    ["no severity", [{ ...ANNOTATION, severity: undefined }]],
    ["a severity of Cloud", [{ ...ANNOTATION, severity: "CRITICAL" }]],
    ["a negative line", [{ ...ANNOTATION, line: -1 }]],
    ["a bad one after a good one", [ANNOTATION, 7]],
  ])("with %s are rejected as a whole", async (_, annotations) => {
    expect((await post(annotations)).status).toBe(400);
    expect(await count()).toBe(0);
  });

  it("are replaced and deleted by external id, or deleted all at once", async () => {
    await post([ANNOTATION, { ...ANNOTATION, externalId: "two", line: 0 }, { message: "Whole report", severity: "LOW" }]);
    const path = `${reports()}/bitlift/annotations`;
    expect((await server.request("PUT", `${path}/one`, { body: { message: "Because", severity: "LOW" } })).status).toBe(204);
    expect(await count()).toBe(3);
    expect((await server.request("DELETE", `${path}?externalId=one&externalId=two`)).status).toBe(204);
    expect(await count()).toBe(1);
    expect((await server.request("DELETE", path)).status).toBe(204);
    expect(await count()).toBe(0);
  });
});

describe("a build status", () => {
  const STATUS = { key: "bitlift", state: "SUCCESSFUL", url: "https://ci.example/1", name: "Review" };
  const builds = (query = "") => `/projects/PLAT/repos/infra/commits/${commit}/builds${query}`;
  const send = (body: object) => server.request("POST", builds(), { body });

  it("is overwritten by the same key, read and deleted", async () => {
    expect([(await send(STATUS)).status, (await send({ ...STATUS, state: "FAILED" })).status]).toEqual([204, 204]);
    expect((await server.request("GET", builds("?key=bitlift"))).body).toMatchObject({ ...STATUS, state: "FAILED" });
    expect(await server.control("statuses")).toMatchObject([{ repository: "PLAT/infra", commit, key: "bitlift", state: "FAILED" }]);
    expect((await server.request("DELETE", builds("?key=bitlift"))).status).toBe(204);
    expect((await server.request("GET", builds("?key=bitlift"))).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ["no key", { key: undefined }, "key"],
    ["a key of 256 characters", { key: "k".repeat(256) }, "key"],
    ["a state of Cloud", { state: "STOPPED" }, "state"],
    ["no url", { url: undefined }, "url"],
    ["a url of 451 characters", { url: `https://${"u".repeat(443)}` }, "url"],
    ["a url that is none", { url: "ci" }, "url"],
    ["a branch instead of a ref", { ref: "main" }, "ref"],
  ])("with %s is rejected", async (_, change, context) => {
    const response = await send({ ...STATUS, ...change });
    expect([response.status, response.body.errors[0].context]).toEqual([400, context]);
  });

  it("needs a commit that the repository has", async () => {
    commit = commit.slice(0, 12);
    const response = await send(STATUS);
    expect([response.status, response.body.errors[0].exceptionName]).toEqual([404, "com.atlassian.bitbucket.commit.NoSuchCommitException"]);
  });
});
