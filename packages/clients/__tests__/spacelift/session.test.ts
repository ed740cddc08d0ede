/** Logging in to Spacelift, and what is made of a refusal. */
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
  it("happens with the first question, and once", async () => {
    const server = await startSpacelift();
    const client = server.client();
    expect(server.requests).toHaveLength(0);
    await Promise.all([client.spaces.list(), client.integrations.cloud.list(), client.usage.inSpace("root").catch(() => undefined)]);
    await client.spaces.list({ fresh: true });
    expect(count(server.operations(), "Login")).toBe(1);
  });

  it.each(["", "/", "/graphql", "/graphql/"])('takes an endpoint that ends in "%s"', async (ending) => {
    const server = await startSpacelift();
    const client = new Spacelift({ ...server.credentials, endpoint: `${server.url}${ending}` }, settings());
    expect(await client.spaces.list()).toHaveLength(1);
    expect(await client.accountUrl()).toBe(server.url);
    expect(client.keyName).toBe("API key 01HKEY");
  });

  it("is renewed before its token ends", async () => {
    const server = await startSpacelift({ tokenLife: 6 });
    const client = server.client();
    await client.spaces.list();
    await new Promise((resolve) => setTimeout(resolve, 3_200));
    await client.spaces.list({ fresh: true });
    expect(count(server.operations(), "Login")).toBe(2);
    expect(server.operations()).not.toContain("Viewer");
  });

  it("is renewed once when the server no longer takes the token, for a change too", async () => {
    const made = { id: "new", name: "New", parentSpace: "root" };
    const server = await startSpacelift({ resolvers: { spaceCreate: () => made } });
    const client = server.client();
    await client.spaces.list();
    server.withdrawTokens();
    const space = await client.spaces.create({ name: "New", description: "", parentSpaceId: "root", inheritEntities: false, labels: [] });
    expect(space.id).toBe("new");
    expect(server.operations()).toEqual(["Login", "Spaces", "SpaceCreate", "Viewer", "Login", "SpaceCreate"]);
  });

  it("survives a withdrawal under many questions with few logins", async () => {
    const server = await startSpacelift({ resolvers: { space: ({ id }) => ({ id, name: id }) } });
    const client = server.client();
    await client.spaces.list();
    server.withdrawTokens();
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
    ["null", { json: { data: { apiKeyUser: null } } }, "knows no API key 01HKEY"],
    ["an error", { json: { data: null, errors: [{ message: "bad key" }] } }, "bad key"],
    ["401", { status: 401 }, "status 401"],
  ])("refused with %s names the key and what to check", async (_name, told, words) => {
    const server = await startSpacelift({ intercept: (name) => (name === "Login" ? told : undefined) });
    const failure = await problemOf(server.client().spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(failure.diagnostic.why).toContain(words);
    expect(failure.diagnostic.fix).toContain("SPACELIFT_API_KEY_SECRET");
  });

  it("that failed is tried again by the next question", async () => {
    const server = await startSpacelift({
      intercept: (name, _asked, nth) =>
        name === "Login" && nth === 1 ? { json: { data: null, errors: [{ message: "try later" }] } } : undefined,
    });
    const client = server.client();
    await rejectionOf(client.spaces.list());
    expect(await client.spaces.list()).toHaveLength(1);
  });
});

describe("a token alone", () => {
  const withToken = (claims: Record<string, unknown>): SpaceliftCredentials => ({ apiToken: jwt(claims) });

  it.each([
    ["a list", (url: string) => [url]],
    ["a text", (url: string) => url],
  ])("names its account in %s", async (_name, audience) => {
    let token = "";
    const server = await startSpacelift({
      intercept: (_operation, asked) =>
        asked.headers["authorization"] === `Bearer ${token}` ? { json: { data: { spaces: [] } } } : { status: 401 },
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

  it("that has ended says when", async () => {
    const failure = await problemOf(new Spacelift(withToken({ aud: "http://127.0.0.1:9", exp: 1_700_000_000 }), settings()).spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(failure.diagnostic.why).toContain("2023-11-14T22:13:20.000Z");
  });

  it("that was withdrawn cannot be renewed", async () => {
    const server = await startSpacelift();
    const client = new Spacelift(withToken({ aud: server.url, exp: Date.now() }), settings());
    const failure = await problemOf(client.spaces.list());
    expect(failure.diagnostic.code).toBe("remote-unauthenticated");
    expect(server.operations()).toEqual(["Spaces", "Viewer"]);
  });
});

describe("answers that are no GraphQL", () => {
  it.each<[string, StubResponse, string]>([
    ["a proxy's page", { text: "<html>404 page not found</html>" }, "remote-response-invalid"],
    ["a proxy's 404", { status: 404, text: "404 page not found" }, "remote-response-invalid"],
    ["JSON without data", { json: { message: "not found" } }, "remote-response-invalid"],
    ["a list", { json: [] }, "remote-response-invalid"],
    ["403", { status: 403, json: { errors: [{ message: "blocked address" }] } }, "remote-permission-denied"],
  ])("%s is never taken for an absence", async (_name, told, code) => {
    const server = await startSpacelift({ intercept: (name) => (name === "Space" ? told : undefined) });
    const failure = await problemOf(server.client().spaces.get("x"));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).not.toBe("gone");
  });
});
