/** The checks of the replays find the problems that break the recorded providers. */
import { findCloudFieldProblems } from "./bitbucket-cloud-required-fields";
import { findDatacenterFieldProblems } from "./bitbucket-datacenter-required-fields";
import { findEchoProblems, findSelectionProblems } from "./graphql-response";
import { findRestProblems } from "./rest-response";

const QUERY =
  "query($id:ID!){stack(id: $id){id,autodeploy,labels,integrations{webhooks{id}},vendorConfig{__typename,... on StackConfigVendorAnsible{playbook}}}}";
const STACK = {
  id: "s",
  autodeploy: false,
  labels: ["a"],
  integrations: { webhooks: [{ id: "w" }] },
  vendorConfig: { __typename: "StackConfigVendorAnsible", playbook: null },
};

it.each([
  ["no problem", {}, []],
  ["another type of the union", { vendorConfig: { __typename: "StackConfigVendorPulumi" } }, []],
  ["a key that was not selected", { name: "s" }, ["stack has the keys"]],
  ["a key that is missing", { labels: undefined }, ["stack has the keys"]],
  ["a type name that was not selected", { integrations: { __typename: "X", webhooks: [] } }, ["stack.integrations has the keys"]],
  ["a key that is missing in a list", { integrations: { webhooks: [{}] } }, ["stack.integrations.webhooks[0] has the keys"]],
  ["a field of another type of the union", { vendorConfig: { __typename: "X", playbook: "a" } }, ["stack.vendorConfig has the keys"]],
  ["a number for an id", { id: 12 }, ["stack.id has the wrong type: 12"]],
  ["a string for a boolean", { autodeploy: "false" }, ['stack.autodeploy has the wrong type: "false"']],
  ["a string for a list", { labels: "a" }, ['stack.labels has the wrong type: "a"']],
  ["a null that crashes the provider", { integrations: null }, ["stack.integrations is null"]],
])("finds in a GraphQL response: %s", (_, change, expected) => {
  const response = JSON.parse(JSON.stringify({ stack: { ...STACK, ...change } })) as unknown;
  const found = findSelectionProblems(QUERY, response, "present");
  // The type of a missing key is reported as a second problem.
  expect(found.map((problem, index) => problem.slice(0, expected[index]?.length ?? 0)).filter((problem) => problem !== "")).toEqual(
    expected,
  );
  expect(found.length > 0).toBe(expected.length > 0);
});

it("finds a null root field, unless it can be absent", () => {
  expect(findSelectionProblems(QUERY, { stack: null }, "present")).toEqual(["every root field is null"]);
  expect(findSelectionProblems(QUERY, { stack: null }, "absent")).toEqual([]);
});

it.each([
  ["values returned as sent", { name: "a", labels: null, space: "s" }, { name: "a", labels: [], space: { id: "s" } }, 0],
  ["values that the server decides", { space: null, workflowTool: null }, { space: "root", workflowTool: "OPEN_TOFU" }, 0],
  ["a name in different case", { name: "a" }, { name: "A" }, 1],
  ["labels that were not cleared", { labels: null }, { labels: ["a"] }, 1],
])("compares sent and returned values: %s", (_, input, response, count) => {
  expect(findEchoProblems({ input }, response)).toHaveLength(count);
});

it.each([
  ["a webhook without skip_cert_verification", "GET", "/2.0/repositories/a/b/hooks/%7B1%7D", { uuid: `{${"0".repeat(36)}}`, url: "u" }],
  ["a token endpoint without a token", "POST", "/site/oauth2/access_token", { token_type: "bearer" }],
  ["a repository without an avatar", "GET", "/2.0/repositories/a/b", { links: { clone: [] } }],
  ["a page without values", "GET", "/2.0/hook_events/repository", { size: 0 }],
  [
    "a size that is a string",
    "GET",
    "/2.0/hook_events/repository",
    { size: "1", values: [{ category: "c", label: "l", event: "e", description: "" }] },
  ],
])("finds in a REST response: %s", (_, method, path, response) => {
  expect(findCloudFieldProblems(method, path, response).length).toBeGreaterThan(0);
});

it("throws for a request without a rule", () => {
  expect(() => findCloudFieldProblems("PATCH", "/2.0/user", {})).toThrow("No rule matches PATCH /2.0/user.");
});

const WEBHOOK = {
  id: 1,
  name: "ci",
  url: "u",
  active: true,
  events: ["pr:opened"],
  configuration: { secret: "s", createdBy: "bitbucket" },
  createdDate: 1,
  updatedDate: 1,
};

it.each<[string, object, number]>([
  ["no problem", {}, 0],
  ["unknown keys", { scopeType: "repository", credentials: { username: "u" } }, 0],
  ["an id that is a string", { id: "1" }, 1],
  ["a date that is a string", { createdDate: "2026-09-01T10:00:00.123Z" }, 1],
  ["a date with a fraction", { updatedDate: 1.5 }, 1],
  ["a missing active", { active: undefined }, 1],
  ["events that are null", { events: null }, 1],
  ["a configuration that is null", { configuration: null }, 1],
  ["a secret that is masked by an object", { configuration: { secret: {} } }, 1],
])("finds in a webhook of Data Center: %s", (_, change, count) => {
  const response = JSON.parse(JSON.stringify({ ...WEBHOOK, ...change })) as unknown;
  expect(findDatacenterFieldProblems("GET", "/rest/api/1.0/projects/A/repos/b/webhooks/1", response)).toHaveLength(count);
});

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };

it.each<["accepted" | "refused" | "absent", number, string, Record<string, string>, number]>([
  ["accepted", 200, "{}", JSON_TYPE, 0],
  ["accepted", 204, "", {}, 0],
  ["accepted", 307, "", {}, 1],
  ["accepted", 404, "{}", JSON_TYPE, 1],
  ["accepted", 200, "<html>", { "content-type": "text/html" }, 1],
  ["refused", 401, '{"error":1}', JSON_TYPE, 0],
  ["refused", 401, "{}", JSON_TYPE, 1],
  ["refused", 500, '{"error":1}', JSON_TYPE, 1],
  ["refused", 200, "{}", JSON_TYPE, 2],
  ["absent", 404, "", {}, 0],
  ["absent", 404, "{}", JSON_TYPE, 1],
  ["absent", 200, "", {}, 1],
])("checks a response with the expected outcome %s: %i %s", (outcome, status, text, headers, count) => {
  const hasError = (response: unknown): boolean => typeof response === "object" && response !== null && "error" in response;
  expect(findRestProblems({ outcome }, { status, headers, text }, hasError)).toHaveLength(count);
  expect(findRestProblems({ outcome }, undefined, hasError)).toEqual(["no response"]);
});
