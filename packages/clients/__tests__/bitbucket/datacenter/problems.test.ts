/** Error responses of Bitbucket Data Center, and the fixes that messages suggest. */
import type { DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import { LogLines, startServer, stopServers, type StubResponse } from "../../http/stub-server";
import {
  client,
  input,
  NO_PROJECT,
  NO_REPOSITORY,
  NO_ROUTE,
  NOT_PERMITTED,
  PAGE,
  problemOf,
  repository,
  errorResponse,
  SECRET,
} from "./fixture";

afterEach(stopServers);

const BITBUCKET = "com.atlassian.bitbucket";
const PASSWORD: DatacenterCredentials = { username: "ci", password: "a-password" };

interface Expected {
  readonly code: string;
  readonly kind: string;
  readonly words: readonly string[];
}

describe("an error response", () => {
  it.each<[string, StubResponse, Expected]>([
    [
      "for missing permissions",
      NOT_PERMITTED,
      {
        code: "remote-permission-denied",
        kind: "not-permitted",
        words: ["REPO_ADMIN on PAY/app", "separate permissions", "received no login"],
      },
    ],
    [
      "for missing permissions of a user that the server names",
      { ...NOT_PERMITTED, headers: { "x-ausername": "build-user" } },
      { code: "remote-permission-denied", kind: "not-permitted", words: ["belongs to build-user, who is not permitted to do this"] },
    ],
    [
      "for a wrong token",
      errorResponse(
        401,
        `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`,
        "Authentication failed. Please check your credentials and try again.",
      ),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["Authentication failed", "BITBUCKET_DATACENTER_TOKEN"] },
    ],
    [
      "for a missing login",
      errorResponse(401, "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException"),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["received no login", "Authorization header"] },
    ],
    [
      "for a user without a license",
      errorResponse(401, `${BITBUCKET}.auth.NoAccessAuthenticationException`, "The user ci is not licensed"),
      { code: "remote-permission-denied", kind: "not-permitted", words: ["no license"] },
    ],
    [
      "for a login, without a body",
      { status: 401 },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["responded with status 401"] },
    ],
    [
      "of a proxy that requires a login",
      { status: 401, text: "<html>Sign in</html>" },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["BITBUCKET_DATACENTER_TOKEN"] },
    ],
    [
      "for a captcha, by the header",
      {
        ...errorResponse(403, null, "No."),
        headers: { "x-authentication-denied-reason": "CAPTCHA_CHALLENGE; login-url=https://bitbucket.example/login" },
      },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["captcha", "/bitbucket/login"] },
    ],
    [
      "for a captcha, by the exception",
      errorResponse(403, `${BITBUCKET}.auth.CaptchaRequiredAuthenticationException`),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["captcha"] },
    ],
    [
      "for a possible cross-site request",
      { status: 403, text: "XSRF check failed" },
      { code: "remote-request-rejected", kind: "bad-input", words: ["XSRF check failed", "X-Atlassian-Token"] },
    ],
    [
      "for Basic authentication",
      errorResponse(403, null, "Basic authentication has been disabled on this instance."),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["HTTP access token"] },
    ],
    [
      "with any other 403",
      errorResponse(403, null, "Forbidden"),
      { code: "remote-permission-denied", kind: "not-permitted", words: ["REPO_ADMIN", "server license"] },
    ],
    [
      "for a change of an archived repository",
      errorResponse(409, `${BITBUCKET}.repository.ArchivedRepositoryException`, "The repository is read-only."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["is archived", "Unarchive the repository"] },
    ],
    [
      "for a change of an archived repository, with 403",
      errorResponse(403, null, "Repository PAY/app is archived."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["nothing in it can be changed"] },
    ],
    [
      "for a conflict",
      errorResponse(409, `${BITBUCKET}.IntegrityException`, "Another change came first."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["Another change came first", "changed at the same time"] },
    ],
    [
      "for a missing project",
      NO_PROJECT,
      { code: "repository-not-found", kind: "gone", words: ["Project PAY does not exist", "project key"] },
    ],
    ["for a missing repository", NO_REPOSITORY, { code: "repository-not-found", kind: "gone", words: ["PAY/app", "new name"] }],
    [
      "for a missing user with a personal project",
      errorResponse(404, `${BITBUCKET}.user.NoSuchUserException`),
      { code: "repository-not-found", kind: "gone", words: ["PAY/app"] },
    ],
    [
      "for an unspecified missing object",
      errorResponse(404, null, "It does not exist."),
      { code: "repository-not-found", kind: "gone", words: ["It does not exist"] },
    ],
    [
      "for an unknown address",
      NO_ROUTE,
      { code: "remote-response-invalid", kind: "transport", words: ["REST API of the server has no such address", "context path", "5.4"] },
    ],
    [
      "of a proxy with 404",
      PAGE,
      { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket reports an object that does not exist"] },
    ],
    [
      "of a gateway with its own errors",
      { status: 404, json: { errors: [{ message: "no Route matched" }] } },
      { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket reports an object that does not exist"] },
    ],
    [
      "with 410",
      { status: 410, json: {} },
      { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket reports an object that does not exist"] },
    ],
    [
      "for the method",
      { status: 405, json: {} },
      { code: "remote-response-invalid", kind: "transport", words: ["another system changes or rejects"] },
    ],
    [
      "for the media type",
      { status: 406 },
      { code: "remote-response-invalid", kind: "transport", words: ["another system changes or rejects"] },
    ],
    [
      "for a field",
      errorResponse(400, `${BITBUCKET}.validation.ArgumentValidationException`, "No URL was specified", "url"),
      {
        code: "remote-request-rejected",
        kind: "bad-input",
        words: ["rejects url: No URL was specified", "webhook_url of the integration"],
      },
    ],
    [
      "for an event that Spacelift requires",
      errorResponse(400, `${BITBUCKET}.validation.ArgumentValidationException`, "pr:from_ref_updated is unknown", "events"),
      { code: "remote-request-rejected", kind: "bad-input", words: ["pr:from_ref_updated is unknown.", "Update the server", "7.0"] },
    ],
    [
      "for an unknown event",
      errorResponse(400, `${BITBUCKET}.validation.ArgumentValidationException`, "pr:declned is unknown", "events"),
      { code: "remote-request-rejected", kind: "bad-input", words: ["pr:declned is unknown.", "spelling", "additional_events"] },
    ],
    [
      "for the input, as plain text",
      { status: 400, text: "bad" },
      { code: "remote-request-rejected", kind: "bad-input", words: [": bad.", "what the message describes"] },
    ],
    [
      "for a failure of the server",
      errorResponse(400, "java.util.ConcurrentModificationException", null),
      {
        code: "remote-response-invalid",
        kind: "transport",
        words: ["ConcurrentModificationException is a failure", "looks up the current state first"],
      },
    ],
  ])("%s", async (_name, response, expected) => {
    const server = await startServer(() => response);
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    const text = `${failure.diagnostic.why} ${failure.diagnostic.fix}`;
    expect({ code: failure.diagnostic.code, kind: failure.kind, status: failure.status }).toEqual({
      code: expected.code,
      kind: expected.kind,
      status: response.status,
    });
    for (const words of [...expected.words, new URL(server.url).host, "POST", "webhooks of PAY/app"]) expect(text).toContain(words);
    expect(failure.diagnostic.fix).toMatch(/\.$/);
    expect(text).not.toMatch(/\.\.|undefined|null/);
  });

  it.each<[string, StubResponse, string]>([
    ["a wrong password", errorResponse(401, `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`), "BITBUCKET_DATACENTER_PASSWORD"],
    ["a missing login", errorResponse(401, "x.AuthenticationRequiredException"), "whether the server allows Basic"],
    ["missing permissions", NOT_PERMITTED, "that the password belongs to."],
    ["a captcha", errorResponse(403, "x.CaptchaRequiredAuthenticationException"), "correct BITBUCKET_DATACENTER_USERNAME and"],
  ])("for %s mentions username and password if they are in use", async (_name, response, words) => {
    const server = await startServer(() => response);
    const failure = await problemOf(client(server, PASSWORD).webhooks.create(repository, input, SECRET));
    expect(failure.diagnostic.fix).toContain(words);
  });

  it.each<[string, (server: ReturnType<typeof client>) => Promise<unknown>, string]>([
    ["one repository", ({ repositories }) => repositories.byName(repository), "REPO_READ"],
    ["a project", ({ repositories }) => repositories.list("PAY"), "PROJECT_READ"],
    ["a webhook", ({ webhooks }) => webhooks.remove(repository, "42"), "REPO_ADMIN"],
  ])("for %s names the required permission", async (_name, send, permission) => {
    const server = await startServer(() => NOT_PERMITTED);
    expect((await problemOf(send(client(server)))).diagnostic.fix).toContain(permission);
  });

  it("with several errors names all of them", async () => {
    const exceptionName = `${BITBUCKET}.validation.ArgumentValidationException`;
    const errors = [
      { context: "url", message: "No URL was specified", exceptionName },
      { context: "events", message: null, exceptionName },
      { context: null, message: "And more", exceptionName },
    ];
    const server = await startServer(() => ({ status: 400, json: { errors } }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    expect(failure.diagnostic.why).toContain("And more. Bitbucket rejects url: No URL was specified; events: not valid");
  });

  it("never contains a secret, even if the server repeats it", async () => {
    const log = new LogLines();
    const server = await startServer(({ headers, text }) => errorResponse(400, null, `${String(headers["authorization"])} ${text}`));
    const failure = await problemOf(client(server, PASSWORD, { log }).webhooks.create(repository, input, SECRET));
    const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${failure.stack} ${log.text()}`;
    for (const secret of ["a-password", SECRET, Buffer.from("ci:a-password").toString("base64")]) expect(texts).not.toContain(secret);
    expect(texts).toContain("(redacted)");
  });
});

describe("a redirect", () => {
  it("to another server is not followed, so that the credential does not go there", async () => {
    const other = await startServer(() => ({ json: { values: [] } }));
    const server = await startServer(({ path }) => ({ status: 307, headers: { location: `${other.url}${path}` } }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-redirect");
    expect(other.requests).toHaveLength(0);
  });

  it("to a login page is not a list of webhooks", async () => {
    const server = await startServer(({ path }) =>
      path.startsWith("/bitbucket/rest/") ? { status: 302, headers: { location: "/bitbucket/login" } } : { ...PAGE, status: 200 },
    );
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe("remote-response-invalid");
    expect(failure.diagnostic.fix).toContain("login page");
  });
});
