/** Webhooks of Bitbucket Cloud: what is sent, how many requests it takes, and what an error response means. */
import type { CloudCredentials } from "../../../bitbucket/cloud/client";
import type { RepositoryRef } from "../../../bitbucket/repository-webhooks";
import { rejectionOf, startServer, stopServers, type StubServer, type StubResponse } from "../../http/stub-server";
import { UUID, REPOSITORY_UUID, HOOKS, HOOK, repository, input, hook, ABSENT, client, problemOf } from "./fixture";

afterEach(stopServers);

describe("list", () => {
  it("reads a recorded webhook, and separates fields that it does not manage", async () => {
    const server = await startServer(() => ({ json: { values: [hook] } }));
    expect(await client(server).webhooks.list(repository)).toEqual([
      {
        id: UUID,
        url: "https://hooks.example/payments",
        title: "Spacelift (payments)",
        active: true,
        events: ["pullrequest:created", "repo:push"],
        verifiesCertificate: true,
        secret: { is: "set", fingerprint: null },
        scope: "repository",
        repositoryId: REPOSITORY_UUID,
        repositoryName: "acme/app",
        passthrough: { history_enabled: true },
      },
    ]);
    expect(server.requests[0]?.path).toBe(`${HOOKS}?pagelen=100`);
  });

  it("reports an unknown secret if the server does not disclose whether one is set", async () => {
    const { secret_set: _, subject: __, ...old } = hook;
    const server = await startServer(() => ({ json: { values: [old] } }));
    expect(await client(server).webhooks.list(repository)).toMatchObject([
      { secret: { is: "unknown" }, repositoryId: null, repositoryName: null },
    ]);
  });

  it("follows pages", async () => {
    const server: StubServer = await startServer(({ path }) =>
      path.includes("page=2")
        ? { json: { values: [{ ...hook, url: "https://two.example" }] } }
        : { json: { values: [hook], next: `${server.url}${HOOKS}?pagelen=100&page=2` } },
    );
    expect((await client(server).webhooks.list(repository)).map(({ url }) => url)).toEqual([hook.url, "https://two.example"]);
  });

  it("refuses a next page at another address, so that the credential does not go there", async () => {
    const other = await startServer(() => ({ json: { values: [] } }));
    const server = await startServer(() => ({ json: { values: [hook], next: `${other.url}${HOOKS}?page=2` } }));
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe("remote-response-invalid");
    expect(failure.diagnostic.why).toContain(other.url);
    expect(other.requests).toHaveLength(0);
  });

  it("takes one request per repository for all callers, regardless of the case of the name", async () => {
    const server = await startServer(() => ({ json: { values: [hook] } }));
    const { webhooks } = client(server);
    await Promise.all([webhooks.list(repository), webhooks.list({ namespace: "Acme", repository: "APP" })]);
    await webhooks.list(repository);
    expect(server.requests).toHaveLength(1);
    await webhooks.list(repository, { fresh: true });
    expect(server.requests).toHaveLength(2);
  });

  it("is requested again after every change, even a failed one", async () => {
    const server = await startServer(({ method }) =>
      method === "GET" ? { json: { values: [hook] } } : method === "POST" ? { status: 400, json: {} } : { json: hook },
    );
    const { webhooks } = client(server);
    await webhooks.list(repository);
    await webhooks.replace(repository, UUID, input, "s3cret-value");
    await webhooks.list(repository);
    await rejectionOf(webhooks.create(repository, input, "s3cret-value"));
    await webhooks.list(repository);
    expect(server.requests.filter(({ method }) => method === "GET")).toHaveLength(3);
  });

  it.each<[string, Partial<RepositoryRef>, Partial<RepositoryRef>, number]>([
    ["by its UUID and then by its name", { id: REPOSITORY_UUID }, {}, 1],
    ["by its name and then by its UUID", {}, { id: REPOSITORY_UUID }, 1],
    [
      "by its UUID and an old name, and then by that name, which another repository may have",
      { id: REPOSITORY_UUID, repository: "old" },
      { repository: "old" },
      2,
    ],
    ["by a name, and then by the UUID of another repository with that name", {}, { id: UUID }, 2],
  ])("of a repository that is addressed %s", async (_case, first, second, requests) => {
    const server = await startServer(() => ({ json: { values: [hook] } }));
    const { webhooks } = client(server);
    await Promise.all([webhooks.list({ ...repository, ...first }), webhooks.list({ ...repository, ...second })]);
    expect(server.requests).toHaveLength(requests);
    expect([webhooks.isListed({ ...repository, ...first }), webhooks.isListed({ ...repository, repository: "unlisted" })]).toEqual([
      true,
      false,
    ]);
  });

  it("that was requested by the UUID does not survive a change by another name", async () => {
    const server = await startServer(({ method }) => (method === "GET" ? { json: { values: [hook] } } : { json: hook }));
    const { webhooks } = client(server);
    await webhooks.list({ ...repository, id: REPOSITORY_UUID });
    await webhooks.replace({ ...repository, repository: "old" }, UUID, input, "s3cret-value");
    expect(webhooks.isListed({ ...repository, id: REPOSITORY_UUID })).toBe(false);
  });

  it("is not cached during a change", async () => {
    let release: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const server = await startServer(async ({ method }) => {
      if (method === "GET") return { json: { values: [] } };
      await blocked;
      return { status: 201, json: hook };
    });
    const { webhooks } = client(server);
    const creation = webhooks.create(repository, input, "s3cret-value");
    await webhooks.list(repository);
    release();
    await creation;
    await webhooks.list(repository);
    expect(server.requests.filter(({ method }) => method === "GET")).toHaveLength(2);
  });

  it("addresses a repository by its UUID if it is known", async () => {
    const server = await startServer(() => ({ json: { values: [] } }));
    await client(server).webhooks.list({ ...repository, id: REPOSITORY_UUID });
    expect(server.requests[0]?.path).toBe("/2.0/repositories/%7B%7D/%7Baaaaaaaa-7ccf-44b7-ba6b-8827a14d5324%7D/hooks?pagelen=100");
  });

  it.each(["", ".", ".."])('refuses "%s" as a part of an address', async (name) => {
    const server = await startServer(() => ({ json: { values: [] } }));
    expect((await problemOf(client(server).webhooks.list({ namespace: "acme", repository: name }))).diagnostic.code).toBe(
      "value-not-allowed",
    );
    expect(server.requests).toHaveLength(0);
  });

  it("treats a webhook without URL as an unusable response", async () => {
    const server = await startServer(() => ({ json: { values: [{ uuid: UUID }] } }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-response-invalid");
  });
});

describe("the webhooks of a workspace", () => {
  it("are requested once for all callers", async () => {
    const server = await startServer(() => ({ json: { values: [{ ...hook, subject: { type: "workspace" } }] } }));
    const { webhooks } = client(server);
    const [list] = await Promise.all([webhooks.ofWorkspace("acme"), webhooks.ofWorkspace("ACME")]);
    expect(list).toMatchObject([{ id: UUID, scope: "workspace", active: true }]);
    expect(server.requests.map(({ path }) => path)).toEqual(["/2.0/workspaces/acme/hooks?pagelen=100"]);
  });

  it.each([401, 403, 404])("are null after status %s, which is not requested again", async (status) => {
    const server = await startServer(() => ({ status, json: ABSENT.json }));
    const { webhooks } = client(server);
    expect([await webhooks.ofWorkspace("acme"), await webhooks.ofWorkspace("acme")]).toEqual([null, null]);
    expect(server.requests).toHaveLength(1);
  });

  it("are an error after every other error response", async () => {
    const server = await startServer(() => ({ status: 400, json: {} }));
    expect((await problemOf(client(server).webhooks.ofWorkspace("acme"))).diagnostic.code).toBe("remote-request-rejected");
  });
});

describe("authentication", () => {
  it.each<[string, CloudCredentials, string]>([
    ["an access token", { accessToken: "tok" }, "Bearer tok"],
    ["email and API token", { email: "ci@example.com", apiToken: "tök" }, `Basic ${Buffer.from("ci@example.com:tök").toString("base64")}`],
    ["username and password", { username: "ci", password: "p:w" }, `Basic ${Buffer.from("ci:p:w").toString("base64")}`],
  ])("with %s", async (_name, credentials, header) => {
    const server = await startServer(() => ({ json: { values: [] } }));
    await client(server, credentials).webhooks.list(repository);
    expect(server.requests[0]?.headers["authorization"]).toBe(header);
  });
});

describe("create and replace", () => {
  it("create sends all fields including the secret", async () => {
    const server = await startServer(() => ({ status: 201, json: hook }));
    expect((await client(server).webhooks.create(repository, input, "s3cret-value")).id).toBe(UUID);
    expect(server.requests[0]).toMatchObject({ method: "POST", path: HOOKS });
    expect(server.requests[0]?.body).toEqual({
      url: input.url,
      description: input.title,
      active: true,
      events: input.events,
      skip_cert_verification: false,
      secret: "s3cret-value",
    });
  });

  it("replace sends all fields, including passthrough fields and the secret", async () => {
    const server = await startServer(() => ({ json: hook }));
    const changed = { ...input, active: false, verifyCertificate: false };
    await client(server).webhooks.replace(repository, UUID, changed, "new-secret", { history_enabled: true });
    expect(server.requests[0]).toMatchObject({ method: "PUT", path: HOOK });
    expect(server.requests[0]?.body).toEqual({
      history_enabled: true,
      url: input.url,
      description: input.title,
      active: false,
      events: input.events,
      skip_cert_verification: true,
      secret: "new-secret",
    });
  });

  it.each<[string, StubResponse]>([
    ["a reset", { behavior: "reset" }],
    ["502", { status: 502 }],
    ["an HTML page", { text: "<html>", headers: { "content-type": "text/html" } }],
    ["a page without the webhook", { json: {} }],
  ])("create is sent once, and its execution is unknown, after %s", async (_name, response) => {
    const server = await startServer(() => response);
    const failure = await problemOf(client(server).webhooks.create(repository, input, "s3cret-value"));
    expect(failure.execution).toBe("unknown");
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, StubResponse, string, string]>([
    ["the webhook", { json: { values: [] } }, "webhook-not-found", UUID],
    ["the repository", ABSENT, "repository-not-found", "does not distinguish"],
    ["neither, because the lookup is forbidden", { status: 403, json: {} }, "remote-permission-denied", "administrator"],
  ])("replace determines what is missing: %s", async (_name, list, code, words) => {
    const server = await startServer(({ method }) => (method === "PUT" ? ABSENT : list));
    const failure = await problemOf(client(server).webhooks.replace(repository, UUID, input, "s3cret-value"));
    expect(failure.diagnostic.code).toBe(code);
    expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
  });
});

describe("remove", () => {
  it.each<[string, StubResponse, StubResponse, string]>([
    ["the webhook existed", { status: 204 }, {}, "removed"],
    ["only the webhook is missing", ABSENT, { json: { values: [] } }, "absent"],
    ["the repository is missing", ABSENT, ABSENT, "repository-absent"],
    [
      "the workspace was closed",
      { status: 410, json: { type: "error", error: { message: "gone" } } },
      { status: 410, json: { type: "error", error: { message: "gone" } } },
      "repository-absent",
    ],
  ])("%s: %s", async (_name, deletion, list, result) => {
    const server = await startServer(({ method }) => (method === "DELETE" ? deletion : list));
    expect(await client(server).webhooks.remove(repository, UUID)).toBe(result);
    expect(server.requests[0]).toMatchObject({ method: "DELETE", path: HOOK });
  });

  it.each<[string, StubResponse, string]>([
    ["401", { status: 401 }, "remote-unauthenticated"],
    ["403", { status: 403, json: {} }, "remote-permission-denied"],
    ["a proxy's 404", { status: 404, text: "<html>404 page not found</html>" }, "remote-response-invalid"],
    ["a login page instead of 204", { text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }, "remote-response-invalid"],
    ["a plain 404", { status: 404, text: "404 page not found" }, "remote-response-invalid"],
    [
      "an operation that was removed from the API",
      {
        status: 410,
        json: {
          type: "error",
          error: { message: "CHANGE-2770", detail: "Please read.", data: { announcement_url: "https://changes.example/2770" } },
        },
      },
      "remote-request-rejected",
    ],
  ])("fails with %s", async (_name, response, code) => {
    const server = await startServer(() => response);
    const failure = await problemOf(client(server).webhooks.remove(repository, UUID));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).not.toBe("gone");
  });
});
