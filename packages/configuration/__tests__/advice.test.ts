/** Advice about the provider's messages in the words of the file. */
import { CATALOG } from "../../domain";
import { adviceFor, FileEntries, integrationLookupAddress, spaceAddress, spaceLookupAddress, webhookAddress } from "..";
import { ADVISED_CODES } from "../advice";
import { configurationOf } from "./temporary-files";

const ENTRIES = new FileEntries(
  configurationOf(`version: 1
spaces:
  platform: { name: Platform, spaces: { shop: { name: Shop } } }
  legacy: { existing: { name: Legacy } }
servers:
  main: { url: "https://bitbucket.acme.example", token: { env: MAIN_WEBHOOKS_TOKEN } }
integrations:
  shop:
    cloud: { email: a@acme.example, token: { env: SHOP_TOKEN } }
    name: Shop
    space: shop
    repositories: [acme/shop, { every: acme-labs }]
  ledger:
    datacenter: { server: main, username: a, token: { env: LEDGER_TOKEN } }
    name: Ledger
    repositories: [PAY/ledger]
  wide: { cloud: {}, existing: { name: Wide }, repositories: [acme/wide] }
`),
);

const advice = (code: string, address?: string) => adviceFor(code, address === undefined ? undefined : ENTRIES.at(address));

it("is for codes that the provider has", () => {
  expect(ADVISED_CODES.filter((code) => !(code in CATALOG.summaries))).toEqual([]);
});

it("is undefined for other codes, and for messages of the engine", () => {
  expect([adviceFor(undefined, undefined), advice("remote-unreachable"), advice("toString")]).toEqual([undefined, undefined, undefined]);
});

it.each<[string, string, string]>([
  ["duplicate-space-name", spaceAddress("shop"), 'with existing: { name: "Shop", parent: platform }.'],
  ["duplicate-integration-name", "bitlift_bitbucket_cloud_integration.shop", "existing: { name: <its name> }"],
  [
    "integration-not-found",
    integrationLookupAddress("cloud", "wide"),
    'integration "wide" refers to the integration with existing: { name: "Wide" }',
  ],
  ["space-not-found", spaceLookupAddress("legacy"), 'correct existing in Space "legacy"'],
  ["credential-variable-not-set", webhookAddress("datacenter", "ledger", "pay/ledger"), "servers.main.token names the variable."],
  ["credential-variable-not-set", webhookAddress("cloud", "shop", "acme/shop"), "bitbucketCloud.token names the variable."],
  ["bitbucket-datacenter-not-configured", webhookAddress("datacenter", "ledger", "pay/ledger"), "servers.main.token names the login"],
  ["repository-not-found", `${webhookAddress("cloud", "shop", "acme-labs")}["x"]`, "correct every"],
  ["remote-unauthenticated", webhookAddress("datacenter", "ledger", "pay/ledger"), "MAIN_WEBHOOKS_TOKEN"],
])("about %s of %s", (code, address, text) => {
  expect(advice(code, address) ?? "").toContain(text);
});

it("of a server's provider block belongs to the server", () => {
  expect(ENTRIES.at('provider["terraform.local/bitlift/bitlift"].main')).toMatchObject({ kind: "server", place: { line: 6 } });
  expect(ENTRIES.at('provider["terraform.local/bitlift/bitlift"]')).toBeUndefined();
  expect(ENTRIES.at('provider["registry.opentofu.org/gavinbunney/bitbucketserver"].main')).toMatchObject({ kind: "server" });
});

it("of the block that logs in to Spacelift belongs to no server", () => {
  expect(ENTRIES.at('provider["registry.terraform.io/spacelift-io/spacelift"].main')).toBeUndefined();
});
