/** What Bitbucket Data Center refuses, and what a person is told to do about it. */
import type { DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import { LogLines, startServer, stopServers, type StubResponse } from "../../http/stub-server";
import { client, input, NO_PROJECT, NO_REPOSITORY, NO_ROUTE, NOT_PERMITTED, PAGE, problemOf, repository, said, SECRET } from "./fixture";

afterEach(stopServers);

const BITBUCKET = "com.atlassian.bitbucket";
const PASSWORD: DatacenterCredentials = { username: "ci", password: "a-password" };

interface Expected {
  readonly code: string;
  readonly kind: string;
  readonly words: readonly string[];
}

describe("a refusal", () => {
  it.each<[string, StubResponse, Expected]>([
    [
      "of missing rights",
      NOT_PERMITTED,
      {
        code: "remote-permission-denied",
        kind: "not-permitted",
        words: ["REPO_ADMIN on PAY/app", "permissions of its own", "saw no login"],
      },
    ],
    [
      "of missing rights, to a user that the server names",
      { ...NOT_PERMITTED, headers: { "x-ausername": "build-user" } },
      { code: "remote-permission-denied", kind: "not-permitted", words: ["that of build-user, who may not do this"] },
    ],
    [
      "of a wrong token",
      said(
        401,
        `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`,
        "Authentication failed. Please check your credentials and try again.",
      ),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["Authentication failed", "BITBUCKET_DATACENTER_TOKEN"] },
    ],
    [
      "of a missing login",
      said(401, "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException"),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["seen no login", "header Authorization"] },
    ],
    [
      "of a user without licence",
      said(401, `${BITBUCKET}.auth.NoAccessAuthenticationException`, "The user ci is not licensed"),
      { code: "remote-permission-denied", kind: "not-permitted", words: ["no licence"] },
    ],
    ["of a login without a word", { status: 401 }, { code: "remote-unauthenticated", kind: "not-permitted", words: ["answered 401"] }],
    [
      "of a login by a proxy",
      { status: 401, text: "<html>Sign in</html>" },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["BITBUCKET_DATACENTER_TOKEN"] },
    ],
    [
      "until a captcha is solved, by the header",
      {
        ...said(403, null, "No."),
        headers: { "x-authentication-denied-reason": "CAPTCHA_CHALLENGE; login-url=https://bitbucket.example/login" },
      },
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["captcha", "/bitbucket/login"] },
    ],
    [
      "until a captcha is solved, by the exception",
      said(403, `${BITBUCKET}.auth.CaptchaRequiredAuthenticationException`),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["captcha"] },
    ],
    [
      "of a request that a browser could have been tricked into",
      { status: 403, text: "XSRF check failed" },
      { code: "remote-request-rejected", kind: "bad-input", words: ["XSRF check failed", "X-Atlassian-Token"] },
    ],
    [
      "of Basic authentication",
      said(403, null, "Basic authentication has been disabled on this instance."),
      { code: "remote-unauthenticated", kind: "not-permitted", words: ["HTTP access token"] },
    ],
    [
      "of another kind with 403",
      said(403, null, "Forbidden"),
      { code: "remote-permission-denied", kind: "not-permitted", words: ["REPO_ADMIN", "licence of the server"] },
    ],
    [
      "of changes to an archived repository",
      said(409, `${BITBUCKET}.repository.ArchivedRepositoryException`, "The repository is read-only."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["is archived", "back from the archive"] },
    ],
    [
      "of changes to an archived repository, with 403",
      said(403, null, "Repository PAY/app is archived."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["nothing in it can be changed"] },
    ],
    [
      "of a conflict",
      said(409, `${BITBUCKET}.IntegrityException`, "Somebody was faster."),
      { code: "remote-request-rejected", kind: "bad-input", words: ["Somebody was faster", "Somebody else"] },
    ],
    [
      "of a missing project",
      NO_PROJECT,
      { code: "repository-not-found", kind: "gone", words: ["Project PAY does not exist", "project key"] },
    ],
    ["of a missing repository", NO_REPOSITORY, { code: "repository-not-found", kind: "gone", words: ["PAY/app", "new name"] }],
    [
      "of a missing user with a personal project",
      said(404, `${BITBUCKET}.user.NoSuchUserException`),
      { code: "repository-not-found", kind: "gone", words: ["PAY/app"] },
    ],
    [
      "of something that is missing, without a name",
      said(404, null, "It does not exist."),
      { code: "repository-not-found", kind: "gone", words: ["It does not exist"] },
    ],
    [
      "of an address",
      NO_ROUTE,
      { code: "remote-response-invalid", kind: "transport", words: ["no such address in its REST API", "context path", "5.4"] },
    ],
    ["of a proxy with 404", PAGE, { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket says"] }],
    [
      "of a gateway with errors of its own",
      { status: 404, json: { errors: [{ message: "no Route matched" }] } },
      { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket says"] },
    ],
    ["with 410", { status: 410, json: {} }, { code: "remote-response-invalid", kind: "transport", words: ["not how Bitbucket says"] }],
    ["of the method", { status: 405, json: {} }, { code: "remote-response-invalid", kind: "transport", words: ["in between"] }],
    ["of the form", { status: 406 }, { code: "remote-response-invalid", kind: "transport", words: ["in between"] }],
    [
      "of a field",
      said(400, `${BITBUCKET}.validation.ArgumentValidationException`, "No URL was specified", "url"),
      { code: "remote-request-rejected", kind: "bad-input", words: ["objects to url: No URL was specified", "fields that are named"] },
    ],
    [
      "of an event that Spacelift needs",
      said(400, `${BITBUCKET}.validation.ArgumentValidationException`, "pr:from_ref_updated is unknown", "events"),
      { code: "remote-request-rejected", kind: "bad-input", words: ["pr:from_ref_updated is unknown.", "Update the server", "7.0"] },
    ],
    [
      "of an event that nobody knows",
      said(400, `${BITBUCKET}.validation.ArgumentValidationException`, "pr:declned is unknown", "events"),
      { code: "remote-request-rejected", kind: "bad-input", words: ["pr:declned is unknown.", "spelling", "additional_events"] },
    ],
    [
      "of the input in words",
      { status: 400, text: "bad" },
      { code: "remote-request-rejected", kind: "bad-input", words: [": bad.", "what the message names"] },
    ],
    [
      "that is a failure of the server",
      said(400, "java.util.ConcurrentModificationException", null),
      { code: "remote-response-invalid", kind: "transport", words: ["ConcurrentModificationException is a failure", "looks first"] },
    ],
  ])("%s", async (_name, told, expected) => {
    const server = await startServer(() => told);
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    const text = `${failure.diagnostic.why} ${failure.diagnostic.fix}`;
    expect({ code: failure.diagnostic.code, kind: failure.kind, status: failure.status }).toEqual({
      code: expected.code,
      kind: expected.kind,
      status: told.status,
    });
    for (const words of [...expected.words, new URL(server.url).host, "POST", "webhooks of PAY/app"]) expect(text).toContain(words);
    expect(failure.diagnostic.fix).toMatch(/\.$/);
    expect(text).not.toMatch(/\.\.|undefined|null/);
  });

  it.each<[string, StubResponse, string]>([
    ["a wrong password", said(401, `${BITBUCKET}.auth.IncorrectPasswordAuthenticationException`), "BITBUCKET_DATACENTER_PASSWORD"],
    ["a missing login", said(401, "x.AuthenticationRequiredException"), "whether the server allows Basic"],
    ["missing rights", NOT_PERMITTED, "behind the password."],
    ["a captcha", said(403, "x.CaptchaRequiredAuthenticationException"), "correct BITBUCKET_DATACENTER_USERNAME and"],
  ])("of %s speaks of user name and password to those who use them", async (_name, told, words) => {
    const server = await startServer(() => told);
    const failure = await problemOf(client(server, PASSWORD).webhooks.create(repository, input, SECRET));
    expect(failure.diagnostic.fix).toContain(words);
  });

  it.each<[string, (server: ReturnType<typeof client>) => Promise<unknown>, string]>([
    ["one repository", ({ repositories }) => repositories.byName(repository), "REPO_READ"],
    ["a project", ({ repositories }) => repositories.list("PAY"), "PROJECT_READ"],
    ["a webhook", ({ webhooks }) => webhooks.remove(repository, "42"), "REPO_ADMIN"],
  ])("of %s names the right that is needed for it", async (_name, ask, right) => {
    const server = await startServer(() => NOT_PERMITTED);
    expect((await problemOf(ask(client(server)))).diagnostic.fix).toContain(right);
  });

  it("that several errors make names all of them", async () => {
    const exceptionName = `${BITBUCKET}.validation.ArgumentValidationException`;
    const errors = [
      { context: "url", message: "No URL was specified", exceptionName },
      { context: "events", message: null, exceptionName },
      { context: null, message: "And more", exceptionName },
    ];
    const server = await startServer(() => ({ status: 400, json: { errors } }));
    const failure = await problemOf(client(server).webhooks.create(repository, input, SECRET));
    expect(failure.diagnostic.why).toContain("And more. Bitbucket objects to url: No URL was specified; events: not valid");
  });

  it("never carries a secret, not even one that the server repeats", async () => {
    const log = new LogLines();
    const server = await startServer(({ headers, text }) => said(400, null, `${String(headers["authorization"])} ${text}`));
    const failure = await problemOf(client(server, PASSWORD, { log }).webhooks.create(repository, input, SECRET));
    const texts = `${JSON.stringify(failure.diagnostic)} ${failure.message} ${String(failure.stack)} ${log.text()}`;
    for (const secret of ["a-password", SECRET, Buffer.from("ci:a-password").toString("base64")]) expect(texts).not.toContain(secret);
    expect(texts).toContain("(redacted)");
  });
});

describe("a redirect", () => {
  it("to another server is not followed: the credential stays here", async () => {
    const other = await startServer(() => ({ json: { values: [] } }));
    const server = await startServer(({ path }) => ({ status: 307, headers: { location: `${other.url}${path}` } }));
    expect((await problemOf(client(server).webhooks.list(repository))).diagnostic.code).toBe("remote-redirect");
    expect(other.requests).toHaveLength(0);
  });

  it("to a login page is no list of webhooks", async () => {
    const server = await startServer(({ path }) =>
      path.startsWith("/bitbucket/rest/") ? { status: 302, headers: { location: "/bitbucket/login" } } : { ...PAGE, status: 200 },
    );
    const failure = await problemOf(client(server).webhooks.list(repository));
    expect(failure.diagnostic.code).toBe("remote-response-invalid");
    expect(failure.diagnostic.fix).toContain("login page");
  });
});
