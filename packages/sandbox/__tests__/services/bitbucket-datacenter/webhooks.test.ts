/** Webhooks of repositories and of projects: the operations, what they answer, and what they refuse. */
import { type Datacenter, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const OF_PROJECT = "/projects/PLAT/webhooks";
const VALIDATION = "com.atlassian.bitbucket.validation.ArgumentValidationException";

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const created = async (changes: object = {}, path = HOOKS) => (await server.ask("POST", path, { body: { ...HOOK, ...changes } })).body;
const read = async (id: unknown, path = HOOKS) => (await server.ask("GET", `${path}/${String(id)}`)).body;
const put = async (id: unknown, body: object) => server.ask("PUT", `${HOOKS}/${String(id)}`, { body });

describe("creating a webhook", () => {
  it("answers 201 with everything that is known of it, in the recorded order", async () => {
    const before = Date.now();
    const { status, body } = await server.ask("POST", HOOKS, { body: { ...HOOK, configuration: { secret: "x" } } });
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

  it("counts ids from 1 for the whole server, and never gives one twice", async () => {
    expect((await created()).id).toBe(1);
    expect((await created({}, "/projects/PLAT/repos/billing/webhooks")).id).toBe(2);
    await server.ask("DELETE", `${HOOKS}/1`);
    expect((await created({}, OF_PROJECT)).id).toBe(3);
  });

  it("gives absent and null fields their defaults", async () => {
    const defaults = { name: "", active: true, configuration: {}, sslVerificationRequired: true };
    const nothing = { name: null, active: null, configuration: null, sslVerificationRequired: null, credentials: null };
    for (const more of [{}, nothing]) {
      const { status, body } = await server.ask("POST", HOOKS, { body: { url: HOOK.url, events: HOOK.events, ...more } });
      expect([status, body]).toEqual([201, expect.objectContaining(defaults)]);
      expect(body).not.toHaveProperty("credentials");
    }
  });

  it("drops what it does not know and what only the server writes", async () => {
    const hook = await created({ id: 77, scopeType: "global", createdDate: -62135596800, updatedDate: "never", statistics: {}, x: 1 });
    expect(hook).toMatchObject({ id: 1, scopeType: "repository" });
    expect(hook.createdDate).toBeGreaterThan(0);
    expect(hook).not.toHaveProperty("x");
    expect(hook).not.toHaveProperty("statistics");
  });

  it("keeps the order of events, and an event that is there twice once", async () => {
    const events = ["pr:opened", "repo:refs_changed", "pr:merged"];
    expect((await created({ events: [...events, "pr:opened"] })).events).toEqual(events);
  });

  it("takes a second webhook with the same URL, name and events", async () => {
    await created();
    await created();
    expect((await server.ask("GET", HOOKS)).body.values).toHaveLength(2);
  });

  it("takes addresses in the own network", async () => {
    for (const url of ["http://10.0.0.1/x", "http://localhost:8080", "https://ci.internal/hook", "http://[::1]/x"]) {
      expect((await created({ url })).url).toBe(url);
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
  ])("with webhook-urls %s takes %s with %i", async (mode, url, status) => {
    const own = await startDatacenter({ switches: { "webhook-urls": mode }, paired: ["http://127.0.0.1:9"] });
    try {
      const answer = await own.ask("POST", HOOKS, { body: { ...HOOK, url } });
      expect([answer.status, answer.body.errors?.[0].context]).toEqual([status, status === 400 ? "url" : undefined]);
    } finally {
      await own.stop();
    }
  });

  it("has no highest number of webhooks, unless there is one by the switch", async () => {
    for (let count = 0; count < 3; count++) expect((await server.ask("POST", HOOKS, { body: HOOK })).status).toBe(201);
    await server.control("switches", { "hook-limit": 4 });
    expect((await server.ask("POST", HOOKS, { body: HOOK })).status).toBe(201);
    const refused = await server.ask("POST", HOOKS, { body: HOOK });
    expect([refused.status, refused.body.errors[0].message]).toEqual([400, "This repository has reached its limit of 4 webhooks."]);
    expect((await server.ask("POST", "/projects/PLAT/webhooks", { body: HOOK })).status).toBe(201);
  });

  it.each<[string, object | string, readonly (readonly [string | null, RegExp])[]]>([
    [
      "nothing",
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
    ["an event of projects only", { ...HOOK, events: ["project:modified"] }, [["events", /project:modified/]]],
    ["an event that is no text", { ...HOOK, events: [5] }, [["events", /5/]]],
    ["events that are no list", { ...HOOK, events: "repo:refs_changed" }, [["events", /list/]]],
    ["a text that is no URL", { ...HOOK, url: "not a url" }, [["url", /not valid/]]],
    ["another scheme", { ...HOOK, url: "ftp://hooks.example" }, [["url", /not valid/]]],
    ["a URL that is no text", { ...HOOK, url: 5 }, [["url", /not a string/]]],
    ["active that is no boolean", { ...HOOK, active: "yes" }, [["active", /not a boolean/]]],
    ["a configuration that is a list", { ...HOOK, configuration: [] }, [["configuration", /not an object/]]],
    ["credentials that are a text", { ...HOOK, credentials: "me" }, [["credentials", /not an object/]]],
    ["a verification that is no boolean", { ...HOOK, sslVerificationRequired: 0 }, [["sslVerificationRequired", /not a boolean/]]],
  ])("refuses %s, and stores nothing", async (_, body, expected) => {
    const answer = await server.ask("POST", HOOKS, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(
      expected.map(([context, message]) => ({ context, message: expect.stringMatching(message) as string, exceptionName: VALIDATION })),
    );
    expect((await server.ask("GET", HOOKS)).body.values).toEqual([]);
  });

  it.each(["{", "[]", '"text"', "null", ""])("refuses the body %j", async (body) => {
    const answer = await server.ask("POST", HOOKS, { body });
    expect([answer.status, answer.body.errors[0].exceptionName]).toEqual([400, null]);
  });

  it("accepts any event under its switch", async () => {
    await server.control("switches", { "unknown-events": "accept" });
    expect((await created({ events: ["repo:teleported"] })).events).toEqual(["repo:teleported"]);
  });

  it("answers 200 under its switch", async () => {
    await server.control("switches", { "create-status": "200" });
    expect((await server.ask("POST", HOOKS, { body: HOOK })).status).toBe(200);
  });

  it("shows no configuration in the answer under its switch, and the secret all the same afterwards", async () => {
    await server.control("switches", { "create-answer": "bare" });
    const hook = await created({ configuration: { secret: "x" } });
    expect(hook).toMatchObject({ ...HOOK, id: 1, configuration: {} });
    expect((await read(hook.id)).configuration).toEqual({ secret: "x" });
  });

  it("answers a late 400 under its switch, with the webhook stored", async () => {
    await server.control("switches", { "create-answer": "late-400" });
    const answer = await server.ask("POST", HOOKS, { body: HOOK });
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([{ context: null, message: null, exceptionName: "java.util.ConcurrentModificationException" }]);
    expect((await read(1)).url).toBe(HOOK.url);
    // What is wrong with a body comes before that.
    expect((await server.ask("POST", HOOKS, { body: {} })).body.errors[0].exceptionName).toBe(VALIDATION);
  });
});

describe("secret and credentials", () => {
  it("shows the secret in clear text, alone and in the list, with all other keys of the configuration", async () => {
    const configuration = { secret: "in-clear-text", createdBy: "bitbucket", nested: { a: [1] } };
    const { id } = await created({ configuration });
    expect((await read(id)).configuration).toEqual(configuration);
    expect((await server.ask("GET", HOOKS)).body.values[0].configuration).toEqual(configuration);
  });

  it.each<[string, object, object]>([
    ["no configuration", {}, {}],
    ["an empty configuration", { configuration: {} }, {}],
    ["a configuration that is null", { configuration: null }, {}],
    ["another secret", { configuration: { secret: "new" } }, { secret: "new" }],
    ["another key only", { configuration: { createdBy: "me" } }, { createdBy: "me" }],
  ])("a PUT with %s leaves what it says and nothing else", async (_, change, expected) => {
    const { id } = await created({ configuration: { secret: "old", createdBy: "bitbucket" } });
    expect((await put(id, { ...HOOK, ...change })).body.configuration).toEqual(expected);
    expect((await read(id)).configuration).toEqual(expected);
  });

  it("shows the user name of credentials, and the password never", async () => {
    const { id, credentials } = await created({ credentials: { username: "ci", password: "ci-password" } });
    expect(credentials).toEqual({ username: "ci" });
    expect((await read(id)).credentials).toEqual({ username: "ci" });
    const log = JSON.stringify(await server.control("requests"));
    expect(log).toContain("sha256:");
    expect(log).not.toContain("ci-password");
  });

  it.each<[string, object, object | undefined]>([
    ["none", {}, undefined],
    ["null", { credentials: null }, undefined],
    ["only the user name", { credentials: { username: "ci" } }, { username: "ci" }],
    ["another user", { credentials: { username: "other", password: "p" } }, { username: "other" }],
  ])("a PUT with %s as credentials leaves %j", async (_, change, expected) => {
    const { id } = await created({ credentials: { username: "ci", password: "ci-password" } });
    await put(id, { ...HOOK, ...change });
    expect((await read(id)).credentials).toEqual(expected);
  });
});

describe("replacing a webhook", () => {
  it("answers 200 with what was sent, keeps id and createdDate, and moves updatedDate", async () => {
    const hook = await created();
    await server.control("clock", { advanceSeconds: 60 });
    const change = { name: "Two", url: "https://hooks.example/two", active: false, events: ["pr:merged"], sslVerificationRequired: false };
    const { status, body } = await put(hook.id, { ...hook, ...change });
    expect(status).toBe(200);
    expect(body).toEqual({ ...hook, ...change, updatedDate: expect.any(Number) as number });
    expect(body.updatedDate).toBeGreaterThan(hook.updatedDate as number);
    expect(await read(hook.id)).toEqual(body);
  });

  it("gives every absent field its default", async () => {
    const { id } = await created({ active: false, sslVerificationRequired: false, configuration: { secret: "x" } });
    const { body } = await put(id, { url: HOOK.url, events: HOOK.events });
    expect(body).toMatchObject({ name: "", active: true, sslVerificationRequired: true, configuration: {} });
  });

  it("leaves verification off under its switch, when the body does not have it", async () => {
    await server.control("switches", { "verification-after-put": "off" });
    const { id } = await created();
    expect((await put(id, HOOK)).body.sslVerificationRequired).toBe(false);
    expect((await put(id, { ...HOOK, sslVerificationRequired: true })).body.sslVerificationRequired).toBe(true);
  });

  it.each<[string, object, string]>([
    ["no URL", { events: HOOK.events }, "No URL was specified"],
    ["no events", { url: HOOK.url }, "At least one event must be provided"],
    ["an unknown event beside a new name", { ...HOOK, name: "Two", events: ["x"] }, "The event x is unknown"],
  ])("refuses %s and changes nothing", async (_, body, message) => {
    const hook = await created();
    const answer = await put(hook.id, body);
    expect([answer.status, answer.body.errors[0].message]).toEqual([400, message]);
    expect(await read(hook.id)).toEqual(hook);
  });
});

describe("finding webhooks", () => {
  it.each(["GET", "PUT", "DELETE"])("answers 404 to %s of one that does not exist or belongs to another", async (method) => {
    const elsewhere = await created({}, "/projects/PLAT/repos/billing/webhooks");
    const ofProject = await created({}, OF_PROJECT);
    for (const id of [99, elsewhere.id, ofProject.id]) {
      const answer = await server.ask(method, `${HOOKS}/${String(id)}`, method === "PUT" ? { body: HOOK } : {});
      expect([id, answer.status, answer.body.errors[0].exceptionName]).toEqual([id, 404, "com.atlassian.bitbucket.NoSuchEntityException"]);
    }
  });

  it("has no address for an id that is no number, or empty", async () => {
    for (const id of ["abc", "1x", ""]) {
      const answer = await server.ask("GET", `${HOOKS}/${id}`);
      expect([answer.status, answer.body]).toEqual([404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 }]);
    }
  });

  it("deletes with an empty 204, and then it is gone", async () => {
    const { id } = await created();
    const answer = await server.ask("DELETE", `${HOOKS}/${String(id)}`);
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect((await server.ask("DELETE", `${HOOKS}/${String(id)}`)).status).toBe(404);
    expect((await server.ask("GET", HOOKS)).body.values).toEqual([]);
  });

  it("filters by any of the events that are asked for", async () => {
    await created({ name: "a", events: ["pr:opened"] });
    await created({ name: "b", events: ["pr:merged", "repo:refs_changed"] });
    await created({ name: "c", events: ["pr:declined"] });
    const names = async (query: string) =>
      (await server.ask("GET", `${HOOKS}?${query}`)).body.values.map((one: { name: string }) => one.name);
    expect(await names("event=pr:opened")).toEqual(["a"]);
    expect(await names("event=pr:opened&event=repo:refs_changed")).toEqual(["a", "b"]);
    expect(await names("event=pr:deleted")).toEqual([]);
  });

  it("shows statistics only when they are asked for", async () => {
    const { id } = await created();
    expect(await read(id)).not.toHaveProperty("statistics");
    expect((await server.ask("GET", `${HOOKS}/${String(id)}?statistics=true`)).body).toHaveProperty("statistics");
    expect((await server.ask("GET", `${HOOKS}?statistics=true`)).body.values[0]).toHaveProperty("statistics");
    expect((await server.ask("GET", `${HOOKS}/search?statistics=true`)).body.values[0]).toHaveProperty("statistics");
  });

  it("keeps the order of events in each answer, and no order under the switch", async () => {
    const events = ["repo:refs_changed", "pr:opened", "pr:merged", "pr:declined"];
    const { id } = await created({ events });
    expect((await read(id)).events).toEqual(events);
    await server.control("switches", { "event-order": "random" });
    const orders = [(await read(id)).events, (await read(id)).events, (await read(id)).events] as string[][];
    expect(new Set(orders.map(String)).size).toBe(3);
    for (const order of orders) expect([...order].sort()).toEqual([...events].sort());
  });

  it("shows dates as texts under its switch", async () => {
    const { createdDate } = await created();
    await server.control("switches", { "rest-timestamps": "iso" });
    expect((await read(1)).createdDate).toBe(new Date(createdDate as number).toISOString());
  });
});

describe("webhooks of a project", () => {
  it("have the same operations, a collection of their own, and one event more", async () => {
    const hook = await created({ events: ["project:modified", "repo:refs_changed"] }, OF_PROJECT);
    expect(hook.scopeType).toBe("project");
    expect((await server.ask("GET", OF_PROJECT)).body.values).toEqual([hook]);
    expect((await server.ask("GET", HOOKS)).body.values).toEqual([]);
    const path = `${OF_PROJECT}/${String(hook.id)}`;
    expect((await server.ask("PUT", path, { body: { ...HOOK, active: false } })).body.active).toBe(false);
    expect((await read(hook.id, OF_PROJECT)).active).toBe(false);
    expect((await server.ask("DELETE", path)).status).toBe(204);
    expect((await server.ask("GET", path)).status).toBe(404);
  });

  it("need an administrator of the project", async () => {
    expect((await server.ask("GET", OF_PROJECT, { as: "of-repository" })).status).toBe(401);
    expect((await server.ask("POST", OF_PROJECT, { as: "repo-admin", body: HOOK })).status).toBe(401);
    expect((await server.ask("GET", OF_PROJECT, { as: "of-project" })).status).toBe(200);
  });
});

describe("the search", () => {
  const names = async (query = "", as = "admin") =>
    (await server.ask("GET", `${HOOKS}/search${query}`, { as })).body.values.map((one: { name: string }) => one.name);

  beforeEach(async () => {
    await created({ name: "own" });
    await created({ name: "inherited", events: ["pr:merged"] }, OF_PROJECT);
    await created({ name: "of another" }, "/projects/PLAT/repos/billing/webhooks");
  });

  it("has the repository's own and those of its project, and can leave out either", async () => {
    expect(await names()).toEqual(["own", "inherited"]);
    expect(await names("?scopeType=repository")).toEqual(["own"]);
    expect(await names("?scopeType=project")).toEqual(["inherited"]);
    expect(await names("?scopeType=project&scopeType=repository")).toEqual(["own", "inherited"]);
    expect(await names("?event=pr:merged")).toEqual(["inherited"]);
    const { values } = (await server.ask("GET", `${HOOKS}/search`)).body;
    expect(values.map((one: { scopeType: string }) => one.scopeType)).toEqual(["repository", "project"]);
  });

  it("needs no more than an administrator of the repository", async () => {
    expect(await names("", "of-repository")).toEqual(["own", "inherited"]);
    expect((await server.ask("GET", `${HOOKS}/search`, { as: "of-repository-reader" })).status).toBe(401);
  });

  it("is not there for projects, nor where the server does not have it", async () => {
    expect((await server.ask("GET", `${OF_PROJECT}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { "webhook-search": "absent" });
    expect((await server.ask("GET", `${HOOKS}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { "webhook-search": "by-version", version: "7.21" });
    expect((await server.ask("GET", `${HOOKS}/search`)).body["status-code"]).toBe(404);
    await server.control("switches", { version: "8.0" });
    expect(await names()).toEqual(["own", "inherited"]);
  });
});

it("refuses changes of an archived repository's webhooks under its switch, and goes on showing them", async () => {
  const path = "/projects/PLAT/repos/attic/webhooks";
  const { id } = await created({}, path);
  await server.control("switches", { "archived-webhooks": "conflict" });
  for (const [method, below] of [
    ["POST", ""],
    ["PUT", `/${String(id)}`],
    ["DELETE", `/${String(id)}`],
  ] as const) {
    const answer = await server.ask(method, `${path}${below}`, method === "DELETE" ? {} : { body: HOOK });
    expect([answer.status, answer.body.errors[0].message]).toEqual([409, "Repository PLAT/attic is archived and read-only."]);
  }
  expect((await read(id, path)).name).toBe("One");
  expect((await server.ask("POST", HOOKS, { body: HOOK })).status).toBe(201);
});
