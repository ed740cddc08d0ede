/** What `explain` adds from the state of a part and from Spacelift. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  explain,
  readConfigurationSync,
  spaceAddress,
  webhookAddress,
  integrationAddress,
  type Configuration,
} from "../../../configuration";
import { startSandbox } from "../../../sandbox";
import { findDeployed } from "../../explain/deployed";
import { explanationText } from "../../explain/text";
import { paintFor } from "../../terminal";

const FILE = `version: 1
spaces: { payments: { name: Payments }, there: { existing: { name: Platform } } }
integrations:
  payments:
    cloud: { email: a@acme.example, token: { env: TOKEN } }
    name: Payments
    space: payments
    repositories: [acme/billing, { every: acme, match: ["svc-*"] }]
  shared: { cloud: {}, existing: { id: shared-id }, repositories: [acme/billing] }
`;

let folder: string;
const environment = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "explain-"));
  for (const name of ["ENDPOINT", "ID", "SECRET"]) Reflect.deleteProperty(process.env, `SPACELIFT_API_KEY_${name}`);
  Reflect.deleteProperty(process.env, "SPACELIFT_API_TOKEN");
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
});

function read(file = FILE): Configuration {
  writeFileSync(join(folder, "bitlift.yaml"), file);
  const { configuration, findings } = readConfigurationSync(join(folder, "bitlift.yaml"));
  if (configuration === undefined) throw new Error(JSON.stringify(findings));
  return configuration;
}

const deployedOf = (configuration: Configuration, query: string, online = false) =>
  findDeployed(configuration, explain(configuration, query)?.found ?? [], online);

function resource(address: string, attributes: object, key?: string): object {
  const [mode, type, name] = address.startsWith("data.") ? ["data", ...address.slice(5).split(".")] : ["managed", ...address.split(".")];
  return { mode, type, name, instances: [{ ...(key === undefined ? {} : { index_key: key }), attributes }] };
}

const STATE = {
  version: 4,
  resources: [
    resource(spaceAddress("payments"), { id: "payments-01" }),
    resource(integrationAddress("cloud", "payments"), {
      id: "payments",
      webhook_url: "https://acme.example/hooks/1",
      webhook_secret: "canary",
    }),
    resource(`data.${integrationAddress("cloud", "shared")}`, { id: "shared-id", webhook_url: "https://acme.example/hooks/2" }),
    resource(webhookAddress("cloud", "payments", "acme/billing"), { uuid: "{u-1}", active: true }),
    resource(webhookAddress("cloud", "payments", "acme"), { uuid: "{u-2}", active: false }, "svc-a"),
  ],
};

describe("with a state file", () => {
  it.each([
    ["terraform.main.tfstate", FILE],
    ["cdktf.out/stacks/main/own.tfstate", FILE.replace("version: 1", "version: 1\nstate: { backend: { local: { path: own.tfstate } } }")],
  ])("at %s: IDs, URL and webhook", async (path, file) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(STATE));
    const configuration = read(file);
    const source = `the state file ${join(folder, path)}`;
    const both = await deployedOf(configuration, "acme/billing");
    expect(both).toEqual({
      deployed: [
        { integrationId: "payments", url: "https://acme.example/hooks/1", webhookId: "{u-1}", webhookActive: true, knownFrom: source },
        { integrationId: "shared-id", url: "https://acme.example/hooks/2", knownFrom: source },
      ],
      notes: [],
    });
    expect((await deployedOf(configuration, "acme/svc-a")).deployed).toMatchObject([{ webhookId: "{u-2}", webhookActive: false }]);
    // The key names a Space and an integration.
    expect((await deployedOf(configuration, "payments")).deployed).toMatchObject([
      { spaceId: "payments-01" },
      { integrationId: "payments" },
    ]);
    expect(JSON.stringify(both)).not.toContain("canary");
  });

  it("of the published providers, too", async () => {
    const configuration = read(
      JSON.stringify({
        version: 1,
        backing: "published",
        integrations: {
          ledger: {
            datacenter: { apiHost: "https://bitbucket.acme.example", username: "u", token: { variable: "t" } },
            name: "Ledger",
            repositories: ["PAY/x"],
          },
        },
      }),
    );
    const resources = [
      resource(integrationAddress("datacenter", "ledger", "published"), { id: "ledger", webhook_url: "https://acme.example/hooks/3" }),
      resource(webhookAddress("datacenter", "ledger", "pay/x", "published"), { webhook_id: 7, active: true }),
    ];
    writeFileSync(join(folder, "terraform.main.tfstate"), JSON.stringify({ version: 4, resources }));
    expect((await deployedOf(configuration, "PAY/x")).deployed).toMatchObject([
      { integrationId: "ledger", url: "https://acme.example/hooks/3", webhookId: "7", webhookActive: true },
    ]);
  });

  it.each(["", "{", "[]", '{"version":3,"modules":[]}', '{"version":4}'])("that is not a state, nothing is added: %j", async (text) => {
    writeFileSync(join(folder, "terraform.main.tfstate"), text);
    expect(await deployedOf(read(), "acme/billing")).toEqual({ deployed: [undefined, undefined], notes: [] });
  });
});

it("says nothing without a state, unless it is asked to look elsewhere", async () => {
  const configuration = read();
  expect(await deployedOf(configuration, "payments")).toEqual({ deployed: [undefined, undefined], notes: [] });
  expect(await deployedOf(configuration, "payments", true)).toEqual({
    deployed: [undefined, undefined],
    notes: [expect.stringContaining("Spacelift was not asked, because the environment has no key")],
  });
});

it("queries Spacelift with the key of the environment, and only notes that it does not respond", async () => {
  const sandbox = await startSandbox();
  try {
    Object.assign(process.env, sandbox.environment);
    const configuration = read();
    expect((await deployedOf(configuration, "there", true)).deployed).toEqual([{ spaceId: "platform", knownFrom: "Spacelift" }]);
    expect(await deployedOf(configuration, "payments", true)).toEqual({ deployed: [undefined, undefined], notes: [] });
  } finally {
    await sandbox.stop();
  }
  const { deployed, notes } = await deployedOf(read(), "payments", true);
  expect(deployed).toEqual([undefined, undefined]);
  expect(notes.length).toBeGreaterThan(0);
  expect(notes.every((note) => note.startsWith("Spacelift did not answer: "))).toBe(true);
}, 60_000);

it("is printed below the facts of the file", () => {
  const [facts] = explain(read(), "there")?.found ?? [];
  if (facts === undefined) throw new Error("The file has the key.");
  const text = explanationText({ found: [{ ...facts, deployed: { spaceId: "platform", knownFrom: "Spacelift" } }] }, paintFor(false));
  expect(text.split("\n").slice(-2)).toEqual([
    expect.stringMatching(/^ {2}Space ID +platform$/),
    expect.stringMatching(/^ {2}known from +Spacelift$/),
  ]);
});
