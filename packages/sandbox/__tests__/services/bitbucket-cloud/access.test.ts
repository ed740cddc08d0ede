/** Who may do what: credentials of each kind, scopes, visibility, and in which order they are checked. */
import { basic, type Cloud, HOOK, startCloud } from "./test-service";

const HOOKS = "/repositories/acme/infra/hooks";
const UNUSABLE = "Token is invalid, expired, or not supported for this endpoint.";

let cloud: Cloud;
beforeEach(async () => {
  cloud = await startCloud();
});
afterEach(() => cloud.stop());

describe("a credential that is refused", () => {
  it.each([
    ["an unknown token", "nobody"],
    ["an expired token", "short-lived"],
    ["an API token as Bearer", "ada"],
    ["an API token with another email", basic("bob@acme.example", "ada")],
    ["an access token as Basic", basic("admin", "admin")],
    ["an app password", basic("legacy", "old")],
    ["a consumer's key and secret", basic("consumer", "consumer-secret")],
    ["another scheme", "Digest abc"],
    ["Basic that is no base64", "Basic ***"],
  ])("(%s) is 401 with a challenge, on every address", async (_, as) => {
    for (const path of [HOOKS, "/repositories/acme/handbook", "/hook_events", "/no/such/address", "/repositories"]) {
      const answer = await cloud.ask("GET", path, { as });
      expect([path, answer.status, answer.body.error.message]).toEqual([path, 401, UNUSABLE]);
      expect(answer.headers.get("www-authenticate")).toBe('Basic realm="Bitbucket.org HTTP"');
    }
  });

  it("without any scope says so in an error that is a text", async () => {
    const answer = await cloud.ask("GET", HOOKS, { as: basic("jira@acme.example", "jira") });
    expect([answer.status, answer.body]).toEqual([401, { error: "API Token provided has no Bitbucket scopes." }]);
  });
});

describe("a credential that is accepted", () => {
  it.each([
    ["an access token", "admin"],
    ["an API token with its email, in any case", basic("ADA@acme.example", "ada")],
  ])("(%s) lists webhooks", async (_, as) => {
    expect((await cloud.ask("GET", HOOKS, { as })).status).toBe(200);
  });

  it("(an app password) works under the switch for before July 2026", async () => {
    await cloud.control("switches", { "app-passwords": "before-july-2026" });
    expect((await cloud.ask("GET", HOOKS, { as: basic("legacy", "old") })).status).toBe(200);
  });

  it("(an API token as Bearer) works under its switch", async () => {
    await cloud.control("switches", { "bearer-api-tokens": "accept" });
    expect((await cloud.ask("GET", HOOKS, { as: "ada" })).status).toBe(200);
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
  ])("%s: 403 names what is required and what is granted", async (_, as, method, path, required, granted) => {
    const answer = await cloud.ask(method, path, { as, ...(method === "POST" ? { body: HOOK } : {}) });
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({
      type: "error",
      error: { message: "Your credentials lack one or more required privilege scopes.", detail: { required, granted } },
    });
  });

  it("pullrequest implies repository for classic scopes", async () => {
    expect((await cloud.ask("GET", "/repositories/acme/infra", { as: "reader" })).status).toBe(200);
  });

  it("of each subscribed event are needed to create, unless the switch says otherwise", async () => {
    const body = { ...HOOK, events: ["repo:push", "issue:created"] };
    const refused = await cloud.ask("POST", HOOKS, { body });
    expect(refused.body.error.detail.required).toEqual(["webhook", "issue"]);
    const withoutAny = await cloud.ask("POST", HOOKS, { as: "webhook-only", body: HOOK });
    expect(withoutAny.body.error.detail.required).toEqual(["webhook", "repository"]);
    await cloud.control("switches", { "event-scopes": "ignored" });
    expect((await cloud.ask("POST", HOOKS, { body })).status).toBe(201);
    expect((await cloud.ask("POST", HOOKS, { as: "webhook-only", body: HOOK })).status).toBe(201);
  });
});

