/** The app's configuration: what is wrong with one is said all at once, with its place. */
import cdktf from "../../cdktf.json";
import { readConfiguration } from "../../stacks/configuration";

const SECRET = "ATATT3xFfGF0-not-a-real-token";
const integration = { name: "Payments", email: "a@b.c", apiTokenEnv: "PAYMENTS_TOKEN" };
const withIntegration = (changes: object) => ({ integrations: { payments: { ...integration, ...changes } } });

const complaintOf = (value: unknown): string => {
  try {
    readConfiguration(value);
    return "";
  } catch (refused) {
    return (refused as Error).message;
  }
};

it("accepts the configuration that comes with the app", () => {
  expect(readConfiguration(cdktf.context.bitlift)).toBe(cdktf.context.bitlift);
});

it.each<[string, unknown]>([
  ["nothing at all", {}],
  ["an existing Space by id", withIntegration({ space: { id: "payments-01" } })],
  ["root by name", withIntegration({ space: "root" })],
  [
    "a repository with options",
    withIntegration({ repositories: ["acme/a", { repository: "acme/b", active: false, additionalEvents: ["repo:fork"] }] }),
  ],
  ["a Space below one that is declared later", { spaces: { b: { name: "B", parent: "a" }, a: { name: "A" } } }],
  ["a backend", { backend: { s3: { bucket: "state", key: "bitlift", region: "eu-west-1" } } }],
])("accepts %s", (_, value) => {
  expect(complaintOf(value)).toBe("");
});

it.each<[string, unknown, string | RegExp]>([
  ["no configuration", undefined, /There is no context\.bitlift[\s\S]*run cdktf synth/],
  ["a configuration that is none", [], "context.bitlift must be object, and is array."],
  ["an unknown setting", { integration: {} }, "integration is no setting. There are: backend, spaces, integrations."],
  ["a missing name", { spaces: { a: {} } }, "spaces.a.name is missing."],
  ["an empty name", { spaces: { a: { name: "" } } }, "spaces.a.name is empty or too short."],
  ["a key with a space in it", { spaces: { "my space": { name: "A" } } }, 'spaces has the key "my space".'],
  [
    "a Space that is not declared",
    withIntegration({ space: "platform" }),
    'integrations.payments.space is "platform", and spaces has no such key.',
  ],
  ["a parent that is not declared", { spaces: { a: { name: "A", parent: "b" } } }, 'spaces.a.parent is "b", and spaces has no such key.'],
  [
    "a Space below itself",
    { spaces: { a: { name: "A", parent: "b" }, b: { name: "B", parent: "a" } } },
    "spaces.a is its own ancestor: a > b > a.",
  ],
  [
    "a repository without its workspace",
    withIntegration({ repositories: ["infrastructure"] }),
    'integrations.payments.repositories[0] is "infrastructure", not <workspace>/<repository>.',
  ],
  [
    "an unknown option of a repository",
    withIntegration({ repositories: [{ repository: "a/b", events: [] }] }),
    "integrations.payments.repositories[0].events is no setting.",
  ],
  [
    "a word that is not allowed",
    withIntegration({ vcsChecks: "SOME" }),
    'integrations.payments.vcsChecks is "SOME". Allowed: INDIVIDUAL, AGGREGATED, ALL.',
  ],
  ["a value of another kind", withIntegration({ isDefault: "yes" }), "integrations.payments.isDefault must be boolean, and is string."],
  ["a secret as a setting", withIntegration({ apiToken: SECRET }), "integrations.payments.apiToken would hold a secret. Write apiTokenEnv"],
  [
    "a secret in place of its variable's name",
    withIntegration({ apiTokenEnv: SECRET }),
    "integrations.payments.apiTokenEnv is not the name of an environment variable.",
  ],
  [
    "a key that the stack needs itself",
    { integrations: { bitlift: integration } },
    'integrations has the key "bitlift", which the app itself uses.',
  ],
  ["two backends", { backend: { s3: {}, http: {} } }, "backend must name exactly one backend"],
])("refuses %s", (_, value, message) => {
  const complaint = complaintOf(value);
  if (typeof message === "string") expect(complaint).toContain(message);
  else expect(complaint).toMatch(message);
  expect(complaint).toContain("(configuration-invalid)");
  expect(complaint).not.toContain(SECRET);
});

it("says everything at once", () => {
  const complaint = complaintOf({ spaces: { a: {} }, integrations: { b: { name: "", vcsChecks: "SOME" } } });
  expect(complaint).toContain("has 3 mistakes");
  expect(complaint.match(/^ +- /gm)).toHaveLength(3);
});
