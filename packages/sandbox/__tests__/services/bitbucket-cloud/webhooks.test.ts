/** Webhooks: the five operations, what they answer, and what they refuse. */
import { type Cloud, HOOK, startCloud } from "./test-service";

const HOOKS = "/repositories/acme/infra/hooks";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

const created = async (changes: object = {}, path = HOOKS) => (await cloud.ask("POST", path, { body: { ...HOOK, ...changes } })).body;
const hookPath = (uuid: string, path = HOOKS) => `${path}/${encodeURIComponent(uuid)}`;

describe("creating a webhook", () => {
  it("answers 201 with its address and everything that is known of it, in the recorded order, without the secret", async () => {
    const { status, headers, body } = await cloud.ask("POST", HOOKS, { body: { ...HOOK, secret: "x" } });
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
    const { subject } = await created();
    expect(subject).toMatchObject({ type: "repository", name: "Infra", full_name: "acme/infra" });
    expect((await cloud.ask("GET", `/repositories/{}/${String(subject.uuid)}`)).body.slug).toBe("infra");
    expect(Object.keys(subject.links as object).sort()).toEqual(["avatar", "html", "self"]);
  });

  it("keeps the events but not their order, and shows the same order each time", async () => {
    const events = ["repo:push", "pullrequest:created", "pullrequest:updated", "pullrequest:approved"];
    for (let round = 0; round < 5; round++) {
      const hook = await created({ events });
      expect([...(hook.events as string[])].sort()).toEqual([...events].sort());
      expect(hook.events).not.toEqual(events);
      expect((await cloud.ask("GET", hookPath(hook.uuid as string))).body.events).toEqual(hook.events);
    }
  });

  it("gives absent fields their defaults", async () => {
    const { body } = await cloud.ask("POST", HOOKS, { body: { url: HOOK.url, events: ["repo:push"] } });
    expect(body).toMatchObject({ description: "", active: true, skip_cert_verification: false, history_enabled: false, secret_set: false });
  });

  it("takes skip_cert_verification and history_enabled, and ignores what only Bitbucket writes", async () => {
    const uuid = "{11111111-1111-4111-8111-111111111111}";
    const hook = await created({ skip_cert_verification: true, history_enabled: true, uuid, secret_set: true, created_at: "never", x: 1 });
    expect(hook).toMatchObject({ skip_cert_verification: true, history_enabled: true, secret_set: false });
    expect(hook.uuid).not.toBe(uuid);
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ["nothing", {}, { url: ["This field is required."], events: ["This field is required."] }],
    ["a text in place of a URL", { ...HOOK, url: "nowhere" }, { url: ["Enter a valid URL."] }],
    ["a number as URL", { ...HOOK, url: 5 }, { url: ["Enter a valid URL."] }],
    ["another scheme", { ...HOOK, url: "ftp://hooks.example" }, { url: ["Enter a valid URL."] }],
    ["no events", { ...HOOK, events: [] }, { events: ["This field is required."] }],
    ["events that are no list", { ...HOOK, events: "repo:push" }, { events: ["Enter a list of values."] }],
    ["an unknown event", { ...HOOK, events: ["repo:teleported"] }, { events: [expect.stringContaining("repo:teleported")] }],
    ["an event of workspaces only", { ...HOOK, events: ["repo:created"] }, { events: [expect.stringContaining("repo:created")] }],
    ["an event that is no text", { ...HOOK, events: [7] }, { events: [expect.stringContaining("7")] }],
    ["an event twice", { ...HOOK, events: ["repo:push", "repo:push"] }, { events: ["The values of this list must be unique."] }],
    ["a secret of 129 characters", { ...HOOK, secret: "s".repeat(129) }, { secret: [expect.stringContaining("at most 128")] }],
    ["a secret that is no text", { ...HOOK, secret: 5 }, { secret: ["Not a valid string."] }],
    ["active that is no boolean", { ...HOOK, active: "yes" }, { active: ["Enter a valid boolean."] }],
    ["a description that is no text", { ...HOOK, description: {} }, { description: ["Not a valid string."] }],
    [
      "a certificate rule that is no boolean",
      { ...HOOK, skip_cert_verification: 1 },
      { skip_cert_verification: ["Enter a valid boolean."] },
    ],
  ])("refuses %s and names the field", async (_, body, fields) => {
    const answer = await cloud.ask("POST", HOOKS, { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ type: "error", error: { message: "Bad request", fields } });
    expect((await cloud.ask("GET", HOOKS)).body.size).toBe(0);
  });

  it.each([["{"], ["[]"], ['"text"'], ["null"]])("refuses the body %s", async (body) => {
    const answer = await cloud.ask("POST", HOOKS, { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe("Bad request");
  });

  it("takes a secret of 128 characters and two webhooks with one URL", async () => {
    const first = await created({ secret: "s".repeat(128) });
    const second = await created();
    expect(first.secret_set).toBe(true);
    expect(second.uuid).not.toBe(first.uuid);
    expect((await cloud.ask("GET", HOOKS)).body.size).toBe(2);
  });

  it("refuses a second webhook with the same URL, and one too many, under their switches", async () => {
    await cloud.control("switches", { "duplicate-urls": "reject", "hook-limit": 2 });
    const { uuid } = await created();
    expect((await cloud.ask("POST", HOOKS, { body: HOOK })).status).toBe(400);
    // The webhook itself may keep its URL.
    expect((await cloud.ask("PUT", hookPath(uuid as string), { body: HOOK })).status).toBe(200);
    await created({ url: "https://hooks.example/two" });
    const third = await cloud.ask("POST", HOOKS, { body: { ...HOOK, url: "https://hooks.example/three" } });
    expect(third.body.error.fields.url[0]).toContain("limit of 2");
  });
});

describe("the address of a webhook", () => {
  const PAIRED = "http://127.0.0.1:4567";
  const status = async (own: Cloud, url: string) => (await own.ask("POST", HOOKS, { body: { ...HOOK, url } })).status;

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
  ])("%s is answered with %i", async (url, expected) => {
    expect(await status(cloud, url)).toBe(expected);
  });

  it.each([
    ["paired", `${PAIRED}/hook`, 201],
    ["paired", "http://127.0.0.1:4568/hook", 400],
    ["strict", `${PAIRED}/hook`, 400],
    ["any", "http://127.0.0.1:4568/hook", 201],
  ])("under the switch %s, %s is answered with %i", async (mode, url, expected) => {
    const own = await startCloud({ paired: [PAIRED], switches: { "webhook-urls": mode } });
    try {
      expect(await status(own, url)).toBe(expected);
    } finally {
      await own.stop();
    }
  });
});

