/** Paths and content types: API versions, context path, personal projects, unknown and not implemented paths, cross-site requests. */
import { sendRequest } from "../../send-request";
import { type DatacenterTestService, HOOK, SEED, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const BARE_404 = { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 };

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

it("responds identically under 1.0 and latest", async () => {
  const created = (await server.request("POST", `/rest/api/latest${HOOKS}`, { body: HOOK })).body;
  expect((await server.request("GET", `/rest/api/1.0${HOOKS}/1`)).body).toEqual(created);
  expect((await server.request("GET", "/rest/api/2.0/projects")).status).toBe(404);
});

it.each(["/projects/PLAT", "/projects/plat", "/projects/Plat"])("accepts the key of %s in any case", async (project) => {
  const { body } = await server.request("GET", `${project}/repos/INFRA`);
  expect([body.slug, body.project.key]).toEqual(["infra", "PLAT"]);
});

it.each(["/projects/~ada/repos/dotfiles", "/projects/%7Eada/repos/dotfiles", "/projects/~ADA/repos/dotfiles", "/users/ada/repos/dotfiles"])(
  "finds the personal repository %s, with its webhooks",
  async (path) => {
    const { body } = await server.request("GET", path);
    expect(body).toMatchObject({ slug: "dotfiles", project: { key: "~ada", type: "PERSONAL", owner: { slug: "ada" } } });
    const { id } = (await server.request("POST", `${path}/webhooks`, { body: HOOK })).body;
    expect((await server.request("GET", `/projects/~ada/repos/dotfiles/webhooks/${id}`)).body.name).toBe("One");
    expect((await server.request("DELETE", `${path}/webhooks/${id}`)).status).toBe(204);
  },
);

it("returns the keys of personal projects in upper case if the switch says so", async () => {
  await server.control("switches", { "personal-keys": "upper-case" });
  expect((await server.request("GET", "/users/ada/repos/dotfiles")).body.project.key).toBe("~ADA");
});

describe("below a context path", () => {
  let service: DatacenterTestService;
  beforeEach(async () => {
    service = await startDatacenter({ seed: { ...SEED, contextPath: "/tools/bitbucket" } });
  });
  afterEach(() => service.stop());

  it("responds only there, and has the context path in all links", async () => {
    const { body } = await service.request("GET", "/projects/PLAT/repos/infra");
    expect(body.links.self[0].href).toBe(`${service.origin}/tools/bitbucket/projects/PLAT/repos/infra/browse`);
    expect((await service.request("GET", "/plugins/servlet/applinks/whoami")).text).toBe("ada");
    const outside = await sendRequest(`${service.origin}/rest/api/1.0/projects/PLAT`, "GET");
    expect([outside.status, outside.headers.get("content-type")]).toEqual([404, "text/html;charset=UTF-8"]);
  });

  it("has its control path at the root, and cannot change its context path", async () => {
    await expect(service.control("seed", SEED)).rejects.toThrow('The context path is "/tools/bitbucket" and cannot change');
    expect((await service.request("GET", "/projects/PLAT")).status).toBe(200);
    await service.control("seed", { projects: [], contextPath: "/tools/bitbucket" });
    expect((await service.request("GET", "/projects/PLAT", { as: null })).status).toBe(404);
  });
});

describe("an unknown path", () => {
  it("responds with an error object below /rest, in XML to clients that do not accept JSON", async () => {
    expect((await server.request("GET", "/no/such/address")).body).toEqual(BARE_404);
    const inXml = await server.request("GET", "/no/such/address", { headers: { accept: "application/xml" } });
    expect([inXml.status, inXml.headers.get("content-type")]).toEqual([404, "application/xml;charset=UTF-8"]);
    expect(inXml.text).toContain("<message>HTTP 404 Not Found</message>");
  });

  it("responds with a web page outside /rest", async () => {
    const response = await sendRequest(`${server.origin}/projects/PLAT`, "GET");
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/html;charset=UTF-8"]);
  });

  it.each([
    ["PATCH", HOOKS],
    ["DELETE", HOOKS],
    ["PUT", "/projects"],
    ["POST", `${HOOKS}/1`],
  ])("responds with 405 to %s %s", async (method, path) => {
    const response = await server.request(method, path);
    expect([response.status, response.body["status-code"]]).toEqual([405, 405]);
  });

  it.each([
    ["POST", "/projects/PLAT/repos/infra/pull-requests", "pull-request-routes.ts"],
    ["POST", "/projects/PLAT/repos/infra/pull-requests/1/merge", "pull-request-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/commits/abc", "branch-routes.ts"],
    ["GET", "/rest/insights/latest/projects/PLAT/repos/infra/commits/abc/annotations", "report-routes.ts"],
    ["POST", "/rest/build-status/latest/commits/abc", "build-status-routes.ts"],
    ["GET", "/admin/rate-limit/settings", "server-routes.ts"],
    ["GET", "/rest/api/latest/users", "server-routes.ts"],
    ["GET", "/users/ada/repos/dotfiles/commits", "branch-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/compare/changes", "branch-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/archive?format=tgz", "branch-routes.ts"],
  ])("that is documented, %s %s, responds with 501 and names %s", async (method, path, file) => {
    const response = await server.request(method, path);
    expect(response.status).toBe(501);
    expect(response.body.errors[0].message).toContain(`sandbox/services/bitbucket-datacenter/${file}`);
    const [logged] = (await server.control("requests")).slice(-1);
    expect(logged.marks).toEqual(["notEmulated"]);
  });

  it("that is documented as a page, the raw file, also responds with 501", async () => {
    const response = await sendRequest(`${server.origin}/projects/PLAT/repos/infra/raw/.spacelift/config.yml`, "GET");
    expect([response.status, response.body.errors[0].message]).toEqual([501, expect.stringContaining("branch-routes.ts")]);
  });
});

describe("content types", () => {
  it.each([
    [undefined, 200],
    ["application/json", 200],
    ["*/*", 200],
    ["application/*;q=0.5", 200],
    ["text/html, application/json;q=0.9", 200],
    ["text/html", 406],
    ["application/xml", 406],
  ])("respond to Accept %j with %i", async (accept, status) => {
    const response = await server.request("GET", HOOKS, accept === undefined ? {} : { headers: { accept } });
    expect(response.status).toBe(status);
    if (status === 406) expect(response.text).toBe("");
  });

  it.each([
    ["application/json", 201],
    ["application/json; charset=utf-8", 201],
    ["application/xml", 415],
    ["application/vnd.api+json", 415],
  ])("respond to a body of %s with %i", async (type, status) => {
    const response = await server.request("POST", HOOKS, { body: HOOK, headers: { "content-type": type } });
    expect(response.status).toBe(status);
    if (status === 415) expect(response.body["status-code"]).toBe(415);
  });
});

describe("a cross-site request", () => {
  const browser = { "user-agent": "Mozilla/5.0" };
  it.each<[string, Record<string, string>, number]>([
    ["from a browser", browser, 403],
    ["from a browser, with a header that the page cannot set", { ...browser, "x-atlassian-token": "no-check" }, 201],
    ["with the type of a form", { "content-type": "text/plain" }, 403],
    ["with the type of a form and the header", { "content-type": "text/plain", "x-atlassian-token": "no-check" }, 415],
    ["from a program", { "user-agent": "Go-http-client/1.1" }, 201],
  ])("%s, %j, gets %i", async (_, headers, status) => {
    const response = await server.request("POST", HOOKS, { body: HOOK, headers });
    expect(response.status).toBe(status);
    if (status === 403) expect(response.text).toBe("XSRF check failed");
  });

  it("is only rejected if it changes something", async () => {
    expect((await server.request("GET", HOOKS, { headers: browser })).status).toBe(200);
  });
});
