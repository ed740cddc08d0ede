/** What `bitlift validate` accepts, synthesis accepts too: odd texts instead of every value and key of a file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { stringify } from "yaml";
import { readConfigurationSync } from "../../packages/configuration";
import { BitbucketStack } from "../../stacks";

const FILE = {
  version: 1,
  bitbucketCloud: { token: { env: "HOOKS" } },
  servers: { main: { url: "https://b.acme.example", username: "u", password: { variable: "p" } } },
  spaces: {
    platform: { name: "Platform", description: "d", labels: ["l"], spaces: { payments: { name: "Payments" } } },
    byId: { existing: { id: "legacy-01" } },
    byName: { existing: { name: "Legacy", parent: "root" } },
  },
  integrations: {
    cloud: {
      cloud: { email: "a@acme.example", token: { variable: "t" } },
      name: "Cloud",
      space: "payments",
      secretRotation: "1",
      repositories: ["acme/x", { repository: "acme/y", title: "t" }, { every: "all", key: "k", query: "q", role: "admin", match: ["a"] }],
    },
    server: {
      datacenter: { server: "main", username: "u", token: { env: "T" }, apiHost: "https://x.example", userFacingHost: "https://y.example" },
      name: "Server",
      repositories: ["PLAT/x", { every: "PAY" }],
    },
    byId: { cloud: {}, existing: { id: "c" } },
    byName: { cloud: {}, existing: { name: "D" } },
  },
};

const PUBLISHED = {
  version: 1,
  backing: "published",
  parts: "integration",
  bitbucketCloud: { email: "a@acme.example", token: { variable: "t" } },
  servers: { main: { url: "https://b.acme.example", username: "u", password: { variable: "p" } } },
  spaces: {
    platform: { name: "Platform", spaces: { payments: { name: "Payments" } } },
    byName: { existing: { name: "Legacy", parent: "platform" } },
  },
  integrations: {
    server: {
      datacenter: { server: "main", username: "u", token: { variable: "t" } },
      name: "Server",
      space: "payments",
      repositories: ["PLAT/x", { repository: "PLAT/y", title: "t", additionalEvents: ["pr:declined"] }],
    },
    inExisting: { datacenter: { server: "main", username: "u", token: { variable: "t" } }, name: "Other", space: "byName" },
    byId: { cloud: {}, existing: { id: "c" }, repositories: ["acme/x"] },
  },
};

const ODD_TEXTS = [" ", "..", "a/b", "!!!", "version", "constructor", "Default"];

type Tree = Record<string, unknown>;

/** The files in which one value, or one key of a map with keys of one's own, is the text. */
function* filesWith(text: string, value: unknown = FILE, owner = ""): Generator {
  if (typeof value === "string") yield text;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const replaced = (name: string, by: unknown) =>
      Array.isArray(value)
        ? value.with(Number(key), by)
        : Object.fromEntries(Object.entries(value as Tree).map((entry) => (entry[0] === key ? [name, by] : entry)));
    for (const changed of filesWith(text, inner, key)) yield replaced(key, changed);
    if (["spaces", "servers", "integrations"].includes(owner)) yield replaced(text, inner);
  }
}

const FILES = { FILE, PUBLISHED };

it.each(ODD_TEXTS.flatMap((text) => (["FILE", "PUBLISHED"] as const).map((name) => [text, name] as const)))("%j in %s", (text, name) => {
  const folder = mkdtempSync(join(tmpdir(), "odd-"));
  const path = join(folder, "bitlift.yaml");
  try {
    for (const file of filesWith(text, FILES[name])) {
      writeFileSync(path, stringify(file));
      const { configuration } = readConfigurationSync(path);
      if (configuration === undefined) continue;
      const app = Testing.app();
      for (const part of configuration.parts) new BitbucketStack(app, part.name, configuration, part);
      expect([file, app.node.findAll().flatMap(({ node }) => node.validate())]).toEqual([file, []]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
