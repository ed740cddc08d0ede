/** What a finding calls an object: the key and place in the file, the key of an object that the file no longer has, or the construct. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  integrationAddress,
  readConfigurationSync,
  repositoryConstructId,
  setConstructId,
  spaceAddress,
  webhookAddress,
} from "../../../configuration";
import { readConstructOrigins } from "../../plan/construct-origins";
import { readResource } from "../../plan/read-resource";
import { kindOf } from "../../plan/resource-kinds";
import { Subjects } from "../../rules/subjects";
import { recoverKey } from "../../rules/recovered-keys";

const FILE = `version: 1
spaces:
  platform: { name: Platform }
integrations:
  payments:
    name: Payments
    space: platform
    cloud: { email: a@acme.example, token: { env: TOKEN_A } }
    repositories:
      - acme-workspace/infrastructure
      - every: acme-labs
`;

const FOLDER = mkdtempSync(join(tmpdir(), "bitlift-subjects-"));
writeFileSync(join(FOLDER, "bitlift.yaml"), FILE);
const { configuration: CONFIGURATION } = readConfigurationSync(join(FOLDER, "bitlift.yaml"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

function changeAt(address: string, values: object) {
  const [type = ""] = address.split(".");
  const kind = kindOf(type);
  if (kind === undefined) throw new Error(type);
  return readResource("main", kind, { address, type, change: { actions: ["delete"], before: { ...values }, after: null } });
}

const hook = (workspace: string, repository: string) => ({ workspace, repository });
const repositoryHook = webhookAddress("cloud", "payments", repositoryConstructId("acme-workspace", "infrastructure"));
const setHook = webhookAddress("cloud", "payments", setConstructId({ every: "acme-labs", key: undefined }));

it.each([
  ["a Space", spaceAddress("platform"), { name: "Platform" }, "platform", 3],
  ["an integration", integrationAddress("cloud", "payments"), { name: "Payments" }, "payments", 5],
  ["a webhook", repositoryHook, hook("acme-workspace", "infrastructure"), "payments/acme-workspace/infrastructure", 10],
  ["a webhook of a set", `${setHook}["lab-one"]`, hook("acme-labs", "lab-one"), "payments/acme-labs/lab-one", 11],
])("%s has its key and its line", (_case, address, values, key, line) => {
  const subject = new Subjects(CONFIGURATION).of(changeAt(address, values));
  expect([subject.key, subject.place?.file, subject.place?.line]).toEqual([key, "bitlift.yaml", line]);
});

it("says that an object gets its key by a move in the plan", () => {
  const kept = changeAt(integrationAddress("cloud", "payments"), { name: "Payments" });
  expect(new Subjects(CONFIGURATION).of(kept)).not.toHaveProperty("hasNewKey");
  expect(new Subjects(CONFIGURATION).of({ ...kept, previousAddress: integrationAddress("cloud", "former") })).toMatchObject({
    key: "payments",
    hasNewKey: true,
  });
});

it.each([
  ["a Space", spaceAddress("platform"), { name: "Platform" }, "platform"],
  ["an integration", integrationAddress("datacenter", "Pay_ments-2"), { name: "Payments" }, "Pay_ments-2"],
  ["an integration whose construct has another ID", integrationAddress("cloud", "space-x"), { name: "X" }, "space-x"],
  ["a webhook", repositoryHook, hook("acme-workspace", "infrastructure"), "payments/acme-workspace/infrastructure"],
  ["a webhook of a set", `${setHook}["lab-one"]`, hook("acme-labs", "lab-one"), "payments/acme-labs/lab-one"],
])("%s that the file no longer has keeps its key", (_case, address, values, key) => {
  expect(recoverKey(changeAt(address, values))).toBe(key);
  expect(new Subjects(undefined).of(changeAt(address, values))).toMatchObject({ key, place: undefined });
});

it.each(["bitlift_bitbucket_cloud_integration.payments", "bitlift_space.platform_0123ABCD", 'bitlift_bitbucket_cloud_webhook.all["a"]'])(
  "%s is not of a file, so its address is its key",
  (address) => {
    expect(new Subjects(undefined).of(changeAt(address, hook("a", "b"))).key).toBe(address);
  },
);

it("a construct has its path, and the line of the program in its stack trace", () => {
  const stackTrace = [
    "new Space (/app/node_modules/bitlift/dist/lib/space.js:10:5)",
    "new Team (/app/dist/main.js:2:3)",
    "Object.<anonymous> (/app/dist/main.js:9:1)",
  ];
  const metadata = { path: "main/payments/Resource", uniqueId: "payments_ABC", stackTrace };
  const synthesized = { resource: { bitlift_space: { payments_ABC: { "//": { metadata }, name: "x" } }, other_type: { a: {} } } };
  // The second line of main.js comes from the seventh line of main.ts, column 5.
  const map = { version: 3, file: "main.js", sources: ["../src/main.ts"], sourcesContent: [], names: [], mappings: ";AAMI" };
  const files: Readonly<Record<string, string>> = {
    "/app/dist/main.js": "a\nb\n//# sourceMappingURL=main.js.map\n",
    "/app/dist/main.js.map": JSON.stringify(map),
  };
  const read = (reader: (path: string) => string | undefined) =>
    readConstructOrigins(synthesized, { root: "/app", read: reader }).get("bitlift_space.payments_ABC");
  expect(read((path) => files[path])).toEqual({ path: "main/payments", place: { file: "src/main.ts", line: 7, column: 5 } });
  expect(read(() => undefined)?.place).toEqual({ file: "dist/main.js", line: 2, column: 3 });
  // What the synthesis recorded counts instead.
  const recorded = { "main/payments/Resource": ["at addTeam (/app/teams.ts:3:4)"] };
  const place = readConstructOrigins(synthesized, { root: "/app", read: () => undefined }, recorded).get(
    "bitlift_space.payments_ABC",
  )?.place;
  expect(place).toEqual({ file: "teams.ts", line: 3, column: 4 });
  const origins = new Map([["main", readConstructOrigins(synthesized, { root: "/app", read: (path) => files[path] })]]);
  const subject = new Subjects(undefined, origins).of(changeAt('bitlift_space.payments_ABC["x"]', { name: "x" }));
  expect(subject).toMatchObject({ key: 'bitlift_space.payments_ABC["x"]', construct: "main/payments", place: { line: 7 } });
});