describe("visibility", () => {
  const LOST = /^You may not have access to this repository/;

  it.each<[string, string, string | null, number]>([
    ["a private repository without a credential", "/repositories/acme/infra", null, 404],
    ["a public repository without a credential", "/repositories/acme/handbook", null, 200],
    ["webhooks of a private repository without a credential", HOOKS, null, 404],
    ["webhooks of a public repository without a credential", "/repositories/acme/handbook/hooks", null, 401],
    ["a repository that the credential cannot see", "/repositories/acme/infra", "outsider", 404],
    ["webhooks of a repository that the credential cannot see", HOOKS, "outsider", 404],
    ["webhooks of a public repository of others", "/repositories/acme/handbook/hooks", "outsider", 403],
    ["webhooks with read access", HOOKS, "reader", 403],
    ["webhooks with write access", "/repositories/acme/billing/hooks", "reader", 403],
    ["a repository that does not exist", "/repositories/acme/nothing", "admin", 404],
    ["a workspace that does not exist", "/repositories/nobody/infra/hooks", "admin", 404],
  ])("%s: %s as %s is %i", async (_, path, as, status) => {
    const answer = await cloud.ask("GET", path, { as });
    expect(answer.status).toBe(status);
    if (status === 404) expect(answer.body.error.message).toMatch(LOST);
  });

  it("ends for everybody when a repository is hidden, and comes back", async () => {
    const change = (what: string) => cloud.control("repository", { workspace: "acme", repository: "infra", change: what });
    await change("hide");
    expect((await cloud.ask("GET", HOOKS)).status).toBe(404);
    expect((await cloud.ask("GET", "/repositories/acme")).body.values.map((one: { slug: string }) => one.slug)).not.toContain("infra");
    await change("show");
    expect((await cloud.ask("GET", HOOKS)).status).toBe(200);
  });
});

describe("the order of checks", () => {
  it.each<[string, string, string, Parameters<Cloud["ask"]>[2], number]>([
    ["credential before address", "GET", "/no/such/address", { as: "nobody" }, 401],
    ["address before anything of the operation", "GET", "/no/such/address", { as: "webhook-only" }, 404],
    ["kind before scope", "GET", "/user", { as: "webhook-only" }, 403],
    ["scope before visibility", "GET", "/repositories/acme/nothing/hooks", { as: "repository-only" }, 403],
    ["visibility before administrator and body", "POST", HOOKS, { as: "outsider", body: {} }, 404],
    ["administrator before body", "POST", HOOKS, { as: "reader", body: {} }, 403],
    ["webhook before body", "PUT", `${HOOKS}/{x}`, { body: {} }, 404],
  ])("%s", async (_, method, path, options, status) => {
    expect((await cloud.ask(method, path, options)).status).toBe(status);
  });

  it("puts the rate limit before kind and scope, and a removed address before it", async () => {
    await cloud.control("switches", { "rate-limit": "on", "rate-budget": 0 });
    expect((await cloud.ask("GET", "/user", { as: "webhook-only" })).status).toBe(429);
    expect((await cloud.ask("GET", HOOKS, { as: "repository-only" })).status).toBe(429);
    expect((await cloud.ask("GET", "/repositories")).status).toBe(410);
    expect((await cloud.ask("GET", HOOKS, { as: "nobody" })).status).toBe(401);
  });
});

