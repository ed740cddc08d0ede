/** Which deletions and creations look like a new key without `previously`. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { integrationAddress, readConfigurationSync, repositoryConstructId, spaceAddress, webhookAddress } from "../../../configuration";
import { newKeys, newKeyText } from "../../deployment/new-keys";
import type { PlannedChange } from "../../deployment/plan-json";
import { change, plan } from "./planned-changes";

const cloud = { email: "a@acme.example", token: { env: "TOKEN" } };
const FILE = {
  version: 1,
  spaces: { pay: { name: "Payments" }, tools: { name: "Tools" } },
  integrations: { pay: { cloud, name: "Bitbucket for Payments" }, "space-x": { cloud, name: "X" }, other: { cloud, name: "Other" } },
};

function configuration(file: object = FILE) {
  const folder = mkdtempSync(join(tmpdir(), "new-keys-"));
  writeFileSync(join(folder, "bitlift.yaml"), JSON.stringify(file));
  const result = readConfigurationSync(join(folder, "bitlift.yaml"));
  rmSync(folder, { recursive: true });
  return result.configuration!;
}

type Action = "create" | "delete" | "replace";
const space = (action: Action, key: string, label: string) => change({ address: spaceAddress(key), action, label });
const integration = (action: Action, key: string, label: string) => change({ address: integrationAddress("cloud", key), action, label });
const webhooks = (action: Action, key: string, ...slugs: readonly string[]) =>
  slugs.map((slug) =>
    change({ address: webhookAddress("cloud", key, repositoryConstructId("acme", slug)), action, label: `acme/${slug}` }),
  );

it.each<[string, readonly PlannedChange[], readonly string[]]>([
  ["the same name", [space("delete", "billing", "Payments"), space("create", "pay", "Payments")], ["billing -> pay"]],
  ["a similar key", [space("delete", "payments", "Old"), space("create", "pay", "Payments")], ["payments -> pay"]],
  ["a key with another letter", [space("delete", "toolz", "Old"), space("create", "tools", "Tools")], ["toolz -> tools"]],
  ["nothing in common", [space("delete", "legacy", "Old"), space("create", "tools", "Tools")], []],
  ["a Space and an integration of the same name", [space("delete", "pay2", "X"), integration("create", "space-x", "X")], []],
  [
    "two of a name, of which each is used once",
    [
      space("delete", "a", "Payments"),
      space("delete", "b", "Tools"),
      space("create", "pay", "Payments"),
      space("create", "tools", "Tools"),
    ],
    ["a -> pay", "b -> tools"],
  ],
  [
    "an integration with many webhooks, once",
    [
      ...[integration("delete", "payments", "Old"), ...webhooks("delete", "payments", "a", "b", "c")],
      ...[integration("create", "other", "Other"), ...webhooks("create", "other", "a", "b", "d")],
    ],
    ["payments -> other"],
  ],
  [
    "few of the same repositories",
    [
      ...[integration("delete", "legacy", "Old"), ...webhooks("delete", "legacy", "a", "b", "c")],
      ...[integration("create", "other", "Other"), ...webhooks("create", "other", "a", "d", "e")],
    ],
    [],
  ],
  [
    "a key whose address has a prefix",
    [integration("delete", "space-old", "X"), integration("create", "space-x", "X")],
    ["space-old -> space-x"],
  ],
  ["a replacement", [space("replace", "pay", "Payments"), space("create", "tools", "Tools")], []],
])("%s", (_case, changes, expected) => {
  expect(newKeys(configuration(), plan(changes)).map(({ former, key }) => `${former} -> ${key}`)).toEqual(expected);
});

it("finds them among objects of the published providers", () => {
  const datacenter = { apiHost: "https://bitbucket.acme.example", username: "u", token: { variable: "t" } };
  const file = {
    version: 1,
    backing: "published",
    spaces: { pay: { name: "Payments" } },
    integrations: { pay: { datacenter, name: "Ledger" } },
  };
  const published = (key: string, label: string) => change({ address: spaceAddress(key, "published"), action: "delete", label });
  const changes = [
    published("billing", "Payments"),
    { ...published("pay", "Payments"), action: "create" as const },
    change({ address: integrationAddress("datacenter", "ledger", "published"), action: "delete", label: "Ledger" }),
    change({ address: integrationAddress("datacenter", "pay", "published"), action: "create", label: "Ledger" }),
  ];
  expect(newKeys(configuration(file), plan(changes)).map(({ former, key }) => `${former} -> ${key}`)).toEqual([
    "billing -> pay",
    "ledger -> pay",
  ]);
});

it("says what to write where", () => {
  expect(newKeyText({ entry: "Space", former: "payments", key: "pay" })).toBe(
    'Space "payments" is deleted and "pay" is created. If that is a new key for the same object, add previously: [payments] to "pay".',
  );
});
