/** Differences between server versions: fields, events, and paths. */
import { type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";
const OLD_KEYS = ["id", "name", "createdDate", "updatedDate", "events", "configuration", "url", "active"];

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
});
afterEach(() => server.stop());

const setVersion = (version: string) => server.control("switches", { version }) as Promise<unknown>;

it.each([
  ["5.16", "5.16.0", "5016000"],
  ["7.21.4", "7.21.4", "7021004"],
  ["9.4", "9.4.0", "9004000"],
  ["10.0", "10.0.0", "10000000"],
])("%s is public", async (version, fullVersion, buildNumber) => {
  await setVersion(version);
  const { status, body } = await server.request("GET", "/application-properties", { as: null });
  expect(status).toBe(200);
  expect(body).toEqual({
    version: fullVersion,
    buildNumber,
    buildDate: expect.stringMatching(/^\d{13}$/) as string,
    displayName: "Bitbucket",
  });
});

it.each(["5", "latest", "9.4.0.1", "", 9.4, null])("%j is not a version", async (version) => {
  await expect(server.control("switches", { version })).rejects.toThrow('"version" must be a version such as 7.21 or 8.19.3');
});

it.each([
  ["5.16", false],
  ["6.10", false],
  ["7.21", false],
  ["8.0", true],
  ["8.19", true],
  ["10.0", true],
])("a webhook of %s has the new fields: %j", async (version, hasNewFields) => {
  await setVersion(version);
  const more = { sslVerificationRequired: false, credentials: { username: "ci", password: "p" } };
  const { body } = await server.request("POST", HOOKS, { body: { ...HOOK, ...more } });
  const keys = hasNewFields ? [...OLD_KEYS, "credentials", "scopeType", "sslVerificationRequired"] : OLD_KEYS;
  expect(Object.keys(body as object).sort()).toEqual([...keys].sort());
  // An older server does not store fields that it does not know.
  await setVersion("9.4");
  expect((await server.request("GET", `${HOOKS}/1`)).body.sslVerificationRequired).toBe(!hasNewFields);
});

it.each([
  ["5.4", "pr:opened", 201],
  ["5.4", "pr:modified", 400],
  ["5.9", "pr:modified", 400],
  ["5.10", "pr:modified", 201],
  ["6.10", "pr:from_ref_updated", 400],
  ["7.0", "pr:from_ref_updated", 201],
  ["6.4", "mirror:repo_synchronized", 400],
  ["6.5", "mirror:repo_synchronized", 201],
  ["7.21", "repo:secret_detected", 400],
  ["8.0", "repo:secret_detected", 201],
])("%s responds to the event %s with %i", async (version, event, status) => {
  await setVersion(version);
  expect((await server.request("POST", HOOKS, { body: { ...HOOK, events: [event] } })).status).toBe(status);
});

it.each([
  ["5.3", HOOKS, 404],
  ["5.4", HOOKS, 200],
  ["7.4", "/projects/PLAT/repos/infra/default-branch", 404],
  ["7.5", "/projects/PLAT/repos/infra/default-branch", 200],
  ["6.10", "/rest/access-tokens/1.0/projects/PLAT", 404],
  ["7.0", "/rest/access-tokens/1.0/projects/PLAT", 200],
  ["5.4", "/rest/access-tokens/1.0/users/ada", 404],
  ["5.5", "/rest/access-tokens/1.0/users/ada", 200],
])("%s responds to %s with %i", async (version, path, status) => {
  await setVersion(version);
  const response = await server.request("GET", path);
  expect([response.status, response.body["status-code"]]).toEqual([status, status === 404 ? 404 : undefined]);
});

it.each([
  ["8.19", "com.atlassian.bitbucket.AuthorisationException"],
  ["9.4", "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException"],
])("%s reports a missing login as %s", async (version, exceptionName) => {
  await setVersion(version);
  const response = await server.request("GET", HOOKS, { as: null });
  expect([response.status, response.body.errors]).toEqual([
    401,
    [{ context: null, message: "You are not permitted to access this resource", exceptionName }],
  ]);
});

it("returns dates in REST responses as numbers, also from 10.0 on", async () => {
  await setVersion("10.0");
  expect((await server.request("POST", HOOKS, { body: HOOK })).body.createdDate).toEqual(expect.any(Number));
});
