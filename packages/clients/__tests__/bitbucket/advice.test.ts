/** Advice of both Bitbucket clients where neither a role nor a scope is the cause: policies, limits, user names of git, rejected fields. */
import type { CloudCredentials } from "../../bitbucket/cloud/client";
import type { DatacenterCredentials } from "../../bitbucket/datacenter/client";
import type { Problem } from "../../../diagnostics";
import { startServer, stopServers, type StubResponse } from "../http/stub-server";
import { client as cloudClient, input, problemOf, repository } from "./cloud/fixture";
import { client as datacenterClient, errorResponse, repository as datacenterRepository } from "./datacenter/fixture";

afterEach(stopServers);

const API_TOKEN: CloudCredentials = { email: "ci@acme.example", apiToken: "ATATT-api-token" };

const cloudError = (status: number, message: string, fields?: unknown): StubResponse => ({
  status,
  json: { type: "error", error: { message, ...(fields === undefined ? {} : { fields }) } },
});

async function cloudProblem(response: StubResponse, credentials: CloudCredentials = API_TOKEN): Promise<Problem> {
  const server = await startServer(() => response);
  return problemOf(cloudClient(server, credentials).webhooks.create(repository, input, "webhook-secret"));
}

async function datacenterProblem(response: StubResponse, credentials?: DatacenterCredentials): Promise<Problem> {
  const server = await startServer(() => response);
  return problemOf(datacenterClient(server, credentials).webhooks.create(datacenterRepository, input, "webhook-secret"));
}

/** Words of advice about roles and scopes. */
const RIGHTS = /scope|admin access|REPO_ADMIN|permission|administrator of the repository/i;

describe("where Bitbucket's words name a policy, there is no advice about roles and scopes", () => {
  const POLICIES: readonly [string, RegExp][] = [
    [
      "You must have two-step verification enabled to access this workspace.",
      /^Enable two-step verification for the account "ci@acme\.example"/,
    ],
    ["Two-factor authentication is required to access this resource.", /^Enable two-step verification/],
    ["To access this repository's resources, your IP address must be whitelisted.", /machine whose address is allowed/],
    ["Access to this workspace is limited by an IP allowlist.", /an administrator of the workspace to allow the address/],
    ["You need to log in with SSO to access this workspace.", /single sign-on/],
    ["SAML login required", /single sign-on/],
    ["This workspace has been suspended.", /plan details of the workspace/],
    ["Your plan does not include access to this feature. Please upgrade.", /plan details of the workspace/],
    ["This repository is read-only because the workspace has exceeded its user limit.", /plan details of the workspace/],
    ["The account is not licensed for access.", /plan details of the workspace/],
    ["You must confirm your email before you can access this workspace.", /^Confirm the email address/],
    ["This account has been deactivated.", /reactivate the account "ci@acme\.example"/],
    ["You must accept the terms of service.", /accept what it shows/],
    ["Your organization's policy blocks access from unmanaged devices.", /^Do what the message of Bitbucket Cloud asks for/],
    ["Repository is being relocated.", /^Do what the message of Bitbucket Cloud asks for/],
  ];

  it.each(POLICIES)("Cloud: %s", async (message, fix) => {
    const { diagnostic, kind } = await cloudProblem(cloudError(403, message));
    expect(diagnostic).toMatchObject({ code: "remote-permission-denied", fix: expect.stringMatching(fix) as unknown });
    expect(diagnostic.fix).not.toMatch(RIGHTS);
    expect(diagnostic.why).toContain(message.replace(/\.$/, ""));
    expect(kind).toBe("not-permitted");
  });

  it.each([
    ["Two-step verification is required.", /^Enable two-step verification for the account to which the access token belongs/],
    ["Your IP address is not on the allowlist.", /an administrator of the server to allow the address/],
    ["Log in through single sign-on.", /an administrator of the server if single sign-on rejects it/],
    ["The license of this server has expired.", /license of the server/],
  ])("Data Center: %s", async (message, fix) => {
    const { diagnostic } = await datacenterProblem(errorResponse(403, null, message));
    expect(diagnostic.fix).toMatch(fix);
    expect(diagnostic.fix).not.toMatch(RIGHTS);
  });

  it.each([
    [401, "Two-step verification is required."],
    [402, "Payment required."],
  ])("Cloud: also with status %i", async (status, message) => {
    const { diagnostic } = await cloudProblem(cloudError(status, message));
    expect(diagnostic.code).toBe("remote-permission-denied");
    expect(diagnostic.fix).not.toMatch(RIGHTS);
  });

  it("two-step verification belongs to a person, so an access token gets other advice", async () => {
    const { diagnostic } = await cloudProblem(cloudError(403, "Two-step verification is required."), { accessToken: "ATCTT-token" });
    expect(diagnostic.fix).toMatch(/^An access token belongs to no person\. Use the email and the API token/);
  });
});

