/** One file with either backing: what the engine reads. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { stringify } from "yaml";
import { BACKING_CONTEXT, Space } from "../../lib";
import { HOST, TRIGGER_TYPE } from "../../lib/host";
import {
  FileEntries,
  integrationAddress,
  readConfigurationSync,
  repositoryConstructId,
  spaceAddress,
  webhookAddress,
  type Configuration,
} from "../../packages/configuration";
import type { Backing } from "../../packages/domain";
import { BitbucketStack } from "../../stacks";
import { expectGolden } from "../golden/golden";
import { addressesIn, synthesizeFile, type SynthesizedPart } from "./synthesized-part";

const LOGIN = { url: "https://bitbucket.acme.example", username: "hooks", password: { variable: "hooks_password" } };
const LEDGER = { datacenter: { server: "main", username: "spacelift", token: { variable: "ledger_token" } }, name: "Ledger" };
const WIDE = { cloud: {}, existing: { id: "bitbucket-for-acme" }, repositories: ["acme-workspace/handbook"] };

const FILE = {
  version: 1,
  servers: { main: LOGIN },
  spaces: { platform: { name: "Platform", spaces: { payments: { name: "Payments", inherit: true } } } },
  integrations: {
    ledger: { ...LEDGER, space: "payments", repositories: [{ repository: "PAY/ledger", additionalEvents: ["pr:declined"] }] },
    "company-wide": WIDE,
  },
};

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "backing-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function configurationOf(file: object, backing: Backing = "published"): Configuration {
  const path = join(folder, "bitlift.yaml");
  writeFileSync(path, stringify({ ...file, backing }));
  const { configuration, findings } = readConfigurationSync(path);
  expect(findings).toEqual([]);
  return configuration!;
}

const synthesize = (file: object, backing?: Backing, part?: string) => synthesizeFile(configurationOf(file, backing), part);
const namesIn = (part: SynthesizedPart) => addressesIn(part).map((address) => address.replace(/^.*\./, ""));
const blocksOf = ({ provider }: SynthesizedPart) => provider as unknown as Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** The resource that replaces an integration, which differs between the hosts. */
const isTrigger = (address: string) => /^(null_resource|terraform_data)\./.test(address);

describe("the same file", () => {
  it.each(["bitlift", "published"] as const)("synthesizes with the backing %s", (backing) => {
    const host = backing === "published" && HOST === "cdktn" ? "-cdktn" : "";
    expectGolden(`backing-${backing}${host}`, synthesize(FILE, backing));
  });

  it("has the same names in all addresses, and one object more for what the providers cannot do", () => {
    const published = addressesIn(synthesize(FILE)).filter((address) => !isTrigger(address));
    expect(published.map((address) => address.replace(/^.*\./, "")).sort()).toEqual(namesIn(synthesize(FILE, "bitlift")).sort());
  });

  it.each(["bitlift", "published"] as const)("has an entry for every object with the backing %s", (backing) => {
    const file = {
      ...FILE,
      spaces: { ...FILE.spaces, old: { existing: { name: "Old", parent: "platform" }, spaces: { in: { name: "In" } } } },
    };
    const entries = new FileEntries(configurationOf(file, backing));
    const part = synthesize(file, backing);
    const looked = Object.entries(part.data ?? {}).flatMap(([type, found]) => Object.keys(found).map((name) => `data.${type}.${name}`));
    const addresses = [...addressesIn(part), ...looked].filter((address) => !isTrigger(address));
    expect(looked).toHaveLength(2);
    expect(addresses.filter((address) => entries.at(address) === undefined)).toEqual([]);
  });

  it("does not need Bitlift's own provider with published backing", () => {
    expect(JSON.stringify(synthesize(FILE))).not.toContain("bitlift");
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
    jest.spyOn(console, "log").mockReturnValue();
    const app = new App({ outdir: join(folder, "out") });
    new BitbucketStack(app, "main", configurationOf(FILE));
    app.synth();
    const written = ["cdk.tf.json", "terraform.d", ".terraform.lock.hcl"].map((name) => existsSync(join(folder, "out/stacks/main", name)));
    expect(written).toEqual([true, false, false]);
    jest.restoreAllMocks();
  });
});

