/** Error responses of Bitbucket Cloud, renamed repositories, and the repositories of a workspace. */
import { LogLines, startServer, stopServers, type StubServer, type StubResponse } from "../../http/stub-server";
import { REPOSITORY_UUID, HOOKS, repository, input, hook, ABSENT, client, problemOf } from "./fixture";

afterEach(stopServers);

describe("error responses", () => {
  const errorJson = (error: unknown): unknown => ({ type: "error", error });
  it.each<[string, StubResponse, { code: string; kind: string; words: readonly string[] }]>([
    [
      "400 with lists",
      { status: 400, json: errorJson({ message: "Bad request", fields: { url: ["Enter a valid URL."] } }) },
      { code: "remote-request-rejected", kind: "bad-input", words: ["Bad request", "url: Enter a valid URL."] },
    ],
    [
      "400 with texts",
      { status: 400, json: errorJson({ message: "Bad request", fields: { events: "This field is required." } }) },
      { code: "remote-request-rejected", kind: "bad-input", words: ["events: This field is required."] },
    ],
    ["400 without JSON", { status: 400, text: "bad" }, { code: "remote-request-rejected", kind: "bad-input", words: ["bad"] }],
    [
      "401 with a message",
      { status: 401, json: errorJson({ message: "Token is invalid, expired, or not supported for this endpoint." }) },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["Token is invalid", "BITBUCKET_ACCESS_TOKEN"] },
    ],
    [
      "401 with a text as error",
      { status: 401, json: { error: "API Token provided has no Bitbucket scopes." } },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["has no Bitbucket scopes"] },
    ],
    [
      "401 without a body",
      { status: 401 },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["responded with status 401"] },
    ],
    [
      "403 with scopes",
      {
        status: 403,
        json: errorJson({
          message: "Your credentials lack one or more required privilege scopes.",
          detail: { required: ["webhook"], granted: ["repository", "account"] },
        }),
      },
      {
        code: "remote-permission-denied",
        kind: "not-permitted",
        words: ["requires the scopes webhook; this access token has repository, account"],
      },
    ],
    [
      "403 for missing permissions",
      { status: 403, json: errorJson({ message: "Forbidden" }) },
      { code: "remote-permission-denied", kind: "not-permitted", words: ["administrator of the repository"] },
    ],
    [
      "403 for the type of credential",
      { status: 403, json: errorJson({ message: "This API is not accessible by this authentication mechanism" }) },
      { code: "remote-permission-denied", kind: "not-permitted", words: ["not accessible by this authentication mechanism"] },
    ],
    ["404", ABSENT, { code: "repository-not-found", kind: "gone", words: ["You may not have access", "does not distinguish"] }],
    [
      "404 with the old message",
      { status: 404, json: errorJson({ message: "Repository acme/app not found" }) },
      { code: "repository-not-found", kind: "gone", words: ["acme/app"] },
    ],
    [
      "404 for a workspace",
      { status: 404, json: errorJson({ message: "No workspace with identifier 'acme'." }) },
      { code: "repository-not-found", kind: "gone", words: ["No workspace"] },
    ],
    [
      "410",
      { status: 410, json: errorJson({ message: "This workspace was deleted" }) },
      { code: "repository-not-found", kind: "gone", words: ["closed or deleted"] },
    ],
    [
      "410 for a removed operation",
      {
        status: 410,
        json: { ...(errorJson({ message: "CHANGE-2770", data: { announcement_url: "https://changes.example" } }) as object) },
      },
      { code: "remote-request-rejected", kind: "bad-input", words: ["https://changes.example"] },
    ],
    [
      "411",
      { status: 411, json: errorJson({ message: "Length required", detail: "Say how long." }) },
      { code: "remote-request-rejected", kind: "bad-input", words: ["Length required Say how long"] },
    ],
  ])("%s", async (_name, response, expected) => {
    const server = await startServer(() => response);
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe(expected.code);
    expect(failure.kind).toBe(expected.kind);
    expect(failure.status).toBe(response.status);
    const text = `${failure.diagnostic.why} ${failure.diagnostic.fix}`;
    for (const words of [...expected.words, new URL(server.url).host]) expect(text).toContain(words);
    expect(failure.diagnostic.fix).not.toBe("");
  });

  it("to a password mention app passwords", async () => {
    const server = await startServer(() => ({ status: 401 }));
    const failure = await problemOf(client(server, { username: "ci", password: "app-pass" }).webhooks.list(repository));
    expect(failure.diagnostic.fix).toContain("July 28, 2026");
    expect(failure.diagnostic.fix).toContain("BITBUCKET_API_TOKEN");
  });

  it("never contain a secret, even if the server repeats it", async () => {
    const log = new LogLines();
    const server = await startServer(({ headers, text }) => ({
      status: 400,
      json: { type: "error", error: { message: `${String(headers["authorization"])} ${text}` } },
    }));
    const password = "pässword-1";
    const { webhooks } = client(server, { username: "ci", password }, { log });
    const failure = await problemOf(webhooks.create(repository, input, "webhook-s3cret"));
    const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${failure.stack} ${log.text()}`;
    for (const secret of [password, "webhook-s3cret", Buffer.from(`ci:${password}`).toString("base64")])
      expect(texts).not.toContain(secret);
    expect(texts).toContain("(redacted)");
    expect(log.lines[0]?.fields).toMatchObject({ method: "POST", path: HOOKS, status: 400, attempt: 1 });
  });
});

describe("a renamed repository", () => {
  it("is read at the address to which Bitbucket redirects, with its new name", async () => {
    const server = await startServer(({ path }) =>
      path.startsWith(HOOKS)
        ? { status: 301, headers: { location: "/2.0/repositories/acme/renamed/hooks?pagelen=100" } }
        : { json: { values: [{ ...hook, subject: { ...hook.subject, full_name: "acme/renamed" } }] } },
    );
    expect(await client(server).webhooks.list(repository)).toMatchObject([{ repositoryName: "acme/renamed" }]);
  });

  it("is not changed through a redirect", async () => {
    const server = await startServer(() => ({ status: 301, headers: { location: "/elsewhere" } }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, "s3cret-value"));
    expect(failure.diagnostic.code).toBe("remote-redirect");
    expect(failure.execution).toBe("no");
  });

  it("is found by its UUID, or is gone", async () => {
    const found = {
      uuid: REPOSITORY_UUID,
      full_name: "acme/renamed",
      name: "Renamed",
      project: { key: "PAY" },
      mainbranch: { name: "main" },
    };
    const server = await startServer((_request, count) => (count === 1 ? { json: found } : ABSENT));
    const { repositories } = client(server);
    expect(await repositories.byId(REPOSITORY_UUID)).toEqual({
      id: REPOSITORY_UUID,
      namespace: "acme",
      slug: "renamed",
      name: "Renamed",
      project: "PAY",
      mainBranch: "main",
    });
    expect(server.requests[0]?.path).toBe("/2.0/repositories/%7B%7D/%7Baaaaaaaa-7ccf-44b7-ba6b-8827a14d5324%7D");
    expect(await repositories.byId(REPOSITORY_UUID)).toBeNull();
  });
});

describe("repositories of a workspace", () => {
  it("are filtered by Bitbucket and read page by page", async () => {
    const item = { uuid: REPOSITORY_UUID, full_name: "acme/app", name: "App", mainbranch: null };
    const server: StubServer = await startServer(({ path }) =>
      path.includes("page=2")
        ? { json: { values: [item] } }
        : { json: { values: [item], next: `${server.url}/2.0/repositories/acme?page=2` } },
    );
    const found = await client(server).repositories.list("acme", { query: 'project.key = "PAY"', role: "admin" });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ slug: "app", mainBranch: null, project: null });
    const requestUrl = new URL(server.requests[0]?.path ?? "", server.url);
    expect(Object.fromEntries(requestUrl.searchParams)).toEqual({ pagelen: "100", sort: "slug", q: 'project.key = "PAY"', role: "admin" });
  });
});
