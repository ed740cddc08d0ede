/** Repositories of Bitbucket Data Center, and the version of the server. */
import { setTimeout as sleep } from "node:timers/promises";
import { rejectionOf, startServer, stopServers, type StubServer, type StubResponse } from "../../http/stub-server";
import {
  requestLines,
  client,
  NO_PROJECT,
  NO_REPOSITORY,
  NO_ROUTE,
  NOT_PERMITTED,
  page,
  PAGE,
  problemOf,
  repository,
  REPOSITORY,
  errorResponse,
  script,
} from "./fixture";

afterEach(stopServers);

const API = "/bitbucket/rest/api/1.0";
const LIST_OF_PROJECT = `GET ${API}/projects/PAY/repos`;
const LIST_OF_SERVER = `GET ${API}/repos`;
const GET_REPOSITORY = `GET ${REPOSITORY}`;

const project = { key: "PAY", id: 3, name: "Payments", type: "NORMAL" };
const app = { slug: "app", id: 17, name: "App", archived: false, project, links: {} };
const found = { id: "17", namespace: "PAY", slug: "app", name: "App", project: "PAY", mainBranch: null };

describe("by name", () => {
  it("reads a recorded repository", async () => {
    const server = await startServer(script({ [GET_REPOSITORY]: { json: app } }));
    expect(await client(server).repositories.byName(repository)).toEqual(found);
  });

  it("reads the main branch if the release includes it, and does not require a name", async () => {
    const { name: _, ...nameless } = { ...app, defaultBranch: "trunk" };
    const server = await startServer(script({ [GET_REPOSITORY]: { json: nameless } }));
    expect(await client(server).repositories.byName(repository)).toMatchObject({ name: "app", mainBranch: "trunk" });
  });

  it.each<[string, StubResponse]>([
    ["the repository is missing", NO_REPOSITORY],
    ["the project is missing", NO_PROJECT],
    ["an unspecified object is missing", errorResponse(404, null)],
  ])("is null if %s", async (_name, response) => {
    const server = await startServer(() => response);
    expect(await client(server).repositories.byName(repository)).toBeNull();
  });

  it.each<[string, StubResponse, string]>([
    ["an address that does not exist", NO_ROUTE, "remote-response-invalid"],
    ["an HTML page", PAGE, "remote-response-invalid"],
    ["missing permissions", NOT_PERMITTED, "remote-permission-denied"],
    ["an unexpected body", { json: {} }, "remote-response-invalid"],
  ])("is an error with %s", async (_name, response, code) => {
    const server = await startServer(() => response);
    expect((await problemOf(client(server).repositories.byName(repository))).diagnostic.code).toBe(code);
  });
});

describe("by id", () => {
  it("follows a redirect from the last name", async () => {
    const server = await startServer(({ path }) =>
      path === REPOSITORY
        ? { status: 307, headers: { location: path.replace("/app", "/renamed") } }
        : { json: { ...app, slug: "renamed", name: "Renamed" } },
    );
    expect(await client(server).repositories.byId("17", repository)).toMatchObject({ slug: "renamed" });
    expect(requestLines(server)).toEqual(["GET /projects/PAY/repos/app", "GET /projects/PAY/repos/renamed"]);
  });

  it.each<[string, StubResponse]>([
    ["no repository has the last name", NO_REPOSITORY],
    ["another repository has it now", { json: { ...app, id: 99 } }],
  ])("searches the project, including archived repositories, if %s", async (_name, response) => {
    const server = await startServer(
      script({ [GET_REPOSITORY]: response, [LIST_OF_PROJECT]: page({ ...app, id: 99 }, { ...app, slug: "renamed", archived: true }) }),
    );
    expect(await client(server).repositories.byId("17", repository)).toMatchObject({ id: "17", slug: "renamed" });
  });

  it.each<[string, StubResponse]>([
    ["it is no longer in the project", page({ ...app, id: 99 })],
    ["the project is gone", NO_PROJECT],
  ])("is null if %s", async (_name, response) => {
    const server = await startServer(script({ [GET_REPOSITORY]: NO_REPOSITORY, [LIST_OF_PROJECT]: response }));
    expect(await client(server).repositories.byId("17", repository)).toBeNull();
  });

  it("is an error if the project cannot be listed", async () => {
    const server = await startServer(script({ [GET_REPOSITORY]: NO_REPOSITORY, [LIST_OF_PROJECT]: NOT_PERMITTED }));
    expect((await problemOf(client(server).repositories.byId("17", repository))).diagnostic.code).toBe("remote-permission-denied");
  });
});