describe("reading webhooks", () => {
  it("lists them by age in pages, with an absolute next that leads to the end", async () => {
    const made: string[] = [];
    for (let index = 0; index < 12; index++) made.push((await created({ description: String(index) })).uuid as string);
    const first = (await cloud.ask("GET", HOOKS)).body;
    expect(first).toMatchObject({ pagelen: 10, size: 12, page: 1 });
    expect(first.next).toBe(`${cloud.origin}/2.0${HOOKS}?page=2`);
    const second = (await cloud.ask("GET", (first.next as string).slice(`${cloud.origin}/2.0`.length))).body;
    expect([...first.values, ...second.values].map((hook: { uuid: string }) => hook.uuid)).toEqual(made);
    expect(second.next).toBeUndefined();
    expect(second.previous).toBe(`${cloud.origin}/2.0${HOOKS}?page=1`);
    expect((await cloud.ask("GET", `${HOOKS}?pagelen=100`)).body.values).toHaveLength(12);
    expect((await cloud.ask("GET", `${HOOKS}?pagelen=5&page=3`)).body.values).toHaveLength(2);
    expect((await cloud.ask("GET", `${HOOKS}?page=9`)).body.values).toEqual([]);
  });

  it.each(["pagelen=101", "pagelen=0", "pagelen=many", "page=0", "page=-1"])("refuses %s", async (query) => {
    const answer = await cloud.ask("GET", `${HOOKS}?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toBe(`Invalid ${query.split("=")[0] ?? ""}`);
  });

  it("finds one by its UUID, braces raw or encoded, in any case", async () => {
    const { uuid } = await created();
    for (const form of [encodeURIComponent(uuid as string), String(uuid), String(uuid).toUpperCase()]) {
      expect((await cloud.ask("GET", `${HOOKS}/${form}`)).body.uuid).toBe(uuid);
    }
  });

  it.each(["GET", "PUT", "DELETE"])(
    "answers 404 to %s of one that does not exist, belongs to another repository, or lacks its braces",
    async (method) => {
      const other = await created({}, "/repositories/acme/billing/hooks");
      const body = method === "PUT" ? { body: HOOK } : {};
      for (const uid of ["{11111111-1111-4111-8111-111111111111}", String(other.uuid), String(other.uuid).slice(1, -1)]) {
        expect((await cloud.ask(method, hookPath(uid), body)).status).toBe(404);
      }
    },
  );

  it("takes an empty id for an unknown address, not for the list", async () => {
    const answer = await cloud.ask("GET", `${HOOKS}/`);
    expect([answer.status, answer.body.error.message]).toEqual([404, "Resource not found"]);
  });

  it("shows only the fields that are asked for", async () => {
    const { uuid } = await created();
    const asked = async (query: string) => (await cloud.ask("GET", `${HOOKS}?fields=${query}`)).body;
    expect(await asked("values.uuid,size")).toEqual({ values: [{ uuid }], size: 1 });
    expect((await asked("-values.links")).values[0].links).toBeUndefined();
    expect((await asked("-values.links")).values[0].uuid).toBe(uuid);
    expect((await asked("values.subject.*,-values.subject.links")).values[0].subject).toMatchObject({ full_name: "acme/infra" });
    expect(await asked("%2Bvalues.x")).toMatchObject({ size: 1 });
  });
});

describe("changing a webhook", () => {
  it("replaces what is sent, in place, and ignores read-only fields of an object that was read before", async () => {
    const hook = await created({ secret: "x" });
    const changed = {
      ...hook,
      description: "Two",
      url: "https://hooks.example/two",
      active: false,
      events: ["repo:fork"],
      secret_set: false,
    };
    const { status, body } = await cloud.ask("PUT", hookPath(hook.uuid as string), { body: changed });
    expect(status).toBe(200);
    expect(body).toEqual({ ...changed, secret_set: true });
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["absent", {}, true],
    ["null", { secret: null }, false],
    ["empty", { secret: "" }, false],
    ["a text", { secret: "y" }, true],
  ])("with a secret that is %s leaves secret_set as the table says", async (_, secret, expected) => {
    for (const mode of ["reject", "replace", "merge"]) {
      await cloud.control("switches", { "put-absent": mode });
      const { uuid } = await created({ secret: "x" });
      expect((await cloud.ask("PUT", hookPath(uuid as string), { body: { ...HOOK, ...secret } })).body.secret_set).toBe(expected);
    }
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["absent", {}, false],
    ["null", { secret: null }, false],
    ["empty", { secret: "" }, false],
    ["a text", { secret: "y" }, true],
  ])("creating one with a secret that is %s sets secret_set as the table says", async (_, secret, expected) => {
    expect((await created(secret)).secret_set).toBe(expected);
  });

  it("keeps the very secret when it is absent, replaces it when it is sent, and shows neither", async () => {
    const { uuid } = await created({ secret: "first-secret" });
    const held = async () => JSON.stringify(await cloud.control("state"));
    const before = await held();
    await cloud.ask("PUT", hookPath(uuid as string), { body: HOOK });
    expect(await held()).toBe(before);
    await cloud.ask("PUT", hookPath(uuid as string), { body: { ...HOOK, secret: "second-secret" } });
    expect(await held()).not.toBe(before);
    expect((await held()) + JSON.stringify(await cloud.control("requests"))).not.toMatch(/first-secret|second-secret/);
  });

  it.each<[string, number, Record<string, unknown>]>([
    ["reject", 400, {}],
    ["replace", 200, { url: "", events: [], description: "", active: true, skip_cert_verification: false }],
    ["merge", 200, { url: HOOK.url, description: "One", active: false, skip_cert_verification: true }],
  ])("that sends nothing is answered under put-absent %s with %i", async (mode, status, expected) => {
    await cloud.control("switches", { "put-absent": mode });
    const { uuid } = await created({ active: false, skip_cert_verification: true });
    const answer = await cloud.ask("PUT", hookPath(uuid as string), { body: {} });
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toMatchObject(expected);
    else expect(answer.body.error.fields).toEqual({ url: ["This field is required."], events: ["This field is required."] });
  });

  it("gives absent fields other than URL and events their defaults, history_enabled too", async () => {
    const { uuid } = await created({ active: false, history_enabled: true, skip_cert_verification: true });
    const { body } = await cloud.ask("PUT", hookPath(uuid as string), { body: { url: HOOK.url, events: ["repo:push"] } });
    expect(body).toMatchObject({ description: "", active: true, history_enabled: false, skip_cert_verification: false });
  });

  it("changes nothing when one field is wrong", async () => {
    const hook = await created();
    const answer = await cloud.ask("PUT", hookPath(hook.uuid as string), { body: { ...HOOK, description: "Two", events: ["x"] } });
    expect(answer.status).toBe(400);
    expect((await cloud.ask("GET", hookPath(hook.uuid as string))).body).toEqual(hook);
  });
});

it("deletes a webhook with an empty 204, and then it is gone", async () => {
  const { uuid } = await created();
  const path = hookPath(uuid as string);
  const answer = await cloud.ask("DELETE", path);
  expect([answer.status, answer.text]).toEqual([204, ""]);
  expect((await cloud.ask("GET", path)).status).toBe(404);
  expect((await cloud.ask("DELETE", path)).status).toBe(404);
  expect((await cloud.ask("GET", HOOKS)).body.values).toEqual([]);
});

it("shows subject_type under its switch", async () => {
  await cloud.control("switches", { "subject-type": "present" });
  expect((await created()).subject_type).toBe("repository");
});

describe("webhooks of a workspace", () => {
  const OWN = "/workspaces/acme/hooks";

  it("have the same five operations, a collection of their own, and events that a repository has not", async () => {
    const hook = await created({ events: ["repo:created", "project:updated"] }, OWN);
    expect(hook.subject).toMatchObject({ type: "workspace", slug: "acme" });
    expect(hook.links.self.href).toBe(`${cloud.origin}/2.0${hookPath(hook.uuid as string, OWN)}`);
    expect((await cloud.ask("GET", OWN)).body.values).toEqual([hook]);
    expect((await cloud.ask("GET", HOOKS)).body.values).toEqual([]);
    const path = hookPath(hook.uuid as string, OWN);
    expect((await cloud.ask("PUT", path, { body: { ...HOOK, active: false } })).body.active).toBe(false);
    expect((await cloud.ask("GET", path)).body.active).toBe(false);
    expect((await cloud.ask("DELETE", path)).status).toBe(204);
  });

  it.each([
    ["reader", 403],
    ["outsider", 404],
    [null, 401],
  ])("are refused to %s with %i", async (as, status) => {
    expect((await cloud.ask("GET", OWN, { as })).status).toBe(status);
  });
});
