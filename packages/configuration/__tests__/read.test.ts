/** Correct files: what the configuration contains, and which texts survive. */
import fc from "fast-check";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { readConfiguration, readConfigurationSync } from "..";
import { configurationOf, readFiles, writeFiles } from "./temporary-files";

const CLOUD = "cloud: { email: a@acme.example, token: { env: TOKEN } }";

describe("a file", () => {
  it("that does not exist points to bitlift init", async () => {
    const { findings, configuration } = await readConfiguration(join(writeFiles({}), "bitlift.yaml"));
    expect(findings).toMatchObject([{ code: "file-not-found", message: expect.stringContaining("Run bitlift init") }]);
    expect(configuration).toBeUndefined();
  });

  it("can be read with another backing, for everything that it declares", () => {
    const existing = `${CLOUD.replace(/\{.*/, "{}")}, existing: { id: one }`;
    const lines = ["version: 1", "integrations:", `  ours: { ${existing}, backing: bitlift }`, `  follows: { ${existing} }`];
    const path = join(writeFiles({ "bitlift.yaml": `${lines.join("\n")}\n` }), "bitlift.yaml");
    const { configuration } = readConfigurationSync(path, { backing: "published" });
    const backings = [...(configuration?.integrations.values() ?? [])].map(({ backing }) => backing);
    expect([configuration?.backing, ...backings]).toEqual(["published", "published", "published"]);
  });

  it("that is a folder is not read", () => {
    const folder = writeFiles({});
    mkdirSync(join(folder, "bitlift.yaml"));
    expect(readConfigurationSync(join(folder, "bitlift.yaml")).findings).toMatchObject([{ code: "file-unreadable" }]);
  });

  it("whose aliases nest too deeply is an error, not a crash", () => {
    const deep = (inner: string) => "[".repeat(600) + inner + "]".repeat(600);
    const levels = Array.from({ length: 100 }, (_, index) => `  k${index}: &a${index} ${deep(index === 0 ? "x" : `*a${index - 1}`)}`);
    const { findings } = readFiles({ "bitlift.yaml": `version: 1\nspaces:\n${levels.join("\n")}\n` });
    expect(findings.map(({ code }) => code)).toContain("yaml-alias");
  });

  it("with 5,000 repositories in 50 parts is read completely", () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
    const integrations = numbers(50).map((part) => [
      `i${part}`,
      {
        cloud: { email: "a@acme.example", token: { env: `TOKEN_${part}` } },
        name: `Integration ${part}`,
        repositories: numbers(100).map((index) => `acme-${part}/repository-${index}`),
      },
    ]);
    const { parts, integrations: found } = configurationOf(
      stringify({ version: 1, parts: "integration", integrations: Object.fromEntries(integrations) }),
    );
    expect(parts).toHaveLength(50);
    expect([...found.values()].flatMap(({ repositories }) => repositories)).toHaveLength(5000);
  });

  it("may start with a byte order mark and have lines of Windows", () => {
    const { findings } = readFiles({ "bitlift.yaml": "\uFEFFversion: 1\r\nspaces:\r\n  a: { nam: A }\r\n" });
    expect(findings).toMatchObject([{ code: "unknown-key", place: { line: 3, column: 8 }, source: "  a: { nam: A }" }]);
  });
});

