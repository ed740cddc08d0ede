/** The order of parts, and which of them wait. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfigurationSync, spaceAddress, spaceLookupAddress } from "../../../configuration";
import { missingSpace } from "../../deployment/missing-spaces";
import { orderParts, reasonsToWait, type Outcome } from "../../deployment/parts";
import type { Plan } from "../../deployment/plan-json";
import { change, plan } from "./planned-changes";

const stack = (name: string, ...dependencies: readonly string[]) => ({ name, folder: name, file: `${name}/cdk.tf.json`, dependencies });

const token = { env: "TOKEN" };
const FILE = {
  version: 1,
  parts: "integration",
  spaces: { platform: { name: "Platform", spaces: { payments: { name: "Payments" }, tools: { name: "Tools" } } } },
  integrations: {
    zebra: { cloud: { email: "a@acme.example", token }, name: "Zebra", space: "payments" },
    ant: { cloud: { email: "a@acme.example", token }, name: "Ant" },
  },
};

function configuration(file: object = FILE) {
  const folder = mkdtempSync(join(tmpdir(), "parts-"));
  writeFileSync(join(folder, "bitlift.yaml"), JSON.stringify(file));
  const result = readConfigurationSync(join(folder, "bitlift.yaml"));
  rmSync(folder, { recursive: true });
  expect(result.findings).toEqual([]);
  return result.configuration;
}

const names = (parts: readonly { readonly name: string }[]) => parts.map(({ name }) => name);

it("orders parts as the file does, whatever the order of the manifest", () => {
  expect(names(orderParts([stack("ant"), stack("spaces"), stack("zebra")], configuration(), undefined))).toEqual([
    "spaces",
    "zebra",
    "ant",
  ]);
});

it("orders the stacks of an app without a file by their dependencies", () => {
  expect(names(orderParts([stack("a", "c"), stack("b"), stack("c", "b")], undefined, undefined))).toEqual(["b", "c", "a"]);
});

it("selects parts, and names the known ones for an unknown name", () => {
  const stacks = [stack("ant"), stack("spaces")];
  expect(names(orderParts(stacks, undefined, ["ant"]))).toEqual(["ant"]);
  expect(() => orderParts(stacks, undefined, ["bee"])).toThrow('There is no part "bee".');
});

const space = (key: string, fields: Partial<ReturnType<typeof change>>) => change({ address: spaceAddress(key), label: key, ...fields });

it.each<[string, Plan, readonly string[]]>([
  ["its Space is created", plan([space("payments", { action: "create" })]), ['Space "payments" of part spaces']],
  ["a Space above it is created", plan([space("platform", { action: "create" })]), ['Space "platform" of part spaces']],
  ["its Space gets another name", plan([space("payments", { action: "update", changed: ["name"] })]), ['Space "payments" of part spaces']],
  ["its Space gets other labels", plan([space("payments", { action: "update", changed: ["labels"] })]), []],
  ["another Space is created", plan([space("tools", { action: "create" })]), []],
  ["nothing changes", plan([space("payments", {})]), []],
])("when %s, the part waits for %j", (_case, spaces, reasons) => {
  const [, zebra, ant] = orderParts([stack("ant"), stack("spaces"), stack("zebra")], configuration(), undefined);
  const outcomes = new Map<string, Outcome>([["spaces", { state: "planned", plan: spaces }]]);
  expect(reasonsToWait(zebra!, outcomes)).toEqual(spaces.changes.length > 0 ? reasons : []);
  expect(reasonsToWait(ant!, outcomes)).toEqual([]);
});

describe("with published backing", () => {
  const PUBLISHED = {
    ...FILE,
    backing: "published",
    integrations: {
      zebra: {
        datacenter: { apiHost: "https://bitbucket.acme.example", username: "u", token: { variable: "t" } },
        name: "Zebra",
        space: "payments",
      },
    },
  };
  const zebraPart = () => orderParts([stack("zebra")], configuration(PUBLISHED), undefined)[0]!;

  it("a part waits for its Space too", () => {
    const changes = [change({ address: spaceAddress("platform", "published"), label: "Platform", action: "update", changed: ["name"] })];
    const [, zebra] = orderParts([stack("spaces"), stack("zebra")], configuration(PUBLISHED), undefined);
    expect(reasonsToWait(zebra!, new Map([["spaces", { state: "planned", plan: plan(changes) }]]))).toEqual([
      'Space "Platform" of part spaces',
    ]);
  });

  it.each([
    ["error while traversing space path: could not find a space identified by path: root/Platform", 'Space "Payments" of part spaces'],
    ["could not query for spaces: unauthorized", undefined],
  ])("without the other part, the provider says: %s", (summary, reason) => {
    const address = spaceLookupAddress("payments", "published");
    const diagnostic = { severity: "error", summary, detail: "", address } as const;
    const message = { raw: {}, type: "diagnostic", diagnostic, resource: undefined, action: undefined };
    expect(missingSpace(zebraPart(), message, new Set(["zebra"]))).toBe(reason);
  });
});

it.each(["waits", "failed"] as const)("a part waits for one that %s", (state) => {
  const [, second] = orderParts([stack("a"), stack("b", "a")], undefined, undefined);
  expect(reasonsToWait(second!, new Map([["a", { state }]]))).toEqual(["part a"]);
});

const notFound = { severity: "error", summary: "The Space does not exist", address: spaceLookupAddress("payments") } as const;
const code = (name: string) => `The key cannot see it.\n\n(${name})\nhttps://example.com#${name}`;

it.each<[string, Parameters<typeof missingSpace>[1]["diagnostic"], readonly string[], string | undefined]>([
  ["its Space is not found", { ...notFound, detail: code("space-not-found") }, ["zebra"], 'Space "Payments" of part spaces'],
  ["the part of the Spaces is in the run", { ...notFound, detail: code("space-not-found") }, ["spaces", "zebra"], undefined],
  ["the look-up fails otherwise", { ...notFound, detail: code("remote-request-rejected") }, ["zebra"], undefined],
  [
    "another look-up finds nothing",
    { ...notFound, address: "data.bitlift_space.other", detail: code("space-not-found") },
    ["zebra"],
    undefined,
  ],
  ["it is only a warning", { ...notFound, severity: "warning", detail: code("space-not-found") }, ["zebra"], undefined],
  ["the message is not a diagnostic", undefined, ["zebra"], undefined],
])("without the other part, when %s", (_case, diagnostic, run, reason) => {
  const zebra = orderParts([stack("zebra")], configuration(), undefined)[0]!;
  const message = { raw: {}, type: "diagnostic", diagnostic, resource: undefined, action: undefined };
  expect(missingSpace(zebra, message, new Set(run))).toBe(reason);
});