describe("a Space that a part looks up with published backing", () => {
  const SPLIT = {
    ...FILE,
    parts: "integration",
    spaces: { ...FILE.spaces, old: { existing: { name: '${upper("x")}', parent: "platform" } } },
    integrations: { ...FILE.integrations, other: { ...LEDGER, name: "Other", space: "old" } },
  };

  it("of another part is found by its path, with those above it", () => {
    expect(synthesize(SPLIT, "published", "ledger").data).toEqual({
      spacelift_space_by_path: {
        "space-platform": { space_path: "root/Platform" },
        "space-payments": { space_path: "root/Platform/Payments" },
      },
    });
  });

  it("by its name is found by its path, which is data like every text of the file", () => {
    expect(synthesize(SPLIT, "published", "other").data).toEqual({
      spacelift_space_by_path: { "space-old": { space_path: 'root/Platform/$${upper("x")}' } },
    });
  });

  it("waits for the Space of its own part that contains it, because a renamed one is found after the apply", () => {
    const { data } = synthesize({ ...SPLIT, parts: "none" });
    expect(data?.["spacelift_space_by_path"]?.["space-old"]?.["depends_on"]).toEqual([spaceAddress("platform", "published")]);
  });

  it("is refused if a program passes one without a path", () => {
    const configuration = configurationOf(SPLIT);
    const spaces = new Map(configuration.spaces);
    spaces.set("platform", { ...spaces.get("platform")!, name: "A/B" });
    expect(() => synthesizeFile({ ...configuration, spaces }, "ledger")).toThrow(
      /Space platform has a slash in its name[\s\S]*backing-unsupported/,
    );
  });
});

it("moves the objects of a former key within the published providers, and the trigger of the integration", () => {
  const file = {
    ...FILE,
    spaces: { platform: { name: "Platform", previously: ["base"], spaces: FILE.spaces.platform.spaces } },
    integrations: { ledger: { ...FILE.integrations.ledger, previously: ["books"] } },
  };
  const id = repositoryConstructId("PAY", "ledger");
  const part = synthesize(file);
  const integration = (key: string) => integrationAddress("datacenter", key, "published");
  const trigger = (key: string) => `${TRIGGER_TYPE}.${integration(key).split(".")[1] ?? ""}_Identity`;
  expect(Object.keys(part.resource?.[TRIGGER_TYPE] ?? {})).toEqual([trigger("ledger").split(".")[1]]);
  expect(part.moved).toEqual([
    { from: spaceAddress("base", "published"), to: spaceAddress("platform", "published") },
    { from: integration("books"), to: integration("ledger") },
    { from: trigger("books"), to: trigger("ledger") },
    { from: webhookAddress("datacenter", "books", id, "published"), to: webhookAddress("datacenter", "ledger", id, "published") },
  ]);
});

describe("the logins of a part with published backing", () => {
  const TOKEN_ONLY = { url: "https://old.acme.example", token: { env: "OLD_TOKEN" } };
  const OLD = { datacenter: { ...LEDGER.datacenter, server: "old" }, name: "Old", backing: "bitlift" };

  it("stay when the last object leaves the file, because the engine needs them to delete it", () => {
    const part = synthesize({ version: 1, servers: { main: LOGIN }, bitbucketCloud: { token: { variable: "hooks" } } });
    expect(blocksOf(part)).toEqual({
      spacelift: [{}, { alias: "main" }],
      bitbucket: [{ oauth_token: "${var.hooks}" }],
      bitbucketserver: [{ alias: "main", server: LOGIN.url, username: "hooks", password: "${var.hooks_password}" }],
    });
  });

  it("are without those that only Bitlift's own provider uses, in other parts", () => {
    const file = {
      ...FILE,
      parts: "integration",
      servers: { main: LOGIN, old: TOKEN_ONLY },
      bitbucketCloud: { token: { env: "CLOUD_HOOKS" } },
      integrations: {
        ledger: FILE.integrations.ledger,
        old: OLD,
        wide: { ...WIDE, backing: "bitlift" },
      },
    };
    const aliases = (part: SynthesizedPart, type: string) => blocksOf(part)[type]?.map(({ alias }) => alias);
    const ledger = synthesize(file, "published", "ledger");
    expect([aliases(ledger, "bitbucketserver"), aliases(ledger, "bitbucket"), aliases(ledger, "bitlift")]).toEqual([
      ["main"],
      undefined,
      undefined,
    ]);
    const old = synthesize(file, "published", "old");
    expect(aliases(old, "bitlift")).toEqual([undefined, "main", "old"]);
  });

  it("of a file in which only one integration has it are next to those of Bitlift's own provider", () => {
    const file = {
      ...FILE,
      integrations: { ledger: { ...FILE.integrations.ledger, backing: "published" }, ours: { ...OLD, datacenter: LEDGER.datacenter } },
    };
    const part = synthesize(file, "bitlift");
    expect(Object.keys(blocksOf(part)).sort()).toEqual(["bitbucketserver", "bitlift", ...(HOST === "cdktf" ? ["null"] : []), "spacelift"]);
    expect(part.resource?.["spacelift_bitbucket_datacenter_integration"]).toMatchObject({
      ledger_28D1CA40: { space_id: `\${${spaceAddress("payments")}.id}` },
    });
  });
});

