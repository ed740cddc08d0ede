/** Webhooks: the five operations, their responses, and what they reject. */
import { type CloudTestService, HOOK, startCloud } from "./test-service";

const HOOKS = "/repositories/acme/infra/hooks";

let cloud: CloudTestService;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

const createWebhook = async (changes: object = {}, path = HOOKS) =>
  (await cloud.request("POST", path, { body: { ...HOOK, ...changes } })).body;
const hookPath = (uuid: string, path = HOOKS) => `${path}/${encodeURIComponent(uuid)}`;

describe("creating a webhook", () => {
  it("responds with 201, its location and all fields in the recorded order, without the secret", async () => {
    const { status, headers, body } = await cloud.request("POST", HOOKS, { body: { ...HOOK, secret: "x" } });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(body.links.self.href);
    expect(body.links.self.href).toBe(`${cloud.origin}/2.0${hookPath(body.uuid as string)}`);
    expect(body).toMatchObject({
      type: "webhook_subscription",
      description: "One",
      url: HOOK.url,
      active: true,
      skip_cert_verification: false,
      history_enabled: false,
      source: null,
      read_only: false,
      secret_set: true,
    });
    expect(body.uuid).toMatch(/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/);
    expect(body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(Object.keys(body as object)).toEqual([
      "type",
      "uuid",
      "description",
      "url",
      "active",
      "skip_cert_verification",
      "events",
      "created_at",
      "subject",
      "links",
      "source",
      "read_only",
      "history_enabled",
      "secret_set",
    ]);
  });

  it("names the repository as the subject", async () => {
    const { subject } = await createWebhook();
    expect(subject).toMatchObject({ type: "repository", name: "Infra", full_name: "acme/infra" });
    expect((await cloud.request("GET", `/repositories/{}/${subject.uuid}`)).body.slug).toBe("infra");
    expect(Object.keys(subject.links as object).sort()).toEqual(["avatar", "html", "self"]);
  });

  it("keeps the events but not their order, which is the same in every response", async () => {
    const events = ["repo:push", "pullrequest:created", "pullrequest:updated", "pullrequest:approved"];
    for (let round = 0; round < 5; round++) {
      const hook = await createWebhook({ events });
      expect([...(hook.events as string[])].sort()).toEqual([...events].sort());
      expect(hook.events).not.toEqual(events);
      expect((await cloud.request("GET", hookPath(hook.uuid as string))).body.events).toEqual(hook.events);
    }
  });

  it("gives absent fields their defaults", async () => {
    const { body } = await cloud.request("POST", HOOKS, { body: { url: HOOK.url, events: ["repo:push"] } });
    expect(body).toMatchObject({ description: "", active: true, skip_cert_verification: false, history_enabled: false, secret_set: false });
  });

  it("accepts skip_cert_verification and history_enabled, and ignores read-only fields", async () => {
    const uuid = "{11111111-1111-4111-8111-111111111111}";
    const hook = await createWebhook({
      skip_cert_verification: true,
      history_enabled: true,
      uuid,
      secret_set: true,
      created_at: "never",
      x: 1,
    });
    expect(hook).toMatchObject({ skip_cert_verification: true, history_enabled: true, secret_set: false });
    expect(hook.uuid).not.toBe(uuid);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ["an empty body", {}, { url: ["This field is required."], events: ["This field is required."] }],
    ["a URL that is not a URL", { ...HOOK, url: "nowhere" }, { url: ["Enter a valid URL."] }],
    ["a number as URL", { ...HOOK, url: 5 }, { url: ["Enter a valid URL."] }],
    ["another scheme", { ...HOOK, url: "ftp://hooks.example" }, { url: ["Enter a valid URL."] }],
    ["no events", { ...HOOK, events: [] }, { events: ["This field is required."] }],
    ["events that are not a list", { ...HOOK, events: "repo:push" }, { events: ["Enter a list of values."] }],
    ["an unknown event", { ...HOOK, events: ["repo:teleported"] }, { events: [expect.stringContaining("repo:teleported")] }],
    ["an event that only workspaces have", { ...HOOK, events: ["repo:created"] }, { events: [expect.stringContaining("repo:created")] }],
    ["an event that is not a string", { ...HOOK, events: [7] }, { events: [expect.stringContaining("7")] }],
    ["a duplicate event", { ...HOOK, events: ["repo:push", "repo:push"] }, { events: ["The values of this list must be unique."] }],
    ["a secret of 129 characters", { ...HOOK, secret: "s".repeat(129) }, { secret: [expect.stringContaining("at most 128")] }],
    ["a secret that is not a string", { ...HOOK, secret: 5 }, { secret: ["Not a valid string."] }],
    ["active that is not a boolean", { ...HOOK, active: "yes" }, { active: ["Enter a valid boolean."] }],
    ["a description that is not a string", { ...HOOK, description: {} }, { description: ["Not a valid string."] }],
    [
      "skip_cert_verification that is not a boolean",
      { ...HOOK, skip_cert_verification: 1 },
      { skip_cert_verification: ["Enter a valid boolean."] },
    ],
  ])("rejects %s and names the field", async (_, body, fields) => {
    const response = await cloud.request("POST", HOOKS, { body });
    expect(response.status).toBe(400);
    expect(response.body).toEqual({ type: "error", error: { message: "Bad request", fields } });
    expect((await cloud.request("GET", HOOKS)).body.size).toBe(0);
  });

  it.each([["{"], ["[]"], ['"text"'], ["null"]])("rejects the body %s", async (body) => {
    const response = await cloud.request("POST", HOOKS, { body });
    expect(response.status).toBe(400);
    expect(response.body.error.message).toBe("Bad request");
  });

  it("accepts a secret of 128 characters, and two webhooks with the same URL", async () => {
    const first = await createWebhook({ secret: "s".repeat(128) });
    const second = await createWebhook();
    expect(first.secret_set).toBe(true);
    expect(second.uuid).not.toBe(first.uuid);
    expect((await cloud.request("GET", HOOKS)).body.size).toBe(2);
  });

  it("rejects a duplicate URL and a webhook above the limit if the switches say so", async () => {
    await cloud.control("switches", { "duplicate-urls": "reject", "hook-limit": 2 });
    const { uuid } = await createWebhook();
    expect((await cloud.request("POST", HOOKS, { body: HOOK })).status).toBe(400);
    // The webhook itself can keep its URL.
    expect((await cloud.request("PUT", hookPath(uuid as string), { body: HOOK })).status).toBe(200);
    await createWebhook({ url: "https://hooks.example/two" });
    const third = await cloud.request("POST", HOOKS, { body: { ...HOOK, url: "https://hooks.example/three" } });
    expect(third.body.error.fields.url[0]).toContain("limit of 2");
  });
});

describe("the URL of a webhook", () => {
  const PAIRED = "http://127.0.0.1:4567";
  const createStatus = async (service: CloudTestService, url: string) =>
    (await service.request("POST", HOOKS, { body: { ...HOOK, url } })).status;

  it.each([
    ["https://hooks.example/x", 201],
    ["http://hooks.example:8080/x", 201],
    ["https://8.8.8.8/x", 201],
    ["https://[2606:4700::1111]/x", 201],
    ["https://localhost.example/x", 201],
    ["http://localhost/x", 400],
    ["http://build.localhost/x", 400],
    ["http://127.0.0.1/x", 400],
    ["http://127.1/x", 400],
    ["http://0x7f000001/x", 400],
    ["http://2130706433/x", 400],
    ["http://0.0.0.0/x", 400],
    ["http://10.1.2.3/x", 400],
    ["http://172.16.0.1/x", 400],
    ["http://172.32.0.1/x", 201],
    ["http://192.168.1.1/x", 400],
    ["http://169.254.169.254/x", 400],
    ["http://[::1]/x", 400],
    ["http://[fe80::1]/x", 400],
    ["http://[fd00::1]/x", 400],
    ["http://[::ffff:127.0.0.1]/x", 400],
  ])("%s gets %i", async (url, expected) => {
    expect(await createStatus(cloud, url)).toBe(expected);
  });

  it.each([
    ["paired", `${PAIRED}/hook`, 201],
    ["paired", "http://127.0.0.1:4568/hook", 400],
    ["strict", `${PAIRED}/hook`, 400],
    ["any", "http://127.0.0.1:4568/hook", 201],
  ])("with webhook-urls %s, %s gets %i", async (mode, url, expected) => {
    const service = await startCloud({ paired: [PAIRED], switches: { "webhook-urls": mode } });
    try {
      expect(await createStatus(service, url)).toBe(expected);
    } finally {
      await service.stop();
    }
  });
});

describe("reading webhooks", () => {
  it("lists them by age in pages that are linked by absolute URLs", async () => {
    const created: string[] = [];
    for (let index = 0; index < 12; index++) created.push((await createWebhook({ description: `${index}` })).uuid as string);
    const first = (await cloud.request("GET", HOOKS)).body;
    expect(first).toMatchObject({ pagelen: 10, size: 12, page: 1 });
    expect(first.next).toBe(`${cloud.origin}/2.0${HOOKS}?page=2`);
    const second = (await cloud.request("GET", (first.next as string).slice(`${cloud.origin}/2.0`.length))).body;
    expect([...first.values, ...second.values].map((hook: { uuid: string }) => hook.uuid)).toEqual(created);
    expect(second.next).toBeUndefined();
    expect(second.previous).toBe(`${cloud.origin}/2.0${HOOKS}?page=1`);
    expect((await cloud.request("GET", `${HOOKS}?pagelen=100`)).body.values).toHaveLength(12);
    expect((await cloud.request("GET", `${HOOKS}?pagelen=5&page=3`)).body.values).toHaveLength(2);
    expect((await cloud.request("GET", `${HOOKS}?page=9`)).body.values).toEqual([]);
  });

  it.each(["pagelen=101", "pagelen=0", "pagelen=many", "page=0", "page=-1"])("rejects %s", async (query) => {
    const response = await cloud.request("GET", `${HOOKS}?${query}`);
    expect(response.status).toBe(400);
    expect(response.body.error.message).toBe(`Invalid ${query.split("=")[0] ?? ""}`);
  });

  it("finds a webhook by its UUID in any case, with raw or encoded braces", async () => {
    const { uuid } = await createWebhook();
    for (const form of [encodeURIComponent(uuid as string), String(uuid), String(uuid).toUpperCase()]) {
      expect((await cloud.request("GET", `${HOOKS}/${form}`)).body.uuid).toBe(uuid);
    }
  });

  it.each(["GET", "PUT", "DELETE"])(
    "responds with 404 to %s if the id is unknown, belongs to another repository, or lacks its braces",
    async (method) => {
      const other = await createWebhook({}, "/repositories/acme/billing/hooks");
      const body = method === "PUT" ? { body: HOOK } : {};
      for (const uid of ["{11111111-1111-4111-8111-111111111111}", String(other.uuid), String(other.uuid).slice(1, -1)]) {
        expect((await cloud.request(method, hookPath(uid), body)).status).toBe(404);
      }
    },
  );

  it("treats an empty id as an unknown path, not as the list", async () => {
    const response = await cloud.request("GET", `${HOOKS}/`);
    expect([response.status, response.body.error.message]).toEqual([404, "Resource not found"]);
  });

  it("returns only the requested fields", async () => {
    const { uuid } = await createWebhook();
    const listWithFields = async (query: string) => (await cloud.request("GET", `${HOOKS}?fields=${query}`)).body;
    expect(await listWithFields("values.uuid,size")).toEqual({ values: [{ uuid }], size: 1 });
    expect((await listWithFields("-values.links")).values[0].links).toBeUndefined();
    expect((await listWithFields("-values.links")).values[0].uuid).toBe(uuid);
    expect((await listWithFields("values.subject.*,-values.subject.links")).values[0].subject).toMatchObject({ full_name: "acme/infra" });
    expect(await listWithFields("%2Bvalues.x")).toMatchObject({ size: 1 });
  });
});

describe("updating a webhook", () => {
  it("replaces the fields that are sent, and ignores read-only fields", async () => {
    const hook = await createWebhook({ secret: "x" });
    const changed = {
      ...hook,
      description: "Two",
      url: "https://hooks.example/two",
      active: false,
      events: ["repo:fork"],
      secret_set: false,
    };
    const { status, body } = await cloud.request("PUT", hookPath(hook.uuid as string), { body: changed });
    expect(status).toBe(200);
    expect(body).toEqual({ ...changed, secret_set: true });
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["absent", {}, true],
    ["null", { secret: null }, false],
    ["empty", { secret: "" }, false],
    ["a text", { secret: "y" }, true],
  ])("with a secret that is %s sets secret_set as listed", async (_, secret, expected) => {
    for (const mode of ["reject", "replace", "merge"]) {
      await cloud.control("switches", { "put-absent": mode });
      const { uuid } = await createWebhook({ secret: "x" });
      expect((await cloud.request("PUT", hookPath(uuid as string), { body: { ...HOOK, ...secret } })).body.secret_set).toBe(expected);
    }
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["absent", {}, false],
    ["null", { secret: null }, false],
    ["empty", { secret: "" }, false],
    ["a text", { secret: "y" }, true],
  ])("with a secret that is %s sets secret_set as listed when creating it", async (_, secret, expected) => {
    expect((await createWebhook(secret)).secret_set).toBe(expected);
  });

  it("keeps an absent secret, replaces one that is sent, and shows neither", async () => {
    const { uuid } = await createWebhook({ secret: "first-secret" });
    const readState = async () => JSON.stringify(await cloud.control("state"));
    const before = await readState();
    await cloud.request("PUT", hookPath(uuid as string), { body: HOOK });
    expect(await readState()).toBe(before);
    await cloud.request("PUT", hookPath(uuid as string), { body: { ...HOOK, secret: "second-secret" } });
    expect(await readState()).not.toBe(before);
    expect((await readState()) + JSON.stringify(await cloud.control("requests"))).not.toMatch(/first-secret|second-secret/);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ["reject", 400, {}],
    ["replace", 200, { url: "", events: [], description: "", active: true, skip_cert_verification: false }],
    ["merge", 200, { url: HOOK.url, description: "One", active: false, skip_cert_verification: true }],
  ])("with an empty body gets, with put-absent %s, the status %i", async (mode, status, expected) => {
    await cloud.control("switches", { "put-absent": mode });
    const { uuid } = await createWebhook({ active: false, skip_cert_verification: true });
    const response = await cloud.request("PUT", hookPath(uuid as string), { body: {} });
    expect(response.status).toBe(status);
    if (status === 200) expect(response.body).toMatchObject(expected);
    else expect(response.body.error.fields).toEqual({ url: ["This field is required."], events: ["This field is required."] });
  });

  it("gives absent fields other than URL and events their defaults, including history_enabled", async () => {
    const { uuid } = await createWebhook({ active: false, history_enabled: true, skip_cert_verification: true });
    const { body } = await cloud.request("PUT", hookPath(uuid as string), { body: { url: HOOK.url, events: ["repo:push"] } });
    expect(body).toMatchObject({ description: "", active: true, history_enabled: false, skip_cert_verification: false });
  });

  it("changes nothing if one field is invalid", async () => {
    const hook = await createWebhook();
    const response = await cloud.request("PUT", hookPath(hook.uuid as string), { body: { ...HOOK, description: "Two", events: ["x"] } });
    expect(response.status).toBe(400);
    expect((await cloud.request("GET", hookPath(hook.uuid as string))).body).toEqual(hook);
  });
});

it("deletes a webhook with an empty 204, and responds with 404 afterwards", async () => {
  const { uuid } = await createWebhook();
  const path = hookPath(uuid as string);
  const response = await cloud.request("DELETE", path);
  expect([response.status, response.text]).toEqual([204, ""]);
  expect((await cloud.request("GET", path)).status).toBe(404);
  expect((await cloud.request("DELETE", path)).status).toBe(404);
  expect((await cloud.request("GET", HOOKS)).body.values).toEqual([]);
});

it("returns subject_type if the switch says so", async () => {
  await cloud.control("switches", { "subject-type": "present" });
  expect((await createWebhook()).subject_type).toBe("repository");
});

describe("webhooks of a workspace", () => {
  const WORKSPACE_HOOKS = "/workspaces/acme/hooks";

  it("have the same five operations, a separate collection, and events that repositories do not have", async () => {
    const hook = await createWebhook({ events: ["repo:created", "project:updated"] }, WORKSPACE_HOOKS);
    expect(hook.subject).toMatchObject({ type: "workspace", slug: "acme" });
    expect(hook.links.self.href).toBe(`${cloud.origin}/2.0${hookPath(hook.uuid as string, WORKSPACE_HOOKS)}`);
    expect((await cloud.request("GET", WORKSPACE_HOOKS)).body.values).toEqual([hook]);
    expect((await cloud.request("GET", HOOKS)).body.values).toEqual([]);
    const path = hookPath(hook.uuid as string, WORKSPACE_HOOKS);
    expect((await cloud.request("PUT", path, { body: { ...HOOK, active: false } })).body.active).toBe(false);
    expect((await cloud.request("GET", path)).body.active).toBe(false);
    expect((await cloud.request("DELETE", path)).status).toBe(204);
  });

  it.each([
    ["reader", 403],
    ["outsider", 404],
    [null, 401],
  ])("respond to %s with %i", async (as, status) => {
    expect((await cloud.request("GET", WORKSPACE_HOOKS, { as })).status).toBe(status);
  });
});