it.each(["Forbidden", "You do not have permission to access this repository.", "You must be an admin to do this.", "Access denied"])(
  "words about rights keep the advice about rights: %s",
  async (message) => {
    expect((await cloudProblem(cloudError(403, message))).diagnostic.fix).toMatch(/^Managing webhooks requires an administrator/);
  },
);

describe("a full list of webhooks", () => {
  const FIX = /^In the webhook settings of \S+, delete a webhook that is no longer needed, then run the command again\.$/;
  it.each<[string, () => Promise<Problem>]>([
    [
      "Cloud, at a field",
      () => cloudProblem(cloudError(400, "Bad request", { url: ["This repository has reached its limit of 50 webhooks."] })),
    ],
    ["Cloud, in the message", () => cloudProblem(cloudError(400, "Maximum number of webhooks reached"))],
    ["Cloud, as a conflict", () => cloudProblem(cloudError(409, "Too many webhooks"))],
    [
      "Data Center",
      () => datacenterProblem(errorResponse(400, "ArgumentValidationException", "This repository has reached its limit of 4 webhooks.")),
    ],
  ])("%s: one has to be removed, no field has to be corrected", async (_case, problem) => {
    const { diagnostic, kind } = await problem();
    expect(diagnostic).toMatchObject({ code: "remote-request-rejected", fix: expect.stringMatching(FIX) as unknown });
    expect(`${diagnostic.why} ${diagnostic.fix}`).not.toMatch(/correct/i);
    expect(kind).toBe("bad-input");
  });
});

describe("a user name of git as the user of the login", () => {
  it.each<[string, () => Promise<Problem>, RegExp]>([
    [
      "Cloud: x-token-auth",
      () => cloudProblem({ status: 401 }, { username: "x-token-auth", password: "p" }),
      /^Set the access token alone: BITBUCKET_ACCESS_TOKEN/,
    ],
    [
      "Cloud: x-bitbucket-api-token-auth as username",
      () => cloudProblem({ status: 401 }, { username: "x-bitbucket-api-token-auth", password: "p" }),
      /^Set the email address of the Atlassian account and the API token: BITBUCKET_EMAIL with BITBUCKET_API_TOKEN/,
    ],
    [
      "Cloud: x-bitbucket-api-token-auth as email",
      () => cloudProblem({ status: 401 }, { email: "x-bitbucket-api-token-auth", apiToken: "t" }),
      /^Set the email address of the Atlassian account/,
    ],
    [
      "Data Center: x-token-auth",
      () => datacenterProblem({ status: 401 }, { username: "x-token-auth", password: "p" }),
      /^Set the HTTP access token alone/,
    ],
  ])("%s", async (_case, problem, fix) => {
    const { diagnostic } = await problem();
    expect(diagnostic.code).toBe("remote-unauthenticated");
    expect(diagnostic.why).toMatch(/"x-[a-z-]+" is a user name for git/);
    expect(diagnostic.fix).toMatch(fix);
  });
});

describe("a rejected login", () => {
  it("shows the user that was sent", async () => {
    const { diagnostic } = await cloudProblem({ status: 401 }, { email: "acme-bot", apiToken: "t" });
    expect(diagnostic.why).toContain('the API token with the user "acme-bot"');
    expect(diagnostic.fix).toContain("must be the email of the Atlassian account");
  });

  it("names the setting that is in use, if the client knows it", async () => {
    const server = await startServer(() => ({ status: 401 }));
    const loginSource = "access_token_env of the bitbucket_cloud block (variable WEBHOOKS_TOKEN)";
    const { webhooks } = cloudClient(server, { accessToken: "ATCTT-token" }, { loginSource });
    expect((await problemOf(webhooks.list(repository))).diagnostic.fix).toContain(`Check ${loginSource}.`);
  });
});

describe("rejected fields", () => {
  it.each([
    [
      "url",
      /^webhook_url is the address at which Spacelift receives deliveries/,
      'The request contained url "https://hooks.example/payments".',
    ],
    ["description", /^Correct title, then run the command again\.$/, 'The request contained description "Spacelift (payments)".'],
    ["events", /additional_events/, 'The request contained events ["repo:push","pullrequest:created"].'],
  ])("%s: the fix names the argument, and the message shows the value", async (field, fix, sent) => {
    const { diagnostic } = await cloudProblem(cloudError(400, "Bad request", { [field]: ["Not accepted."] }));
    expect(diagnostic.fix).toMatch(fix);
    expect(diagnostic.why).toContain(sent);
  });

  it("a rejected secret is never shown", async () => {
    const { diagnostic } = await cloudProblem(cloudError(400, "Bad request", { secret: ["Too long."] }));
    expect(JSON.stringify(diagnostic)).not.toContain("webhook-secret");
  });
});
