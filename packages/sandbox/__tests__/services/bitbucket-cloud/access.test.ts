/** Access control: credentials of each type, scopes, visibility, and the order of checks. */
import { basic, type CloudTestService, HOOK, startCloud } from "./test-service";

const HOOKS = "/repositories/acme/infra/hooks";
const INVALID_TOKEN = "Token is invalid, expired, or not supported for this endpoint.";

let cloud: CloudTestService;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

describe("an invalid credential", () => {
  it.each([
    ["an unknown token", "nobody"],
    ["an expired token", "short-lived"],
    ["an API token as Bearer", "ada"],
    ["an API token with another email", basic("bob@acme.example", "ada")],
    ["an access token as Basic", basic("admin", "admin")],
    ["an app password", basic("legacy", "old")],
    ["a consumer's key and secret", basic("consumer", "consumer-secret")],
    ["another scheme", "Digest abc"],
    ["Basic without valid base64", "Basic ***"],
  ])("(%s) gets 401 with a challenge on every path", async (_, as) => {
    for (const path of [HOOKS, "/repositories/acme/handbook", "/hook_events", "/no/such/address", "/repositories"]) {
      const response = await cloud.request("GET", path, { as });
      expect([path, response.status, response.body.error.message]).toEqual([path, 401, INVALID_TOKEN]);
      expect(response.headers.get("www-authenticate")).toBe('Basic realm="Bitbucket.org HTTP"');
    }
  });

  it("without any scope gets an error that is a string", async () => {
    const response = await cloud.request("GET", HOOKS, { as: basic("jira@acme.example", "jira") });
    expect([response.status, response.body]).toEqual([401, { error: "API Token provided has no Bitbucket scopes." }]);
  });
});

describe("a valid credential", () => {
  it.each([
    ["an access token", "admin"],
    ["an API token with its email, in any case", basic("ADA@acme.example", "ada")],
  ])("(%s) lists webhooks", async (_, as) => {
    expect((await cloud.request("GET", HOOKS, { as })).status).toBe(200);
  });

  it("(an app password) lists webhooks if the switch app-passwords allows it", async () => {
    await cloud.control("switches", { "app-passwords": "before-july-2026" });
    expect((await cloud.request("GET", HOOKS, { as: basic("legacy", "old") })).status).toBe(200);
  });

  it("(an API token as Bearer) lists webhooks if the switch bearer-api-tokens allows it", async () => {
    await cloud.control("switches", { "bearer-api-tokens": "accept" });
    expect((await cloud.request("GET", HOOKS, { as: "ada" })).status).toBe(200);
  });
});

describe("scopes", () => {
  const bob = basic("bob@acme.example", "bob");
  it.each<[string, string, string, string, readonly string[], readonly string[]]>([
    ["list without webhook", "repository-only", "GET", HOOKS, ["webhook"], ["repository"]],
    ["list with repository:admin alone", "admin-scope-only", "GET", HOOKS, ["webhook"], ["repository:admin"]],
    ["repository with webhook alone", "webhook-only", "GET", "/repositories/acme/infra", ["repository"], ["webhook"]],
    [
      "create with an API token that only reads",
      bob,
      "POST",
      HOOKS,
      ["read:webhook:bitbucket", "write:webhook:bitbucket"],
      ["read:webhook:bitbucket"],
    ],
    ["delete with an API token that only reads", bob, "DELETE", `${HOOKS}/{x}`, ["delete:webhook:bitbucket"], ["read:webhook:bitbucket"]],
    [
      "repository with an API token for webhooks",
      bob,
      "GET",
      "/repositories/acme/infra",
      ["read:repository:bitbucket"],
      ["read:webhook:bitbucket"],
    ],
  ])("%s: 403 lists the required and the granted scopes", async (_, as, method, path, required, granted) => {
    const response = await cloud.request(method, path, { as, ...(method === "POST" ? { body: HOOK } : {}) });
    expect(response.status).toBe(403);
    expect(response.body).toEqual({
      type: "error",
      error: { message: "Your credentials lack one or more required privilege scopes.", detail: { required, granted } },
    });
  });

  it("include repository if the classic scope pullrequest is granted", async () => {
    expect((await cloud.request("GET", "/repositories/acme/infra", { as: "reader" })).status).toBe(200);
  });

  it("of every subscribed event are required to create a webhook, unless the switch says otherwise", async () => {
    const body = { ...HOOK, events: ["repo:push", "issue:created"] };
    const rejected = await cloud.request("POST", HOOKS, { body });
    expect(rejected.body.error.detail.required).toEqual(["webhook", "issue"]);
    const webhookOnly = await cloud.request("POST", HOOKS, { as: "webhook-only", body: HOOK });
    expect(webhookOnly.body.error.detail.required).toEqual(["webhook", "repository"]);
    await cloud.control("switches", { "event-scopes": "ignored" });
    expect((await cloud.request("POST", HOOKS, { body })).status).toBe(201);
    expect((await cloud.request("POST", HOOKS, { as: "webhook-only", body: HOOK })).status).toBe(201);
  });
});

