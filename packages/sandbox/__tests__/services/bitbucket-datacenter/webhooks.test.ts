/** Webhooks of repositories: the operations, their responses, and what they reject. */
import { type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const PROJECT_HOOKS = "/projects/PLAT/webhooks";
const VALIDATION = "com.atlassian.bitbucket.validation.ArgumentValidationException";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const createWebhook = async (changes: object = {}, path = HOOKS) =>
  (await server.request("POST", path, { body: { ...HOOK, ...changes } })).body;
const readWebhook = async (id: number | string, path = HOOKS) => (await server.request("GET", `${path}/${id}`)).body;
const putWebhook = async (id: number | string, body: object) => server.request("PUT", `${HOOKS}/${id}`, { body });

describe("creating a webhook", () => {
  it("responds with 201 and all fields in the recorded order", async () => {
    const before = Date.now();
    const { status, body } = await server.request("POST", HOOKS, { body: { ...HOOK, configuration: { secret: "x" } } });
    expect(status).toBe(201);
    expect(body).toEqual({
      ...HOOK,
      id: 1,
      configuration: { secret: "x" },
      scopeType: "repository",
      sslVerificationRequired: true,
      createdDate: expect.any(Number) as number,
      updatedDate: body.createdDate,
    });
    expect(body.createdDate).toBeGreaterThanOrEqual(before);
    expect(Object.keys(body as object)).toEqual([
      "id",
      "name",
      "createdDate",
      "updatedDate",
      "events",
      "configuration",
      "url",
      "active",
      "scopeType",
      "sslVerificationRequired",
    ]);
  });

  it("numbers ids from 1 for the whole server, and never reuses one", async () => {
    expect((await createWebhook()).id).toBe(1);
    expect((await createWebhook({}, "/projects/PLAT/repos/billing/webhooks")).id).toBe(2);
    await server.request("DELETE", `${HOOKS}/1`);
    expect((await createWebhook({}, PROJECT_HOOKS)).id).toBe(3);
  });

  it("gives absent and null fields their defaults", async () => {
    const defaults = { name: "", active: true, configuration: {}, sslVerificationRequired: true };
    const nothing = { name: null, active: null, configuration: null, sslVerificationRequired: null, credentials: null };
    for (const more of [{}, nothing]) {
      const { status, body } = await server.request("POST", HOOKS, { body: { url: HOOK.url, events: HOOK.events, ...more } });
      expect([status, body]).toEqual([201, expect.objectContaining(defaults)]);
      expect(body).not.toHaveProperty("credentials");
    }
  });

  it("drops unknown and read-only fields", async () => {
    const hook = await createWebhook({
      id: 77,
      scopeType: "global",
      createdDate: -62135596800,
      updatedDate: "never",
      statistics: {},
      x: 1,
    });
    expect(hook).toMatchObject({ id: 1, scopeType: "repository" });
    expect(hook.createdDate).toBeGreaterThan(0);
    expect(hook).not.toHaveProperty("x");
    expect(hook).not.toHaveProperty("statistics");
  });

  it("keeps the order of events, and drops duplicates", async () => {
    const events = ["pr:opened", "repo:refs_changed", "pr:merged"];
    expect((await createWebhook({ events: [...events, "pr:opened"] })).events).toEqual(events);
  });

  it("accepts a second webhook with the same URL, name and events", async () => {
    await createWebhook();
    await createWebhook();
    expect((await server.request("GET", HOOKS)).body.values).toHaveLength(2);
  });

  it("accepts internal addresses", async () => {
    for (const url of ["http://10.0.0.1/x", "http://localhost:8080", "https://ci.internal/hook", "http://[::1]/x"]) {
      expect((await createWebhook({ url })).url).toBe(url);
    }
  });

  it.each<[string, string, number]>([
    ["any", "http://10.0.0.1/x", 201],
    ["paired", "http://10.0.0.1/x", 400],
    ["paired", "https://localhost/x", 400],
    ["paired", "http://127.0.0.1:9/bitbucket_datacenter/x", 201],
    ["paired", "https://ci.example/hook", 201],
    ["strict", "http://127.0.0.1:9/bitbucket_datacenter/x", 400],
    ["strict", "https://ci.example/hook", 201],
  ])("with webhook-urls %s, responds to %s with %i", async (mode, url, status) => {
    const service = await startDatacenter({ switches: { "webhook-urls": mode }, paired: ["http://127.0.0.1:9"] });
    try {
      const response = await service.request("POST", HOOKS, { body: { ...HOOK, url } });
      expect([response.status, response.body.errors?.[0].context]).toEqual([status, status === 400 ? "url" : undefined]);
    } finally {
      await service.stop();
    }
  });

  it("has no limit on the number of webhooks, unless the switch sets one", async () => {
    for (let count = 0; count < 3; count++) expect((await server.request("POST", HOOKS, { body: HOOK })).status).toBe(201);
    await server.control("switches", { "hook-limit": 4 });
    expect((await server.request("POST", HOOKS, { body: HOOK })).status).toBe(201);
    const rejected = await server.request("POST", HOOKS, { body: HOOK });
    expect([rejected.status, rejected.body.errors[0].message]).toEqual([400, "This repository has reached its limit of 4 webhooks."]);
    expect((await server.request("POST", "/projects/PLAT/webhooks", { body: HOOK })).status).toBe(201);
  });

  it.each<[string, object | string, readonly (readonly [string | null, RegExp])[]]>([
    [
      "an empty body",
      {},
      [
        ["url", /^No URL was specified$/],
        ["events", /^At least one event must be provided$/],
      ],
    ],
    ["an empty URL", { ...HOOK, url: " " }, [["url", /^No URL was specified$/]]],
    ["an empty list of events", { ...HOOK, events: [] }, [["events", /^At least one event must be provided$/]]],
    ["an unknown event", { ...HOOK, events: ["repo:push"] }, [["events", /repo:push/]]],
    ["the event of connection tests", { ...HOOK, events: ["diagnostics:ping"] }, [["events", /diagnostics:ping/]]],
    ["an event that only projects have", { ...HOOK, events: ["project:modified"] }, [["events", /project:modified/]]],
    ["an event that is not a string", { ...HOOK, events: [5] }, [["events", /5/]]],
    ["events that are not a list", { ...HOOK, events: "repo:refs_changed" }, [["events", /list/]]],
    ["a URL that is not a URL", { ...HOOK, url: "not a url" }, [["url", /not valid/]]],
    ["another scheme", { ...HOOK, url: "ftp://hooks.example" }, [["url", /not valid/]]],
    ["a URL that is not a string", { ...HOOK, url: 5 }, [["url", /not a string/]]],
    ["active that is not a boolean", { ...HOOK, active: "yes" }, [["active", /not a boolean/]]],
    ["a configuration that is a list", { ...HOOK, configuration: [] }, [["configuration", /not an object/]]],
    ["credentials that are a string", { ...HOOK, credentials: "me" }, [["credentials", /not an object/]]],
    ["a verification that is not a boolean", { ...HOOK, sslVerificationRequired: 0 }, [["sslVerificationRequired", /not a boolean/]]],
  ])("rejects %s, and stores nothing", async (_, body, expected) => {
    const response = await server.request("POST", HOOKS, { body });
    expect(response.status).toBe(400);
    expect(response.body.errors).toEqual(
      expected.map(([context, message]) => ({ context, message: expect.stringMatching(message) as string, exceptionName: VALIDATION })),
    );
    expect((await server.request("GET", HOOKS)).body.values).toEqual([]);
  });

  it.each(["{", "[]", '"text"', "null", ""])("rejects the body %j", async (body) => {
    const response = await server.request("POST", HOOKS, { body });
    expect([response.status, response.body.errors[0].exceptionName]).toEqual([400, null]);
  });

  it("accepts any event if the switch says so", async () => {
    await server.control("switches", { "unknown-events": "accept" });
    expect((await createWebhook({ events: ["repo:teleported"] })).events).toEqual(["repo:teleported"]);
  });

  it("responds with 200 if the switch says so", async () => {
    await server.control("switches", { "create-status": "200" });
    expect((await server.request("POST", HOOKS, { body: HOOK })).status).toBe(200);
  });

  it("returns an empty configuration if the switch says so, and the secret in later responses", async () => {
    await server.control("switches", { "create-answer": "bare" });
    const hook = await createWebhook({ configuration: { secret: "x" } });
    expect(hook).toMatchObject({ ...HOOK, id: 1, configuration: {} });
    expect((await readWebhook(hook.id)).configuration).toEqual({ secret: "x" });
  });

  it("responds with 400 after storing the webhook if the switch says so", async () => {
    await server.control("switches", { "create-answer": "late-400" });
    const response = await server.request("POST", HOOKS, { body: HOOK });
    expect(response.status).toBe(400);
    expect(response.body.errors).toEqual([{ context: null, message: null, exceptionName: "java.util.ConcurrentModificationException" }]);
    expect((await readWebhook(1)).url).toBe(HOOK.url);
    // The body is validated before that.
    expect((await server.request("POST", HOOKS, { body: {} })).body.errors[0].exceptionName).toBe(VALIDATION);
  });
});

describe("secret and credentials", () => {
  it("returns the secret in clear text with all other keys of the configuration, for one webhook and in the list", async () => {
    const configuration = { secret: "in-clear-text", createdBy: "bitbucket", nested: { a: [1] } };
    const { id } = await createWebhook({ configuration });
    expect((await readWebhook(id)).configuration).toEqual(configuration);
    expect((await server.request("GET", HOOKS)).body.values[0].configuration).toEqual(configuration);
  });

  it.each<[string, object, object]>([
    ["no configuration", {}, {}],
    ["an empty configuration", { configuration: {} }, {}],
    ["a configuration that is null", { configuration: null }, {}],
    ["another secret", { configuration: { secret: "new" } }, { secret: "new" }],
    ["another key only", { configuration: { createdBy: "me" } }, { createdBy: "me" }],
  ])("replaces the whole configuration with a PUT with %s", async (_, change, expected) => {
    const { id } = await createWebhook({ configuration: { secret: "old", createdBy: "bitbucket" } });
    expect((await putWebhook(id, { ...HOOK, ...change })).body.configuration).toEqual(expected);
    expect((await readWebhook(id)).configuration).toEqual(expected);
  });

  it("returns the user name of credentials, but never the password", async () => {
    const { id, credentials } = await createWebhook({ credentials: { username: "ci", password: "ci-password" } });
    expect(credentials).toEqual({ username: "ci" });
    expect((await readWebhook(id)).credentials).toEqual({ username: "ci" });
    const log = JSON.stringify(await server.control("requests"));
    expect(log).toContain("sha256:");
    expect(log).not.toContain("ci-password");
  });

  it.each<[string, object, object | undefined]>([
    ["none", {}, undefined],
    ["null", { credentials: null }, undefined],
    ["only the user name", { credentials: { username: "ci" } }, { username: "ci" }],
    ["another user", { credentials: { username: "other", password: "p" } }, { username: "other" }],
  ])("has, after a PUT with %s as credentials, %j", async (_, change, expected) => {
    const { id } = await createWebhook({ credentials: { username: "ci", password: "ci-password" } });
    await putWebhook(id, { ...HOOK, ...change });
    expect((await readWebhook(id)).credentials).toEqual(expected);
  });
});

describe("replacing a webhook", () => {
  it("responds with 200 and the new values, keeps id and createdDate, and updates updatedDate", async () => {
    const hook = await createWebhook();
    await server.control("clock", { advanceSeconds: 60 });
    const change = { name: "Two", url: "https://hooks.example/two", active: false, events: ["pr:merged"], sslVerificationRequired: false };
    const { status, body } = await putWebhook(hook.id, { ...hook, ...change });
    expect(status).toBe(200);
    expect(body).toEqual({ ...hook, ...change, updatedDate: expect.any(Number) as number });
    expect(body.updatedDate).toBeGreaterThan(hook.updatedDate as number);
    expect(await readWebhook(hook.id)).toEqual(body);
  });

  it("gives every absent field its default", async () => {
    const { id } = await createWebhook({ active: false, sslVerificationRequired: false, configuration: { secret: "x" } });
    const { body } = await putWebhook(id, { url: HOOK.url, events: HOOK.events });
    expect(body).toMatchObject({ name: "", active: true, sslVerificationRequired: true, configuration: {} });
  });

  it("switches verification off if the switch says so and the body does not have it", async () => {
    await server.control("switches", { "verification-after-put": "off" });
    const { id } = await createWebhook();
    expect((await putWebhook(id, HOOK)).body.sslVerificationRequired).toBe(false);
    expect((await putWebhook(id, { ...HOOK, sslVerificationRequired: true })).body.sslVerificationRequired).toBe(true);
  });

  it.each<[string, object, string]>([
    ["no URL", { events: HOOK.events }, "No URL was specified"],
    ["no events", { url: HOOK.url }, "At least one event must be provided"],
    ["an unknown event together with a new name", { ...HOOK, name: "Two", events: ["x"] }, "The event x is unknown"],
  ])("rejects %s and changes nothing", async (_, body, message) => {
    const hook = await createWebhook();
    const response = await putWebhook(hook.id, body);
    expect([response.status, response.body.errors[0].message]).toEqual([400, message]);
    expect(await readWebhook(hook.id)).toEqual(hook);
  });
});

describe("finding webhooks", () => {
  it.each(["GET", "PUT", "DELETE"])("responds with 404 to %s if the id is unknown or belongs to another subject", async (method) => {
    const otherRepository = await createWebhook({}, "/projects/PLAT/repos/billing/webhooks");
    const ofProject = await createWebhook({}, PROJECT_HOOKS);
    for (const id of [99, otherRepository.id, ofProject.id]) {
      const response = await server.request(method, `${HOOKS}/${id}`, method === "PUT" ? { body: HOOK } : {});
      expect([id, response.status, response.body.errors[0].exceptionName]).toEqual([
        id,
        404,
        "com.atlassian.bitbucket.NoSuchEntityException",
      ]);
    }
  });

  it("treats an id that is not a number, or empty, as an unknown path", async () => {
    for (const id of ["abc", "1x", ""]) {
      const response = await server.request("GET", `${HOOKS}/${id}`);
      expect([response.status, response.body]).toEqual([404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 }]);
    }
  });

  it("deletes with an empty 204, and responds with 404 afterwards", async () => {
    const { id } = await createWebhook();
    const response = await server.request("DELETE", `${HOOKS}/${id}`);
    expect([response.status, response.text]).toEqual([204, ""]);
    expect((await server.request("DELETE", `${HOOKS}/${id}`)).status).toBe(404);
    expect((await server.request("GET", HOOKS)).body.values).toEqual([]);
  });

  it("filters by any of the requested events", async () => {
    await createWebhook({ name: "a", events: ["pr:opened"] });
    await createWebhook({ name: "b", events: ["pr:merged", "repo:refs_changed"] });
    await createWebhook({ name: "c", events: ["pr:declined"] });
    const names = async (query: string) =>
      (await server.request("GET", `${HOOKS}?${query}`)).body.values.map(({ name }: { name: string }) => name);
    expect(await names("event=pr:opened")).toEqual(["a"]);
    expect(await names("event=pr:opened&event=repo:refs_changed")).toEqual(["a", "b"]);
    expect(await names("event=pr:deleted")).toEqual([]);
  });

  it("returns statistics only on request", async () => {
    const { id } = await createWebhook();
    expect(await readWebhook(id)).not.toHaveProperty("statistics");
    expect((await server.request("GET", `${HOOKS}/${id}?statistics=true`)).body).toHaveProperty("statistics");
    expect((await server.request("GET", `${HOOKS}?statistics=true`)).body.values[0]).toHaveProperty("statistics");
    expect((await server.request("GET", `${HOOKS}/search?statistics=true`)).body.values[0]).toHaveProperty("statistics");
  });

  it("keeps the order of events in every response, unless the switch says otherwise", async () => {
    const events = ["repo:refs_changed", "pr:opened", "pr:merged", "pr:declined"];
    const { id } = await createWebhook({ events });
    expect((await readWebhook(id)).events).toEqual(events);
    await server.control("switches", { "event-order": "random" });
    const orders = [(await readWebhook(id)).events, (await readWebhook(id)).events, (await readWebhook(id)).events] as string[][];
    expect(new Set(orders.map(String)).size).toBe(3);
    for (const order of orders) expect([...order].sort()).toEqual([...events].sort());
  });

  it("returns dates as strings if the switch says so", async () => {
    const { createdDate } = await createWebhook();
    await server.control("switches", { "rest-timestamps": "iso" });
    expect((await readWebhook(1)).createdDate).toBe(new Date(createdDate as number).toISOString());
  });
});
