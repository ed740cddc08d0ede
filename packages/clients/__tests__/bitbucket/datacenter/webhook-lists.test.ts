/** Lists of webhooks of Bitbucket Data Center: what is read, in which form, and how much is asked for it. */
import { fingerprint } from "../../../../domain";
import { rejectionOf, startServer, stopServers, type StubResponse } from "../../http/stub-server";
import {
  asked,
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
  said,
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
  it("reads a recorded webhook: the secret as a fingerprint only, foreign fields apart", async () => {
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
        carried: { colour: "blue", configuration: { createdBy: "bitbucket" }, credentials: { username: "receiver" } },
      },
    ]);
    expect(server.requests[0]?.path).toBe(`${HOOKS}/search?limit=1000`);
    expect(server.requests[0]?.headers).toMatchObject({ accept: "application/json" });
  });

  it("reads the form of releases before 8: what it does not tell is not made up", async () => {
    const server = await startServer(script({ [SEARCH]: NO_ROUTE, [LIST]: page(oldHook) }));
    expect(await client(server).webhooks.list(repository)).toMatchObject([
      {
        id: "42",
        verifiesCertificate: null,
        scope: "repository",
        secret: { is: "set", fingerprint: fingerprint(SECRET) },
        carried: { configuration: { createdBy: "bitbucket" } },
      },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ["no configuration", { configuration: undefined }, { secret: { is: "untold" } }],
    ["an empty configuration", { configuration: {} }, { secret: { is: "unset" } }],
    ["an empty secret", { configuration: { secret: "" } }, { secret: { is: "unset" } }],
    ["stars in place of the secret", { configuration: { secret: "********" } }, { secret: { is: "set", fingerprint: null } }],
    ["dates as texts", { createdDate: "2026-01-01T00:00:00.000Z", updatedDate: null }, { id: "42" }],
    ["statistics", { statistics: { counts: {} } }, { carried: { colour: "blue" } }],
    ["a number in quotes as id", { id: "42" }, { id: "42" }],
    ["the scope in capital letters", { scopeType: "PROJECT" }, { scope: "project" }],
    [
      "a password, which nobody expects",
      { credentials: { username: "ci", password: "p" } },
      { carried: { credentials: { username: "ci" } } },
    ],
    ["an unsafe receiver", { sslVerificationRequired: false }, { verifiesCertificate: false }],
    ["a webhook that is switched off", { active: false }, { active: false }],
    ["no events", { events: null }, { events: [] }],
  ])("takes %s", async (_name, odd, expected) => {
    const server = await startServer(script({ [SEARCH]: page({ ...hook, ...(odd as object) }) }));
    const [found] = await client(server).webhooks.list(repository);
    expect(found).toMatchObject(expected as object);
    for (const field of ["id", "createdDate", "updatedDate", "statistics", "scopeType", "secret"])
      expect(found?.carried).not.toHaveProperty(field);
  });

  it("tells webhooks of the project apart, and costs one request", async () => {
    const server = await startServer(script({ [SEARCH]: page(hook, { ...hook, id: 7, scopeType: "project" }) }));
    const { webhooks } = client(server);
    expect(webhooks.inherits(repository)).toBeUndefined();
    expect((await webhooks.list(repository)).map(({ id, scope }) => `${scope} ${id}`)).toEqual(["repository 42", "project 7"]);
    expect(webhooks.inherits(repository)).toBe("seen");
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, StubResponse]>([
    ["says that there is no such address", NO_ROUTE],
    ["says so with a page", PAGE],
    ["takes the word for the id of a webhook", NO_WEBHOOK],
    ["cannot read the word as a number", said(400, "java.lang.NumberFormatException")],
    ["does not allow the method", { status: 405, json: { message: "HTTP 405 Method Not Allowed", "status-code": 405 } }],
    ["wants more rights for it", NOT_PERMITTED],
    ["does not say what is missing", said(404, null)],
  ])("does without the project's webhooks where the server %s, and asks for them once only", async (_name, told) => {
    const server = await startServer(script({ [SEARCH]: told, [LIST]: page(oldHook) }));
    const { webhooks } = client(server);
    expect(await webhooks.list(repository)).toMatchObject([{ id: "42" }]);
    expect(webhooks.inherits(repository)).toBe("unseen");
    await webhooks.list(repository, { fresh: true });
    expect(asked(server).filter((line) => line.endsWith("/search"))).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  it("asks again in another project where one is closed to the credential", async () => {
    const open = SEARCH.replace("/PAY/", "/OTHER/");
    const server = await startServer(script({ [SEARCH]: NOT_PERMITTED, [LIST]: page(hook), [open]: page(hook) }));
    const { webhooks } = client(server);
    await webhooks.list(repository);
    const elsewhere = { namespace: "OTHER", repository: repository.repository };
    await webhooks.list(elsewhere);
    expect([webhooks.inherits(repository), webhooks.inherits(elsewhere)]).toEqual(["unseen", "seen"]);
    await webhooks.list(repository, { fresh: true });
    expect(asked(server).filter((line) => line.endsWith("/search"))).toHaveLength(2);
  });

  it.each<[string, StubResponse, number]>([
    ["the repository is missing", NO_REPOSITORY, 1],
    ["the project is missing", NO_PROJECT, 1],
    ["it is not for this credential", NOT_PERMITTED, 2],
  ])("learns nothing about the server where %s", async (_name, told, requests) => {
    const server = await startServer(script({ [SEARCH]: [told, page(hook)], [LIST]: told }));
    const { webhooks } = client(server);
    await rejectionOf(webhooks.list(repository));
    expect(server.requests).toHaveLength(requests);
    expect(webhooks.inherits(repository)).toBeUndefined();
    await webhooks.list(repository);
    expect(webhooks.inherits(repository)).toBe("seen");
  });

  it("follows pages by nextPageStart, wherever it points", async () => {
    const starts: (string | null)[] = [];
    const server = await startServer(({ path }) => {
      const start = new URL(path, "http://x").searchParams.get("start");
      starts.push(start);
      if (start === "107") return page({ ...hook, id: 3 });
      const values = [{ ...hook, id: start === null ? 1 : 2 }];
      return { json: { values, size: 1, limit: 1, isLastPage: false, nextPageStart: start === null ? 40 : 107 } };
    });
    expect((await client(server).webhooks.list(repository)).map((one) => one.id)).toEqual(["1", "2", "3"]);
    expect(starts).toEqual([null, "40", "107"]);
  });

  it.each<[string, unknown]>([
    ["that never end", { values: [hook], isLastPage: false, nextPageStart: 0 }],
    ["of which the next is nowhere", { values: [hook], isLastPage: false }],
    ["without values", { isLastPage: true }],
    ["with something that is no webhook", { values: [{ id: 42 }], isLastPage: true }],
    ["with a webhook without a number", { values: [{ ...hook, id: {} }], isLastPage: true }],
  ])("refuses pages %s", async (_name, json) => {
    const server = await startServer(() => ({ json }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-response-invalid");
    expect(server.requests).toHaveLength(1);
  });

  it("says the new name of a repository whose old one redirects", async () => {
    const server = await startServer(({ path }) =>
      path.startsWith(HOOKS) ? { status: 307, headers: { location: path.replace("PAY/repos/app", "~jdoe/repos/new.app") } } : page(hook),
    );
    expect(await client(server).webhooks.list(repository)).toMatchObject([{ repositoryName: "~jdoe/new.app" }]);
  });

  it("costs one request per repository, for all who ask, whatever the case of the name", async () => {
    const server = await startServer(() => page(hook));
    const { webhooks } = client(server);
    await Promise.all([webhooks.list(repository), webhooks.list({ namespace: "pay", repository: "APP", id: "7" })]);
    await webhooks.list(repository);
    expect(server.requests).toHaveLength(1);
    await webhooks.list(repository, { fresh: true });
    expect(server.requests).toHaveLength(2);
  });

  it("is forgotten by every change, a failed one too", async () => {
    const server = await startServer(
      script({ [SEARCH]: page(hook), [PUT]: { json: hook }, [POST]: said(400, null), [DELETE]: { status: 204 } }),
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
    expect(asked(server).filter((line) => line.endsWith("/search"))).toHaveLength(4);
  });

  it.each([
    ["a personal project", "~jdoe", "app", "/projects/~jdoe/repos/app/webhooks/search"],
    ["letters that addresses do not have", "P Y", "a/b%c", "/projects/P%20Y/repos/a%2Fb%25c/webhooks/search"],
  ])("has the address of %s", async (_name, namespace, slug, path) => {
    const server = await startServer(() => page());
    await client(server).webhooks.list({ namespace, repository: slug });
    expect(asked(server)).toEqual([`GET ${path}`]);
  });

  it.each(["", ".", ".."])('does not put "%s" into an address', async (name) => {
    const server = await startServer(() => page());
    expect((await problemOf(client(server).webhooks.list({ namespace: "PAY", repository: name }))).diagnostic.code).toBe(
      "value-not-allowed",
    );
    expect(server.requests).toHaveLength(0);
  });
});