describe("visibility", () => {
  const NO_ACCESS = /^You may not have access to this repository/;

  it.each<[string, string, string | null, number]>([
    ["a private repository without a credential", "/repositories/acme/infra", null, 404],
    ["a public repository without a credential", "/repositories/acme/handbook", null, 200],
    ["webhooks of a private repository without a credential", HOOKS, null, 404],
    ["webhooks of a public repository without a credential", "/repositories/acme/handbook/hooks", null, 401],
    ["an invisible repository", "/repositories/acme/infra", "outsider", 404],
    ["webhooks of an invisible repository", HOOKS, "outsider", 404],
    ["webhooks of a public repository without granted access", "/repositories/acme/handbook/hooks", "outsider", 403],
    ["webhooks with read access", HOOKS, "reader", 403],
    ["webhooks with write access", "/repositories/acme/billing/hooks", "reader", 403],
    ["a repository that does not exist", "/repositories/acme/nothing", "admin", 404],
    ["a workspace that does not exist", "/repositories/nobody/infra/hooks", "admin", 404],
  ])("%s: %s as %s responds with %i", async (_, path, as, status) => {
    const response = await cloud.request("GET", path, { as });
    expect(response.status).toBe(status);
    if (status === 404) expect(response.body.error.message).toMatch(NO_ACCESS);
  });

  it("ends for everyone while a repository is hidden", async () => {
    const apply = (change: string) => cloud.control("repository", { workspace: "acme", repository: "infra", change });
    await apply("hide");
    expect((await cloud.request("GET", HOOKS)).status).toBe(404);
    expect((await cloud.request("GET", "/repositories/acme")).body.values.map(({ slug }: { slug: string }) => slug)).not.toContain("infra");
    await apply("show");
    expect((await cloud.request("GET", HOOKS)).status).toBe(200);
  });
});

describe("the order of checks", () => {
  it.each<[string, string, string, Parameters<CloudTestService["request"]>[2], number]>([
    ["credential before path", "GET", "/no/such/address", { as: "nobody" }, 401],
    ["path before all checks of the operation", "GET", "/no/such/address", { as: "webhook-only" }, 404],
    ["credential type before scope", "GET", "/user", { as: "webhook-only" }, 403],
    ["scope before visibility", "GET", "/repositories/acme/nothing/hooks", { as: "repository-only" }, 403],
    ["visibility before administrator and body", "POST", HOOKS, { as: "outsider", body: {} }, 404],
    ["administrator before body", "POST", HOOKS, { as: "reader", body: {} }, 403],
    ["webhook before body", "PUT", `${HOOKS}/{x}`, { body: {} }, 404],
  ])("%s", async (_, method, path, options, status) => {
    expect((await cloud.request(method, path, options)).status).toBe(status);
  });

  it("puts the rate limit before credential type and scope, and removed paths before the rate limit", async () => {
    await cloud.control("switches", { "rate-limit": "on", "rate-budget": 0 });
    expect((await cloud.request("GET", "/user", { as: "webhook-only" })).status).toBe(429);
    expect((await cloud.request("GET", HOOKS, { as: "repository-only" })).status).toBe(429);
    expect((await cloud.request("GET", "/repositories")).status).toBe(410);
    expect((await cloud.request("GET", HOOKS, { as: "nobody" })).status).toBe(401);
  });
});

