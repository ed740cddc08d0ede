/** Webhooks of Bitbucket Data Center: what a change sends, and how unusual responses are handled. */
import type { DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import { fingerprint } from "../../../../domain";
import { LogLines, startServer, stopServers, type StubServer, type StubResponse } from "../../http/stub-server";
import {
  requestLines,
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
  errorResponse,
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
    ["of username and password", { username: "ci", password: "p:ö" }, `Basic ${Buffer.from("ci:p:ö").toString("base64")}`],
  ])("%s is in every request; changes include the XSRF header", async (_name, credentials, header) => {
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
  it.each([200, 201])("sends all fields and accepts %s; a response with the secret is not verified", async (status) => {
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
    ["the configuration of another change", { ...hook, configuration: { secret: "another-secret" } }],
  ])("reads the webhook again after a response with %s", async (_name, json) => {
    const server = await startServer(script({ [POST]: { status: 201, json }, [GET]: { json: hook } }));
    const created = await client(server).webhooks.create(repository, input, SECRET);
    expect(created.secret).toEqual({ is: "set", fingerprint: fingerprint(SECRET) });
    expect(requestLines(server)).toEqual(["POST /projects/PAY/repos/app/webhooks", "GET /projects/PAY/repos/app/webhooks/42"]);
  });

  it("reports a secret that was not stored", async () => {
    const bare = { json: { ...hook, configuration: {} } };
    const server = await startServer(script({ [POST]: { status: 201, ...bare }, [GET]: bare }));
    expect((await client(server).webhooks.create(repository, input, SECRET)).secret).toEqual({ is: "unset" });
  });

  it("does not fail if only the second read fails, because the webhook exists", async () => {
    const server = await startServer(script({ [POST]: { status: 201, json: { ...hook, configuration: {} } }, [GET]: NOT_PERMITTED }));
    expect(await client(server).webhooks.create(repository, input, SECRET)).toMatchObject({ id: "42", secret: { is: "unknown" } });
  });

  it.each<[string, StubResponse]>([
    ["without an id", { status: 201, json: { name: input.title, url: input.url } }],
    ["without anything", { status: 201 }],
    ["with an empty object", { status: 200, json: {} }],
  ])("finds the latest webhook after a response %s", async (_name, response) => {
    const others = [
      { ...hook, id: 9 },
      { ...hook, id: 300, url: "https://other.example" },
      { ...hook, id: 301, name: "Another" },
    ];
    const server = await startServer(script({ [POST]: response, [LIST]: page(others[0], hook, others[1], others[2]) }));
    expect((await client(server).webhooks.create(repository, input, SECRET)).id).toBe("42");
  });

  it.each<[string, StubResponse, readonly string[]]>([
    ["a reset", { behavior: "reset" }, []],
    ["502", { status: 502 }, []],
    ["a page", { text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }, []],
    ["a response without the webhook, which is not in the list either", { status: 201, json: {} }, ["GET"]],
    ["the late 400", errorResponse(400, "java.util.ConcurrentModificationException", null), []],
    ["another exception of the server", errorResponse(400, "com.atlassian.bitbucket.ServerException"), []],
  ])("is sent once, and its execution is unknown, after %s", async (_name, response, furtherMethods) => {
    const server = await startServer(script({ [POST]: response, [LIST]: page() }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    expect(failure.execution).toBe("unknown");
    expect(server.requests.map(({ method }) => method)).toEqual(["POST", ...furtherMethods]);
  });

  it.each<[string, StubResponse]>([
    [
      "a validation error",
      errorResponse(400, "com.atlassian.bitbucket.validation.ArgumentValidationException", "No URL was specified", "url"),
    ],
    ["another validation error", errorResponse(400, "javax.validation.ConstraintViolationException", "must not be null", "events")],
    ["an error without an exception", errorResponse(400, null, "At least one event must be provided")],
    ["an error of a proxy", { status: 400, text: "bad request" }],
    ["a missing repository", NO_REPOSITORY],
    ["missing permissions", NOT_PERMITTED],
  ])("was certainly not executed after %s", async (_name, response) => {
    const server = await startServer(script({ [POST]: response }));
    expect((await problemOf(client(server).webhooks.create(repository, input, SECRET))).execution).toBe("no");
    expect(server.requests).toHaveLength(1);
  });

  it("follows the redirect of a renamed repository", async () => {
    const server = await startServer(({ path, text }) =>
      path === HOOKS
        ? { status: 307, headers: { location: path.replace("/app/", "/renamed/") } }
        : { status: 201, json: { ...hook, name: text } },
    );
    expect((await client(server).webhooks.create(repository, input, SECRET)).title).toContain(input.url);
    expect(requestLines(server)).toEqual(["POST /projects/PAY/repos/app/webhooks", "POST /projects/PAY/repos/renamed/webhooks"]);
  });
});

describe("replace", () => {
  it("sends back unmanaged fields, but not those that only the server writes", async () => {
    const server = await startServer(script({ [SEARCH]: page(hook), [PUT]: { json: hook } }));
    const { webhooks } = client(server);
    const [found] = await webhooks.list(repository);
    await webhooks.replace(repository, "42", { ...input, active: false, verifyCertificate: false }, "new-secret", found?.passthrough);
    expect(server.requests[1]?.body).toEqual({
      name: input.title,
      url: input.url,
      active: false,
      events: input.events,
      sslVerificationRequired: false,
      configuration: { createdBy: "bitbucket", secret: "new-secret" },
      credentials: { username: "receiver" },
      color: "blue",
    });
  });

  it.each<[string, StubResponse]>([
    ["the webhook with its previous secret", { json: { ...hook, configuration: { secret: "old-secret" } } }],
    ["the webhook without its secret", { json: { ...hook, configuration: {} } }],
    ["an empty body", { status: 204 }],
  ])("reads the webhook again after a response with %s", async (_name, response) => {
    const server = await startServer(script({ [PUT]: response, [GET]: { json: hook } }));
    const current = await client(server).webhooks.replace(repository, "42", input, SECRET);
    expect(current).toMatchObject({ id: "42", secret: { fingerprint: fingerprint(SECRET) } });
  });

  it("has an unknown execution if neither the response nor a second read returns the webhook", async () => {
    const server = await startServer(script({ [PUT]: { status: 204 }, [GET]: NO_WEBHOOK }));
    expect((await problemOf(client(server).webhooks.replace(repository, "42", input, SECRET))).execution).toBe("unknown");
  });

  it.each<[string, StubResponse, StubResponse, string]>([
    ["the webhook", NO_WEBHOOK, page(), "webhook-not-found"],
    ["the repository", NO_REPOSITORY, page(), "repository-not-found"],
    ["the project", NO_PROJECT, page(), "repository-not-found"],
    ["the webhook, as the list shows", errorResponse(404, null), page(), "webhook-not-found"],
    ["the repository, as the list shows", errorResponse(404, null), NO_REPOSITORY, "repository-not-found"],
  ])("reports what is missing: %s", async (_name, response, list, code) => {
    const server = await startServer(script({ [PUT]: response, [LIST]: list }));
    const failure = await problemOf(client(server).webhooks.replace(repository, "42", input, SECRET));
    expect(failure.diagnostic.code).toBe(code);
    expect(failure.kind).toBe("gone");
  });
});

describe("remove", () => {
  it.each<[string, StubResponse, StubResponse, string]>([
    ["the webhook existed", { status: 204 }, {}, "removed"],
    ["the webhook existed, and the response has a body", { status: 200, json: hook }, {}, "removed"],
    ["the webhook is missing", NO_WEBHOOK, {}, "absent"],
    ["the repository is missing", NO_REPOSITORY, {}, "repository-absent"],
    ["the project is missing", NO_PROJECT, {}, "repository-absent"],
    ["an unspecified object is missing, and the repository exists", errorResponse(404, null), page(), "absent"],
    ["an unspecified object is missing, and the repository does not exist", errorResponse(404, null), NO_REPOSITORY, "repository-absent"],
  ])("%s: %s", async (_name, deletion, list, result) => {
    const server = await startServer(script({ [DELETE]: deletion, [LIST]: list }));
    expect(await client(server).webhooks.remove(repository, "42")).toBe(result);
  });

  it.each<[string, StubResponse, string]>([
    [
      "a rejected login",
      errorResponse(401, "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException"),
      "remote-unauthenticated",
    ],
    ["missing permissions", NOT_PERMITTED, "remote-permission-denied"],
    ["403", errorResponse(403, null), "remote-permission-denied"],
    ["an unknown address", NO_ROUTE, "remote-response-invalid"],
    ["a proxy's page", PAGE, "remote-response-invalid"],
    ["a gateway's list of errors", { status: 404, json: { errors: [{ message: "no route" }] } }, "remote-response-invalid"],
    ["a login page instead of 204", { text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }, "remote-response-invalid"],
  ])("fails with %s", async (_name, response, code) => {
    const server = await startServer(script({ [DELETE]: response }));
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
    expect(requestLines(server)).toEqual(["DELETE /projects/PAY/repos/app/webhooks/42", "DELETE /projects/PAY/repos/renamed/webhooks/42"]);
  });
});

it("a secret that the server returns appears in no later message or log line, even that of another tool's webhook", async () => {
  const log = new LogLines();
  const server: StubServer = await startServer(({ method, text }) =>
    method === "GET"
      ? page(hook, { ...hook, id: 7, configuration: { secret: "secret-of-another-tool" } })
      : errorResponse(400, null, `${text} ${SECRET} secret-of-another-tool new-secret BBDC-access-token`),
  );
  const { webhooks } = client(server, undefined, { log });
  await webhooks.list(repository);
  const failure = await problemOf(webhooks.replace(repository, "42", input, "new-secret"));
  const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${failure.stack} ${log.text()}`;
  for (const secret of [SECRET, "secret-of-another-tool", "new-secret", "BBDC-access-token"]) expect(texts).not.toContain(secret);
  expect(texts).toContain("(redacted)");
});
