/** Webhooks of Bitbucket Cloud: what is sent, how much is asked, and what a refusal means. */
import { BitbucketCloud, type CloudCredentials } from "../../../api/bitbucket-cloud/client";
import type { RemoteSettings } from "../../../api/http";
import type { Problem } from "../../../diagnostics";
import { failureOf, LogLines, settings, startServer, stopServers, type RemoteServer, type Told } from "../server";

afterEach(stopServers);

const UUID = "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}";
const REPOSITORY_UUID = "{aaaaaaaa-7ccf-44b7-ba6b-8827a14d5324}";
const HOOKS = "/2.0/repositories/acme/app/hooks";
const HOOK = `${HOOKS}/%7B202cf34e-7ccf-44b7-ba6b-8827a14d5324%7D`;
const repository = { workspace: "acme", repository: "app" };
const input = {
  url: "https://hooks.example/payments",
  description: "Spacelift (payments)",
  active: true,
  events: ["repo:push", "pullrequest:created"],
  skipCertificateVerification: false,
};
/** As recorded, with fields of every kind. */
const hook = {
  type: "webhook_subscription",
  uuid: "{202CF34E-7ccf-44b7-ba6b-8827a14d5324}",
  description: "Spacelift (payments)",
  url: "https://hooks.example/payments",
  active: true,
  skip_cert_verification: false,
  events: ["pullrequest:created", "repo:push"],
  created_at: "2025-08-23T15:07:25.469063524Z",
  subject: { type: "repository", name: "app", full_name: "acme/app", uuid: REPOSITORY_UUID },
  links: { self: { href: "https://api.example/hooks/1" } },
  source: null,
  read_only: false,
  history_enabled: true,
  secret_set: true,
};
const ABSENT: Told = {
  status: 404,
  json: { type: "error", error: { message: "You may not have access to this repository or it no longer exists in this workspace." } },
};

const token: CloudCredentials = { accessToken: "ATCTT-access-token" };
const client = (server: RemoteServer, credentials: CloudCredentials = token, changes: Partial<RemoteSettings> = {}): BitbucketCloud =>
  new BitbucketCloud(credentials, `${server.url}/2.0`, settings(changes));

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return (await failureOf(work)) as Problem;
}

