/** Logins, tokens, and requests without a token. */
import { type RunningSpacelift, startSpacelift } from "./start-spacelift";

let spacelift: RunningSpacelift;
beforeEach(async () => {
  spacelift = await startSpacelift();
});
afterEach(() => spacelift.stop());

const LOGIN = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){id jwt validUntil}}";

function claims(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;
}

it("issues a token whose only audience is the account's base URL", async () => {
  const { data } = await spacelift.request(LOGIN, { id: "ROOT", secret: "root-secret" }, null);
  const { exp, ...rest } = claims(data.apiKeyUser.jwt as string);
  expect(rest).toMatchObject({ aud: [`${spacelift.origin}/acme`], iss: "api-key", sub: "ROOT" });
  expect(data.apiKeyUser.validUntil).toBe(exp);
  expect(Math.abs((exp as number) - Date.now() / 1000 - 3600)).toBeLessThan(5);
});

it.each([
  ["an unknown key", { id: "WHO", secret: "root-secret" }],
  ["a wrong secret", { id: "ROOT", secret: "x" }],
])("responds with null to %s", async (_, variables) => {
  expect((await spacelift.request(LOGIN, variables, null)).data).toEqual({ apiKeyUser: null });
});

it("keeps earlier tokens valid after another login", async () => {
  const first = await spacelift.login();
  await spacelift.login();
  expect((await spacelift.requestWithToken(first, "{viewer{id}}")).data).toEqual({ viewer: { id: "ROOT" } });
});

it("rejects a request without a token, with status 200", async () => {
  const response = await spacelift.request("{spaces{id}}", {}, null);
  expect(response.status).toBe(200);
  expect(response.data).toEqual({ spaces: null });
  expect(response.errors).toEqual([expect.objectContaining({ message: "unauthorized", path: ["spaces"] })]);
});

it.each([
  ["of another account", (running: RunningSpacelift) => running.login("ROOT", "globex")],
  [
    "with a changed claim",
    async (running: RunningSpacelift) => (await running.login()).replace(/\.(.)/, (_, letter: string) => (letter === "e" ? ".f" : ".e")),
  ],
  ["that is malformed", () => Promise.resolve("a.b.c")],
])("rejects a token %s", async (_, token) => {
  const { errors } = await spacelift.requestWithToken(await token(spacelift), "{viewer{id}}");
  expect(errors.map((error) => error.message)).toEqual(["unauthorized"]);
});

it("rejects a token that expires when the clock is advanced", async () => {
  const token = await spacelift.login();
  await spacelift.post("clock", { advanceSeconds: 3601 });
  expect((await spacelift.requestWithToken(token, "{viewer{id}}")).errors[0]?.message).toBe("unauthorized");
  expect((await spacelift.request("{viewer{id}}")).errors).toEqual([]);
});

it("issues tokens such as runs have, with the run as subject", async () => {
  const token = spacelift.spacelift.issueToken("acme", "run");
  expect(claims(token)).toMatchObject({ iss: "spacelift", sub: "infra/01RUN", aud: [`${spacelift.origin}/acme`] });
  expect((await spacelift.requestWithToken(token, "{viewer{id admin}}")).data).toEqual({ viewer: { id: "infra/01RUN", admin: true } });
  expect(() => spacelift.spacelift.issueToken("acme", "none")).toThrow('no token "none"');
});

it("accepts a token that the seed contains", async () => {
  await spacelift.post("seed", { accounts: [{ name: "acme", keys: [], tokens: [{ token: "opaque", roles: { root: "reader" } }] }] });
  expect((await spacelift.requestWithToken("opaque", "{viewer{admin}}")).data).toEqual({ viewer: { admin: false } });
});

it.each([
  ["ROOT", { id: "ROOT", name: "ROOT", admin: true }],
  ["TEAM", { id: "TEAM", name: "team key", admin: false }],
  ["READER", { id: "READER", name: "READER", admin: false }],
])("describes the key %s to itself", async (key, viewer) => {
  expect((await spacelift.request("{viewer{id name admin}}", {}, key)).data).toEqual({ viewer });
});

const TYPE = '{__type(name:"SpaceInput"){inputFields{name}}}';

it.each([
  ["open", null, true],
  ["authenticated", null, false],
  ["authenticated", "READER", true],
  ["off", "ROOT", false],
])("with introspection %s, the key %s sees the schema: %s", async (introspection, as, seen) => {
  await spacelift.post("switches", { introspection });
  const { data, errors } = await spacelift.request(TYPE, {}, as);
  if (seen) expect(data.__type.inputFields.map((field: { name: string }) => field.name)).toContain("parentSpace");
  else expect(errors[0]?.message).toBe("unauthorized");
});

it("responds with 404 to an unknown account or path, and with 400 to a body that is not a GraphQL request", async () => {
  for (const path of ["/unknown/graphql", "/acme", "/graphql"]) {
    const response = await fetch(`${spacelift.origin}${path}`, { method: "POST", body: '{"query":"{spaces{id}}"}' });
    expect([response.status, await response.text()]).toEqual([404, "404 page not found"]);
  }
  for (const body of ["", "[]", '{"query":1}', '{"query":"{a}","variables":"x"}', "not json"]) {
    expect((await fetch(`${spacelift.origin}/acme/graphql`, { method: "POST", body })).status).toBe(400);
  }
});
