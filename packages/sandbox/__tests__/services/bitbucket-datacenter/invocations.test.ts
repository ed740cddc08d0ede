/** What administrators of a webhook can request: a test of its URL, and the outcomes of its deliveries. */
import { type Receiver, startReceiver } from "../../receiver";
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

let receiver: Receiver;
let server: DatacenterTestService;

beforeEach(async () => {
  receiver = await startReceiver();
  server = await startDatacenter({ paired: [receiver.origin] });
});
afterEach(async () => {
  await server.stop();
  await receiver.stop();
});

const SUBJECTS = ["/projects/PLAT/repos/infra/webhooks", "/projects/PLAT/webhooks"] as const;

async function createWebhook(hooks: string, changes: object = {}): Promise<string> {
  const body = {
    url: `${receiver.origin}/hook`,
    events: ["repo:refs_changed", "pr:opened"],
    configuration: { secret: "s3cret" },
    ...changes,
  };
  return String((await server.request("POST", hooks, { body })).body.id);
}
const push = () => server.control("push", { project: "PLAT", repository: "infra", branch: "main" });
const query = (values: Record<string, string>) => `?${new URLSearchParams(values).toString()}`;

describe.each(SUBJECTS)("a test through %s", (hooks) => {
  const test = (values: Record<string, string>, body?: unknown) => server.request("POST", `${hooks}/test${query(values)}`, { body });

  it("sends an unsigned ping and returns its request and response", async () => {
    const webhookId = await createWebhook(hooks);
    const url = `${receiver.origin}/other`;
    const response = await test({ url, webhookId });
    expect(response.status).toBe(200);
    expect(receiver.received).toMatchObject([{ path: "/other", body: '{"test":true}', headers: { "x-event-key": "diagnostics:ping" } }]);
    expect(receiver.received[0]?.headers["x-hub-signature"]).toBeUndefined();
    expect(response.body).toMatchObject({
      request: { method: "POST", url, headers: { "X-Event-Key": "diagnostics:ping" }, body: '{"test":true}' },
      response: { status: 200, body: "ok" },
      result: { outcome: "SUCCESS", description: "200" },
    });
  });

  it.each<[string, Record<string, string>, number]>([
    ["webhookId without url responds with a server error", { webhookId: "1" }, 500],
    ["neither responds with 400", {}, 400],
  ])("with %s", async (_, values, status) => {
    await createWebhook(hooks);
    expect((await test(values)).status).toBe(status);
    expect(receiver.received).toEqual([]);
  });

  it("sends the given user name and password, or the stored ones of the given webhook", async () => {
    const webhookId = await createWebhook(hooks, { credentials: { username: "stored", password: "kept" } });
    const url = receiver.origin;
    const response = await test({ url }, { username: "given", password: "now" });
    expect(response.body.request.headers.Authorization).toBe(basic("given", "now"));
    await test({ url, webhookId });
    await test({ url, webhookId }, { username: "stored" });
    const [given, stored, named] = receiver.received.map(({ headers }) => headers.authorization);
    expect([given, stored, named]).toEqual([basic("given", "now"), basic("stored", "kept"), basic("stored", "kept")]);
  });

  it("reports error responses and missing responses, and calls only the paired Spacelift", async () => {
    receiver.statuses = [401, -1];
    const url = receiver.origin;
    expect((await test({ url })).body).toMatchObject({ response: { status: 401 }, result: { outcome: "FAILURE", description: "401" } });
    for (const unreachable of [url, "https://hooks.example/x"]) {
      const { status, body } = await test({ url: unreachable });
      expect([status, body.result.outcome, body.response]).toEqual([200, "ERROR", undefined]);
    }
    expect(receiver.received).toHaveLength(2);
  });

  it("requires an administrator", async () => {
    expect((await server.request("POST", `${hooks}/test${query({ url: receiver.origin })}`, { as: "reader" })).status).toBe(401);
    expect(receiver.received).toEqual([]);
  });

  it("does not count as a delivery", async () => {
    const webhookId = await createWebhook(hooks);
    await test({ url: `${receiver.origin}/hook`, webhookId });
    expect((await server.request("GET", `${hooks}/${webhookId}/latest`)).status).toBe(204);
  });
});

