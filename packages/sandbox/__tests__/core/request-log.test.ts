/** The request log: its entries, its limits, and the redaction of secrets. */
import { createHash } from "node:crypto";
import { fingerprint, type RawEntry, redact, RequestLog } from "../../core/request-log";
import { startTestService, type TestService } from "../test-service";

const entry = (changes: Partial<RawEntry> = {}): RawEntry => ({
  time: 0,
  operation: "op",
  method: "POST",
  path: "/p",
  query: "",
  headers: {},
  body: Buffer.alloc(0),
  status: 200,
  durationMs: 1.23456,
  marks: [],
  ...changes,
});

it("creates a fingerprint from 16 hex digits of SHA-256", () => {
  expect(fingerprint("abc")).toBe(`sha256:${createHash("sha256").update("abc").digest("hex").slice(0, 16)}`);
  expect(fingerprint("")).toBe("");
});

it.each([
  "secret",
  "apiToken",
  "accessToken",
  "appPassword",
  "jwt",
  "webhookSecret",
  "password",
  "client_secret",
  "Authorization",
  "api_token",
  "Set-Cookie",
])("shows %s only as a fingerprint, at any depth", (name) => {
  const shown = fingerprint("hush");
  expect(redact({ [name]: "hush", a: [{ [name]: "hush" }] })).toEqual({ [name]: shown, a: [{ [name]: shown }] });
});

it("shows null, the empty string and booleans, and hides secrets of any other type", () => {
  expect(redact({ secret: null, apiToken: "", password: true })).toEqual({ secret: null, apiToken: "", password: true });
  expect(redact({ secret: 12345 })).toEqual({ secret: fingerprint("12345") });
  expect(redact({ secret: { a: "hush" } })).toEqual({ secret: fingerprint('{"a":"hush"}') });
});

it("shows all other values unchanged", () => {
  const body = { secret_set: true, tokens: ["a"], description: 'secret: "not one"', events: ["repo:push"], n: 1 };
  expect(redact(body)).toEqual(body);
});

it("hides literals in a GraphQL document", () => {
  const query = 'mutation{a(input:{email:"e", apiToken : "hu\\"sh", name:"n"}){id}}';
  expect(redact({ query })).toEqual({
    query: `mutation{a(input:{email:"e", apiToken : "${fingerprint('hu\\"sh')}", name:"n"}){id}}`,
  });
});

it("hides multi-line literals in a GraphQL document", () => {
  expect(redact({ query: 'mutation { a(secret: """hu"sh\n""", name: """n""") { id } }' })).toEqual({
    query: `mutation { a(secret: "${fingerprint('hu"sh\n')}", name: """n""") { id } }`,
  });
});

it("hides variables that a GraphQL document passes to a secret argument, whatever their name", () => {
  const query = "mutation L($a: ID!, $b: String!, $secret: String!) { apiKeyUser(id: $a, secret: $b) { jwt } other(secret: $secret) }";
  expect(redact({ query, variables: { a: "key", b: "hush", secret: "hush" } })).toEqual({
    query,
    variables: { a: "key", b: fingerprint("hush"), secret: fingerprint("hush") },
  });
});

it("shows an entry with a rounded duration and without empty fields", () => {
  const log = new RequestLog("things");
  log.add(entry({ body: Buffer.from('{"a":1}'), query: "access_token=t&b=2", headers: { authorization: "Bearer t", accept: "*/*" } }));
  log.add(entry({ operation: "other", marks: ["m"] }));
  expect(log.read()).toEqual([
    {
      time: "1970-01-01T00:00:00.000Z",
      service: "things",
      operation: "op",
      method: "POST",
      path: "/p",
      query: { access_token: fingerprint("t"), b: "2" },
      status: 200,
      durationMs: 1.23,
      headers: { authorization: fingerprint("Bearer t"), accept: "*/*" },
      body: { a: 1 },
      marks: [],
    },
    expect.not.objectContaining({ body: expect.anything(), query: expect.anything() }),
  ]);
  expect(log.read("other")).toHaveLength(1);
});

it("finds a request by any of its operations", () => {
  const log = new RequestLog("things");
  log.add(entry({ operation: "first,second" }));
  expect([log.read("second").length, log.read("sec").length]).toEqual([1, 0]);
});

it("shows forms, and only the size of other content", () => {
  const log = new RequestLog("things");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  log.add(entry({ body: Buffer.from("grant_type=client_credentials&client_secret=hush"), headers }));
  log.add(entry({ body: Buffer.from("secret=hush") }));
  expect(log.read().map((shown) => shown.body)).toEqual([
    { grant_type: "client_credentials", client_secret: fingerprint("hush") },
    { bytes: 11 },
  ]);
});

it("drops the oldest entries beyond its limits", () => {
  const log = new RequestLog("things");
  for (let index = 0; index < 25_000; index++) log.add(entry({ path: `/${index}` }));
  expect(log.size).toBe(10_000);
  expect([log.read().at(0)?.path, log.read().at(-1)?.path]).toEqual(["/15000", "/24999"]);
  for (let index = 0; index < 20; index++) log.add(entry({ body: Buffer.alloc(4 << 20) }));
  expect(log.size).toBeLessThanOrEqual(8);
  log.clear();
  expect([log.size, log.read()]).toEqual([0, []]);
});

describe("of a service", () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startTestService();
  });
  afterEach(() => service.listening.stop());

  it("contains every request except those to the control path", async () => {
    await service.call("POST", "/things/1", { apiToken: "hush" }, { authorization: "Basic aHVzaA==" });
    await service.call("GET", "/nowhere");
    await service.call("GET", "/several?name=a&name=b");
    const log = (await service.control("GET", "requests")).json as Record<string, unknown>[];
    expect(log.map(({ service: name, operation, status, marks }) => [name, operation, status, marks])).toEqual([
      ["things", "changeThing", 200, []],
      ["things", "notImplemented", 404, []],
      ["things", "a,b", 200, ["seen"]],
    ]);
    expect(log[0]).toMatchObject({ body: { apiToken: fingerprint("hush") }, headers: { authorization: fingerprint("Basic aHVzaA==") } });
    expect((await service.control("GET", "requests?operation=b")).json).toHaveLength(1);
    await service.control("DELETE", "requests");
    expect((await service.control("GET", "requests")).json).toEqual([]);
  });
});
