/** A recorded webhook, error responses as Data Center writes them, and a client for a stub server. */
import { BitbucketDatacenter, type DatacenterCredentials } from "../../../bitbucket/datacenter/client";
import type { RemoteSettings } from "../../../http/settings";
import type { Problem } from "../../../../diagnostics";
import { rejectionOf, settings, type Responder, type StubServer, type StubResponse } from "../../http/stub-server";

export const REPOSITORY = "/bitbucket/rest/api/1.0/projects/PAY/repos/app";
export const HOOKS = `${REPOSITORY}/webhooks`;
export const HOOK = `${HOOKS}/42`;
/** The keys of `script`. */
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
  color: "blue",
};
/** The same from 5.4 to 7.x. */
export const oldHook = Object.fromEntries(
  Object.entries(hook).filter(([name]) => !["scopeType", "sslVerificationRequired", "credentials", "color"].includes(name)),
);

/** One error with the three keys that Data Center always writes. */
export const errorResponse = (
  status: number,
  exceptionName: string | null,
  message: string | null = "No.",
  context: string | null = null,
): StubResponse => ({
  status,
  json: { errors: [{ context, message, exceptionName }] },
});
export const NO_PROJECT = errorResponse(404, "com.atlassian.bitbucket.project.NoSuchProjectException", "Project PAY does not exist.");
export const NO_REPOSITORY = errorResponse(
  404,
  "com.atlassian.bitbucket.repository.NoSuchRepositoryException",
  "Repository PAY/app does not exist.",
);
export const NO_WEBHOOK = errorResponse(404, "com.atlassian.bitbucket.NoSuchEntityException", "No webhook.");
export const NOT_PERMITTED = errorResponse(
  401,
  "com.atlassian.bitbucket.AuthorisationException",
  "You are not permitted to access this resource",
);
/** The response of the REST framework to an unknown address. */
export const NO_ROUTE: StubResponse = { status: 404, json: { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 } };
export const PAGE: StubResponse = { status: 404, text: "<html>404</html>", headers: { "content-type": "text/html" } };

/** A single page with all values. */
export const page = (...values: readonly unknown[]): StubResponse => ({
  json: { size: values.length, limit: 25, isLastPage: true, values, start: 0, nextPageStart: null },
});

/** Responds by method and path without the query. A list of responses is used in order, and its last one from then on. */
export function script(responses: Readonly<Record<string, StubResponse | readonly StubResponse[]>>): Responder {
  const counts = new Map<string, number>();
  return ({ method, path }) => {
    const key = `${method} ${path.split("?")[0] ?? ""}`;
    const entry = responses[key];
    if (entry === undefined) return { status: 500, text: `The test defines no response to ${key}.` };
    if (!isList(entry)) return entry;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return entry[Math.min(count, entry.length - 1)] ?? { status: 500 };
  };
}

function isList(entry: StubResponse | readonly StubResponse[]): entry is readonly StubResponse[] {
  return Array.isArray(entry);
}

/** Method and path of all requests, without queries and the common prefix. */
export const requestLines = (server: StubServer): readonly string[] =>
  server.requests.map(({ method, path }) => `${method} ${(path.split("?")[0] ?? "").replace("/bitbucket/rest/api/1.0", "")}`);

export const token: DatacenterCredentials = { accessToken: "BBDC-access-token" };
export const client = (
  server: StubServer,
  credentials: DatacenterCredentials = token,
  changes: Partial<RemoteSettings> = {},
): BitbucketDatacenter => new BitbucketDatacenter(credentials, `${server.url}/bitbucket`, { caCertificate: null, ...settings(changes) });

export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return (await rejectionOf(work)) as Problem;
}
