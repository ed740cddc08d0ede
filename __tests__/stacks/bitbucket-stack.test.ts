/** The default app's stack, from its configuration. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import cdktf from "../../cdktf.json";
import schema from "../../stacks/configuration.schema.json";
import { BitbucketStack } from "../../stacks/bitbucket-stack";
import { readConfiguration, type Configuration } from "../../stacks/configuration";
import { expectGolden } from "../golden/golden";

// Read from JSON, a configuration has no types yet.
const build = (configuration: unknown) => new BitbucketStack(Testing.app(), "bitbucket", readConfiguration(configuration));
const synth = (configuration: unknown) => JSON.parse(Testing.synth(build(configuration), true));

const EVERYTHING: Configuration = {
  spaces: {
    production: { name: "Production", parent: "payments", inheritEntities: true },
    payments: { name: "Payments", description: "Of the team.", labels: ["team:payments"] },
    partner: { name: "Partner", parent: { id: "partners-01HN0BF3GMYZQ4NYVNQ1RKQ9M7" } },
  },
  integrations: {
    payments: {
      name: "Bitbucket for Payments",
      space: "payments",
      email: "spacelift@acme.example",
      apiTokenEnv: "PAYMENTS_BITBUCKET_API_TOKEN",
      labels: ["team:payments"],
      description: "For *payments*.",
      vcsChecks: "AGGREGATED",
      useGitCheckout: true,
      webhookSecretRotation: "2026-11",
      detachProtection: false,
      replacementOrder: "destroy-first",
      repositories: [
        "acme-workspace/infrastructure",
        {
          repository: "acme-workspace/billing",
          title: "Spacelift",
          additionalEvents: ["pullrequest:rejected"],
          active: true,
          skipCertificateVerification: true,
          adoptExisting: false,
        },
      ],
    },
    shared: {
      name: "Bitbucket",
      isDefault: true,
      username: "bot",
      appPasswordEnv: "APP_PASSWORD",
      repositories: ["acme-workspace/handbook"],
    },
  },
};

it("synthesises what comes with the app", () => {
  expectGolden("default-app", synth(cdktf.context.bitlift));
});

it("synthesises every setting", () => {
  expectGolden("every-setting", synth(EVERYTHING));
});

/** Two servers, one of them behind VCS agents. */
const SERVERS: Configuration = {
  spaces: { platform: { name: "Platform" } },
  bitbucketDatacenter: {
    main: { url: "https://bitbucket.acme.example", accessTokenEnv: "HOOKS_TOKEN" },
    old: { url: "https://old.acme.example/bitbucket", username: "hooks", passwordEnv: "HOOKS_PASSWORD" },
  },
  integrations: {
    platform: {
      product: "datacenter",
      server: "main",
      name: "Data Center for Platform",
      space: "platform",
      username: "spacelift",
      accessTokenEnv: "PLATFORM_TOKEN",
      labels: ["team:platform"],
      repositories: [
        { project: "PLAT", query: "terraform", role: "REPO_ADMIN", except: ["terraform-sandbox"], title: "Spacelift" },
        { project: "PLAT", key: "ansible", query: "ansible" },
        "~jdoe/dotfiles",
        { repository: "PAY/billing", additionalEvents: ["pr:declined"], verifyCertificate: false },
      ],
    },
    old: {
      product: "datacenter",
      server: "old",
      name: "Old Data Center",
      apiHost: "private://agents/bitbucket",
      username: "spacelift",
      accessTokenEnv: "OLD_TOKEN",
      repositories: ["INFRA/networking"],
    },
    elsewhere: {
      product: "datacenter",
      name: "Data Center of the environment",
      apiHost: "https://elsewhere.acme.example",
      userFacingHost: "https://code.acme.example",
      username: "spacelift",
      accessTokenEnv: "ELSEWHERE_TOKEN",
    },
    payments: {
      name: "Bitbucket for Payments",
      email: "spacelift@acme.example",
      apiTokenEnv: "PAYMENTS_BITBUCKET_API_TOKEN",
      repositories: [{ workspace: "acme-workspace", project: "PAY", role: "admin" }],
    },
  },
};

it("synthesises several servers beside Bitbucket Cloud", () => {
  expectGolden("several-servers", synth(SERVERS));
});

it("is tried with every setting that the schema describes", () => {
  const described = Object.values(schema.definitions).flatMap((definition) =>
    "properties" in definition ? Object.keys(definition.properties) : [],
  );
  const used = new Set<string>();
  JSON.stringify([EVERYTHING, SERVERS], (name, value: unknown) => {
    used.add(name);
    return value;
  });
  // Names a file: tried below.
  const missing = [...new Set(described)].filter((name) => !used.has(name) && name !== "caCertificateFile");
  expect(missing).toEqual([]);
});

