/** Code Insights: reports of a commit and their annotations. */
import { type CloudTestService, startCloud } from "./test-service";

const REPORT = { title: "Review", details: "Two findings", report_type: "BUG", result: "FAILED" };

let cloud: CloudTestService;
let reports: string;
beforeEach(async () => {
  cloud = await startCloud();
  const { commit } = await cloud.control("push", { workspace: "acme", repository: "infra", branch: "main" });
  reports = `/repositories/acme/infra/commit/${commit}/reports`;
});
afterEach(() => cloud.stop());

const annotations = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ external_id: `a${from + index}`, annotation_type: "BUG", summary: "Why" }));
const put = (body: unknown, id = "bitlift") => cloud.request("PUT", `${reports}/${id}`, { body });
const post = (body: unknown) => cloud.request("POST", `${reports}/bitlift/annotations`, { body });
const count = async () => (await cloud.request("GET", `${reports}/bitlift/annotations`)).body.size as number;

it("a report is created, read, listed and deleted with its annotations", async () => {
  const created = await put({ ...REPORT, data: [{ title: "Dangers", type: "NUMBER", value: 2 }] });
  expect(created).toMatchObject({ status: 200, body: { ...REPORT, external_id: "bitlift", data: [{ value: 2 }] } });
  expect((await cloud.request("GET", `${reports}/bitlift`)).body).toEqual(created.body);
  expect((await cloud.request("GET", reports)).body.values).toEqual([created.body]);
  await post(annotations(2));
  expect(await cloud.control("reports")).toMatchObject([{ repository: "acme/infra", externalId: "bitlift", annotations: [{}, {}] }]);
  expect((await cloud.request("DELETE", `${reports}/bitlift`)).status).toBe(204);
  expect((await cloud.request("GET", `${reports}/bitlift`)).status).toBe(404);
  await put(REPORT);
  expect(await count()).toBe(0);
});

it("a replaced report keeps its annotations", async () => {
  await put(REPORT);
  await post(annotations(3));
  await put({ ...REPORT, result: "PASSED" });
  expect(await count()).toBe(3);
});

it.each<[string, object]>([
  ["no title", { title: undefined }],
  ["no details", { details: "" }],
  ["no type", { report_type: undefined }],
  ["an unknown type", { report_type: "REVIEW" }],
  ["an unknown result", { result: "PASS" }],
  ["eleven data fields", { data: Array.from({ length: 11 }, () => ({ title: "t", type: "TEXT", value: "v" })) }],
  ["a data field without a value", { data: [{ title: "t", type: "TEXT" }] }],
  ["a long title", { title: "t".repeat(451) }],
])("a report with %s is rejected without an envelope", async (_, change) => {
  const response = await put({ ...REPORT, ...change });
  expect([response.status, response.body]).toEqual([400, { code: 400, message: expect.any(String) }]);
});

it("at most 100 annotations are accepted at once, and 1,000 in all", async () => {
  await put(REPORT);
  const tooMany = await post(annotations(101));
  expect([tooMany.status, tooMany.body]).toEqual([400, { code: 400, message: "Bulk upload supports a maximum of /100 annotations." }]);
  for (let chunk = 0; chunk < 10; chunk += 1) expect((await post(annotations(100, chunk * 100))).status).toBe(200);
  expect((await post(annotations(2, 999))).status).toBe(400);
  expect((await post(annotations(2, 998))).status).toBe(200);
  expect(await count()).toBe(1000);
});

it.each<[string, unknown]>([
  ["an empty list", []],
  ["an object", annotations(1)[0]],
  ["an empty summary", [{ ...annotations(1)[0], summary: "" }]],
  ["a summary of 451 characters", [{ ...annotations(1)[0], summary: "s".repeat(451) }]],
  ["no external id", [{ ...annotations(1)[0], external_id: undefined }]],
  ["an unknown type", [{ ...annotations(1)[0], annotation_type: "WARNING" }]],
  ["an unknown severity", [{ ...annotations(1)[0], severity: "FATAL" }]],
  ["line 0", [{ ...annotations(1)[0], path: "a", line: 0 }]],
  ["one bad one after a good one", [annotations(1)[0], 7]],
])("%s as annotations is rejected as a whole", async (_, body) => {
  await put(REPORT);
  expect(await post(body)).toMatchObject({ status: 400, body: { code: 400 } });
  expect(await count()).toBe(0);
});

it("the same external id overwrites the annotation", async () => {
  await put(REPORT);
  const [first] = (await post(annotations(1))).body as { uuid: string }[];
  const { body } = await post([
    { ...annotations(1)[0], summary: "Because", path: "a.tf", line: 1, severity: "HIGH", link: "https://x.example" },
  ]);
  expect(body).toMatchObject([{ uuid: first?.uuid, summary: "Because", path: "a.tf", line: 1, severity: "HIGH" }]);
  expect(await count()).toBe(1);
});

it("one annotation is written, read and deleted by its id", async () => {
  await put(REPORT);
  const path = `${reports}/bitlift/annotations/x`;
  expect((await cloud.request("PUT", path, { body: { annotation_type: "BUG", summary: "Why" } })).body.external_id).toBe("x");
  const statuses = [];
  for (const method of ["GET", "DELETE", "GET"]) statuses.push((await cloud.request(method, path)).status);
  expect(statuses).toEqual([200, 204, 404]);
});

it("annotations of a missing report, and reports of a missing commit, are 404", async () => {
  expect((await post(annotations(1))).status).toBe(404);
  expect((await cloud.request("PUT", `/repositories/acme/infra/commit/${"f".repeat(40)}/reports/x`, { body: REPORT })).status).toBe(404);
});

it("the number of reports of a commit is limited by a switch", async () => {
  await cloud.control("switches", { "report-limit": 1 });
  expect([(await put(REPORT, "a")).status, (await put(REPORT, "b")).status, (await put(REPORT, "a")).status]).toEqual([200, 400, 200]);
});

it.each([
  ["repository-only", 200],
  ["webhook-only", 403],
])("the scope for reading repositories is enough for writing (%s: %i)", async (as, status) => {
  expect((await cloud.request("PUT", `${reports}/bitlift`, { as, body: REPORT })).status).toBe(status);
});
