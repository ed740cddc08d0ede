/** Addresses and what goes over them: versions of the API, context path, personal projects, types of bodies and answers, what is not played. */
import { sendRequest } from "../../send-request";
import { type Datacenter, HOOK, SEED, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const BARE_404 = { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 };

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

it("is the same under 1.0 and under latest", async () => {
  const made = (await server.ask("POST", `/rest/api/latest${HOOKS}`, { body: HOOK })).body;
  expect((await server.ask("GET", `/rest/api/1.0${HOOKS}/1`)).body).toEqual(made);
  expect((await server.ask("GET", "/rest/api/2.0/projects")).status).toBe(404);
});

it.each(["/projects/PLAT", "/projects/plat", "/projects/Plat"])("takes the key of %s in any case", async (project) => {
  const { body } = await server.ask("GET", `${project}/repos/INFRA`);
  expect([body.slug, body.project.key]).toEqual(["infra", "PLAT"]);
});

it.each(["/projects/~ada/repos/dotfiles", "/projects/%7Eada/repos/dotfiles", "/projects/~ADA/repos/dotfiles", "/users/ada/repos/dotfiles"])(
  "finds the personal repository %s, with its webhooks",
  async (path) => {
    const { body } = await server.ask("GET", path);
    expect(body).toMatchObject({ slug: "dotfiles", project: { key: "~ada", type: "PERSONAL", owner: { slug: "ada" } } });
    const { id } = (await server.ask("POST", `${path}/webhooks`, { body: HOOK })).body;
    expect((await server.ask("GET", `/projects/~ada/repos/dotfiles/webhooks/${String(id)}`)).body.name).toBe("One");
    expect((await server.ask("DELETE", `${path}/webhooks/${String(id)}`)).status).toBe(204);
  },
);

it("shows the keys of personal projects in upper case under its switch", async () => {
  await server.control("switches", { "personal-keys": "upper-case" });
  expect((await server.ask("GET", "/users/ada/repos/dotfiles")).body.project.key).toBe("~ADA");
});

describe("below a context path", () => {
  let below: Datacenter;
  beforeEach(async () => {
    below = await startDatacenter({ seed: { ...SEED, contextPath: "/tools/bitbucket" } });
  });
  afterEach(() => below.stop());

  it("answers there only, and has it in all links", async () => {
    const { body } = await below.ask("GET", "/projects/PLAT/repos/infra");
    expect(body.links.self[0].href).toBe(`${below.origin}/tools/bitbucket/projects/PLAT/repos/infra/browse`);
    expect((await below.ask("GET", "/plugins/servlet/applinks/whoami")).text).toBe("ada");
    const outside = await sendRequest(`${below.origin}/rest/api/1.0/projects/PLAT`, "GET");
    expect([outside.status, outside.headers.get("content-type")]).toEqual([404, "text/html;charset=UTF-8"]);
  });

  it("has its control path at the root, and keeps its context path", async () => {
    await expect(below.control("seed", SEED)).rejects.toThrow('The context path is "/tools/bitbucket" and cannot change');
    expect((await below.ask("GET", "/projects/PLAT")).status).toBe(200);
    await below.control("seed", { projects: [], contextPath: "/tools/bitbucket" });
    expect((await below.ask("GET", "/projects/PLAT", { as: null })).status).toBe(404);
  });
});

describe("an address that does not exist", () => {
  it("is a bare object below /rest, in XML for those who want no JSON", async () => {
    expect((await server.ask("GET", "/no/such/address")).body).toEqual(BARE_404);
    const inXml = await server.ask("GET", "/no/such/address", { headers: { accept: "application/xml" } });
    expect([inXml.status, inXml.headers.get("content-type")]).toEqual([404, "application/xml;charset=UTF-8"]);
    expect(inXml.text).toContain("<message>HTTP 404 Not Found</message>");
  });

  it("is a page for people elsewhere", async () => {
    const answer = await sendRequest(`${server.origin}/projects/PLAT`, "GET");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html;charset=UTF-8"]);
  });

  it.each([
    ["PATCH", HOOKS],
    ["DELETE", HOOKS],
    ["PUT", "/projects"],
    ["POST", `${HOOKS}/1`],
  ])("%s of %s is 405", async (method, path) => {
    const answer = await server.ask(method, path);
    expect([answer.status, answer.body["status-code"]]).toEqual([405, 405]);
  });

  it.each([
    ["POST", "/projects/PLAT/repos/infra/pull-requests", "pull-request-routes.ts"],
    ["POST", "/projects/PLAT/repos/infra/pull-requests/1/comments", "pull-request-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/commits/abc", "branch-routes.ts"],
    ["PUT", "/rest/insights/latest/projects/PLAT/repos/infra/commits/abc/reports/x", "branch-routes.ts"],
    ["POST", "/rest/build-status/latest/commits/abc", "branch-routes.ts"],
    ["GET", "/admin/rate-limit/settings", "server-routes.ts"],
    ["GET", "/rest/api/latest/users", "server-routes.ts"],
    ["GET", "/users/ada/repos/dotfiles/commits", "branch-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/compare/changes", "branch-routes.ts"],
    ["GET", "/projects/PLAT/repos/infra/archive?format=tgz", "branch-routes.ts"],
  ])("that the documentation has, %s %s, is 501 and names %s", async (method, path, file) => {
    const answer = await server.ask(method, path);
    expect(answer.status).toBe(501);
    expect(answer.body.errors[0].message).toContain(`sandbox/services/bitbucket-datacenter/${file}`);
    const [logged] = (await server.control("requests")).slice(-1);
    expect(logged.marks).toEqual(["notEmulated"]);
  });

  it("that the documentation has as a page, the raw file, is 501 too", async () => {
    const answer = await sendRequest(`${server.origin}/projects/PLAT/repos/infra/raw/.spacelift/config.yml`, "GET");
    expect([answer.status, answer.body.errors[0].message]).toEqual([501, expect.stringContaining("branch-routes.ts")]);
  });
});

describe("types", () => {
  it.each([
    [undefined, 200],
    ["application/json", 200],
    ["*/*", 200],
    ["application/*;q=0.5", 200],
    ["text/html, application/json;q=0.9", 200],
    ["text/html", 406],
    ["application/xml", 406],
  ])("an answer for Accept %j is %i", async (accept, status) => {
    const answer = await server.ask("GET", HOOKS, accept === undefined ? {} : { headers: { accept } });
    expect(answer.status).toBe(status);
    if (status === 406) expect(answer.text).toBe("");
  });

  it.each([
    ["application/json", 201],
    ["application/json; charset=utf-8", 201],
    ["application/xml", 415],
    ["application/vnd.api+json", 415],
  ])("a body of %s is %i", async (type, status) => {
    const answer = await server.ask("POST", HOOKS, { body: HOOK, headers: { "content-type": type } });
    expect(answer.status).toBe(status);
    if (status === 415) expect(answer.body["status-code"]).toBe(415);
  });
});

describe("a change that a page of another site could have made", () => {
  const browser = { "user-agent": "Mozilla/5.0" };
  it.each<[string, Record<string, string>, number]>([
    ["from a browser", browser, 403],
    ["from a browser, with the header that it cannot send", { ...browser, "x-atlassian-token": "no-check" }, 201],
    ["with the type of a form", { "content-type": "text/plain" }, 403],
    ["with the type of a form and the header", { "content-type": "text/plain", "x-atlassian-token": "no-check" }, 415],
    ["from a program", { "user-agent": "Go-http-client/1.1" }, 201],
  ])("%s is %j: %i", async (_, headers, status) => {
    const answer = await server.ask("POST", HOOKS, { body: HOOK, headers });
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe("XSRF check failed");
  });

  it("is only refused for changes", async () => {
    expect((await server.ask("GET", HOOKS, { headers: browser })).status).toBe(200);
  });
});
