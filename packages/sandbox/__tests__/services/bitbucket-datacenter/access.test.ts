/** Access control: passwords, tokens of each type, permissions, and the errors for missing access. */
import { basic, type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const INVALID_CREDENTIAL = "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException";
const NOT_PERMITTED = "com.atlassian.bitbucket.AuthorisationException";
const NO_LOGIN = "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException";
const UNLICENSED = "com.atlassian.bitbucket.auth.NoAccessAuthenticationException";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

describe("an invalid credential", () => {
  it.each([
    ["an unknown token", "nobody", INVALID_CREDENTIAL],
    ["an expired token", "short-lived", INVALID_CREDENTIAL],
    ["a wrong password", basic("ada", "wrong"), INVALID_CREDENTIAL],
    ["an unknown user", basic("nobody", "ada-password"), INVALID_CREDENTIAL],
    ["a user without a password", basic("bot", ""), INVALID_CREDENTIAL],
    ["a token as the password of another user", basic("rex", "admin"), INVALID_CREDENTIAL],
    ["a password as token", "ada-password", INVALID_CREDENTIAL],
    ["another scheme", "Digest abc", INVALID_CREDENTIAL],
    ["Basic without valid base64", "Basic ***", INVALID_CREDENTIAL],
    ["a user without a license", basic("guest", "guest-password"), UNLICENSED],
    ["a token of a user without a license", "unlicensed", UNLICENSED],
  ])("(%s) gets 401 on every path", async (_, as, exceptionName) => {
    for (const path of [
      HOOKS,
      "/projects/OPEN/repos/tool",
      "/application-properties",
      "/no/such/address",
      "/plugins/servlet/applinks/whoami",
    ]) {
      const response = await server.request("GET", path, { as });
      expect([path, response.status, response.body.errors[0].exceptionName]).toEqual([path, 401, exceptionName]);
      expect(response.headers.get("x-ausername")).toBeNull();
    }
  });

  it("gets a message that says to check it", async () => {
    const { body } = await server.request("GET", HOOKS, { as: "nobody" });
    expect(body.errors).toEqual([
      { context: null, message: "Authentication failed. Please check your credentials and try again.", exceptionName: INVALID_CREDENTIAL },
    ]);
  });
});

describe("a valid credential", () => {
  it.each([
    ["a personal token", "admin", "ada"],
    ["a password", basic("ada", "ada-password"), "ada"],
    ["a password, with the user name in another case", basic("ADA", "ada-password"), "ada"],
    ["a personal token as password", basic("ada", "admin"), "ada"],
    ["a project's token", "of-project", /^access-token-user-\d+$/],
    ["a project's token as password", basic("x-token-auth", "of-project"), /^access-token-user-\d+$/],
    ["a repository's token", "of-repository", /^access-token-user-\d+$/],
    ["an administrator's password", basic("root", "root-password"), "root"],
  ])("(%s) lists webhooks, and responses name its user", async (_, as, name) => {
    const response = await server.request("GET", HOOKS, { as });
    expect(response.status).toBe(200);
    expect(response.headers.get("x-ausername")).toMatch(name);
    expect((await server.request("GET", "/plugins/servlet/applinks/whoami", { as })).text).toMatch(name);
  });

  it("is not required for the version and the current user", async () => {
    expect((await server.request("GET", "/application-properties", { as: null })).status).toBe(200);
    const { status, text, headers } = await server.request("GET", "/plugins/servlet/applinks/whoami", { as: null });
    expect([status, text, headers.get("content-type")]).toEqual([200, "", "text/plain;charset=UTF-8"]);
    expect(headers.get("x-ausername")).toBeNull();
  });

  it("gets a different request id with every response", async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await server.request("GET", "/projects")).headers.get("x-arequestid")));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^@[0-9A-Z]+x\d+x\d+x0$/);
    expect((await server.request("GET", "/no/such/address")).headers.get("x-request-id")).toMatch(/^@/);
  });
});

