/** The login to Spacelift, and what happens if Spacelift rejects a credential. */
import { Spacelift, type SpaceliftCredentials } from "../../spacelift/client";
import { Problem } from "../../../diagnostics";
import { rejectionOf, settings, stopServers, type StubResponse } from "../http/stub-server";
import { jwt, startSpacelift, unauthorized } from "./stub-spacelift";

afterEach(stopServers);

const count = (operations: readonly string[], name: string): number => operations.filter((operation) => operation === name).length;

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const failure = await rejectionOf(work);
  if (!(failure instanceof Problem)) throw failure;
  return failure;
}

describe("login", () => {
  it("happens once, with the first request", async () => {
    const server = await startSpacelift();
    const client = server.client();
    expect(server.requests).toHaveLength(0);
    await Promise.all([client.spaces.list(), client.integrations.cloud.list(), client.usage.ofSpace("root").catch(() => undefined)]);
    await client.spaces.list({ fresh: true });
    expect(count(server.operations(), "Login")).toBe(1);
  });

  it.each(["", "/", "/graphql", "/graphql/"])('accepts an endpoint that ends in "%s"', async (ending) => {
    const server = await startSpacelift();
    const client = new Spacelift({ ...server.credentials, endpoint: `${server.url}${ending}` }, settings());
    expect(await client.spaces.list()).toHaveLength(1);
    expect(await client.accountUrl()).toBe(server.url);
    expect(client.keyName).toBe("API key 01HKEY");
  });

  it("is renewed before its token expires", async () => {
    const server = await startSpacelift({ tokenLife: 6 });
    const client = server.client();
    await client.spaces.list();
    await new Promise((resolve) => setTimeout(resolve, 3_200));
    await client.spaces.list({ fresh: true });
    expect(count(server.operations(), "Login")).toBe(2);
    expect(server.operations()).not.toContain("Viewer");
  });

  it("is renewed once if the server no longer accepts the token, also for a change", async () => {
    const created = { id: "new", name: "New", parentSpace: "root" };
    const server = await startSpacelift({ resolvers: { spaceCreate: () => created } });
    const client = server.client();
    await client.spaces.list();
    server.revokeTokens();
    const space = await client.spaces.create({ name: "New", description: "", parentSpaceId: "root", inheritEntities: false, labels: [] });
    expect(space.id).toBe("new");
    expect(server.operations()).toEqual(["Login", "Spaces", "SpaceCreate", "Viewer", "Login", "SpaceCreate"]);
  });

  it("needs one more login if the token is revoked during many requests", async () => {
    const server = await startSpacelift({ resolvers: { space: ({ id }) => ({ id, name: id }) } });
    const client = server.client();
    await client.spaces.list();
    server.revokeTokens();
    await Promise.all(["a", "b", "c", "d"].map((id) => client.spaces.get(id)));
    expect(count(server.operations(), "Login")).toBe(2);
  });

  it("is not renewed for a missing permission", async () => {
    const server = await startSpacelift({ resolvers: { spaces: unauthorized } });
    const client = server.client();
    const failure = await problemOf(client.spaces.list());
    expect(failure.diagnostic.code).toBe("remote-permission-denied");
    expect(failure.kind).toBe("not-permitted");
    expect(failure.diagnostic.why).toContain("API key 01HKEY");
    await rejectionOf(client.spaces.list());
    expect(server.operations()).toEqual(["Login", "Spaces", "Viewer", "Spaces"]);
  });

  it.each<[string, StubResponse, string]>([
    ["null", { json: { data: { apiKeyUser: null } } }, "does not know API key 01HKEY"],
    ["an error", { json: { data: null, errors: [{ message: "bad key" }] } }, "bad key"],
    ["401", { status: 401 }, "status 401"],
  ])("rejected with %s names the key and the settings to check", async (_name, response, words) => {
    const server = await startSpacelift({ intercept: (name) => (name === "Login" ? response : undefined) });
    const failure = await problemOf(server.client().spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(failure.diagnostic.why).toContain(words);
    expect(failure.diagnostic.fix).toContain("SPACELIFT_API_KEY_SECRET");
  });

  it("is repeated with the next request if it failed", async () => {
    const server = await startSpacelift({
      intercept: (name, _request, nth) =>
        name === "Login" && nth === 1 ? { json: { data: null, errors: [{ message: "try later" }] } } : undefined,
    });
    const client = server.client();
    await rejectionOf(client.spaces.list());
    expect(await client.spaces.list()).toHaveLength(1);
  });
});

describe("a token without an API key", () => {
  const withToken = (claims: Record<string, unknown>): SpaceliftCredentials => ({ apiToken: jwt(claims) });

  it.each([
    ["a list", (url: string) => [url]],
    ["a text", (url: string) => url],
  ])("names its account in %s", async (_name, audience) => {
    let token = "";
    const server = await startSpacelift({
      intercept: (_operation, { headers }) =>
        headers["authorization"] === `Bearer ${token}` ? { json: { data: { spaces: [] } } } : { status: 401 },
    });
    token = jwt({ aud: audience(server.url), exp: Date.now() });
    const client = new Spacelift({ apiToken: token }, settings());
    expect(client.keyName).toBe("the API token");
    expect(await client.accountUrl()).toBe(server.url);
    expect(await client.spaces.list()).toEqual([]);
    expect(server.operations()).toEqual(["Spaces"]);
  });

  it.each([
    ["no claims", "opaque"],
    ["no audience", jwt({ exp: 1 })],
    ["two audiences", jwt({ aud: ["https://a.example", "https://b.example"] })],
  ])("with %s cannot be used", async (_name, apiToken) => {
    const failure = await problemOf(new Spacelift({ apiToken }, settings()).accountUrl());
    expect(failure.diagnostic.code).toBe("provider-setting-invalid");
    expect(JSON.stringify(failure.diagnostic)).not.toContain(apiToken);
  });

  it("reports when it expired", async () => {
    const failure = await problemOf(new Spacelift(withToken({ aud: "http://127.0.0.1:9", exp: 1_700_000_000 }), settings()).spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(failure.diagnostic.why).toContain("2023-11-14T22:13:20.000Z");
  });

  it("cannot be renewed after it was revoked", async () => {
    const server = await startSpacelift();
    const client = new Spacelift(withToken({ aud: server.url, exp: Date.now() }), settings());
    const failure = await problemOf(client.spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(server.operations()).toEqual(["Spaces", "Viewer"]);
  });
});

describe("responses that are not GraphQL", () => {
  it.each<[string, StubResponse, string]>([
    ["a proxy's page", { text: "<html>404 page not found</html>" }, "remote-response-invalid"],
    ["a proxy's 404", { status: 404, text: "404 page not found" }, "remote-response-invalid"],
    ["JSON without data", { json: { message: "not found" } }, "remote-response-invalid"],
    ["a list", { json: [] }, "remote-response-invalid"],
    ["403", { status: 403, json: { errors: [{ message: "blocked address" }] } }, "remote-permission-denied"],
  ])("%s does not count as an object that is gone", async (_name, response, code) => {
    const server = await startSpacelift({ intercept: (name) => (name === "Space" ? response : undefined) });
    const failure = await problemOf(server.client().spaces.get("x"));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).not.toBe("gone");
  });
});
