/** Lists of webhooks of Bitbucket Data Center: parsing, pages, webhooks of the project, and how many requests it takes. */
import { fingerprint } from "../../../../domain";
import { rejectionOf, startServer, stopServers, type StubResponse } from "../../http/stub-server";
import {
  requestLines,
  client,
  hook,
  HOOKS,
  input,
  NO_REPOSITORY,
  NO_PROJECT,
  NO_ROUTE,
  NO_WEBHOOK,
  NOT_PERMITTED,
  oldHook,
  page,
  PAGE,
  problemOf,
  repository,
  errorResponse,
  script,
  SECRET,
  SEARCH,
  LIST,
  PUT,
  DELETE,
  POST,
} from "./fixture";

afterEach(stopServers);

describe("list", () => {
  it("reads a recorded webhook, the secret only as a fingerprint, and separates unmanaged fields", async () => {
    const server = await startServer(script({ [SEARCH]: page(hook) }));
    expect(await client(server).webhooks.list(repository)).toEqual([
      {
        id: "42",
        url: "https://hooks.example/payments",
        title: "Spacelift (payments)",
        active: true,
        events: ["pr:opened", "repo:refs_changed"],
        verifiesCertificate: true,
        secret: { is: "set", fingerprint: fingerprint(SECRET) },
        scope: "repository",
        repositoryId: null,
        repositoryName: null,
        passthrough: { color: "blue", configuration: { createdBy: "bitbucket" }, credentials: { username: "receiver" } },
      },
    ]);
    expect(server.requests[0]?.path).toBe(`${HOOKS}/search?limit=1000`);
    expect(server.requests[0]?.headers).toMatchObject({ accept: "application/json" });
  });

  it("reads the shorter form of releases before 8 without inventing values", async () => {
    const server = await startServer(script({ [SEARCH]: NO_ROUTE, [LIST]: page(oldHook) }));
    expect(await client(server).webhooks.list(repository)).toMatchObject([
      {
        id: "42",
        verifiesCertificate: null,
        scope: "repository",
        secret: { is: "set", fingerprint: fingerprint(SECRET) },
        passthrough: { configuration: { createdBy: "bitbucket" } },
      },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ["no configuration", { configuration: undefined }, { secret: { is: "unknown" } }],
    ["an empty configuration", { configuration: {} }, { secret: { is: "unset" } }],
    ["an empty secret", { configuration: { secret: "" } }, { secret: { is: "unset" } }],
    ["asterisks instead of the secret", { configuration: { secret: "********" } }, { secret: { is: "set", fingerprint: null } }],
    ["dates as text", { createdDate: "2026-01-01T00:00:00.000Z", updatedDate: null }, { id: "42" }],
    ["statistics", { statistics: { counts: {} } }, { passthrough: { color: "blue" } }],
    ["an id in quotes", { id: "42" }, { id: "42" }],
    ["the scope in capital letters", { scopeType: "PROJECT" }, { scope: "project" }],
    ["an unexpected password", { credentials: { username: "ci", password: "p" } }, { passthrough: { credentials: { username: "ci" } } }],
    ["a receiver without certificate verification", { sslVerificationRequired: false }, { verifiesCertificate: false }],
    ["an inactive webhook", { active: false }, { active: false }],
    ["no events", { events: null }, { events: [] }],
  ])("accepts %s", async (_name, changes, expected) => {
    const server = await startServer(script({ [SEARCH]: page({ ...hook, ...(changes as object) }) }));
    const [found] = await client(server).webhooks.list(repository);
    expect(found).toMatchObject(expected as object);
    for (const field of ["id", "createdDate", "updatedDate", "statistics", "scopeType", "secret"])
      expect(found?.passthrough).not.toHaveProperty(field);
  });

  it("marks webhooks of the project, and takes one request", async () => {
    const server = await startServer(script({ [SEARCH]: page(hook, { ...hook, id: 7, scopeType: "project" }) }));
    const { webhooks } = client(server);
    expect(webhooks.projectWebhooks(repository)).toBeUndefined();
    expect((await webhooks.list(repository)).map(({ id, scope }) => `${scope} ${id}`)).toEqual(["repository 42", "project 7"]);
    expect(webhooks.projectWebhooks(repository)).toBe("seen");
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, StubResponse]>([
    ["reports an unknown address", NO_ROUTE],
    ["responds with a page", PAGE],
    ['interprets "search" as the id of a webhook', NO_WEBHOOK],
    ['cannot parse "search" as a number', errorResponse(400, "java.lang.NumberFormatException")],
    ["does not allow the method", { status: 405, json: { message: "HTTP 405 Method Not Allowed", "status-code": 405 } }],
    ["requires more permissions for it", NOT_PERMITTED],
    ["does not specify what is missing", errorResponse(404, null)],
  ])("omits the project's webhooks if the server %s, and requests them only once", async (_name, response) => {
    const server = await startServer(script({ [SEARCH]: response, [LIST]: page(oldHook) }));
    const { webhooks } = client(server);
    expect(await webhooks.list(repository)).toMatchObject([{ id: "42" }]);
    expect(webhooks.projectWebhooks(repository)).toBe("unseen");
    await webhooks.list(repository, { fresh: true });
    expect(requestLines(server).filter((line) => line.endsWith("/search"))).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  it("requests the webhooks of another project if those of one are hidden", async () => {
    const open = SEARCH.replace("/PAY/", "/OTHER/");
    const server = await startServer(script({ [SEARCH]: NOT_PERMITTED, [LIST]: page(hook), [open]: page(hook) }));
    const { webhooks } = client(server);
    await webhooks.list(repository);
    const elsewhere = { namespace: "OTHER", repository: repository.repository };
    await webhooks.list(elsewhere);
    expect([webhooks.projectWebhooks(repository), webhooks.projectWebhooks(elsewhere)]).toEqual(["unseen", "seen"]);
    await webhooks.list(repository, { fresh: true });
    expect(requestLines(server).filter((line) => line.endsWith("/search"))).toHaveLength(2);
  });

  it.each<[string, StubResponse, number]>([
    ["the repository is missing", NO_REPOSITORY, 1],
    ["the project is missing", NO_PROJECT, 1],
    ["the credential lacks permission", NOT_PERMITTED, 2],
  ])("draws no conclusion about the server if %s", async (_name, response, requests) => {
    const server = await startServer(script({ [SEARCH]: [response, page(hook)], [LIST]: response }));
    const { webhooks } = client(server);
    await rejectionOf(webhooks.list(repository));
    expect(server.requests).toHaveLength(requests);
    expect(webhooks.projectWebhooks(repository)).toBeUndefined();
    await webhooks.list(repository);
    expect(webhooks.projectWebhooks(repository)).toBe("seen");
  });

  it("follows pages by nextPageStart, even with gaps", async () => {
    const starts: (string | null)[] = [];
    const server = await startServer(({ path }) => {
      const start = new URL(path, "http://x").searchParams.get("start");
      starts.push(start);
      if (start === "107") return page({ ...hook, id: 3 });
      const values = [{ ...hook, id: start === null ? 1 : 2 }];
      return { json: { values, size: 1, limit: 1, isLastPage: false, nextPageStart: start === null ? 40 : 107 } };
    });
    expect((await client(server).webhooks.list(repository)).map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(starts).toEqual([null, "40", "107"]);
  });

  it.each<[string, unknown]>([
    ["that never end", { values: [hook], isLastPage: false, nextPageStart: 0 }],
    ["without the start of the next one", { values: [hook], isLastPage: false }],
    ["without values", { isLastPage: true }],
    ["with an item that is not a webhook", { values: [{ id: 42 }], isLastPage: true }],
    ["with a webhook without an id", { values: [{ ...hook, id: {} }], isLastPage: true }],
  ])("reports pages %s", async (_name, json) => {
    const server = await startServer(() => ({ json }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-response-invalid");
    expect(server.requests).toHaveLength(1);
  });

  it("returns the new name of a repository whose old name redirects", async () => {
    const server = await startServer(({ path }) =>
      path.startsWith(HOOKS) ? { status: 307, headers: { location: path.replace("PAY/repos/app", "~jdoe/repos/new.app") } } : page(hook),
    );
    expect(await client(server).webhooks.list(repository)).toMatchObject([{ repositoryName: "~jdoe/new.app" }]);
  });

  it("takes one request per repository for all callers, regardless of the case of the name", async () => {
    const server = await startServer(() => page(hook));
    const { webhooks } = client(server);
    await Promise.all([webhooks.list(repository), webhooks.list({ namespace: "pay", repository: "APP", id: "7" })]);
    await webhooks.list(repository);
    expect(server.requests).toHaveLength(1);
    await webhooks.list(repository, { fresh: true });
    expect(server.requests).toHaveLength(2);
  });

  it("is requested again after every change, even a failed one", async () => {
    const server = await startServer(
      script({ [SEARCH]: page(hook), [PUT]: { json: hook }, [POST]: errorResponse(400, null), [DELETE]: { status: 204 } }),
    );
    const { webhooks } = client(server);
    const changes = [
      () => webhooks.replace(repository, "42", input, SECRET),
      () => rejectionOf(webhooks.create(repository, input, SECRET)),
      () => webhooks.remove(repository, "42"),
    ];
    for (const change of changes) {
      await webhooks.list(repository);
      await change();
    }
    await webhooks.list(repository);
    expect(requestLines(server).filter((line) => line.endsWith("/search"))).toHaveLength(4);
  });

  it.each([
    ["a personal project", "~jdoe", "app", "/projects/~jdoe/repos/app/webhooks/search"],
    ["names with special characters", "P Y", "a/b%c", "/projects/P%20Y/repos/a%2Fb%25c/webhooks/search"],
  ])("encodes the address of %s", async (_name, namespace, slug, path) => {
    const server = await startServer(() => page());
    await client(server).webhooks.list({ namespace, repository: slug });
    expect(requestLines(server)).toEqual([`GET ${path}`]);
  });

  it.each(["", ".", ".."])('refuses "%s" as a part of an address', async (name) => {
    const server = await startServer(() => page());
    expect((await problemOf(client(server).webhooks.list({ namespace: "PAY", repository: name }))).diagnostic.code).toBe(
      "value-not-allowed",
    );
    expect(server.requests).toHaveLength(0);
  });
});