describe("the authority of a server", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "authority-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const withAuthority = (text: string | undefined) => {
    const caCertificateFile = join(folder, "ca.pem");
    if (text !== undefined) writeFileSync(caCertificateFile, text);
    return () => synth({ bitbucketDatacenter: { main: { ...SERVERS.bitbucketDatacenter?.["main"], caCertificateFile } } });
  };
  const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nbm90IGEgcmVhbCBvbmU=\n-----END CERTIFICATE-----\n";

  it("is written as text, so that it is at hand where the configuration is applied", () => {
    const { provider } = withAuthority(CERTIFICATE)();
    expect(provider.bitlift[1].bitbucket_datacenter).toMatchObject({ ca_certificate: CERTIFICATE });
  });

  it.each<[string, string | undefined, RegExp]>([
    ["no file", undefined, /there is no file that can be read/],
    ["another text", "hello", /that file is no certificate in PEM form/],
    ["a private key beside it", `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\nbm90IGEgcmVhbCBrZXk=\n`, /that file holds a private key/],
  ])("is refused where there is %s, and the file is not repeated", (_, text, message) => {
    expect(withAuthority(text)).toThrow(/bitbucketDatacenter\.main\.caCertificateFile is "[^"]*ca\.pem"/);
    expect(withAuthority(text)).toThrow(message);
    expect(withAuthority(text)).not.toThrow(/bm90/);
  });
});

it("keeps every address when names change and repositories are inserted", () => {
  const addresses = (configuration: Configuration) =>
    Object.entries(synth(configuration).resource as Record<string, object>).flatMap(([type, all]) =>
      Object.keys(all).map((name) => `${type}.${name}`),
    );
  const { spaces = {}, integrations = {} } = EVERYTHING;
  const { payments, ...others } = integrations;
  const repositories = ["acme-workspace/first", ...(payments?.repositories ?? [])];
  const changed: Configuration = {
    spaces: { ...spaces, payments: { name: "Renamed too" } },
    integrations: { ...others, payments: { ...payments, name: "Renamed", repositories } },
  };
  expect(addresses(changed)).toEqual(expect.arrayContaining(addresses(EVERYTHING)));
});

it("lets the rules between props judge what the form of the configuration cannot", () => {
  const integration = { email: "a@b.c", apiTokenEnv: "T", isDefault: true };
  const configuration = {
    spaces: { a: { name: "A" } },
    integrations: { x: { ...integration, name: "X", space: "a" }, y: { ...integration, name: "Y" } },
  };
  expect(() => synth(configuration)).toThrow(/default-outside-root[\s\S]*duplicate-default/);
});

describe("the backend", () => {
  const terraform = (configuration: Configuration) => synth(configuration).terraform as Record<string, unknown>;

  it.each(["s3", "remote", "http", "gcs"])("is written as configured: %s", (type) => {
    expect(terraform({ backend: { [type]: { address: "x" } } })["backend"]).toEqual({ [type]: { address: "x" } });
  });

  it("is a cloud block for cloud", () => {
    const cloud = { organization: "acme", workspaces: { name: "bitlift" } };
    expect(terraform({ backend: { cloud } })).toMatchObject({ cloud });
    expect(terraform({ backend: { cloud } })).not.toHaveProperty("backend");
  });

  it.each([
    ["s3", { bucket: "x" }, undefined],
    ["cloud", { organization: "acme" }, "tfc"],
    ["remote", { hostname: "app.terraform.io" }, "tfc"],
    ["remote", { hostname: "tfe.acme.example" }, "tfe"],
  ])("tells cdktf where %s runs (%j)", (type, settings, cloud) => {
    const { "//": notes } = build({ backend: { [type]: settings } }).toTerraform() as { "//": { metadata: Record<string, unknown> } };
    expect([notes.metadata["backend"], notes.metadata["cloud"]]).toEqual([type, cloud]);
  });

  it.each([
    ["s3", "secret_key"],
    ["http", "password"],
    ["remote", "token"],
    ["pg", "conn_str"],
    ["azurerm", "client_secret"],
  ])("takes no secret: %s with %s", (type, name) => {
    const broken = () => build({ backend: { [type]: { [name]: "not-a-real-secret" } } });
    expect(broken).toThrow(new RegExp(`The backend ${type} has the argument ${name}`));
    expect(broken).not.toThrow(/not-a-real-secret/);
  });
});