describe("values", () => {
  it("have their defaults, and an entry replaces them", () => {
    const { integrations } = configurationOf(
      [
        "version: 1",
        "defaults:",
        "  integration: { labels: [managed], detachProtection: false }",
        "  webhook: { title: From Bitlift, verifyCertificate: false, additionalEvents: { cloud: [pullrequest:rejected] } }",
        "integrations:",
        `  a: { ${CLOUD}, name: A, repositories: [acme/x, { repository: acme/y, title: Own, additionalEvents: [] }] }`,
        `  b: { ${CLOUD}, name: B, labels: [], vcsChecks: ALL }`,
        "  c: { cloud: {}, existing: { default: true } }",
      ].join("\n"),
    );
    expect(integrations.get("a")).toMatchObject({ labels: ["managed"], detachProtection: false, vcsChecks: "INDIVIDUAL", space: "root" });
    expect(integrations.get("a")?.repositories).toMatchObject([
      {
        namespace: "acme",
        slug: "x",
        title: "From Bitlift",
        verifyCertificate: false,
        active: true,
        additionalEvents: ["pullrequest:rejected"],
      },
      { slug: "y", title: "Own", additionalEvents: [] },
    ]);
    expect(integrations.get("b")).toMatchObject({ labels: [], vcsChecks: "ALL" });
    expect(integrations.get("c")).toMatchObject({ labels: [], existing: { default: true }, credential: undefined });
  });

  it("of the backing are those of the file, unless an integration has its own", () => {
    const managed = "datacenter: { server: main, username: u, token: { variable: t } }";
    const existing = "cloud: {}, existing: { default: true }";
    const backings = (top: readonly string[]) => {
      const { backing, integrations } = configurationOf(
        [
          "version: 1",
          ...top,
          'servers: { main: { url: "https://bitbucket.acme.example" } }',
          "integrations:",
          `  as-the-file: { ${managed}, name: A }`,
          `  ours: { ${existing}, backing: bitlift }`,
          `  theirs: { ${existing}, backing: published }`,
        ].join("\n"),
      );
      return [backing, ...[...integrations.values()].map((entry) => entry.backing)];
    };
    expect(backings([])).toEqual(["bitlift", "bitlift", "bitlift", "published"]);
    expect(backings(["backing: published"])).toEqual(["published", "published", "bitlift", "published"]);
  });

  it("that published providers cannot carry may be in the file for other integrations", () => {
    const { findings } = readFiles({
      "bitlift.yaml": [
        "version: 1",
        "backing: published",
        "defaults: { integration: { detachProtection: true }, webhook: { adoptExisting: false, active: false } }",
        'servers: { main: { url: "https://bitbucket.acme.example", token: { env: HOOKS } } }',
        "bitbucketCloud: { token: { env: HOOKS } }",
        "integrations:",
        `  ours: { backing: bitlift, ${CLOUD}, name: A, repositories: [{ every: acme }] }`,
        "  ours-too: { backing: bitlift, datacenter: { server: main, username: u, token: { env: T } }, name: A, repositories: [PAY/x] }",
        '  theirs: { datacenter: { apiHost: "https://other.acme.example", username: u, token: { variable: t } }, name: B, detachProtection: false }',
      ].join("\n"),
    });
    expect(findings).toEqual([]);
  });

  it("of a Data Center integration take the URL of the server for both addresses", () => {
    const { integrations } = configurationOf(
      [
        "version: 1",
        'servers: { main: { url: "https://bitbucket.acme.example/context" } }',
        "integrations:",
        "  a: { datacenter: { server: main, username: u, token: { variable: ledger-token, version: v2 } }, name: A }",
        '  b: { datacenter: { server: main, username: u, token: { env: T }, apiHost: "private://pool" }, name: B }',
      ].join("\n"),
    );
    const url = "https://bitbucket.acme.example/context";
    expect(integrations.get("a")).toMatchObject({
      apiHost: url,
      userFacingHost: url,
      credential: { token: { variable: "ledger-token", version: "v2" } },
    });
    expect(integrations.get("b")).toMatchObject({ apiHost: "private://pool", userFacingHost: url });
  });

  it("come from anchors and merges, with the places of what is written", () => {
    const text = [
      "version: 1",
      "integrations:",
      `  a: &base { ${CLOUD}, name: A, repositories: [acme/x] }`,
      "  b: { <<: *base, name: B }",
    ].join("\n");
    const { integrations } = configurationOf(text);
    expect(integrations.get("b")).toMatchObject({ name: "B", repositories: [{ slug: "x" }], place: { line: 4, column: 3 } });
    const { findings } = readFiles({ "bitlift.yaml": text.replace("acme/x", "acme") });
    expect(findings).toMatchObject([{ code: "value-not-allowed", place: { line: 3 } }]);
  });

  it("keep keys that objects of JavaScript have", () => {
    const { spaces } = configurationOf(
      "version: 1\nspaces:\n  constructor: { name: A }\n  toString: { name: B }\n  hasOwnProperty: { name: C }\n",
    );
    expect([...spaces.keys()]).toEqual(["constructor", "toString", "hasOwnProperty"]);
  });

  it("are the same in whichever file an entry is", () => {
    const entry = `  a: { ${CLOUD}, name: A, space: s }\n`;
    const main = "version: 1\nspaces: { s: { name: S } }\n";
    const withoutPlaces = (integrations: unknown) =>
      JSON.parse(JSON.stringify(integrations, (key, value) => (key === "place" ? undefined : value instanceof Map ? [...value] : value)));
    const one = configurationOf(`${main}integrations:\n${entry}`);
    const two = configurationOf(`${main}include: ["*.yaml", teams/*.yml]\n`, {
      "teams/a.yml": `integrations:\n${entry}`,
      "z.yaml": "spaces: {}\n",
    });
    expect(two.files).toEqual(["bitlift.yaml", "teams/a.yml", "z.yaml"]);
    expect(withoutPlaces(two.integrations)).toEqual(withoutPlaces(one.integrations));
  });

  it("survive whatever the texts contain", () => {
    const visible = fc.string({
      unit: fc.oneof(
        fc.constantFrom("${", "%{", "*", "&", "#", ": ", "'", '"', "é", "日", "😀", "{", "}", "@"),
        fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 3 }),
      ),
      maxLength: 20,
    });
    fc.assert(
      fc.property(visible, visible, (description, label) => {
        const name = `N${label}`.trim();
        const labels = label.trim() === "" ? [] : [label];
        const file = {
          version: 1,
          spaces: { a: { name, description, labels } },
          integrations: {
            b: { cloud: { email: "a@acme.example", token: { env: "T" } }, name, description, labels, secretRotation: description },
          },
        };
        const { configuration } = readFiles({ "bitlift.yaml": stringify(file) });
        expect(configuration?.spaces.get("a")).toMatchObject({ name, description, labels });
        expect(configuration?.integrations.get("b")).toMatchObject({ name, description, labels, secretRotation: description });
      }),
      { numRuns: 60 },
    );
  });
});

it.each([
  ["legacy-01HN0BF3GMYZQ4NYVNQ1RKQ9M7", true],
  ["bitbucket_for.zürich", true],
  ["-a", true],
  ["Bitbucket for Payments", false],
  ["https://acme.app.spacelift.io/spaces/legacy", false],
  ["", false],
])("accepts as an ID what Spacelift may make of a name, and neither a name with spaces nor a URL: %s", (id, isAccepted) => {
  const { findings } = readFiles({ "bitlift.yaml": `version: 1\nspaces: { a: { existing: { id: "${id}" } } }\n` });
  expect(findings.map(({ code }) => code)).toEqual(isAccepted ? [] : ["value-not-allowed"]);
});