describe("permissions", () => {
  const rex = basic("rex", "rex-password");
  const outsider = basic("out", "out-password");
  const BILLING = "/projects/PLAT/repos/billing";

  it.each<[string, string, string | null, number, string?]>([
    ["a private repository without login", "/projects/PLAT/repos/infra", null, 401, NO_LOGIN],
    ["a private repository for a user without access", "/projects/PLAT/repos/infra", outsider, 401, NOT_PERMITTED],
    ["a public repository without login", "/projects/PLAT/repos/handbook", null, 200],
    ["a repository of a public project without login", "/projects/OPEN/repos/tool", null, 200],
    ["a project without login", "/projects/PLAT/repos", null, 200],
    ["a project with nothing public in it without login", "/projects/WEB", null, 401, NO_LOGIN],
    ["a project with one visible repository", "/projects/WEB", outsider, 200],
    ["a repository for a reader of the project", "/projects/PLAT/repos/infra", rex, 200],
    ["webhooks for a reader of the project", HOOKS, rex, 401, NOT_PERMITTED],
    ["webhooks for an administrator of the repository", `${BILLING}/webhooks`, rex, 200],
    ["webhooks of the project for an administrator of one repository", "/projects/PLAT/webhooks", rex, 401, NOT_PERMITTED],
    ["webhooks without login", HOOKS, null, 401, NO_LOGIN],
    ["webhooks of a public repository without login", "/projects/PLAT/repos/handbook/webhooks", null, 401, NO_LOGIN],
    ["webhooks of a public repository for another user", "/projects/PLAT/repos/handbook/webhooks", outsider, 401, NOT_PERMITTED],
    ["webhooks with a read token of an administrator", HOOKS, "reader", 401, NOT_PERMITTED],
    ["a repository with a read token", "/projects/PLAT/repos/infra", "reader", 200],
    ["webhooks with a token for repositories", HOOKS, "repo-admin", 200],
    ["webhooks of the project with a token for repositories", "/projects/PLAT/webhooks", "repo-admin", 401, NOT_PERMITTED],
    ["webhooks with a token that has more permissions than its owner", HOOKS, "more-than-rex", 401, NOT_PERMITTED],
    ["webhooks with a token that has the permissions of its owner", `${BILLING}/webhooks`, "more-than-rex", 200],
    ["webhooks with the project's token", HOOKS, "of-project", 200],
    ["webhooks with the project's token for repositories", HOOKS, "of-project-repositories", 200],
    ["webhooks of the project with its token for repositories", "/projects/PLAT/webhooks", "of-project-repositories", 401, NOT_PERMITTED],
    ["a repository of another project with a project's token", "/projects/WEB/repos/site", "of-project", 401, NOT_PERMITTED],
    ["webhooks with the repository's token", HOOKS, "of-repository", 200],
    ["webhooks with the repository's read token", HOOKS, "of-repository-reader", 401, NOT_PERMITTED],
    ["another repository with a repository's token", BILLING, "of-repository", 401, NOT_PERMITTED],
    ["another public repository with a repository's token", "/projects/PLAT/repos/handbook", "of-repository", 200],
    ["everything as an administrator", "/projects/WEB/repos/site/webhooks", basic("root", "root-password"), 200],
    ["a personal repository for its owner", "/projects/~ada/repos/dotfiles/webhooks", basic("ada", "ada-password"), 200],
    ["a personal repository for another user", "/projects/~ada/repos/dotfiles", rex, 401, NOT_PERMITTED],
  ])("%s: %s as %s responds with %i", async (_, path, as, status, ...[exceptionName]) => {
    const response = await server.request("GET", path, { as });
    expect([response.status, response.body.errors?.[0].exceptionName]).toEqual([status, exceptionName]);
  });

  it.each<[string, string, string, string]>([
    ["a project", "/projects/NOPE", "project.NoSuchProjectException", "Project NOPE does not exist."],
    ["the project of a repository", "/projects/NOPE/repos/x", "project.NoSuchProjectException", "Project NOPE does not exist."],
    ["a repository", "/projects/plat/repos/nope", "repository.NoSuchRepositoryException", "Repository PLAT/nope does not exist."],
    [
      "the repository of webhooks",
      "/projects/PLAT/repos/nope/webhooks",
      "repository.NoSuchRepositoryException",
      "Repository PLAT/nope does not exist.",
    ],
    ["the project of webhooks", "/projects/NOPE/webhooks", "project.NoSuchProjectException", "Project NOPE does not exist."],
  ])("%s that does not exist: %s responds with 404", async (_, path, exception, message) => {
    const response = await server.request("GET", path);
    expect([response.status, response.body.errors]).toEqual([
      404,
      [{ context: null, message, exceptionName: `com.atlassian.bitbucket.${exception}` }],
    ]);
  });

  it("are checked before the body", async () => {
    expect((await server.request("POST", HOOKS, { as: rex, body: {} })).status).toBe(401);
    expect((await server.request("POST", HOOKS, { as: null, body: HOOK })).status).toBe(401);
    expect((await server.request("POST", "/projects/PLAT/repos/nope/webhooks", { body: {} })).status).toBe(404);
  });
});

describe("logging in with a password", () => {
  it("can be switched off, while tokens still work", async () => {
    await server.control("switches", { "basic-login": "refuse" });
    expect((await server.request("GET", HOOKS, { as: basic("ada", "ada-password") })).status).toBe(403);
    expect((await server.request("GET", HOOKS, { as: "admin" })).status).toBe(200);
  });

  it("requires a captcha after some failures if the switch says so, for that user only", async () => {
    await server.control("switches", { "captcha-after": 2 });
    const wrong = basic("ada", "wrong");
    expect((await server.request("GET", HOOKS, { as: wrong })).status).toBe(401);
    // A correct password resets the count.
    expect((await server.request("GET", HOOKS, { as: basic("ada", "ada-password") })).status).toBe(200);
    for (let count = 0; count < 2; count++) expect((await server.request("GET", HOOKS, { as: wrong })).status).toBe(401);
    const response = await server.request("GET", HOOKS, { as: basic("ada", "ada-password") });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-authentication-denied-reason")).toBe(`CAPTCHA_CHALLENGE; login-url=${server.origin}/login`);
    expect((await server.request("GET", HOOKS, { as: "admin" })).status).toBe(200);
    expect((await server.request("GET", "/projects", { as: basic("rex", "rex-password") })).status).toBe(200);
    await server.control("reset", {});
    expect((await server.request("GET", HOOKS, { as: basic("ada", "ada-password") })).status).toBe(200);
  });
});