describe("repository paths", () => {
  it("accept a slug in any case, and a UUID raw or encoded, with or without the workspace", async () => {
    const { body } = await cloud.request("GET", "/repositories/acme/infra");
    const [uuid, workspace] = [body.uuid as string, body.workspace.uuid as string];
    const forms = [
      `/repositories/ACME/Infra`,
      `/repositories/acme/${uuid}`,
      `/repositories/acme/${encodeURIComponent(uuid)}`,
      `/repositories/${encodeURIComponent(workspace)}/infra`,
      `/repositories/${workspace}/${uuid.toUpperCase()}`,
      `/repositories/{}/${uuid}`,
      `/repositories/%7B%7D/${encodeURIComponent(uuid)}`,
    ];
    for (const path of forms) {
      expect([path, (await cloud.request("GET", path)).body.full_name]).toEqual([path, "acme/infra"]);
      expect([path, (await cloud.request("GET", `${path}/hooks`)).status]).toEqual([path, 200]);
    }
    expect((await cloud.request("GET", `/repositories/globex/${uuid}`)).status).toBe(404);
    expect((await cloud.request("GET", "/repositories/{}/infra")).status).toBe(404);
  });

  it("stop working after a rename, except by UUID; the switch makes them redirect", async () => {
    const { uuid } = (await cloud.request("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "rename", to: "Platform Infra" });
    expect((await cloud.request("GET", HOOKS)).status).toBe(404);
    expect((await cloud.request("GET", `/repositories/acme/${uuid}`)).body).toMatchObject({
      slug: "platform-infra",
      name: "Platform Infra",
    });
    expect((await cloud.request("GET", `/repositories/{}/${uuid}/hooks`)).status).toBe(200);
    await cloud.control("switches", { "old-slug": "redirect" });
    const moved = await cloud.request("GET", HOOKS);
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `${cloud.origin}/2.0/repositories/acme/platform-infra/hooks`]);
    expect((await cloud.request("GET", HOOKS, { as: "outsider" })).status).toBe(404);
  });

  it("by UUID keep working after a move to another workspace, even with the name of the old workspace", async () => {
    const { uuid } = (await cloud.request("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "transfer", to: "globex" });
    for (const path of [`/repositories/acme/${uuid}`, `/repositories/{}/${uuid}`, "/repositories/globex/infra"]) {
      expect((await cloud.request("GET", path)).body.full_name).toBe("globex/infra");
    }
    expect((await cloud.request("GET", "/repositories/acme/infra")).status).toBe(404);
  });

  it("of a deleted repository stop working in every form, and a new repository has none of its webhooks", async () => {
    const { uuid } = (await cloud.request("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.request("POST", HOOKS, { body: HOOK });
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "delete" });
    for (const path of ["/repositories/acme/infra", HOOKS, `/repositories/{}/${uuid}`])
      expect((await cloud.request("GET", path)).status).toBe(404);
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "create", project: "PAY" });
    expect((await cloud.request("GET", HOOKS)).body.size).toBe(0);
    expect((await cloud.request("GET", "/repositories/acme/infra")).body.project.key).toBe("PAY");
  });

  it("that the sandbox does not emulate respond with 501 and name the file", async () => {
    const response = await cloud.request("POST", "/repositories/acme/infra/pullrequests", { body: {} });
    expect(response.status).toBe(501);
    expect(response.body.error.message).toContain("sandbox/services/bitbucket-cloud/pull-request-routes.ts");
    expect((await cloud.control("requests")).at(-1).marks).toEqual(["notEmulated"]);
  });

  it.each(["/repositories", "/workspaces", "/user/permissions/workspaces", "/user/permissions/repositories"])(
    "that were removed (%s) respond with 410 to everyone",
    async (path) => {
      for (const as of ["admin", null]) {
        const { status, body } = await cloud.request("GET", path, { as });
        expect(status).toBe(410);
        expect(body.error.message).toBe("CHANGE-2770 - Functionality has been deprecated");
        expect(body.data).toEqual(body.error.data);
        expect(body.data.announcement_url).toContain("changelog");
      }
    },
  );

  it.each([null, "admin"])("that do not exist respond with 404 (as %s)", async (as) => {
    const response = await cloud.request("GET", "/nothing", { as });
    expect([response.status, response.body]).toEqual([404, { type: "error", error: { message: "Resource not found" } }]);
  });
});

it("requires Content-Length for POST and PUT", async () => {
  const response = await fetch(`${cloud.origin}/2.0${HOOKS}`, {
    method: "POST",
    headers: { authorization: "Bearer admin" },
    body: new Blob([JSON.stringify(HOOK)]).stream(),
    duplex: "half",
  });
  expect(response.status).toBe(411);
});
