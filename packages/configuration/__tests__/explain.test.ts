/** What `explain` says about keys and repositories. */
import { explain, nearest } from "..";
import { configurationOf } from "./temporary-files";

const FILE = [
  "version: 1",
  "spaces:",
  "  platform: { name: Platform, spaces: { payments: { name: Payments, inherit: true, spaces: { inner: { name: Inner, inherit: true } } }, alone: { name: Alone } } }",
  'servers: { main: { url: "https://b.acme.example", token: { env: MAIN_TOKEN } } }',
  "integrations:",
  "  pay:",
  "    cloud: { email: a@acme.example, token: { env: PAY_TOKEN } }",
  "    name: Pay",
  "    space: platform",
  '    repositories: [Acme/Billing, { every: acme, query: x, match: ["svc-*"], additionalEvents: ["pullrequest:rejected"] }]',
  "  ledger: { datacenter: { server: main, username: u, token: { variable: t } }, name: Ledger, default: true }",
].join("\n");

it("names the Spaces that may attach an integration, by inheritance", () => {
  const { found } = explain(configurationOf(FILE), "pay")!;
  expect(found).toMatchObject([
    {
      kind: "integration",
      spacePath: ["root", "platform"],
      mayAttach: ["root > platform", "root > platform > payments", "root > platform > payments > inner"],
      credential: ["email a@acme.example", "token from the environment variable PAY_TOKEN"],
      part: "main",
      address: expect.stringMatching(/^bitlift_bitbucket_cloud_integration\.pay_[0-9A-F]{8}$/),
    },
  ]);
});

it("finds a repository without regard to case, and one in a set", () => {
  const configuration = configurationOf(FILE);
  expect(explain(configuration, "acme/billing")!.found).toMatchObject([
    { kind: "repository", key: "Acme/Billing", integration: "pay", additionalEvents: [], note: undefined, fromSet: undefined, match: [] },
  ]);
  expect(explain(configuration, "acme/svc-a")!.found).toMatchObject([
    {
      kind: "repository",
      additionalEvents: ["pullrequest:rejected"],
      note: "only if Bitbucket finds it with query x",
      fromSet: "acme",
      address: expect.stringMatching(/\["svc-a"\]$/),
    },
  ]);
  expect(explain(configuration, "acme/other")).toBeUndefined();
});

it("names the backing and the addresses of its resources", () => {
  const text = [
    "version: 1",
    "backing: published",
    "spaces: { platform: { name: Platform } }",
    'servers: { main: { url: "https://b.acme.example", username: u, password: { variable: p } } }',
    "integrations:",
    "  ledger: { datacenter: { server: main, username: u, token: { variable: t } }, name: Ledger, repositories: [PAY/x] }",
    "  wide: { cloud: {}, existing: { default: true }, repositories: [acme/x] }",
    "  ours: { cloud: { email: a@acme.example, token: { env: T } }, name: Ours, backing: bitlift, repositories: [acme/y] }",
  ].join("\n");
  const configuration = configurationOf(text);
  const found = ["platform", "ledger", "PAY/x", "wide", "acme/x", "ours", "acme/y"].flatMap((key) => explain(configuration, key)!.found);
  const types = found.map((facts) => ("backing" in facts ? [facts.backing, facts.address?.replace(/\..*/, "")] : []));
  expect(types).toEqual([
    ["published", "spacelift_space"],
    ["published", "spacelift_bitbucket_datacenter_integration"],
    ["published", "bitbucketserver_repository_webhook"],
    ["published", undefined],
    ["published", "bitbucket_hook"],
    ["bitlift", "bitlift_bitbucket_cloud_integration"],
    ["bitlift", "bitlift_bitbucket_cloud_webhook"],
  ]);
  const names = (backing: string) =>
    ["platform", "ledger", "PAY/x", "acme/x"].flatMap((key) =>
      explain(configurationOf(text.replace("backing: published", `backing: ${backing}`)), key)!.found.map((facts) =>
        "address" in facts ? facts.address?.split(".")[1] : undefined,
      ),
    );
  expect(names("published")).toEqual(names("bitlift"));
});

it("explains Spaces, servers and sets", () => {
  const configuration = configurationOf(FILE);
  expect(explain(configuration, "alone")!.found).toMatchObject([
    { kind: "Space", path: ["root", "platform", "alone"], mayUse: ["ledger"] },
  ]);
  expect(explain(configuration, "inner")!.found).toMatchObject([{ kind: "Space", mayUse: ["pay", "ledger"] }]);
  expect(explain(configuration, "main")!.found).toMatchObject([
    { kind: "server", integrations: ["ledger"], credential: ["token from the environment variable MAIN_TOKEN"] },
  ]);
  expect(explain(configuration, "acme")!.found).toMatchObject([
    { kind: "set", key: "acme", match: ["svc-*"], query: "x", fromSet: undefined },
  ]);
  expect(explain(configuration, "nothing")).toBeUndefined();
});

describe("a name that the file does not have", () => {
  it.each([
    ["payy", ' Did you mean "pay"?'],
    ["acme/biling", ' Did you mean "Acme/Billing"? The set "acme" of integration "pay" leaves it out: match has "svc-*".'],
    ["acme/other", ' The set "acme" of integration "pay" leaves it out: match has "svc-*".'],
    ["nowhere/else", ""],
  ])("%s", (query, sentences) => {
    expect(nearest(configurationOf(FILE), query)).toBe(sentences);
  });
});

it("names every integration that contains a repository, and every thing that a key names", () => {
  const twice = FILE.replace("spaces:", "spaces:\n  pay: { name: Pay }").replace(
    "  ledger:",
    "  other: { cloud: {}, existing: { default: true }, repositories: [acme/billing] }\n  ledger:",
  );
  const configuration = configurationOf(twice);
  expect(explain(configuration, "acme/billing")!.found).toMatchObject([{ integration: "pay" }, { integration: "other" }]);
  expect(explain(configuration, "pay")!.found).toMatchObject([{ kind: "Space" }, { kind: "integration" }]);
});

it("names the variable of a secret with its version", () => {
  const text = [
    "version: 1",
    'servers: { main: { url: "https://b.acme.example", username: u, password: { variable: p, version: "3" } } }',
    "integrations: { ledger: { datacenter: { server: main, username: u, token: { variable: t, version: 2026-11 } }, name: Ledger } }",
  ].join("\n");
  expect(explain(configurationOf(text), "ledger")!.found).toMatchObject([
    { credential: ["username u", "token from the variable t, version 2026-11"] },
  ]);
  expect(explain(configurationOf(text), "main")!.found).toMatchObject([
    { credential: ["username u", "password from the variable p, version 3"] },
  ]);
});