describe("of a project", () => {
  const many = page(
    { ...app, id: 3, slug: "web", name: "Web shop" },
    app,
    { ...app, id: 2, slug: "old", name: "Old app", archived: true },
    { ...app, id: 4, slug: "billing", name: "Billing App" },
  );
  const slugs = (repositories: readonly { readonly slug: string }[]): readonly string[] => repositories.map(({ slug }) => slug);

  it.each<[string, string | undefined, readonly string[]]>([
    ["all of them by slug, without archived ones", undefined, ["app", "billing", "web"]],
    ["a part of the name in any case", " aPP ", ["app", "billing"]],
    ["a name that no repository has", "nothing", []],
    ["an empty text, which is not a filter", "", ["app", "billing", "web"]],
  ])("%s", async (_name, query, expected) => {
    const server = await startServer(script({ [LIST_OF_PROJECT]: many }));
    expect(slugs(await client(server).repositories.list("PAY", query === undefined ? {} : { query }))).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it("by permission, which the server checks", async () => {
    const server = await startServer(script({ [LIST_OF_SERVER]: many }));
    expect(slugs(await client(server).repositories.list("pay", { role: "REPO_ADMIN", query: "shop" }))).toEqual(["web"]);
    expect(Object.fromEntries(new URL(server.requests[0]?.path ?? "", server.url).searchParams)).toEqual({
      projectkey: "pay",
      permission: "REPO_ADMIN",
      limit: "1000",
    });
    expect(server.requests).toHaveLength(1);
  });

  it("omits other projects, which releases without the filter return", async () => {
    const server = await startServer(script({ [LIST_OF_SERVER]: page(app, { ...app, id: 5, slug: "else", project: { key: "OPS" } }) }));
    expect(slugs(await client(server).repositories.list("PAY", { role: "REPO_READ" }))).toEqual(["app"]);
  });

  it("does not treat an unknown project as empty if a release returns other projects", async () => {
    const other = { ...app, id: 18, project: { ...project, key: "OTHER" } };
    const server = await startServer(script({ [LIST_OF_SERVER]: page(other), [LIST_OF_PROJECT]: NO_PROJECT }));
    const failure = await problemOf(client(server).repositories.list("PAY", { role: "REPO_ADMIN" }));
    expect(failure.diagnostic.code).toBe("repository-not-found");
  });

  it("distinguishes a project without repositories from one that does not exist", async () => {
    const server: StubServer = await startServer(script({ [LIST_OF_SERVER]: page(), [LIST_OF_PROJECT]: [many, NO_PROJECT] }));
    const { repositories } = client(server);
    expect(await repositories.list("PAY", { role: "REPO_WRITE" })).toEqual([]);
    const failure = await problemOf(repositories.list("PAY", { role: "REPO_WRITE" }));
    expect(failure.diagnostic.code).toBe("repository-not-found");
    expect(failure.diagnostic.fix).toContain("key of the project");
  });
});

describe("the version of the server", () => {
  it("is requested once for all callers", async () => {
    const server = await startServer(() => ({ json: { version: "8.19.3", buildNumber: "8019003", displayName: "Bitbucket" } }));
    const bitbucket = client(server);
    expect(await Promise.all([bitbucket.serverVersion(), bitbucket.serverVersion()])).toEqual(["8.19.3", "8.19.3"]);
    expect(await bitbucket.serverVersion()).toBe("8.19.3");
    expect(requestLines(server)).toEqual(["GET /application-properties"]);
  });

  it.each<[string, StubResponse]>([
    ["does not include it", { json: {} }],
    ["has no such address", NO_ROUTE],
    ["does not permit the request", NOT_PERMITTED],
    ["responds with a page", { text: "<html>", headers: { "content-type": "text/html" } }],
  ])("is null if the server %s", async (_name, response) => {
    const server = await startServer(() => response);
    expect(await client(server).serverVersion()).toBeNull();
  });

  it("is an error and not null if the engine asks to stop", async () => {
    const stop = new AbortController();
    const server = await startServer(() => ({ behavior: "silence" }));
    const rejection = rejectionOf(client(server, undefined, { signal: stop.signal }).serverVersion());
    while (server.requests.length === 0) await sleep(1);
    stop.abort();
    expect(await rejection).toMatchObject({ kind: "canceled" });
  });
});