describe("list", () => {
  it("reads a recorded webhook, and keeps foreign fields apart", async () => {
    const server = await startServer(() => ({ json: { values: [hook] } }));
    expect(await client(server).webhooks.list(repository)).toEqual([
      {
        uuid: UUID,
        url: "https://hooks.example/payments",
        description: "Spacelift (payments)",
        active: true,
        events: ["pullrequest:created", "repo:push"],
        skipCertificateVerification: false,
        secretSet: true,
        repositoryUuid: REPOSITORY_UUID,
        repositoryFullName: "acme/app",
        carried: { history_enabled: true },
      },
    ]);
    expect(server.asked[0]?.path).toBe(`${HOOKS}?pagelen=100`);
  });

  it("says null where the server does not tell about a secret", async () => {
    const { secret_set: _, subject: __, ...old } = hook;
    const server = await startServer(() => ({ json: { values: [old] } }));
    expect(await client(server).webhooks.list(repository)).toMatchObject([
      { secretSet: null, repositoryUuid: null, repositoryFullName: null },
    ]);
  });

  it("follows pages", async () => {
    const server: RemoteServer = await startServer((asked) =>
      asked.path.includes("page=2")
        ? { json: { values: [{ ...hook, url: "https://two.example" }] } }
        : { json: { values: [hook], next: `${server.url}${HOOKS}?pagelen=100&page=2` } },
    );
    expect((await client(server).webhooks.list(repository)).map((one) => one.url)).toEqual([hook.url, "https://two.example"]);
  });

  it("refuses a next page at another address: the credential stays here", async () => {
    const other = await startServer(() => ({ json: { values: [] } }));
    const server = await startServer(() => ({ json: { values: [hook], next: `${other.url}${HOOKS}?page=2` } }));
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe("remote-answer-unusable");
    expect(failure.diagnostic.why).toContain(other.url);
    expect(other.asked).toHaveLength(0);
  });

  it("costs one request per repository, for all who ask, whatever the case of the name", async () => {
    const server = await startServer(() => ({ json: { values: [hook] } }));
    const { webhooks } = client(server);
    await Promise.all([webhooks.list(repository), webhooks.list({ workspace: "Acme", repository: "APP" })]);
    await webhooks.list(repository);
    expect(server.asked).toHaveLength(1);
    await webhooks.list(repository, { fresh: true });
    expect(server.asked).toHaveLength(2);
  });

  it("is forgotten by every change, a failed one too", async () => {
    const server = await startServer((asked) =>
      asked.method === "GET" ? { json: { values: [hook] } } : asked.method === "POST" ? { status: 400, json: {} } : { json: hook },
    );
    const { webhooks } = client(server);
    await webhooks.list(repository);
    await webhooks.replace(repository, UUID, input, undefined);
    await webhooks.list(repository);
    await failureOf(webhooks.create(repository, input, null));
    await webhooks.list(repository);
    expect(server.asked.filter((asked) => asked.method === "GET")).toHaveLength(3);
  });

  it("is not kept from the middle of a change", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const server = await startServer(async (asked) => {
      if (asked.method === "GET") return { json: { values: [] } };
      await held;
      return { status: 201, json: hook };
    });
    const { webhooks } = client(server);
    const made = webhooks.create(repository, input, null);
    await webhooks.list(repository);
    release();
    await made;
    await webhooks.list(repository);
    expect(server.asked.filter((asked) => asked.method === "GET")).toHaveLength(2);
  });

  it("addresses a repository by its UUID when it is given", async () => {
    const server = await startServer(() => ({ json: { values: [] } }));
    await client(server).webhooks.list({ ...repository, uuid: REPOSITORY_UUID });
    expect(server.asked[0]?.path).toBe("/2.0/repositories/%7B%7D/%7Baaaaaaaa-7ccf-44b7-ba6b-8827a14d5324%7D/hooks?pagelen=100");
  });

  it.each(["", ".", ".."])('does not put "%s" into an address', async (name) => {
    const server = await startServer(() => ({ json: { values: [] } }));
    expect((await problemOf(client(server).webhooks.list({ workspace: "acme", repository: name }))).diagnostic.code).toBe(
      "value-not-allowed",
    );
    expect(server.asked).toHaveLength(0);
  });

  it("takes a webhook without URL for an answer that cannot be used", async () => {
    const server = await startServer(() => ({ json: { values: [{ uuid: UUID }] } }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-answer-unusable");
  });
});

describe("authentication", () => {
  it.each<[string, CloudCredentials, string]>([
    ["an access token", { accessToken: "tok" }, "Bearer tok"],
    ["email and API token", { email: "ci@example.com", apiToken: "tök" }, `Basic ${Buffer.from("ci@example.com:tök").toString("base64")}`],
    ["user name and password", { username: "ci", password: "p:w" }, `Basic ${Buffer.from("ci:p:w").toString("base64")}`],
  ])("with %s", async (_name, credentials, header) => {
    const server = await startServer(() => ({ json: { values: [] } }));
    await client(server, credentials).webhooks.list(repository);
    expect(server.asked[0]?.headers["authorization"]).toBe(header);
  });
});

describe("create and replace", () => {
  it.each([
    ["a secret", "s3cret-value", { secret: "s3cret-value" }],
    ["no secret", null, {}],
  ])("create sends everything, and %s", async (_name, secret, extra) => {
    const server = await startServer(() => ({ status: 201, json: hook }));
    expect((await client(server).webhooks.create(repository, input, secret)).uuid).toBe(UUID);
    expect(server.asked[0]).toMatchObject({ method: "POST", path: HOOKS });
    expect(server.asked[0]?.body).toEqual({
      url: input.url,
      description: input.description,
      active: true,
      events: input.events,
      skip_cert_verification: false,
      ...extra,
    });
  });

  it.each([
    ["the secret that is given", "new-secret", { secret: "new-secret" }],
    ["no secret at all when it shall stay", undefined, {}],
  ])("replace sends everything with foreign fields, and %s", async (_name, secret, extra) => {
    const server = await startServer(() => ({ json: hook }));
    await client(server).webhooks.replace(repository, UUID, { ...input, active: false }, secret, { history_enabled: true });
    expect(server.asked[0]).toMatchObject({ method: "PUT", path: HOOK });
    expect(server.asked[0]?.body).toEqual({
      history_enabled: true,
      url: input.url,
      description: input.description,
      active: false,
      events: input.events,
      skip_cert_verification: false,
      ...extra,
    });
  });

  it.each<[string, Told]>([
    ["a reset", { does: "reset" }],
    ["502", { status: 502 }],
    ["an HTML page", { text: "<html>", headers: { "content-type": "text/html" } }],
    ["a page without the webhook", { json: {} }],
  ])("create is sent once and of unknown fate after %s", async (_name, told) => {
    const server = await startServer(() => told);
    const failure = await problemOf(client(server).webhooks.create(repository, input, "s3cret-value"));
    expect(failure.execution).toBe("unknown");
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Told, string, string]>([
    ["the webhook", { json: { values: [] } }, "webhook-not-found", UUID],
    ["the repository", ABSENT, "repository-not-found", "cannot be told apart"],
    ["neither, since looking is forbidden", { status: 403, json: {} }, "remote-not-permitted", "administrator"],
  ])("replace finds out what is missing: %s", async (_name, look, code, words) => {
    const server = await startServer((asked) => (asked.method === "PUT" ? ABSENT : look));
    const failure = await problemOf(client(server).webhooks.replace(repository, UUID, input, undefined));
    expect(failure.diagnostic.code).toBe(code);
    expect(`${failure.diagnostic.why} ${failure.diagnostic.fix}`).toContain(words);
  });
});

describe("remove", () => {
  it.each<[string, Told, Told, string]>([
    ["it was there", { status: 204 }, {}, "removed"],
    ["only the webhook is missing", ABSENT, { json: { values: [] } }, "absent"],
    ["the repository is missing", ABSENT, ABSENT, "repository-absent"],
    [
      "the workspace was closed",
      { status: 410, json: { type: "error", error: { message: "gone" } } },
      { status: 410, json: { type: "error", error: { message: "gone" } } },
      "repository-absent",
    ],
  ])("%s: %s", async (_name, deleted, look, result) => {
    const server = await startServer((asked) => (asked.method === "DELETE" ? deleted : look));
    expect(await client(server).webhooks.remove(repository, UUID)).toBe(result);
    expect(server.asked[0]).toMatchObject({ method: "DELETE", path: HOOK });
  });

  it.each<[string, Told, string]>([
    ["401", { status: 401 }, "remote-unauthenticated"],
    ["403", { status: 403, json: {} }, "remote-not-permitted"],
    ["a proxy's 404", { status: 404, text: "<html>404 page not found</html>" }, "remote-answer-unusable"],
    ["a plain 404", { status: 404, text: "404 page not found" }, "remote-answer-unusable"],
    [
      "an operation that was removed from the API",
      {
        status: 410,
        json: {
          type: "error",
          error: { message: "CHANGE-2770", detail: "Please read.", data: { announcement_url: "https://changes.example/2770" } },
        },
      },
      "remote-refused",
    ],
  ])("fails with %s", async (_name, told, code) => {
    const server = await startServer(() => told);
    const failure = await problemOf(client(server).webhooks.remove(repository, UUID));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).not.toBe("gone");
  });
});

describe("refusals", () => {
  const said = (error: unknown): unknown => ({ type: "error", error });
  it.each<[string, Told, { code: string; kind: string; words: readonly string[] }]>([
    [
      "400 with lists",
      { status: 400, json: said({ message: "Bad request", fields: { url: ["Enter a valid URL."] } }) },
      { code: "remote-refused", kind: "bad-input", words: ["Bad request", "url: Enter a valid URL."] },
    ],
    [
      "400 with texts",
      { status: 400, json: said({ message: "Bad request", fields: { events: "This field is required." } }) },
      { code: "remote-refused", kind: "bad-input", words: ["events: This field is required."] },
    ],
    ["400 without JSON", { status: 400, text: "bad" }, { code: "remote-refused", kind: "bad-input", words: ["bad"] }],
    [
      "401 with a message",
      { status: 401, json: said({ message: "Token is invalid, expired, or not supported for this endpoint." }) },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["Token is invalid", "BITBUCKET_ACCESS_TOKEN"] },
    ],
    [
      "401 with a text as error",
      { status: 401, json: { error: "API Token provided has no Bitbucket scopes." } },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["has no Bitbucket scopes"] },
    ],
    ["401 with nothing", { status: 401 }, { code: "remote-unauthenticated", kind: "not-permitted", words: ["answered 401"] }],
    [
      "403 with scopes",
      {
        status: 403,
        json: said({
          message: "Your credentials lack one or more required privilege scopes.",
          detail: { required: ["webhook"], granted: ["repository", "account"] },
        }),
      },
      {
        code: "remote-not-permitted",
        kind: "not-permitted",
        words: ["needs the scopes webhook; this access token has repository, account"],
      },
    ],
    [
      "403 without rights",
      { status: 403, json: said({ message: "Forbidden" }) },
      { code: "remote-not-permitted", kind: "not-permitted", words: ["administrator of the repository"] },
    ],
    [
      "403 for the kind of credential",
      { status: 403, json: said({ message: "This API is not accessible by this authentication mechanism" }) },
      { code: "remote-not-permitted", kind: "not-permitted", words: ["not accessible by this authentication mechanism"] },
    ],
    ["404", ABSENT, { code: "repository-not-found", kind: "gone", words: ["You may not have access", "cannot be told apart"] }],
    [
      "404 in the old words",
      { status: 404, json: said({ message: "Repository acme/app not found" }) },
      { code: "repository-not-found", kind: "gone", words: ["acme/app"] },
    ],
    [
      "404 for a workspace",
      { status: 404, json: said({ message: "No workspace with identifier 'acme'." }) },
      { code: "repository-not-found", kind: "gone", words: ["No workspace"] },
    ],
    [
      "410",
      { status: 410, json: said({ message: "This workspace was deleted" }) },
      { code: "repository-not-found", kind: "gone", words: ["closed or deleted"] },
    ],
    [
      "410 for a removed operation",
      { status: 410, json: { ...(said({ message: "CHANGE-2770", data: { announcement_url: "https://changes.example" } }) as object) } },
      { code: "remote-refused", kind: "bad-input", words: ["https://changes.example"] },
    ],
    [
      "411",
      { status: 411, json: said({ message: "Length required", detail: "Say how long." }) },
      { code: "remote-refused", kind: "bad-input", words: ["Length required Say how long"] },
    ],
  ])("%s", async (_name, told, expected) => {
    const server = await startServer(() => told);
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe(expected.code);
    expect(failure.kind).toBe(expected.kind);
    expect(failure.status).toBe(told.status);
    const text = `${failure.diagnostic.why} ${failure.diagnostic.fix}`;
    for (const words of [...expected.words, new URL(server.url).host]) expect(text).toContain(words);
    expect(failure.diagnostic.fix).not.toBe("");
  });

  it("of a password speaks of app passwords", async () => {
    const server = await startServer(() => ({ status: 401 }));
    const failure = await problemOf(client(server, { username: "ci", password: "app-pass" }).webhooks.list(repository));
    expect(failure.diagnostic.fix).toContain("28 July 2026");
    expect(failure.diagnostic.fix).toContain("BITBUCKET_API_TOKEN");
  });

  it("never carry a secret, not even one that the server repeats", async () => {
    const log = new LogLines();
    const server = await startServer((asked) => ({
      status: 400,
      json: { type: "error", error: { message: `${String(asked.headers["authorization"])} ${asked.text}` } },
    }));
    const password = "pässword-1";
    const { webhooks } = client(server, { username: "ci", password }, { log });
    const failure = await problemOf(webhooks.create(repository, input, "webhook-s3cret"));
    const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${String(failure.stack)} ${log.text()}`;
    for (const secret of [password, "webhook-s3cret", Buffer.from(`ci:${password}`).toString("base64")])
      expect(texts).not.toContain(secret);
    expect(texts).toContain("(redacted)");
    expect(log.lines[0]?.fields).toMatchObject({ method: "POST", path: HOOKS, status: 400, attempt: 1 });
  });
});

describe("a renamed repository", () => {
  it("is read where Bitbucket redirects to, and says its new name", async () => {
    const server = await startServer((asked) =>
      asked.path.startsWith(HOOKS)
        ? { status: 301, headers: { location: "/2.0/repositories/acme/renamed/hooks?pagelen=100" } }
        : { json: { values: [{ ...hook, subject: { ...hook.subject, full_name: "acme/renamed" } }] } },
    );
    expect(await client(server).webhooks.list(repository)).toMatchObject([{ repositoryFullName: "acme/renamed" }]);
  });

  it("is not written to through a redirect", async () => {
    const server = await startServer(() => ({ status: 301, headers: { location: "/elsewhere" } }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, null));
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
    const server = await startServer((_asked, count) => (count === 1 ? { json: found } : ABSENT));
    const { repositories } = client(server);
    expect(await repositories.byUuid(REPOSITORY_UUID)).toEqual({
      uuid: REPOSITORY_UUID,
      workspace: "acme",
      slug: "renamed",
      name: "Renamed",
      projectKey: "PAY",
      mainBranch: "main",
    });
    expect(server.asked[0]?.path).toBe("/2.0/repositories/%7B%7D/%7Baaaaaaaa-7ccf-44b7-ba6b-8827a14d5324%7D");
    expect(await repositories.byUuid(REPOSITORY_UUID)).toBeNull();
  });
});

describe("repositories of a workspace", () => {
  it("are filtered by Bitbucket and read page by page", async () => {
    const one = { uuid: REPOSITORY_UUID, full_name: "acme/app", name: "App", mainbranch: null };
    const server: RemoteServer = await startServer((asked) =>
      asked.path.includes("page=2")
        ? { json: { values: [one] } }
        : { json: { values: [one], next: `${server.url}/2.0/repositories/acme?page=2` } },
    );
    const found = await client(server).repositories.list("acme", { query: 'project.key = "PAY"', role: "admin" });
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ slug: "app", mainBranch: null, projectKey: null });
    const asked = new URL(server.asked[0]?.path ?? "", server.url);
    expect(Object.fromEntries(asked.searchParams)).toEqual({ pagelen: "100", sort: "slug", q: 'project.key = "PAY"', role: "admin" });
  });
});