describe("a part that the other backing has alone", () => {
  const OWN = { cloud: { email: "s@acme.example", token: { env: "T" } }, name: "Ours", space: "payments", repositories: ["acme/a"] };
  const SPACES = { spaces: FILE.spaces, servers: { main: LOGIN }, version: 1, parts: "integration" };
  const requiredBy = ({ terraform }: SynthesizedPart) => Object.keys(terraform["required_providers"] as object).sort();

  it("needs only Bitlift's own provider in a file with published backing", () => {
    const file = { ...SPACES, integrations: { ours: { ...OWN, backing: "bitlift" }, ledger: FILE.integrations.ledger } };
    const part = synthesize(file, "published", "ours");
    expect([requiredBy(part), Object.keys(blocksOf(part))]).toEqual([["bitlift"], ["bitlift"]]);
    expect(Object.keys(part.data?.["bitlift_space"] ?? {})).toEqual(["space-payments", "space-platform"]);
    const entries = new FileEntries(configurationOf(file, "published"));
    expect(entries.at("data.bitlift_space.space-payments")).toMatchObject({ kind: "Space", key: "payments" });
  });

  it("needs only the published providers in a file with the backing bitlift", () => {
    const file = { ...SPACES, integrations: { ours: OWN, ledger: { ...FILE.integrations.ledger, backing: "published" } } };
    const part = synthesize(file, "bitlift", "ledger");
    expect(requiredBy(part)).toEqual(["bitbucketserver", ...(HOST === "cdktf" ? ["null"] : []), "spacelift"]);
    expect(Object.keys(part.data ?? {})).toEqual(["spacelift_space_by_path"]);
    expect(blocksOf(part)["spacelift"]).toEqual([{}, { alias: "main" }]);
    expect(requiredBy(synthesize(file, "bitlift", "ours"))).toEqual(["bitlift"]);
  });

  it("finds a Space without a path with Bitlift's own provider, which the file may use", () => {
    const spaces = { slash: { name: "A/B" } };
    const ledger = { ...FILE.integrations.ledger, space: "slash", backing: "published" };
    const part = synthesize({ ...SPACES, spaces, integrations: { ledger } }, "bitlift", "ledger");
    expect(part.data).toMatchObject({ bitlift_space: { "space-slash": { name: "A/B" } } });
    expect(requiredBy(part)).toContain("bitlift");
  });
});

describe("an integration with published backing that leaves a file with the backing bitlift", () => {
  const SERVERS = { main: LOGIN, old: { ...LOGIN, url: "https://old.acme.example" } };
  const published = { ...FILE.integrations.ledger, space: "root", backing: "published" };
  const aliases = (part: SynthesizedPart, type: string) => blocksOf(part)[type]?.flatMap(({ alias }) => alias ?? []);

  it.each(["none", "integration"])("leaves the blocks of its server to the others of its part, with parts: %s", (parts) => {
    const part = synthesize(
      { version: 1, parts, servers: SERVERS, integrations: { ledger: published } },
      "bitlift",
      parts === "none" ? "main" : "ledger",
    );
    expect([aliases(part, "bitbucketserver"), aliases(part, "spacelift")]).toEqual([
      ["main", "old"],
      ["main", "old"],
    ]);
  });

  it("takes the published providers along if it was the last one", () => {
    const part = synthesize({ version: 1, servers: SERVERS, integrations: {} }, "bitlift");
    expect(Object.keys(blocksOf(part))).toEqual(["bitlift"]);
  });
});

describe("the context of the app", () => {
  const stackIn = (context: object, backing: Backing) =>
    new BitbucketStack(Testing.app({ context: context }), "main", configurationOf(FILE, backing));

  it("does not decide about the file, so another backing there is refused", () => {
    expect(() => stackIn({ [BACKING_CONTEXT]: "published" }, "bitlift")).toThrow(
      /bitliftBacking of the app is "published", but the backing of the file is "bitlift"[\s\S]*Write backing in the file/,
    );
    expect(() => stackIn({ [BACKING_CONTEXT]: "published" }, "published")).not.toThrow();
  });

  it("of the stack is the backing of the file, also for what a program adds", () => {
    const stack = stackIn({}, "published");
    expect(new Space(stack, "added", { name: "Added", parent: stack.space("platform") }).backing).toBe("published");
  });
});

it("treats an ID of the file as data in the conditions that it writes for the engine", () => {
  const file = {
    ...FILE,
    spaces: { odd: { existing: { id: 'a"==upper("x")||"' } } },
    integrations: { ledger: { ...LEDGER, space: "odd" } },
  };
  const integration = Object.values(synthesize(file).resource?.["spacelift_bitbucket_datacenter_integration"] ?? {})[0];
  expect(integration?.["space_id"]).toBe('a"==upper("x")||"');
  expect(JSON.stringify(integration?.["lifecycle"])).not.toContain("upper");
});
