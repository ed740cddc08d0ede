/** A webhook as recorded, refusals as Data Center writes them, and a client for a server of the test. */
import { BitbucketDatacenter, type DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import type { RemoteSettings } from "../../../http/settings";
import type { Problem } from "../../../../diagnostics";
import { rejectionOf, settings, type Responder, type StubServer, type StubResponse } from "../../http/stub-server";

export const REPOSITORY = "/bitbucket/rest/api/1.0/projects/PAY/repos/app";
export const HOOKS = `${REPOSITORY}/webhooks`;
export const HOOK = `${HOOKS}/42`;
/** Requests, as a script names them. */
export const SEARCH = `GET ${HOOKS}/search`;
export const LIST = `GET ${HOOKS}`;
export const GET = `GET ${HOOK}`;
export const PUT = `PUT ${HOOK}`;
export const DELETE = `DELETE ${HOOK}`;
export const POST = `POST ${HOOKS}`;
export const repository = { namespace: "PAY", repository: "app" };
export const SECRET = "s3cret-value";
export const input = {
  url: "https://hooks.example/payments",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:refs_changed", "pr:opened"],
  verifyCertificate: true,
};
/** As releases from 8 on write it, with fields of every kind. */
export const hook = {
  id: 42,
  name: "Spacelift (payments)",
  createdDate: 1513106011000,
  updatedDate: 1513106011000,
  events: ["pr:opened", "repo:refs_changed"],
  configuration: { secret: SECRET, createdBy: "bitbucket" },
  credentials: { username: "receiver" },
  url: "https://hooks.example/payments",
  active: true,
  scopeType: "repository",
  sslVerificationRequired: true,
  colour: "blue",
};
/** The same from 5.4 to 7.x. */
export const oldHook = Object.fromEntries(
  Object.entries(hook).filter(([name]) => !["scopeType", "sslVerificationRequired", "credentials", "colour"].includes(name)),
);

/** One error, with the three keys that Data Center always writes. */
export const said = (
  status: number,
  exceptionName: string | null,
  message: string | null = "No.",
  context: string | null = null,
): StubResponse => ({
  status,
  json: { errors: [{ context, message, exceptionName }] },
});
export const NO_PROJECT = said(404, "com.atlassian.bitbucket.project.NoSuchProjectException", "Project PAY does not exist.");
export const NO_REPOSITORY = said(
  404,
  "com.atlassian.bitbucket.repository.NoSuchRepositoryException",
  "Repository PAY/app does not exist.",
);
export const NO_WEBHOOK = said(404, "com.atlassian.bitbucket.NoSuchEntityException", "No webhook.");
export const NOT_PERMITTED = said(401, "com.atlassian.bitbucket.AuthorisationException", "You are not permitted to access this resource");
/** What the REST framework says of an address that it does not have. */
export const NO_ROUTE: StubResponse = { status: 404, json: { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 } };
export const PAGE: StubResponse = { status: 404, text: "<html>404</html>", headers: { "content-type": "text/html" } };

/** One page with all of it. */
export const page = (...values: readonly unknown[]): StubResponse => ({
  json: { size: values.length, limit: 25, isLastPage: true, values, start: 0, nextPageStart: null },
});

/** Answers by method and path without the query; a list of answers is given one after the other, the last of them from then on. */
export function script(answers: Readonly<Record<string, StubResponse | readonly StubResponse[]>>): Responder {
  const given = new Map<string, number>();
  return ({ method, path }) => {
    const key = `${method} ${path.split("?")[0] ?? ""}`;
    const told = answers[key];
    if (told === undefined) return { status: 500, text: `The test has no answer to ${key}.` };
    if (!isList(told)) return told;
    const turn = given.get(key) ?? 0;
    given.set(key, turn + 1);
    return told[Math.min(turn, told.length - 1)] ?? { status: 500 };
  };
}

function isList(told: StubResponse | readonly StubResponse[]): told is readonly StubResponse[] {
  return Array.isArray(told);
}

/** Method and path of everything that was asked, without queries and the part that all have in common. */
export const asked = (server: StubServer): readonly string[] =>
  server.requests.map(({ method, path }) => `${method} ${(path.split("?")[0] ?? "").replace("/bitbucket/rest/api/1.0", "")}`);

export const token: DatacenterCredentials = { accessToken: "BBDC-access-token" };
export const client = (
  server: StubServer,
  credentials: DatacenterCredentials = token,
  changes: Partial<RemoteSettings> = {},
): BitbucketDatacenter => new BitbucketDatacenter(credentials, `${server.url}/bitbucket`, { caCertificate: null, ...settings(changes) });

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  // Every refusal of the client is a Problem.
  return (await rejectionOf(work)) as Problem;
}
