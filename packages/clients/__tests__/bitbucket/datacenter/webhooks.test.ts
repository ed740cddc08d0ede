/** Webhooks of Bitbucket Data Center: what a change sends, and what its odd answers mean. */
import type { DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import { fingerprint } from "../../../../domain";
import { LogLines, startServer, stopServers, type StubServer, type StubResponse } from "../../http/stub-server";
import {
  asked,
  client,
  hook,
  HOOK,
  HOOKS,
  input,
  NO_REPOSITORY,
  NO_PROJECT,
  NO_ROUTE,
  NO_WEBHOOK,
  NOT_PERMITTED,
  page,
  PAGE,
  problemOf,
  repository,
  said,
  script,
  SECRET,
  SEARCH,
  LIST,
  GET,
  PUT,
  DELETE,
  POST,
} from "./fixture";

afterEach(stopServers);

describe("the login", () => {
  it.each<[string, DatacenterCredentials, string]>([
    ["of an access token", { accessToken: "tok" }, "Bearer tok"],
    ["of user name and password", { username: "ci", password: "p:ö" }, `Basic ${Buffer.from("ci:p:ö").toString("base64")}`],
  ])("%s is in every request; changes say that no browser was tricked", async (_name, credentials, header) => {
    const server = await startServer(script({ [SEARCH]: page(), [DELETE]: { status: 204 }, [POST]: { status: 201, json: hook } }));
    const { webhooks } = client(server, credentials);
    await webhooks.list(repository);
    await webhooks.remove(repository, "42");
    await webhooks.create(repository, input, SECRET);
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([header, header, header]);
    expect(server.requests.map(({ headers }) => headers["x-atlassian-token"])).toEqual([undefined, "no-check", "no-check"]);
    expect(server.requests.map(({ headers }) => headers["content-type"])).toEqual([undefined, undefined, "application/json"]);
  });
});

describe("create", () => {
  it.each([200, 201])("sends everything and takes %s; an answer with the secret is believed", async (status) => {
    const server = await startServer(script({ [POST]: { status, json: hook } }));
    expect((await client(server).webhooks.create(repository, input, SECRET)).id).toBe("42");
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toEqual({
      name: input.title,
      url: input.url,
      active: true,
      events: input.events,
      sslVerificationRequired: true,
      configuration: { secret: SECRET },
    });
  });

  it.each<[string, unknown]>([
    ["an empty configuration", { ...hook, configuration: {} }],
    ["no configuration", { ...hook, configuration: undefined }],
    ["the configuration of somebody else", { ...hook, configuration: { secret: "another-secret" } }],
  ])("reads again after an answer with %s", async (_name, json) => {
    const server = await startServer(script({ [POST]: { status: 201, json }, [GET]: { json: hook } }));
    const made = await client(server).webhooks.create(repository, input, SECRET);
    expect(made.secret).toEqual({ is: "set", fingerprint: fingerprint(SECRET) });
    expect(asked(server)).toEqual(["POST /projects/PAY/repos/app/webhooks", "GET /projects/PAY/repos/app/webhooks/42"]);
  });

  it("says so when the secret was not stored", async () => {
    const bare = { json: { ...hook, configuration: {} } };
    const server = await startServer(script({ [POST]: { status: 201, ...bare }, [GET]: bare }));
    expect((await client(server).webhooks.create(repository, input, SECRET)).secret).toEqual({ is: "unset" });
  });

  it("does not fail when only the second look does: the webhook is there", async () => {
    const server = await startServer(script({ [POST]: { status: 201, json: { ...hook, configuration: {} } }, [GET]: NOT_PERMITTED }));
    expect(await client(server).webhooks.create(repository, input, SECRET)).toMatchObject({ id: "42", secret: { is: "untold" } });
  });

  it.each<[string, StubResponse]>([
    ["without an id", { status: 201, json: { name: input.title, url: input.url } }],
    ["without anything", { status: 201 }],
    ["with an empty object", { status: 200, json: {} }],
  ])("finds the webhook that was made last after an answer %s", async (_name, told) => {
    const others = [
      { ...hook, id: 9 },
      { ...hook, id: 300, url: "https://other.example" },
      { ...hook, id: 301, name: "Another" },
    ];
    const server = await startServer(script({ [POST]: told, [LIST]: page(others[0], hook, others[1], others[2]) }));
    expect((await client(server).webhooks.create(repository, input, SECRET)).id).toBe("42");
  });

  it.each<[string, StubResponse, readonly string[]]>([
    ["a reset", { behavior: "reset" }, []],
    ["502", { status: 502 }, []],
    ["a page", { text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }, []],
    ["an answer without the webhook, which is not to be found either", { status: 201, json: {} }, ["GET"]],
    ["the late 400", said(400, "java.util.ConcurrentModificationException", null), []],
    ["another exception of the server", said(400, "com.atlassian.bitbucket.ServerException"), []],
  ])("is sent once and of unknown fate after %s", async (_name, told, more) => {
    const server = await startServer(script({ [POST]: told, [LIST]: page() }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    expect(failure.execution).toBe("unknown");
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", ...more]);
  });

  it.each<[string, StubResponse]>([
    ["a validation", said(400, "com.atlassian.bitbucket.validation.ArgumentValidationException", "No URL was specified", "url")],
    ["a validation of another kind", said(400, "javax.validation.ConstraintViolationException", "must not be null", "events")],
    ["a refusal without a name", said(400, null, "At least one event must be provided")],
    ["a proxy's refusal", { status: 400, text: "bad request" }],
    ["a missing repository", NO_REPOSITORY],
    ["missing rights", NOT_PERMITTED],
  ])("was certainly not carried out after %s", async (_name, told) => {
    const server = await startServer(script({ [POST]: told }));
    expect((await problemOf(client(server).webhooks.create(repository, input, SECRET))).execution).toBe("no");
    expect(server.requests).toHaveLength(1);
  });

  it("goes where the repository has gone", async () => {
    const server = await startServer(({ path, text }) =>
      path === HOOKS
        ? { status: 307, headers: { location: path.replace("/app/", "/renamed/") } }
        : { status: 201, json: { ...hook, name: text } },
    );
    expect((await client(server).webhooks.create(repository, input, SECRET)).title).toContain(input.url);
    expect(asked(server)).toEqual(["POST /projects/PAY/repos/app/webhooks", "POST /projects/PAY/repos/renamed/webhooks"]);
  });
});

describe("replace", () => {
  it("sends everything that was read and is not ours, and nothing that only the server writes", async () => {
    const server = await startServer(script({ [SEARCH]: page(hook), [PUT]: { json: hook } }));
    const { webhooks } = client(server);
    const [found] = await webhooks.list(repository);
    await webhooks.replace(repository, "42", { ...input, active: false, verifyCertificate: false }, "new-secret", found?.carried);
    expect(server.requests[1]?.body).toEqual({
      name: input.title,
      url: input.url,
      active: false,
      events: input.events,
      sslVerificationRequired: false,
      configuration: { createdBy: "bitbucket", secret: "new-secret" },
      credentials: { username: "receiver" },
      colour: "blue",
    });
  });

  it.each<[string, StubResponse]>([
    ["the webhook with its secret before", { json: { ...hook, configuration: { secret: "old-secret" } } }],
    ["the webhook without its secret", { json: { ...hook, configuration: {} } }],
    ["nothing", { status: 204 }],
  ])("reads again after an answer with %s", async (_name, told) => {
    const server = await startServer(script({ [PUT]: told, [GET]: { json: hook } }));
    const now = await client(server).webhooks.replace(repository, "42", input, SECRET);
    expect(now).toMatchObject({ id: "42", secret: { fingerprint: fingerprint(SECRET) } });
  });

  it("is of unknown fate where neither the answer nor a look tells the webhook", async () => {
    const server = await startServer(script({ [PUT]: { status: 204 }, [GET]: NO_WEBHOOK }));
    expect((await problemOf(client(server).webhooks.replace(repository, "42", input, SECRET))).execution).toBe("unknown");
  });

  it.each<[string, StubResponse, StubResponse, string]>([
    ["the webhook", NO_WEBHOOK, page(), "webhook-not-found"],
    ["the repository", NO_REPOSITORY, page(), "repository-not-found"],
    ["the project", NO_PROJECT, page(), "repository-not-found"],
    ["the webhook, as a look finds out", said(404, null), page(), "webhook-not-found"],
    ["the repository, as a look finds out", said(404, null), NO_REPOSITORY, "repository-not-found"],
  ])("says what is missing: %s", async (_name, told, look, code) => {
    const server = await startServer(script({ [PUT]: told, [LIST]: look }));
    const failure = await problemOf(client(server).webhooks.replace(repository, "42", input, SECRET));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).toBe("gone");
  });
});

describe("remove", () => {
  it.each<[string, StubResponse, StubResponse, string]>([
    ["it was there", { status: 204 }, {}, "removed"],
    ["it was there, with an answer that has a body", { status: 200, json: hook }, {}, "removed"],
    ["the webhook is missing", NO_WEBHOOK, {}, "absent"],
    ["the repository is missing", NO_REPOSITORY, {}, "repository-absent"],
    ["the project is missing", NO_PROJECT, {}, "repository-absent"],
    ["something is missing, and a look finds the repository", said(404, null), page(), "absent"],
    ["something is missing, and a look finds nothing", said(404, null), NO_REPOSITORY, "repository-absent"],
  ])("%s: %s", async (_name, deleted, look, result) => {
    const server = await startServer(script({ [DELETE]: deleted, [LIST]: look }));
    expect(await client(server).webhooks.remove(repository, "42")).toBe(result);
  });

  it.each<[string, StubResponse, string]>([
    [
      "a login that is refused",
      said(401, "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException"),
      "remote-unauthenticated",
    ],
    ["missing rights", NOT_PERMITTED, "remote-permission-denied"],
    ["403", said(403, null), "remote-permission-denied"],
    ["an address that the server does not have", NO_ROUTE, "remote-response-invalid"],
    ["a proxy's page", PAGE, "remote-response-invalid"],
    ["a gateway's list of errors", { status: 404, json: { errors: [{ message: "no route" }] } }, "remote-response-invalid"],
    ["a login page in place of 204", { text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }, "remote-response-invalid"],
  ])("fails with %s", async (_name, told, code) => {
    const server = await startServer(script({ [DELETE]: told }));
    const failure = await problemOf(client(server).webhooks.remove(repository, "42"));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).not.toBe("gone");
    expect(server.requests).toHaveLength(1);
  });

  it("follows a repository that was renamed", async () => {
    const server = await startServer(({ path }) =>
      path === HOOK ? { status: 307, headers: { location: path.replace("/app/", "/renamed/") } } : { status: 204 },
    );
    expect(await client(server).webhooks.remove(repository, "42")).toBe("removed");
    expect(asked(server)).toEqual(["DELETE /projects/PAY/repos/app/webhooks/42", "DELETE /projects/PAY/repos/renamed/webhooks/42"]);
  });
});

it("a secret that the server tells is in no later message or log line, whoever's webhook it is", async () => {
  const log = new LogLines();
  const server: StubServer = await startServer(({ method, text }) =>
    method === "GET"
      ? page(hook, { ...hook, id: 7, configuration: { secret: "somebody-elses" } })
      : said(400, null, `${text} ${SECRET} somebody-elses new-secret BBDC-access-token`),
  );
  const { webhooks } = client(server, undefined, { log });
  await webhooks.list(repository);
  const failure = await problemOf(webhooks.replace(repository, "42", input, "new-secret"));
  const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${String(failure.stack)} ${log.text()}`;
  for (const secret of [SECRET, "somebody-elses", "new-secret", "BBDC-access-token"]) expect(texts).not.toContain(secret);
  expect(texts).toContain("(redacted)");
});