describe.each(SUBJECTS)("a webhook of %s", (hooks) => {
  it("has no latest delivery before the first one", async () => {
    const id = await createWebhook(hooks);
    const response = await server.request("GET", `${hooks}/${id}/latest`);
    expect([response.status, response.text]).toEqual([204, ""]);
  });

  it("returns its latest delivery by event and outcome", async () => {
    const id = await createWebhook(hooks);
    const latest = async (values: Record<string, string> = {}) => server.request("GET", `${hooks}/${id}/latest${query(values)}`);
    receiver.statuses = [200, 404];
    await push();
    await push();
    const { status, body } = await latest();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: expect.any(Number),
      event: "repo:refs_changed",
      eventScope: { type: "repository" },
      request: { method: "POST", url: `${receiver.origin}/hook`, headers: { "X-Event-Key": "repo:refs_changed" } },
      result: { outcome: "FAILURE", description: "404" },
    });
    expect(body.finish - body.start).toBe(body.duration);
    expect((await latest({ outcome: "SUCCESS" })).body.id).toBeLessThan(body.id as number);
    expect((await latest({ outcome: "ERROR" })).status).toBe(204);
    expect((await latest({ event: "pr:opened" })).status).toBe(204);
  });

  it("counts deliveries by outcome and event, as the list of webhooks does on request", async () => {
    const id = await createWebhook(hooks);
    receiver.statuses = [200, 500, -1, 200];
    for (let time = 0; time < 4; time++) await push();
    await server.control("pull-request", { project: "PLAT", repository: "infra", action: "created", source: "main2" });
    const { body } = await server.request("GET", `${hooks}/${id}/statistics`);
    // Creating the pull request also pushes its branch.
    expect(body.counts).toMatchObject({ successes: 4, failures: 1, errors: 1 });
    expect([body.lastSuccess.event, body.lastFailure.result, body.lastError.result.outcome]).toEqual([
      "pr:opened",
      { outcome: "FAILURE", description: "500" },
      "ERROR",
    ]);
    const opened = (await server.request("GET", `${hooks}/${id}/statistics?event=pr:opened`)).body;
    expect([opened.counts.successes, opened.counts.failures, opened.lastFailure]).toEqual([1, 0, null]);
    const summary = (await server.request("GET", `${hooks}/${id}/statistics/summary`)).body;
    expect(Object.keys(summary as object).sort()).toEqual(["pr:opened", "repo:refs_changed"]);
    expect(summary["repo:refs_changed"].counts).toMatchObject({ successes: 3, failures: 1, errors: 1 });
    const listed = (await server.request("GET", `${hooks}?statistics=true`)).body.values[0];
    expect(listed.statistics.counts).toEqual({ ...body.counts, window: expect.any(Object) });
    expect((await server.request("GET", `${hooks}/${id}`)).body).not.toHaveProperty("statistics");
  });

  it("stops counting deliveries after a day, and after a reset", async () => {
    const id = await createWebhook(hooks);
    await push();
    const countSuccesses = async () => (await server.request("GET", `${hooks}/${id}/statistics`)).body.counts.successes as number;
    expect(await countSuccesses()).toBe(1);
    await server.control("clock", { advanceSeconds: 86_401 });
    expect(await countSuccesses()).toBe(0);
    await server.control("reset", {});
    expect(await createWebhook(hooks)).toBe(id);
    expect((await server.request("GET", `${hooks}/${id}/latest`)).status).toBe(204);
  });

  it.each(["latest", "statistics", "statistics/summary"])(
    "returns %s to administrators only, and 404 for an unknown webhook",
    async (what) => {
      const id = await createWebhook(hooks);
      expect((await server.request("GET", `${hooks}/${id}/${what}`, { as: "reader" })).status).toBe(401);
      const unknown = await server.request("GET", `${hooks}/999/${what}`);
      expect([unknown.status, unknown.body.errors[0].exceptionName]).toEqual([404, "com.atlassian.bitbucket.NoSuchEntityException"]);
    },
  );
});