describe("addresses", () => {
  it("are found by slug in any case and by UUID, raw or encoded, with and without the workspace", async () => {
    const { body } = await cloud.ask("GET", "/repositories/acme/infra");
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
      expect([path, (await cloud.ask("GET", path)).body.full_name]).toEqual([path, "acme/infra"]);
      expect([path, (await cloud.ask("GET", `${path}/hooks`)).status]).toEqual([path, 200]);
    }
    expect((await cloud.ask("GET", `/repositories/globex/${uuid}`)).status).toBe(404);
    expect((await cloud.ask("GET", "/repositories/{}/infra")).status).toBe(404);
  });

  it("of before a rename are gone, and the UUID goes on; under the switch they redirect", async () => {
    const { uuid } = (await cloud.ask("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "rename", to: "Platform Infra" });
    expect((await cloud.ask("GET", HOOKS)).status).toBe(404);
    expect((await cloud.ask("GET", `/repositories/acme/${uuid}`)).body).toMatchObject({ slug: "platform-infra", name: "Platform Infra" });
    expect((await cloud.ask("GET", `/repositories/{}/${uuid}/hooks`)).status).toBe(200);
    await cloud.control("switches", { "old-slug": "redirect" });
    const moved = await cloud.ask("GET", HOOKS);
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `${cloud.origin}/2.0/repositories/acme/platform-infra/hooks`]);
    expect((await cloud.ask("GET", HOOKS, { as: "outsider" })).status).toBe(404);
  });

  it("survive a move to another workspace by UUID, the old workspace's name included", async () => {
    const { uuid } = (await cloud.ask("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "transfer", to: "globex" });
    for (const path of [`/repositories/acme/${uuid}`, `/repositories/{}/${uuid}`, "/repositories/globex/infra"]) {
      expect((await cloud.ask("GET", path)).body.full_name).toBe("globex/infra");
    }
    expect((await cloud.ask("GET", "/repositories/acme/infra")).status).toBe(404);
  });

  it("of a deleted repository are gone in every form, and its webhooks with it", async () => {
    const { uuid } = (await cloud.ask("GET", "/repositories/acme/infra")).body as { uuid: string };
    await cloud.ask("POST", HOOKS, { body: HOOK });
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "delete" });
    for (const path of ["/repositories/acme/infra", HOOKS, `/repositories/{}/${uuid}`])
      expect((await cloud.ask("GET", path)).status).toBe(404);
    await cloud.control("repository", { workspace: "acme", repository: "infra", change: "create", project: "PAY" });
    expect((await cloud.ask("GET", HOOKS)).body.size).toBe(0);
    expect((await cloud.ask("GET", "/repositories/acme/infra")).body.project.key).toBe("PAY");
  });

  it("that Bitbucket has and the sandbox does not play are 501 and name the file", async () => {
    const answer = await cloud.ask("POST", "/repositories/acme/infra/pullrequests/1/comments", { body: {} });
    expect(answer.status).toBe(501);
    expect(answer.body.error.message).toContain("sandbox/services/bitbucket-cloud/pull-requests.ts");
    expect((await cloud.control("requests")).at(-1).marks).toEqual(["notEmulated"]);
  });

  it.each(["/repositories", "/workspaces", "/user/permissions/workspaces", "/user/permissions/repositories"])(
    "that were removed (%s) are 410 for everybody",
    async (path) => {
      for (const as of ["admin", null]) {
        const { status, body } = await cloud.ask("GET", path, { as });
        expect(status).toBe(410);
        expect(body.error.message).toBe("CHANGE-2770 - Functionality has been deprecated");
        expect(body.data).toEqual(body.error.data);
        expect(body.data.announcement_url).toContain("changelog");
      }
    },
  );

  it.each([null, "admin"])("that nobody knows are 404 (as %s)", async (as) => {
    const answer = await cloud.ask("GET", "/nothing", { as });
    expect([answer.status, answer.body]).toEqual([404, { type: "error", error: { message: "Resource not found" } }]);
  });
});

it("wants a length with POST and PUT", async () => {
  const answer = await fetch(`${cloud.origin}/2.0${HOOKS}`, {
    method: "POST",
    headers: { authorization: "Bearer admin" },
    body: new Blob([JSON.stringify(HOOK)]).stream(),
    duplex: "half",
  });
  expect(answer.status).toBe(411);
});
