/** The rules with which the replays judge answers find what the recorded providers stumble over. */
import { cloudNeeds } from "./bitbucket-cloud-required-fields";
import { datacenterNeeds } from "./bitbucket-datacenter-required-fields";
import { restComplaints } from "./rest-response";
import { echoComplaints, selectionComplaints } from "./graphql-response";

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
  ["nothing wrong", {}, []],
  ["another type of the union", { vendorConfig: { __typename: "StackConfigVendorPulumi" } }, []],
  ["a key that was not selected", { name: "s" }, ["stack has the keys"]],
  ["a key that is missing", { labels: undefined }, ["stack has the keys"]],
  ["a type name that was not selected", { integrations: { __typename: "X", webhooks: [] } }, ["stack.integrations has the keys"]],
  ["a key that is missing in a list", { integrations: { webhooks: [{}] } }, ["stack.integrations.webhooks[0] has the keys"]],
  ["a field of another type of the union", { vendorConfig: { __typename: "X", playbook: "a" } }, ["stack.vendorConfig has the keys"]],
  ["a number for an id", { id: 12 }, ["stack.id has the wrong type: 12"]],
  ["a text for a boolean", { autodeploy: "false" }, ['stack.autodeploy has the wrong type: "false"']],
  ["a text for a list", { labels: "a" }, ['stack.labels has the wrong type: "a"']],
  ["null where the provider crashes", { integrations: null }, ["stack.integrations is null"]],
])("finds in a GraphQL answer: %s", (_, change, expected) => {
  const answer = JSON.parse(JSON.stringify({ stack: { ...STACK, ...change } })) as unknown;
  const found = selectionComplaints(QUERY, answer, "present");
  // The type of a missing key is a second complaint.
  expect(found.map((complaint, index) => complaint.slice(0, expected[index]?.length ?? 0)).filter((complaint) => complaint !== "")).toEqual(
    expected,
  );
  expect(found.length > 0).toBe(expected.length > 0);
});

it("finds an answer of null where there should be one", () => {
  expect(selectionComplaints(QUERY, { stack: null }, "present")).toEqual(["every root field is null"]);
  expect(selectionComplaints(QUERY, { stack: null }, "absent")).toEqual([]);
});

it.each([
  ["what came back as sent", { name: "a", labels: null, space: "s" }, { name: "a", labels: [], space: { id: "s" } }, 0],
  ["what the server decides", { space: null, workflowTool: null }, { space: "root", workflowTool: "OPEN_TOFU" }, 0],
  ["a name in other letters", { name: "a" }, { name: "A" }, 1],
  ["labels that were not cleared", { labels: null }, { labels: ["a"] }, 1],
])("compares what was sent and what came back: %s", (_, input, answer, count) => {
  expect(echoComplaints({ input }, answer)).toHaveLength(count);
});

it.each([
  ["a webhook without skip_cert_verification", "GET", "/2.0/repositories/a/b/hooks/%7B1%7D", { uuid: `{${"0".repeat(36)}}`, url: "u" }],
  ["a token endpoint without a token", "POST", "/site/oauth2/access_token", { token_type: "bearer" }],
  ["a repository without an avatar", "GET", "/2.0/repositories/a/b", { links: { clone: [] } }],
  ["a page without values", "GET", "/2.0/hook_events/repository", { size: 0 }],
  [
    "a size that is a text",
    "GET",
    "/2.0/hook_events/repository",
    { size: "1", values: [{ category: "c", label: "l", event: "e", description: "" }] },
  ],
])("finds in a REST answer: %s", (_, method, path, answer) => {
  expect(cloudNeeds(method, path, answer).length).toBeGreaterThan(0);
});

it("refuses to judge a request that it has no rule for", () => {
  expect(() => cloudNeeds("PATCH", "/2.0/user", {})).toThrow("There is no rule for PATCH /2.0/user.");
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
  ["nothing wrong", {}, 0],
  ["keys that it does not know", { scopeType: "repository", credentials: { username: "u" } }, 0],
  ["an id that is a text", { id: "1" }, 1],
  ["a date that is a text", { createdDate: "2026-09-01T10:00:00.123Z" }, 1],
  ["a date with a fraction", { updatedDate: 1.5 }, 1],
  ["no active", { active: undefined }, 1],
  ["events that are null", { events: null }, 1],
  ["a configuration that is null", { configuration: null }, 1],
  ["a secret that is masked by an object", { configuration: { secret: {} } }, 1],
])("finds in a webhook of Data Center: %s", (_, change, count) => {
  const answer = JSON.parse(JSON.stringify({ ...WEBHOOK, ...change })) as unknown;
  expect(datacenterNeeds("GET", "/rest/api/1.0/projects/A/repos/b/webhooks/1", answer)).toHaveLength(count);
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
])("judges an answer that should be %s: %i %s", (outcome, status, text, headers, count) => {
  const hasError = (answer: unknown): boolean => typeof answer === "object" && answer !== null && "error" in answer;
  expect(restComplaints({ outcome }, { status, headers, text }, hasError)).toHaveLength(count);
  expect(restComplaints({ outcome }, undefined, hasError)).toEqual(["no answer"]);
});
